"""The prose of a paper is read by our own code; what is wrong is told by its line."""

import pytest

from banjie.reports.marks import Style
from banjie.reports.tests.papers import prose_of
from banjie.reports.text import Heading, Paragraph, Role, Table, When


def faults(*lines):
    return [(fault.line + 1, fault.fault) for fault in prose_of(*lines).faults]


def test_levels_roles_and_tables_are_told_apart():
    prose = prose_of(
        "# 通报",
        "",
        "各村（社区）：",
        "",
        "现通报如下。",
        "## 总体",
        "| 单位 | 收到 |",
        "| --- | --- |",
        "| {{ unit : each }} | {{ received }} |",
        "",
        "---",
        "青禾镇",
    )
    title, addressee, opening, first, table, signed = prose.blocks
    assert (title.level, first.level) == (1, 2)
    assert [one.role for one in (addressee, opening, signed)] == [Role.ADDRESSEE, Role.BODY, Role.SIGNATURE]
    assert isinstance(table, Table)
    assert [row.group for row in table.rows] == ["unit_id"]
    assert not prose.faults


def test_a_mark_names_figure_group_style_and_count():
    (mark,) = prose_of("最多的是{{ received by category : top 3 }}。").marks()
    assert (mark.name, mark.group, mark.style, mark.count) == ("received", "category.1", Style.TOP, 3)


def test_a_figure_in_a_repeated_row_is_asked_by_the_group_of_the_row():
    prose = prose_of(
        "| 单位 | 收到 |",
        "| --- | --- |",
        "| {{ unit : each }} | {{ received }} |",
        "| 合计 | {{ received }} |",
    )
    assert [(mark.name, mark.group) for mark in prose.marks()] == [
        ("unit_id", ""),
        ("received", "unit_id"),
        ("received", ""),
    ]


def test_a_when_holds_blocks_or_a_part_of_a_sentence():
    prose = prose_of(
        "{% when unhappy > 0 %}",
        "## 不满意",
        "有{{ unhappy }}。",
        "{% end %}",
        "收到{% when done %}，办了{% end %}。",
    )
    block, paragraph = prose.blocks
    assert isinstance(block, When)
    assert (block.condition.sign, block.condition.limit) == (">", 0)
    assert [type(one) for one in block.blocks] == [Heading, Paragraph]
    assert [type(span).__name__ for span in paragraph.spans] == ["Said", "WhenSaid", "Said"]
    assert not prose.faults


@pytest.mark.parametrize(
    ("lines", "line", "fault"),
    [
        (["收到{{ received", "}}。"], 1, "大括号"),
        (["第一行", "收到{{ 收到数 }}。"], 2, "读不懂"),
        (["# 题", "", "收到{% if received %}了{% end %}。"], 3, "读不懂"),
        (["收到", "", "{% when received %}", "", "多了"], 3, "没有 end"),
        (["收到了。", "{% end %}"], 2, "多了一个 end"),
        (["收到{% when received %}了。"], 1, "没有 end"),
        (["- 一", "- 二"], 1, "列表"),
        (["这里*斜体*了"], 1, "斜体"),
    ],
)
def test_a_slip_is_told_by_its_line(lines, line, fault):
    found = faults(*lines)
    assert [number for number, _ in found][:1] == [line]
    assert fault in found[0][1]


def test_no_template_engine_sees_the_prose():
    prose = prose_of("收到{{ received|safe }}和{% load desk %}。")
    assert len(prose.faults) == 2
    assert not list(prose.marks())
