"""Finding the table in a sheet: titles above, heads of two lines, sums, notes and repeated heads (U15)."""

import pytest

from banjie.sheets.layout import lay_out, plain_head
from banjie.sheets.reading.raw import RawSheet, rows_of

KNOWN = frozenset(("编号", "姓名", "电话", "地址", "日期"))
HEAD = ("编号", "姓名", "电话")


def sheet(*lines, merged=(), hidden=()):
    rows = rows_of((n, cells) for n, cells in enumerate(lines, start=1))
    return RawSheet("甲", rows, merged=tuple(merged), hidden_lines=frozenset(hidden))


def laid_out(*lines, examples=(), **more):
    return lay_out(sheet(*lines, **more), known=KNOWN, examples=examples)


def told(table):
    return [line.cells for line in table.lines]


@pytest.mark.parametrize(
    ("head", "plain"),
    [
        ("姓 名", "姓名"),
        ("联系电话（必填）", "联系电话"),
        ("*编号", "编号"),
        ("（一）级", "级"),
        ("所在村\n社区", "所在村社区"),
    ],
)
def test_heads_are_compared_without_blanks_brackets_and_marks(head, plain):
    assert plain_head(head) == plain


def test_title_lines_above_the_head_are_passed_over():
    table = laid_out(("群众来信台账",), ("填报单位：某镇", "", "2026年"), HEAD, ("1", "周禾", "138"))
    assert (table.head_line, told(table)) == (3, [("1", "周禾", "138")])


def test_a_head_of_two_merged_lines_is_one():
    table = laid_out(
        ("编号", "姓名", "联系方式", ""),
        ("", "", "电话", "地址"),
        ("1", "周禾", "138", "东坡村"),
        merged=[(1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 3)],
    )
    assert [head.words for head in table.heads] == ["编号", "姓名", "联系方式／电话", "联系方式／地址"]
    assert told(table) == [("1", "周禾", "138", "东坡村")]


def test_a_head_of_two_lines_is_seen_without_merged_cells_too():
    table = laid_out(
        ("编号", "姓名", "联系方式", ""), ("", "", "电话", "地址"), ("1", "周禾", "138", "东坡村")
    )
    assert [head.title for head in table.heads] == ["编号", "姓名", "电话", "地址"]


def test_a_title_merged_over_all_columns_is_no_group_of_the_head():
    table = laid_out(("来信台账", "", ""), HEAD, ("1", "周禾", "138"), merged=[(1, 0, 1, 2)])
    assert [head.words for head in table.heads] == list(HEAD)


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (("合计", "12", "3"), "合计行"),
        (("合 计", "", "3"), "合计行"),
        (("东坡村小计", "", "3"), "合计行"),
        (("", "总计", "3"), "合计行"),
        (("合", "计", "3"), "合计行"),
        (("注：数据截至三月底",), "表尾说明"),
        (("填表人：周禾", "", "审核人："), "表尾说明"),
        (("1", "2", "3"), "栏号"),
        (("甲", "乙", "1"), "栏号"),
        (HEAD, "重复的表头"),
    ],
)
def test_lines_that_are_no_rows_are_set_aside_and_told(cells, why):
    table = laid_out(HEAD, ("1", "周禾", "138"), cells, ("2", "吴桐", "139"))
    assert told(table) == [("1", "周禾", "138"), ("2", "吴桐", "139")]
    assert [(line.line_no, line.why) for line in table.aside] == [(3, why)]


@pytest.mark.parametrize(
    "cells", [("计生办", "周禾", "138"), ("3", "总计划", "来信"), ("备注", "周禾", "138")]
)
def test_rows_that_only_look_like_sums_are_rows(cells):
    assert told(laid_out(HEAD, cells)) == [cells]


def test_a_repeated_head_is_known_without_the_column_that_our_marks_added():
    """A marked file has one column more at its first head, not where its pages repeat it (U15)."""
    table = laid_out(
        (*HEAD, "问题提示"), ("1", "周禾", "138"), HEAD, ("", "姓 名", "电话\n"), ("2", "李", "139")
    )
    assert told(table) == [("1", "周禾", "138"), ("2", "李", "139")]


def test_the_sample_row_of_our_own_template_is_set_aside():
    table = laid_out(HEAD, ("001", "周禾", "138"), ("2", "吴桐", "139"), examples=("001", "周禾", "138"))
    assert [line.why for line in table.aside] == ["模板示例"]


def test_what_is_merged_downwards_stands_in_each_line():
    table = laid_out(HEAD, ("东坡村", "周禾", "1"), ("", "吴桐", "2"), merged=[(2, 0, 3, 0)])
    assert told(table) == [("东坡村", "周禾", "1"), ("东坡村", "吴桐", "2")]
    assert "1处上下合并" in table.notes[0]


def test_hidden_lines_are_read_and_told():
    table = laid_out(HEAD, ("1", "周禾", "138"), hidden=[2])
    assert len(table.lines) == 1
    assert "1行是隐藏的" in table.notes[0]


def test_cells_without_a_head_bear_their_letters():
    table = laid_out(("1", "2026-03-05"), ("2", "2026-03-06"))
    assert not table.has_head
    assert [head.words for head in table.heads] == ["A列", "B列"]
    assert len(table.lines) == 2
