"""标注文件: the sheet as it was sent, with every bad cell coloured, noted and told in a last column (U15)."""

import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO

from banjie.sheets.declared import Finding
from banjie.sheets.layout import Table
from banjie.sheets.layout.table import letter_of
from banjie.sheets.matching import TOLD_HEAD, Matching
from banjie.sheets.reading.raw import RawRow, RawSheet
from banjie.sheets.writing.cells import row_writer
from banjie.sheets.writing.sheet import zipped
from banjie.sheets.writing.stencil import OPTIONS, SHEET_PART

MOST_NOTES = 2000
"""Bad cells that bear a note of their own; the last column tells all of them."""
WIDTH, TOLD_WIDTH = 16, 60
_STYLE = re.compile(r'<c r="[A-Z]+\d+" s="(\d+)"')
_ROWS = re.compile(r"<sheetData>.*</sheetData>|<sheetData/>", re.DOTALL)
_DIMENSION = re.compile(r"<dimension [^>]*/>")


@dataclass(frozen=True)
class Marked:
    """A sheet with its findings by line and place."""

    sheet: RawSheet
    table: Table
    matching: Matching
    findings: Sequence[Finding]

    @cached_property
    def told_place(self) -> int:
        """Return the column behind the last, where the findings stand, or where they stood the last time."""
        stood = next((head.place for head in self.table.heads if head.title == TOLD_HEAD), None)
        return max((len(row.cells) for row in self.sheet.rows), default=0) if stood is None else stood

    @cached_property
    def words(self) -> Mapping[int, str]:
        """Return line → every finding of it."""
        lines: dict[int, list[str]] = defaultdict(list)
        for finding in self.findings:
            lines[finding.line_no].append(finding.words)
        return {line: "".join(words) for line, words in lines.items()}

    @cached_property
    def bad(self) -> Mapping[int, Mapping[int, str]]:
        """Return line → place → finding, for those that are of one cell."""
        lines: dict[int, dict[int, str]] = defaultdict(dict)
        for finding in self.findings:
            place = self.matching.place_of(finding.column_key)
            if place is not None:
                lines[finding.line_no][place] = finding.words
        return lines


def write_marked(marked: Marked) -> Iterator[bytes]:
    """Yield the bytes of the marked sheet; every line keeps its number."""
    parts, around, styles = _frame(marked)
    before, after = around
    return zipped(parts, _rows(marked, before, after, styles))


def _frame(marked: Marked) -> tuple[list[tuple[str, bytes]], tuple[str, str], list[str]]:
    """Return the workbook around the rows, and the styles of a plain cell, a bad one and a told one."""
    # The library is 9 MB of memory that a server need not hold until someone asks for such a file.
    from xlsxwriter import Workbook

    held = BytesIO()
    with Workbook(held, OPTIONS) as book:
        sheet = book.add_worksheet((marked.sheet.name or "数据")[:31])
        text = {"num_format": "@", "valign": "top"}
        looks = (text, {**text, "bg_color": "#FFD9D9"}, {**text, "font_color": "#C00000", "text_wrap": True})
        sheet.set_column(0, marked.told_place, WIDTH, book.add_format(text))
        sheet.set_column(marked.told_place, marked.told_place, TOLD_WIDTH)
        for place, look in enumerate(looks):
            sheet.write_blank(0, place, None, book.add_format(look))
        for finding_line, places in _first(marked.bad, MOST_NOTES):
            for place, words in places.items():
                sheet.write_comment(finding_line - 1, place, words, {"x_scale": 2})
        if marked.table.head_line:
            sheet.freeze_panes(marked.table.head_line, 0)
    with zipfile.ZipFile(held) as package:
        xml = package.read(SHEET_PART).decode()
        parts = [(name, package.read(name)) for name in package.namelist() if name != SHEET_PART]
    found = _ROWS.search(xml)
    assert found  # noqa: S101  a worksheet has rows
    before, after = xml[: found.start()], xml[found.end() :]
    merged = _merged(marked)
    return parts, (_DIMENSION.sub("", before), _with_merged(after, merged)), _STYLE.findall(found[0])


def _first(bad: Mapping[int, Mapping[int, str]], most: int) -> Iterator[tuple[int, Mapping[int, str]]]:
    left = most
    for line, places in sorted(bad.items()):
        if left <= 0:
            return
        left -= len(places)
        yield line, places


def _rows(marked: Marked, before: str, after: str, styles: Sequence[str]) -> Iterator[str]:
    plain, bad, told = styles[:3]
    width = marked.told_place + 1
    usual = row_writer([plain] * marked.told_place + [told], is_bordered=False)
    yield f"{before}<sheetData>"
    for row in marked.sheet.rows:
        cells = _cells(marked, row, width)
        places = marked.bad.get(row.line_no, {})
        if not places:
            yield usual(row.line_no, cells)
            continue
        looks = [bad if place in places else plain for place in range(width - 1)]
        yield row_writer([*looks, told])(row.line_no, cells)
    yield f"</sheetData>{after}"


def _cells(marked: Marked, row: RawRow, width: int) -> list[str]:
    cells = [row.cell(place) for place in range(width)]
    if row.line_no == marked.table.head_line:
        cells[-1] = TOLD_HEAD
    else:
        cells[-1] = marked.words.get(row.line_no, "")
    return cells


def _merged(marked: Marked) -> list[str]:
    """Return the merged cells of title and head; those among the rows stand filled in."""
    return [
        f"{letter_of(b)}{a}:{letter_of(d)}{c}"
        for a, b, c, d in marked.sheet.merged
        if c <= marked.table.head_line
    ]


def _with_merged(after: str, merged: Sequence[str]) -> str:
    if not merged:
        return after
    cells = "".join(f'<mergeCell ref="{ref}"/>' for ref in merged)
    return f'<mergeCells count="{len(merged)}">{cells}</mergeCells>{after}'
