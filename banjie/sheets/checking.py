"""From the cells of a table to rows of values: each cell that cannot be understood is one finding with its remedy."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from banjie.base.errors import InvalidInput
from banjie.fields.plain_text import without_blanks
from banjie.fields.spec import NUMBERS, Bound, FieldType, Stored
from banjie.fields.stored import bound_of, check
from banjie.sheets.declared import Column, Finding, Row
from banjie.sheets.layout import Line, Table
from banjie.sheets.matching import Matching
from banjie.sheets.times import read_day, read_moment, refuse_unclear

LONGEST_CELL = 20_000
_POWER_OF_TEN = re.compile(r"\d(?:\.\d+)?[eE]\+\d{1,3}")
_EXCEL_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|#+)")
CUT_OFF = "这串号码被 Excel 当成了数字，第15位以后已经丢失。请把这一列设为“文本”格式，照原件重新填写"
EXCEL_ERROR = "这一格是 Excel 的出错提示，不是内容。请改正公式，或直接填写"
MOST_OPTIONS_SAID = 6
TOLD_EVERY = 500


@dataclass(frozen=True)
class Checked:
    """What came of a table's cells: rows that were understood, and a finding for each cell that was not."""

    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class _Reader:
    """One column of ours with where it stands, and its options by every word that means one of them."""

    column: Column
    place: int | None
    options: Mapping[str, str]


def check_cells(
    table: Table,
    columns: Sequence[Column],
    matching: Matching,
    *,
    on: date,
    tell: Callable[[int], object] = lambda done: None,
) -> Checked:
    """Return the rows of a table by our columns; a row with a finding is not among them. `on` is the day of entry.

    `tell` is told now and then how many lines were read.
    """
    readers = [_Reader(c, matching.place_of(c.key), _options(c)) for c in columns]
    rows: list[Row] = []
    findings: list[Finding] = []
    for done, line in enumerate(table.lines):
        if done and done % TOLD_EVERY == 0:
            tell(done)
        wrong = len(findings)
        values = dict(_values(line, readers, table, findings, on=on))
        if len(findings) == wrong:
            rows.append(Row(line.line_no, values))
    return Checked(tuple(rows), tuple(findings))


def _values(
    line: Line, readers: Sequence[_Reader], table: Table, findings: list[Finding], *, on: date
) -> Iterator[tuple[str, Stored | None]]:
    for reader in readers:
        cell = "" if reader.place is None else line.cell(reader.place)
        here = (line.line_no, -1 if reader.place is None else reader.place)
        try:
            if here in table.broken:
                raise InvalidInput(EXCEL_ERROR)
            yield reader.column.key, _value(reader, cell, is_cut_off=here in table.cut_off, on=on)
            yield from _qualifier(reader.column, cell)
        except InvalidInput as wrong:
            findings.append(Finding(line.line_no, reader.column.key, _ended(wrong.message)))


def _qualifier(column: Column, cell: str) -> Iterator[tuple[str, Stored | None]]:
    """Yield how far a number is meant to the letter, where its field takes that and the cell says so (1200余)."""
    if column.spec and (bound := bound_of(column.spec, cell)) is not Bound.EXACT:
        yield column.spec.bound_key, bound.value


def _value(reader: _Reader, cell: str, *, is_cut_off: bool, on: date) -> Stored | None:
    column, text = reader.column, cell.strip()
    if not text:
        if column.is_required:
            raise InvalidInput(f"没有填“{column.title}”，请补上")
        return None
    kind = column.spec.type if column.spec else None
    if _EXCEL_ERROR.fullmatch(text):
        raise InvalidInput(EXCEL_ERROR)
    if kind not in NUMBERS and (is_cut_off or _POWER_OF_TEN.fullmatch(text)):
        raise InvalidInput(CUT_OFF)
    if reader.options:
        return _picked(reader, text)
    if column.spec is None:
        return _free(column, text)
    return check(column.spec, _typed(kind, text), on=on)


def _picked(reader: _Reader, text: str) -> str:
    key = reader.options.get(_option_word(text))
    if key is not None:
        return key
    labels = [label for _, label in reader.column.options]
    said = "、".join(dict.fromkeys(labels[:MOST_OPTIONS_SAID]))
    more = "等" if len(labels) > MOST_OPTIONS_SAID else ""
    raise InvalidInput(f"没有“{_short(text)}”这一项，请填{said}{more}")


def _free(column: Column, text: str) -> str:
    if len(text) > LONGEST_CELL:
        raise InvalidInput(f"“{column.title}”最多{LONGEST_CELL:,}个字，现在是{len(text):,}个字，请缩短")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _typed(kind: FieldType | None, text: str) -> str:
    """Return a cell as the field's own check understands it."""
    if kind is FieldType.DATE:
        refuse_unclear(text)
        return read_day(text).isoformat()
    if kind is FieldType.MOMENT:
        refuse_unclear(text)
        return read_moment(text).isoformat()
    return text if kind is FieldType.LONG_TEXT else " ".join(text.split())


def _options(column: Column) -> dict[str, str]:
    """Return every word that means an option: its label or key, blanks and width aside."""
    choices = column.spec.choices if column.spec and column.spec.type is FieldType.CHOICE else ()
    told = column.options or tuple((c.key, c.label) for c in choices)
    return {_option_word(word): key for key, label in reversed(told) for word in (key, label)}


def _option_word(text: str) -> str:
    return without_blanks(text).lower()


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 20 else f"{words[:19]}…"


def _ended(words: str) -> str:
    return words if words.endswith(("。", "！", "？")) else f"{words}。"
