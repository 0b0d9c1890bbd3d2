"""The head of a sheet: below its title, of one line or of two where groups of columns have a common name."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from banjie.fields.plain_text import half_width
from banjie.sheets.reading.raw import Block, RawRow, RawSheet

LONGEST_HEAD = 30
LINES_SEARCHED = 30
_BRACKETED = re.compile(r"[(\[【<].*?[)\]】>]")
_NOT_WORDS = re.compile(r"[\s*:;,.、/_\-()\[\]【】<>\u200b-\u200f\ufeff]+")
_TOLD = re.compile(r"[:：]\s*\S")
_VALUE = re.compile(r"[\d\s.,:/\-%+年月日时分秒元]+")


@dataclass(frozen=True)
class Head:
    """The head of a column: where it stands, its own words, and those of the group above it, if any."""

    place: int
    title: str
    group: str = ""

    @property
    def words(self) -> str:
        """Return the head as it is shown: 联系方式／电话."""
        return f"{self.group}／{self.title}" if self.group and self.group != self.title else self.title


@dataclass(frozen=True)
class HeadBlock:
    """The lines that the head takes, and a head for each column that has one; no lines where none was found."""

    first_line: int
    last_line: int
    heads: tuple[Head, ...]


def plain_head(words: str) -> str:
    """Return a head without blanks, brackets and marks, as heads are compared: 联系电话（必填） is 联系电话."""
    text = half_width(words).lower()
    return _NOT_WORDS.sub("", _BRACKETED.sub("", text)) or _NOT_WORDS.sub("", text)


def find_head(sheet: RawSheet, known: Collection[str]) -> HeadBlock | None:
    """Return the head: the first line that bears the most of the `known` plain heads, or that looks like one."""
    opening = [row for row in sheet.rows[:LINES_SEARCHED] if _may_be_head(row)]
    scored = [(_score(sheet, row, known), -row.line_no, row) for row in opening]
    best = max(scored, default=None, key=lambda told: told[:2])
    if best is not None and best[0] > 0:
        return _block(sheet, _begin(sheet, best[2]), known)
    looks = next((row for row in opening if _looks_like_head(row)), None)
    return _block(sheet, looks, known) if looks else None


def _score(sheet: RawSheet, row: RawRow, known: Collection[str]) -> int:
    """Return how many known heads stand in a line; a lone one among many cells is chance."""
    found = sum(1 for cell in row.cells if plain_head(cell) in known)
    filled = sum(1 for cell in row.cells if cell.strip())
    return found if found >= 2 or filled == 1 else 0


def _may_be_head(row: RawRow) -> bool:
    filled = [cell.strip() for cell in row.cells if cell.strip()]
    return bool(filled) and all(len(cell) <= LONGEST_HEAD or "\n" in cell for cell in filled)


def _looks_like_head(row: RawRow) -> bool:
    """Tell whether a line has two or more different words and no values: neither a title nor 填报单位：某某镇."""
    filled = [cell.strip() for cell in row.cells if cell.strip()]
    words = [cell for cell in filled if not _VALUE.fullmatch(half_width(cell))]
    is_told = any(_TOLD.search(cell) for cell in filled)
    return len(set(words)) >= 2 and len(words) == len(filled) and not is_told


def _begin(sheet: RawSheet, row: RawRow) -> RawRow:
    """Return the upper line of a head of two, where the lower one bears the known heads."""
    above = next((other for other in sheet.rows if other.line_no == row.line_no - 1), None)
    if above is None:
        return row
    groups = [
        block for block in sheet.merged if block[0] == block[2] == above.line_no and block[3] > block[1]
    ]
    deep = [block for block in sheet.merged if block[0] == above.line_no and block[2] >= row.line_no]
    covers_all = any(d - b + 1 >= len(row.cells) for _, b, _, d in groups)
    return above if (groups or deep) and not covers_all and _is_short(above) else row


def _is_short(row: RawRow) -> bool:
    return all(len(cell.strip()) <= LONGEST_HEAD for cell in row.cells)


def _block(sheet: RawSheet, first: RawRow, known: Collection[str]) -> HeadBlock:
    merged = [block for block in sheet.merged if block[0] == first.line_no]
    below = next((row for row in sheet.rows if row.line_no == first.line_no + 1), None)
    if below is None or not _is_second_line(first, below, merged, known):
        heads = (Head(place, _one_line(cell)) for place, cell in enumerate(first.cells) if cell.strip())
        return HeadBlock(first.line_no, first.line_no, tuple(heads))
    return HeadBlock(first.line_no, below.line_no, _two_lines(first, below, merged))


def _is_second_line(first: RawRow, below: RawRow, merged: Sequence[Block], known: Collection[str]) -> bool:
    """Tell whether a line belongs to the head above it: merged cells say so, or the two fill each other's gaps."""
    if any(c > a or d > b for a, b, c, d in merged):
        return True
    gaps = {p for p, cell in enumerate(below.cells) if cell.strip() and not first.cell(p).strip()}
    empty = {p for p, cell in enumerate(first.cells) if cell.strip() and not below.cell(p).strip()}
    named = [cell for cell in below.cells if plain_head(cell) in known]
    return bool(gaps and empty and named) and _may_be_head(below)


def _two_lines(first: RawRow, below: RawRow, merged: Sequence[Block]) -> tuple[Head, ...]:
    group_of = {place: first.cell(b) for _, b, _, d in merged for place in range(b, d + 1)}
    heads: list[Head] = []
    group = ""
    for place in range(max(len(first.cells), len(below.cells), *(d + 1 for *_, d in merged), 0)):
        upper, lower = first.cell(place).strip(), below.cell(place).strip()
        group = group_of.get(place, upper or ("" if merged else group)).strip()
        title = lower or upper or ""
        if title:
            heads.append(Head(place, _one_line(title), _one_line(group) if lower else ""))
    return tuple(heads)


def _one_line(words: str) -> str:
    return "".join(words.split())
