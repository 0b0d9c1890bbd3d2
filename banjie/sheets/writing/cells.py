"""Rows of a worksheet as XML: every text is typed as text, so none can be a formula (T17), and comes back identical.

XlsxWriter's own way takes more than ten times as long, since it keeps each cell as an object first (ADR 0031).
"""

import re
from collections.abc import Callable, Sequence
from functools import cache

from banjie.sheets.layout.table import letter_of
from banjie.sheets.writing.head import Cell

LONGEST = 32_767
"""Characters of a cell; beyond that Excel calls the file damaged."""
CUT = "…（太长，全文请在系统中查看）"
_CODED = re.compile("[&<>\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|_x[0-9A-Fa-f]{4}_")
_UNPLAIN = re.compile("[&<>\x00-\x1d\x1f_\ufffe\uffff\ud800-\udfff]").search
"""What may have to be coded, or loses its breaks unless it is said that they count."""
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_BETWEEN, _LINE = "\x1e", "\x1f"
_EMPTY, _TEXT, _NUMBER = 0, 1, 2


def row_writer(styles: Sequence[str], *, is_bordered: bool = True) -> Callable[[int, Sequence[Cell]], str]:
    """Return what writes a row at a line of the sheet; `styles` are the style numbers of its columns.

    An empty cell is written only for its border: without one the column's own format holds.
    """

    @cache
    def form_of(shape: tuple[int, ...]) -> str:
        """Return a row of plain cells with a gap for each value; rows have few different shapes."""
        cells = [
            _gap(letter_of(place), style, kind, is_bordered)
            for place, (style, kind) in enumerate(zip(styles, shape, strict=True))
        ]
        return f'<row r="{_LINE}">{"".join(cells)}</row>'

    def write(line: int, cells: Sequence[Cell]) -> str:
        shape = tuple(
            [_EMPTY if c is None or c == "" else _TEXT if type(c) is str else _NUMBER for c in cells]
        )
        told = [cell for cell in cells if cell is not None and cell != ""]
        if not _is_plain(_joined(told), len(told)):
            form = form_of(shape).replace("<t>", '<t xml:space="preserve">')
            told = [escaped(cell) if isinstance(cell, str) else cell for cell in told]
        else:
            form = form_of(shape)
        return form.replace(_LINE, str(line)) % tuple(told)

    return write


def _joined(told: Sequence[Cell]) -> str:
    try:
        return _BETWEEN.join(told)  # type: ignore[arg-type]  # nearly all rows are texts alone
    except TypeError:
        return _BETWEEN.join(map(str, told))


def _gap(letter: str, style: str, kind: int, is_bordered: bool) -> str:
    if kind == _EMPTY:
        return f'<c r="{letter}{_LINE}" s="{style}"/>' if is_bordered else ""
    if kind == _NUMBER:
        return f'<c r="{letter}{_LINE}" s="{style}"><v>%s</v></c>'
    return f'<c r="{letter}{_LINE}" s="{style}" t="inlineStr"><is><t>%s</t></is></c>'


def _is_plain(row: str, count: int) -> bool:
    """Tell whether the so many cells of a row can be written as they are; a text may hold the mark between them."""
    if len(row) > LONGEST or row.count(_BETWEEN) >= max(count, 1) or row[:1] == " " or row[-1:] == " ":
        return False
    has_blanks = "  " in row or f" {_BETWEEN}" in row or f"{_BETWEEN} " in row
    return not has_blanks and _UNPLAIN(row) is None


def escaped(text: str) -> str:
    """Return a text as XML can hold it: controls, and what looks like one, in the notation that Excel reads back."""
    short = text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT
    return _CODED.sub(lambda found: _ENTITIES.get(found[0]) or _in_code(found[0]), short)


def _in_code(found: str) -> str:
    return f"_x005F{found}" if len(found) > 1 else f"_x{ord(found):04X}_"
