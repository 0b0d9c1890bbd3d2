"""A list as text with commas between, for programs that read no workbook."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from banjie.sheets.writing.head import Cell, OutColumn

ROWS_AT_ONCE = 500
BOM = "\ufeff"
"""Without it Excel takes the file for GBK."""
CALLING = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so would be run as a formula (T17); an apostrophe in front keeps it a text."""


def write_comma(columns: Sequence[OutColumn], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Yield the bytes of a .csv in UTF-8 with a head row, piece by piece as rows are drawn."""
    yield _lines([[column.title for column in columns]], before=BOM)
    left = iter(rows)
    while chunk := list(islice(left, ROWS_AT_ONCE)):
        yield _lines([[_harmless(cell) for cell in row] for row in chunk])


def _lines(rows: Sequence[Sequence[Cell]], *, before: str = "") -> bytes:
    held = io.StringIO(newline="")
    held.write(before)
    csv.writer(held).writerows(rows)
    return held.getvalue().encode("utf-8", errors="replace")


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(CALLING) else cell
