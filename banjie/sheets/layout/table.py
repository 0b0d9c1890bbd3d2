"""A sheet laid out: heads, rows with merged cells filled in, what was set aside and what is worth telling."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from banjie.sheets.layout.aside import Aside, why_aside
from banjie.sheets.layout.heads import Head, HeadBlock, find_head
from banjie.sheets.reading.raw import Place, RawRow, RawSheet

Line = RawRow


@dataclass(frozen=True)
class Table:
    """What stands in a sheet: columns by their heads, rows, and lines that are none of the rows.

    Without a head (a block copied out of the middle) the columns bear their letters.
    """

    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    has_head: bool
    head_line: int
    aside: tuple[Aside, ...] = ()
    notes: tuple[str, ...] = ()
    cut_off: frozenset[Place] = frozenset()
    broken: frozenset[Place] = frozenset()


def lay_out(sheet: RawSheet, *, known: Collection[str], examples: Sequence[str] = ()) -> Table:
    """Return the table in a sheet; `known` are plain heads, `examples` the sample row of our own template."""
    block = find_head(sheet, known)
    below = [row for row in _filled_down(sheet, block) if block is None or row.line_no > block.last_line]
    heads = [row for row in sheet.rows if block and block.first_line <= row.line_no <= block.last_line]
    told = [(row, why_aside(row, heads=heads, examples=examples)) for row in below]
    lines = tuple(row for row, why in told if not why)
    return Table(
        heads=block.heads if block else _lettered(below),
        lines=lines,
        has_head=block is not None,
        head_line=block.last_line if block else 0,
        aside=tuple(Aside(row.line_no, why, _opening(row)) for row, why in told if why),
        notes=tuple(_notes(sheet, block, lines)),
        cut_off=sheet.cut_off,
        broken=sheet.broken,
    )


def letter_of(place: int) -> str:
    """Return the letters of a column as Excel shows them: 0 is A, 27 is AB."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _lettered(rows: Iterable[RawRow]) -> tuple[Head, ...]:
    width = max((len(row.cells) for row in rows), default=0)
    return tuple(Head(place, f"{letter_of(place)}列") for place in range(width))


def _filled_down(sheet: RawSheet, block: HeadBlock | None) -> list[RawRow]:
    """Return the rows, what stands in cells merged over several lines repeated in each of them."""
    last_head = block.last_line if block else 0
    tall = [(a, b, c) for a, b, c, d in sheet.merged if c > a > last_head and b == d]
    if not tall:
        return list(sheet.rows)
    cells = {row.line_no: list(row.cells) for row in sheet.rows}
    for first, place, last in tall:
        value = next((row.cell(place) for row in sheet.rows if row.line_no == first), "")
        for line_no in range(first + 1, last + 1):
            if line_no in cells:
                line = cells[line_no]
                line += [""] * (place + 1 - len(line))
                line[place] = line[place] or value
    return [RawRow(line_no, tuple(line)) for line_no, line in sorted(cells.items())]


def _notes(sheet: RawSheet, block: HeadBlock | None, lines: Sequence[RawRow]) -> Iterable[str]:
    if block is None:
        yield "没有找到表头，各列按 A、B、C 排列，请逐列核对对应关系。"
    hidden = sum(1 for row in lines if row.line_no in sheet.hidden_lines)
    if hidden:
        yield f"表里有{hidden}行是隐藏的（筛选或手工隐藏），也一并读入。不要的请先删去。"
    elsewhere = sum(1 for a, b, c, d in sheet.merged if block and a > block.last_line and c > a and b == d)
    if elsewhere:
        yield f"有{elsewhere}处上下合并的单元格，已按合并的内容逐行补齐。"


def _opening(row: RawRow) -> str:
    words = " ".join(" ".join(cell.split()) for cell in row.cells if cell.strip())
    return words if len(words) <= 60 else f"{words[:59]}…"
