"""The workbook around the rows, made by XlsxWriter with one sample row: styles, title lines, widths, page set-up."""

import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from banjie.sheets.writing.head import OutColumn, SheetHead, Version

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

SHEET_PART = "xl/worksheets/sheet1.xml"
A4 = 9
WIDE_FROM = 7
"""Columns from which a page lies on its side."""
FONT, TITLE_FONT = "宋体", "方正小标宋简体"
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_STYLE = re.compile(r'<c r="[A-Z]+\d+" s="(\d+)"')
_DIMENSION = re.compile(r"<dimension [^>]*/>")


@dataclass(frozen=True)
class Stencil:
    """A workbook cut open at its rows: the other parts, the sheet before and after its rows, the styles of a row."""

    parts: tuple[tuple[str, bytes], ...]
    before: str
    after: str
    first_line: int
    styles: tuple[str, ...]


def stencil_of(columns: Sequence[OutColumn], head: SheetHead, version: Version) -> Stencil:
    """Return the workbook around the rows of a list."""
    # The library is 9 MB of memory that a server which exports nothing need not hold.
    from xlsxwriter import Workbook

    held = BytesIO()
    with Workbook(held, OPTIONS) as book:
        sheet = book.add_worksheet(version.label)
        for place, column in enumerate(columns):
            look = {"num_format": "0" if column.is_number else "@"}
            sheet.set_column(place, place, column.width, book.add_format(look))
        first = (_plain_head if version is Version.PLAIN else _report_head)(book, sheet, columns, head)
        _sample_row(book, sheet, columns, first, version)
    return _cut_open(held, first)


def _plain_head(book: "Workbook", sheet: "Worksheet", columns: Sequence[OutColumn], head: SheetHead) -> int:
    """Write one line that says what this is, and the head; return the first line of rows, from 0."""
    sheet.write_string(0, 0, head.summary, book.add_format({"font_color": "#595959"}))
    titles = book.add_format({"bold": True, "bottom": 1, "num_format": "@"})
    for place, column in enumerate(columns):
        sheet.write_string(1, place, column.title, titles)
    sheet.freeze_panes(2, 0)
    return 2


def _report_head(book: "Workbook", sheet: "Worksheet", columns: Sequence[OutColumn], head: SheetHead) -> int:
    """Write title, office, head; one page wide, the head on every page; return the first line of rows, from 0."""
    last = len(columns) - 1
    _across(sheet, 0, 0, last, head.title, book.add_format(_title_look()))
    sheet.set_row(0, 36)
    left, right = book.add_format({"font_name": FONT}), book.add_format({"font_name": FONT, "align": "right"})
    _across(sheet, 1, 0, max(0, last - 2), f"填报单位：{head.filled_by}　　截止时间：{head.due}", left)
    if last >= 2:
        _across(sheet, 1, last - 1, last, f"单位：{head.unit}", right)
    note = f"共 {head.count:,} {head.unit}".rstrip() + (f"　筛选：{head.filters}" if head.filters else "")
    _across(sheet, 2, 0, last, note, book.add_format({"font_name": FONT, "font_size": 9, "text_wrap": True}))
    look = {"font_name": FONT, "bold": True, "border": 1, "align": "center", "valign": "vcenter"}
    titles = book.add_format({**look, "text_wrap": True})
    for place, column in enumerate(columns):
        sheet.write_string(3, place, column.title, titles)
    sheet.set_row(3, 24)
    _page(sheet, last + 1)
    return 4


def _title_look() -> dict[str, object]:
    return {"font_name": TITLE_FONT, "font_size": 18, "align": "center", "valign": "vcenter"}


def _across(sheet: "Worksheet", line: int, first: int, last: int, words: str, look: "Format") -> None:
    """Write words over several columns; a single cell cannot be merged."""
    if last > first:
        sheet.merge_range(line, first, line, last, "", look)
    sheet.write_string(line, first, words, look)


def _page(sheet: "Worksheet", width: int) -> None:
    sheet.set_paper(A4)
    if width >= WIDE_FROM:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.center_horizontally()
    sheet.set_footer("&C第 &P 页　共 &N 页")
    sheet.freeze_panes(4, 0)


def _sample_row(
    book: "Workbook", sheet: "Worksheet", columns: Sequence[OutColumn], line: int, version: Version
) -> None:
    """Write a row from which the styles are read, and below it one for what is signed."""
    look: dict[str, object] = {}
    if version is Version.REPORT:
        look = {"font_name": FONT, "border": 1, "valign": "vcenter", "text_wrap": True}
    text, number = (
        book.add_format({**look, "num_format": "@"}),
        book.add_format({**look, "num_format": "0.##"}),
    )
    whole = book.add_format({**look, "num_format": "0"})
    for place, column in enumerate(columns):
        sheet.write_blank(line, place, None, whole if column.is_number else text)
    sheet.write_blank(line + 1, 0, None, book.add_format({"font_name": FONT}))
    sheet.write_blank(line + 1, 1, None, number)


def _cut_open(held: BytesIO, first: int) -> Stencil:
    with zipfile.ZipFile(held) as package:
        sheet = package.read(SHEET_PART).decode()
        parts = tuple((name, package.read(name)) for name in package.namelist() if name != SHEET_PART)
    before, _, rest = sheet.partition(f'<row r="{first + 1}"')
    sample, _, after = rest.partition("</sheetData>")
    row, _, signed = sample.partition(f'<row r="{first + 2}"')
    styles = (*_STYLE.findall(row), _STYLE.findall(signed)[0])
    return Stencil(parts, _DIMENSION.sub("", before), f"</sheetData>{after}", first + 1, styles)
