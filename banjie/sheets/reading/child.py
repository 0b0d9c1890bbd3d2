"""The process that opens a file someone sent: bounded in memory and time, and gone when it has read it.

Reading takes a library and memory that no web server or worker should keep, and a hostile file can at worst end
this process. It is run as `python -m banjie.sheets.reading.child FILE EXTENSION OUT` and writes JSON lines: one
sheet a line, or one refusal.
"""

import json
import resource
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from banjie.base.errors import InvalidInput
from banjie.sheets.reading.limits import (
    MEMORY_BYTES,
    MOST_COLUMNS,
    MOST_ROWS,
    SECONDS,
    TOO_LONG,
    TOO_WIDE,
    UNREADABLE,
)
from banjie.sheets.reading.marks import Marks, marks_of
from banjie.sheets.reading.raw import RawSheet, rows_of
from banjie.sheets.reading.spoken import is_cut_off, say_cell
from banjie.sheets.reading.texts import read_text_table

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook


def main(path: Path, extension: str, out: Path) -> None:
    """Read one file and write what stands in it, or why it cannot be read."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        lines = [sheet.to_json() for sheet in _sheets(path, extension)]
    except InvalidInput as refusal:
        lines = [json.dumps({"refusal": refusal.message}, ensure_ascii=False)]
    out.write_text("\n".join(lines), encoding="utf-8")


def _sheets(path: Path, extension: str) -> Iterable[RawSheet]:
    if extension not in ("xlsx", "xls"):
        sheet = read_text_table(path.read_bytes(), name=path.stem)
        _check_size(len(sheet.rows), max((len(row.cells) for row in sheet.rows), default=0))
        return [sheet]
    return _workbook_sheets(path, extension)


def _workbook_sheets(path: Path, extension: str) -> list[RawSheet]:
    # Imported here and nowhere else: this process alone reads workbooks.
    from python_calamine import CalamineError, SheetTypeEnum, SheetVisibleEnum, load_workbook

    try:
        with load_workbook(path) as book:
            marks = marks_of(path) if extension == "xlsx" else {}
            told = book.sheets_metadata
            return [
                _sheet(book, n, marks, is_hidden=told[n].visible != SheetVisibleEnum.Visible)
                for n in range(len(told))
                if told[n].typ == SheetTypeEnum.WorkSheet
            ]
    except (CalamineError, OSError, ValueError) as broken:
        raise InvalidInput(UNREADABLE) from broken


def _sheet(book: "CalamineWorkbook", number: int, marks: dict[str, Marks], *, is_hidden: bool) -> RawSheet:
    sheet = book.get_sheet_by_index(number)
    told = marks.get(sheet.name, Marks())
    _check_size(sheet.height, sheet.width)
    cut_off: set[tuple[int, int]] = set()
    return RawSheet(
        name=sheet.name,
        rows=rows_of(_lines(sheet, cut_off)),
        merged=tuple((a + 1, b, c + 1, d) for (a, b), (c, d) in sheet.merged_cell_ranges or ()),
        hidden_lines=told.hidden_lines,
        broken=told.broken,
        cut_off=frozenset(cut_off),
        is_hidden=is_hidden,
    )


def _lines(sheet: "CalamineSheet", cut_off: set[tuple[int, int]]) -> Iterable[tuple[int, list[str]]]:
    for line_no, cells in enumerate(sheet.iter_rows(), start=1):
        cut_off |= {(line_no, place) for place, cell in enumerate(cells) if is_cut_off(cell)}
        yield line_no, [say_cell(cell) for cell in cells]


def _check_size(rows: int, columns: int) -> None:
    if rows > MOST_ROWS:
        raise InvalidInput(TOO_LONG)
    if columns > MOST_COLUMNS:
        raise InvalidInput(TOO_WIDE)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
