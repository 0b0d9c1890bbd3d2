"""Blank forms in the shape of those that townships get, made when a test asks for one; each ails in its own way."""

import struct
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.shared import Pt
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from banjie.files.tests.factories import compound

HOTLINE = "2026年9月12345热线办理情况统计表"


def hotline_by_unit(*, month: int = 9, units: tuple[str, ...] = ("民生办", "农业农村办", "派出所")) -> bytes:
    """Return a table by unit: a title over all columns, units in the heads, a line of sums, places to sign."""
    held = BytesIO()
    with Workbook(held) as book:
        sheet, box = book.add_worksheet("9月"), book.add_format({"border": 1, "align": "center"})
        red = book.add_format({"border": 1, "bold": True, "font_color": "#C00000"})
        title = HOTLINE.replace("9月", f"{month}月")
        sheet.merge_range(0, 0, 0, 5, title, book.add_format({"bold": True, "font_size": 16}))
        sheet.write(1, 0, "填报单位：")
        sheet.write(1, 4, "填报日期：    年  月  日")
        for place, head in enumerate(
            ("序号", "单 位", "受理数（件）", "办结数（件）", "按期办结率（%）", "群众满意率（%）")
        ):
            sheet.write(2, place, head, red)
        for number, unit in enumerate(units, start=1):
            sheet.write_row(2 + number, 0, [number, unit], box)
            for place in range(2, 6):
                sheet.write_blank(2 + number, place, None, box)
        last = 3 + len(units)
        sheet.merge_range(last, 0, last, 1, "合计", box)
        sheet.write_formula(last, 2, f"=SUM(C4:C{last})", box, 0)
        sheet.write_formula(last, 3, f"=SUM(D4:D{last})", box, 0)
        sheet.write_blank(last, 4, None, box)
        sheet.write_blank(last, 5, None, box)
        sheet.write(last + 1, 0, "审核人：                    填表人：")
    return held.getvalue()


def letters_two_rows() -> bytes:
    """Return a table with a head of two lines, groups over columns, periods and changes, percent cells."""
    held = BytesIO()
    with Workbook(held) as book:
        sheet, box = book.add_worksheet("群众诉求"), book.add_format({"border": 1})
        share = book.add_format({"border": 1, "num_format": "0.0%"})
        sheet.merge_range(0, 0, 0, 7, "群众诉求办理情况月报表", box)
        sheet.merge_range(1, 0, 2, 0, "类别", box)
        sheet.merge_range(1, 1, 1, 4, "受理情况（件）", box)
        for place, head in enumerate(("本月", "1—9月累计", "去年同期", "同比（%）"), start=1):
            sheet.write(2, place, head, box)
        sheet.merge_range(1, 5, 2, 5, "按期办结率", box)
        sheet.merge_range(1, 6, 2, 6, "重复信访（件次）", box)
        sheet.merge_range(1, 7, 2, 7, "办结人次（人次）", box)
        for number, row in enumerate(("道路交通", "环境", "合计")):
            sheet.write(3 + number, 0, row, box)
            for place in range(1, 8):
                sheet.write_blank(3 + number, place, None, share if place == 5 else box)
    return held.getvalue()


def petitions_and_grids() -> bytes:
    """Return a workbook of two sheets about two matters: 信访 by channel, and events of grids by village."""
    held = BytesIO()
    with Workbook(held) as book:
        box = book.add_format({"border": 1})
        rows = ("来信", "来访", "网上信访", "合计")
        heads = ("类别", "受理（件）", "1—9月累计受理（件）", "办结（件）", "办结率（%）", "超期（件）")
        _table(book.add_worksheet("信访"), "附件1：2026年9月信访事项办理情况月报表", heads, rows, box)
        rows = ("西沟村", "东坡村", "合计")
        heads = ("村（社区）", "上报事件数", "处置数", "处置率（%）", "未处置", "立案数（件）")
        _table(book.add_worksheet("网格"), "附件2：2026年9月网格事件处置情况统计表", heads, rows, box)
    return held.getvalue()


def visits_by_village() -> bytes:
    """Return a table of what a book holds, with a head that mixes it up with cases."""
    held = BytesIO()
    with Workbook(held) as book:
        heads = ("村", "走访次数（次）", "困难户走访次数（次）", "困难户受理数（件）")
        box = book.add_format({"border": 1})
        _table(book.add_worksheet(), "联系服务群众统计表", heads, ("西沟村", "东坡村", "合计"), box)
    return held.getvalue()


def _table(sheet: Worksheet, title: str, heads: tuple[str, ...], rows: tuple[str, ...], box: Format) -> None:
    sheet.merge_range(0, 0, 0, len(heads) - 1, title)
    sheet.write_row(1, 0, heads, box)
    for number, row in enumerate(rows, start=2):
        sheet.write(number, 0, row, box)
        for place in range(1, len(heads)):
            sheet.write_blank(number, place, None, box)


def towns_of_county() -> bytes:
    """Return a table in which each town has a line of its own, ours among others."""
    held = BytesIO()
    with Workbook(held) as book:
        sheet, box = book.add_worksheet("网格"), book.add_format({"border": 1})
        sheet.write(0, 0, "群众诉求情况表")
        for place, head in enumerate(("乡镇（街道）", "收到", "办结", "期末未办结")):
            sheet.write(1, place, head, box)
        for number, town in enumerate(("黑石镇", "青禾镇", "南山街道")):
            sheet.write(2 + number, 0, town, box)
            for place in range(1, 4):
                sheet.write_blank(2 + number, place, None, box)
    return held.getvalue()


def with_head(head: str, *, title: str = "群众诉求统计表", row: str = "合计") -> bytes:
    """Return a table of one answer."""
    held = BytesIO()
    with Workbook(held) as book:
        sheet, box = book.add_worksheet(), book.add_format({"border": 1})
        sheet.write(0, 0, title)
        sheet.write_row(1, 0, ["单位", head], box)
        sheet.write(2, 0, row, box)
        sheet.write_blank(2, 1, None, box)
    return held.getvalue()


def nothing_to_fill() -> bytes:
    """Return a sheet in which every cell says something."""
    held = BytesIO()
    with Workbook(held) as book:
        sheet, box = book.add_worksheet("通知"), book.add_format({"border": 1})
        for line, words in enumerate((("时间", "地点"), ("周三上午", "三楼会议室"))):
            sheet.write_row(line, 0, words, box)
    return held.getvalue()


def list_of_people() -> bytes:
    """Return a list to be filled line by line with people, which no figure answers."""
    held = BytesIO()
    with Workbook(held) as book:
        sheet, box = book.add_worksheet("名册"), book.add_format({"border": 1})
        for place, head in enumerate(("序号", "姓名", "诉求内容", "办理结果")):
            sheet.write(0, place, head, box)
        for number in range(1, 6):
            sheet.write(number, 0, number, box)
            for place in range(1, 4):
                sheet.write_blank(number, place, None, box)
    return held.getvalue()


def letter_in_word() -> bytes:
    """Return a Word file with gaps in running text, one of them underlined, and a table that wants answers."""
    document = Document()
    document.add_paragraph("关于群众诉求办理情况的报告").runs[0].font.size = Pt(22)
    document.add_paragraph("填报单位：____________　　填报日期：    年  月  日")
    paragraph = document.add_paragraph("2026年9月，全镇共受理群众诉求")
    paragraph.add_run("      ").underline = True
    paragraph.add_run("件，其中按期办结率__%；上访人数")
    paragraph.add_run("     人次。")
    table = document.add_table(rows=3, cols=3)
    table.style = "Table Grid"
    for place, head in enumerate(("村（社区）", "受理件数", "办结件数")):
        table.cell(0, place).text = head
    table.cell(1, 0).text, table.cell(2, 0).text = "西沟村", "东坡"
    document.add_paragraph("审核人：")
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def kept(folder: Path, name: str, content: bytes) -> Path:
    """Return where a form lies, to be read and filled."""
    path = folder / name
    path.write_bytes(content)
    return path


def old_sheet() -> bytes:
    """Return an .xls of two columns, written record by record."""
    rows = (("群众诉求情况表",), ("村", "收到", "办结"), ("西沟村", "", ""), ("东坡村", "", ""))
    cells = b"".join(
        _record(0x204, struct.pack("<HHHHB", line, place, 0, len(words), 1) + words.encode("utf-16-le"))
        for line, row in enumerate(rows)
        for place, words in enumerate(row)
        if words
    )
    begin = _record(0x809, struct.pack("<HHHHLL", 0x600, 5, 0, 0, 0, 0))
    name = "表".encode("utf-16-le")
    listed = len(begin) + 4 + 8 + len(name) + 4
    book = begin + _record(0x85, struct.pack("<LBBBB", listed, 0, 0, 1, 1) + name) + _record(0x0A, b"")
    sheet = _record(0x809, struct.pack("<HHHHLL", 0x600, 0x10, 0, 0, 0, 0)) + cells + _record(0x0A, b"")
    return compound(("Workbook", (book + sheet).ljust(8192, b"\0")))


def _record(number: int, body: bytes) -> bytes:
    return struct.pack("<HH", number, len(body)) + body


def roll_in_excel(*, lines: int = 3, is_summed: bool = False) -> bytes:
    """Return a list to be filled row by row, a line to sign below it, and a print area."""
    held = BytesIO()
    with Workbook(held) as book:
        sheet, box = book.add_worksheet("走访"), book.add_format({"border": 1})
        sheet.merge_range(0, 0, 0, 4, "2026年9月干部走访登记表")
        sheet.write_row(1, 0, ("序号", "走访日期", "走访对象", "走访户数", "姓名"), box)
        for line in range(lines):
            for place in range(5):
                sheet.write_blank(2 + line, place, None, box)
        sheet.merge_range(2 + lines, 0, 2 + lines, 4, "审核人：            填表人：")
        if is_summed:
            sheet.write_formula(3 + lines, 3, f"=SUM(D3:D{2 + lines})")
        sheet.print_area(0, 0, 2 + lines, 4)
    return held.getvalue()


def roll_in_word(*, lines: int = 2) -> bytes:
    """Return the same list as a table of a Word file."""
    document = Document()
    document.add_paragraph("2026年9月干部走访登记表")
    table = document.add_table(rows=1 + lines, cols=4)
    table.style = "Table Grid"
    for place, head in enumerate(("序号", "走访日期", "走访对象", "走访户数")):
        table.rows[0].cells[place].text = head
    document.add_paragraph("以上情况属实。")
    held = BytesIO()
    document.save(held)
    return held.getvalue()
