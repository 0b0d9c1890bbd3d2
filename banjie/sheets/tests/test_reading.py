"""Reading what offices send (U15): workbooks, text tables in GBK and UTF-8, cells from the clipboard."""

import subprocess
import sys
from datetime import datetime

import pytest

from banjie.base.errors import InvalidInput
from banjie.sheets.reading import read_file, read_pasted
from banjie.sheets.tests.factories import xlsx

TABLE = "编号,姓名\r\n001,周禾\r\n"


def read(tmp_path, content, name):
    path = tmp_path / "sheet"
    path.write_bytes(content)
    return read_file(path, name=name)


def cells(table):
    return [row.cells for row in table.sheets[0].rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_a_text_table_reads_alike_in_whatever_encoding(tmp_path, encoding):
    assert cells(read(tmp_path, TABLE.encode(encoding), "a.csv")) == [("编号", "姓名"), ("001", "周禾")]


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_the_separator_of_a_text_table_is_found(tmp_path, separator):
    told = TABLE.replace(",", separator).encode()
    assert cells(read(tmp_path, told, "a.csv")) == [("编号", "姓名"), ("001", "周禾")]


def test_a_number_never_comes_with_a_power_of_ten_and_a_cut_off_one_is_marked(tmp_path):
    table = read(tmp_path, xlsx([["证件号"], [110101199003071234], [13800138000], [3.5]]), "a.xlsx")
    assert cells(table) == [("证件号",), ("110101199003071000",), ("13800138000",), ("3.5",)]
    assert table.sheets[0].cut_off == {(2, 0)}


def test_a_cell_that_holds_a_date_reads_in_iso_form(tmp_path):
    table = read(tmp_path, xlsx([[datetime(2019, 4, 25, 9, 32, 9), datetime(2019, 4, 25)]]), "a.xlsx")
    assert cells(table) == [("2019-04-25 09:32:09", "2019-04-25")]


def test_texts_come_as_they_are_with_breaks_tabs_and_controls(tmp_path):
    text = "=1+1\r\n\t第一行\n　第二行\x0b_x0041_"
    assert cells(read(tmp_path, xlsx([[text]]), "a.xlsx")) == [(text,)]


def test_lines_are_counted_as_excel_counts_them_and_hidden_ones_are_known(tmp_path):
    table = read(tmp_path, xlsx([["编号"], [], ["a"], ["b"]], hidden=[3]), "a.xlsx")
    assert [row.line_no for row in table.sheets[0].rows] == [1, 3, 4]
    assert table.sheets[0].hidden_lines == {4}


def test_every_sheet_is_read_and_empty_ones_are_none_to_choose_from(tmp_path):
    table = read(tmp_path, xlsx([], sheets={"甲": [["编号"]], "空": [], "乙": [["姓名"]]}), "a.xlsx")
    assert [sheet.name for sheet in table.filled] == ["甲", "乙"]


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls"])
def test_a_broken_workbook_is_refused_in_a_sentence(tmp_path, name):
    with pytest.raises(InvalidInput, match="打不开"):
        read(tmp_path, b"PK\x03\x04 not a workbook", name)


def test_a_cell_at_the_far_corner_ends_the_child_and_not_the_server(tmp_path):
    far = xlsx([["编号"]])
    assert len(far) > 0
    content = _with_far_cell()
    with pytest.raises(InvalidInput, match=r"删去空白的行列|超过"):
        read(tmp_path, content, "a.xlsx")


def _with_far_cell():
    from io import BytesIO

    import xlsxwriter

    held = BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_string(0, 0, "编号")
    sheet.write_string(1_048_575, 16_383, "x")
    book.close()
    return held.getvalue()


def test_a_copied_block_reads_with_quoted_breaks():
    table = read_pasted('编号\t内容\r\n001\t"第一行\n第二行"\r\n')
    assert cells(table) == [("编号", "内容"), ("001", "第一行\n第二行")]


def test_reading_needs_neither_django_nor_calamine_in_this_process():
    script = "import sys, banjie.sheets.reading; print([m for m in ('django', 'python_calamine') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
