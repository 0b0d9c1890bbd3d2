"""Cells by their columns: each bad one is told with its line, column and remedy (U15)."""

from datetime import date

import pytest

from banjie.sheets.checking import check_cells
from banjie.sheets.layout import lay_out
from banjie.sheets.matching import known_heads, match
from banjie.sheets.reading.raw import RawSheet, rows_of
from banjie.sheets.tests.slips import COLUMNS

ON = date(2026, 3, 5)
ID_NUMBER = "11010119900307109X"


def checked(*lines, **marks):
    sheet = RawSheet("甲", rows_of((n, cells) for n, cells in enumerate(lines, start=1)), **marks)
    table = lay_out(sheet, known=known_heads(COLUMNS))
    return check_cells(table, COLUMNS, match(table.heads, COLUMNS, {}), on=ON)


def value(head, cell, **marks):
    """Return what one cell under a head comes to."""
    told = checked(("编号", head), ("1", cell), **marks)
    assert not told.findings, told.findings
    return next(row.values[column.key] for row in told.rows for column in COLUMNS if column.title == head)


def complaint(head, cell, **marks):
    (finding,) = checked(("编号", head), ("1", cell), **marks).findings
    assert finding.line_no == 2
    return finding.words


@pytest.mark.parametrize(
    "cell",
    [
        "2019-04-25",
        "2019/4/25",
        "2019.4.25",
        "2019年4月25日",
        "2019年4月25号",
        "20190425",
        "2019-04-25 09:32:09",
        "2019/4/25 9:32",
        "2019年4月25日 星期四",
        "2019-04-25T09:32:09",
        "２０１９－４－２５",
        " 2019 / 4 / 25 ",
        "二〇一九年四月二十五日",
        "43580",
        "43580.3972",
        "20190425093209",
    ],
)
def test_a_day_is_understood_in_every_shape_that_sheets_hold(cell):
    assert value("日期", cell) == "2019-04-25"


@pytest.mark.parametrize(
    ("cell", "remedy"),
    [
        ("去年冬天", "请写成"),
        ("4月25日", "没有写年份"),
        ("4/25/2019", "分不清年、月、日"),
        ("19-4-25", "分不清年、月、日"),
        ("2019-02-30", "没有2019年2月30日"),
    ],
)
def test_a_day_that_is_none_is_told_with_its_remedy(cell, remedy):
    assert remedy in complaint("日期", cell)


def test_a_number_that_excel_has_cut_off_is_never_taken(tmp_path):
    words = complaint("身份证号", "110101199003071000", cut_off=frozenset({(2, 1)}))
    assert "设为“文本”格式" in words
    assert "设为“文本”格式" in complaint("身份证号", "1.10101E+17")
    assert "设为“文本”格式" in complaint("姓名", "1.1E+17")


def test_an_error_of_excel_is_told():
    assert "出错提示" in complaint("内容", "#REF!")
    assert "出错提示" in complaint("金额", "", broken=frozenset({(2, 1)}))


@pytest.mark.parametrize("cell", ["东坡村", " 东坡 村", "v1", "V1"])
def test_an_option_is_picked_by_its_label_or_key(cell):
    assert value("所在村", cell) == "v1"


def test_an_unknown_option_names_what_there_is():
    assert complaint("所在村", "北村") == "没有“北村”这一项，请填东坡村、柳溪村。"


def test_texts_lose_stray_blanks_and_keep_their_lines():
    assert value("姓名", "　周\t禾 ") == "周 禾"
    assert value("内容", "\t\n　第一行\n第二行\r\n") == "第一行\n第二行"


def test_money_and_phones_are_kept_in_their_own_form():
    assert value("金额", "1.2万元") == 1_200_000
    assert value("电话", "138 0013 8000") == "13800138000"


def test_every_bad_cell_of_a_row_is_told_and_the_row_is_none():
    told = checked(("编号", "电话", "日期"), ("", "12", "昨天"), ("2", "", ""))
    assert [(f.line_no, f.column_key) for f in told.findings] == [(2, "number"), (2, "told_on"), (2, "phone")]
    assert [row.line_no for row in told.rows] == [3]


def test_what_is_empty_is_none_and_an_absent_column_too():
    (row,) = checked(("编号",), ("1",)).rows
    assert row.values["name"] is None
    assert row.text("name") == ""
