"""`banjie rulebook check` names the wrong marks of a paper by file and line."""

from datetime import date

import pytest

from banjie.reports.rules import paper_findings, rhythm_of
from banjie.rulebook.check import Known, check
from banjie.rulebook.shelf import SHIPPED, filed_in, read_all
from banjie.rulebook.text import Section, parse_text

HEAD = ["+++", 'title = "月报"', 'type = "paper"', "+++", "# 月报", ""]
SHIPPED_TEXTS, _ = read_all(filed_in(SHIPPED))
FIGURES = [text for text in SHIPPED_TEXTS if text.section is Section.FIGURES]


def paper(*lines, head=HEAD):
    source = "\n".join([*head, *lines])
    return parse_text(Section.PAPERS, "monthly", source=source, file="papers/monthly.md")


def findings(*lines, head=HEAD, figures=FIGURES):
    found = paper_findings([*figures, paper(*lines, head=head)])
    return [(finding.place.line, finding.fault, finding.remedy) for finding in found]


def test_what_is_shipped_is_sound():
    assert check(SHIPPED_TEXTS, Known.of_program()) == []


@pytest.mark.parametrize(
    ("line", "fault", "remedy"),
    [
        ("收到{{ case.recieved }}。", "没有叫 case.recieved 的数据指标", "case.received"),
        ("收到{{ case.received : loud }}。", "样式 loud 不认识", "plain"),
        ("收到{{ case.received by moon : top 3 }}。", "不能按 moon 分组", "unit_id（承办单位）"),
        ("收到{{ case.received : top 3 }}。", "写了 top，却没有分组", "by unit"),
        ("收到{{ case.received : base }}。", "不是比率", ": base"),
        ("{{ period by unit }}收到。", "不能分组", "by unit"),
        ("{% when case.recieved %}收到{% end %}。", "没有叫 case.recieved 的数据指标", "case.received"),
        ("收到{{ case.received | safe }}。", "读不懂", "{{ 指标 }}"),
        ("同比下降2倍。", "下降和减少不能用“倍”", "百分数"),
        ("- 一", "公文里没有的写法", "段落"),
    ],
)
def test_a_wrong_mark_is_named_by_its_line_with_a_remedy(line, fault, remedy):
    found = findings("第一段。", "", line)
    assert [number for number, _, _ in found] == [9]
    assert fault in found[0][1]
    assert remedy in found[0][2]


def test_a_group_that_no_figure_has_is_found_in_a_table():
    found = findings("| 单位 | 收到 |", "| --- | --- |", "| {{ moon : each }} | {{ case.received }} |")
    assert {number for number, _, _ in found} == {9}
    assert any("没有叫 moon 的分组" in fault for _, fault, _ in found)


def test_a_paper_begins_with_its_title_and_says_how_often_it_comes_out():
    head = ["+++", 'title = "月报"', 'type = "paper"', 'period = "fortnight"', "+++"]
    found = findings("现通报如下。", head=head)
    assert [(number, fault) for number, fault, _ in found] == [
        (4, "period 不认识"),
        (6, "正文没有以标题开头"),
    ]


def test_without_the_catalogue_at_hand_names_are_not_judged():
    assert findings("收到{{ anything.at_all }}。", figures=[]) == []


def test_an_unknown_item_of_the_head_is_found():
    head = ["+++", 'title = "月报"', 'type = "paper"', "colour = 1", "+++", "# 月报"]
    faults = [finding.fault for finding in check([paper(head=head)], Known.of_program())]
    assert "不认识的项 colour" in faults


def test_the_shipped_paper_is_monthly_and_in_force_from_the_beginning():
    (shipped,) = (text for text in SHIPPED_TEXTS if text.section is Section.PAPERS)
    assert (rhythm_of(shipped), shipped.from_on) == ("month", date(2004, 1, 1))
