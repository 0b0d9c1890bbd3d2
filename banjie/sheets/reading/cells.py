"""Cells as Excel and WPS put them on the clipboard: tabs between cells, quotes round those that hold breaks or tabs."""

import re
from dataclasses import dataclass

_QUOTED = re.compile(r'"((?>[^"]|"")*+)"(?=[\t\n]|\Z)')
_PLAIN = re.compile(r"[^\t\n]*")


@dataclass(frozen=True)
class Row:
    """One row of cells, and where it begins and ends in the paste."""

    cells: tuple[str, ...]
    start: int
    end: int


def read_rows(text: str) -> tuple[Row, ...]:
    """Return the rows of a paste; a quote that nothing closes stands for itself."""
    rows: list[Row] = []
    cells: list[str] = []
    start = place = 0
    while place <= len(text):
        quoted = _QUOTED.match(text, place)
        plain = _PLAIN.match(text, place)
        assert plain  # noqa: S101  the pattern fits an empty cell
        cells.append(quoted.group(1).replace('""', '"') if quoted else plain.group())
        place = quoted.end() if quoted else plain.end()
        if text[place : place + 1] != "\t":
            rows.append(Row(tuple(cells), start, place))
            cells, start = [], place + 1
        place += 1
    return tuple(row for row in rows if any(cell.strip() for cell in row.cells))


def are_cells(text: str, rows: tuple[Row, ...]) -> bool:
    """Tell whether a paste is a table: most rows are alike wide, or a column of quoted cells was copied."""
    if not rows:
        return False
    widths = [len(row.cells) for row in rows]
    usual = max(set(widths), key=widths.count)
    if usual >= 2:
        return widths.count(usual) * 10 >= len(rows) * 6
    return any(text[row.start] == '"' and "\n" in row.cells[0] for row in rows if len(row.cells) == 1)
