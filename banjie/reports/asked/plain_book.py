"""An old .xls written anew as a plain .xlsx where LibreOffice is not there: words, merged cells, lines."""

from pathlib import Path

from banjie.sheets.reading import RawSheet

NARROW, WIDE = 9, 22


def write_plain(sheets: tuple[RawSheet, ...], out: Path) -> None:
    """Write the sheets that are shown; of the old file's looks only the merged cells and the table remain."""
    # The library is 9 MB of memory that only this process needs.
    from xlsxwriter import Workbook

    with Workbook(str(out)) as book:
        boxed = book.add_format({"border": 1, "align": "center", "valign": "vcenter", "text_wrap": True})
        plain = book.add_format({"align": "center", "valign": "vcenter"})
        for raw in sheets:
            if raw.is_hidden or not raw.rows:
                continue
            sheet = book.add_worksheet(raw.name[:31])
            sheet.set_column(0, 0, WIDE)
            width = max(len(row.cells) for row in raw.rows)
            width = max([width, *(d + 1 for *_, d in raw.merged)])
            first, last = _table_lines(raw)
            words = {(row.line_no, place): cell for row in raw.rows for place, cell in enumerate(row.cells)}
            for line in range(1, max(last, raw.rows[-1].line_no) + 1):
                for place in range(width):
                    look = boxed if first <= line <= last else plain
                    sheet.write_string(line - 1, place, words.get((line, place), ""), look)
            for a, b, c, d in raw.merged:
                look = boxed if first <= a <= last else plain
                if (a, b) != (c, d):
                    sheet.merge_range(a - 1, b, c - 1, d, words.get((a, b), ""), look)


def _table_lines(raw: RawSheet) -> tuple[int, int]:
    """Return the first and last line of the table: from the first line of two filled cells to the last one."""
    told = [row.line_no for row in raw.rows if sum(1 for cell in row.cells if cell.strip()) >= 2]
    inside = [row.line_no for row in raw.rows if row.line_no >= (told or [1])[0] and row.cell(0).strip()]
    return (told or [1])[0], max([*inside, *(told or [1])])
