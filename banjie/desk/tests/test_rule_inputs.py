"""A value is asked for by its sort and becomes what a text writes; prose is edited with its marks in brackets."""

import pytest

from banjie.base.errors import InvalidInput
from banjie.desk.rules.inputs import ValueForm
from banjie.desk.rules.wording import lines_with, shown_prose, written_prose
from banjie.rulebook.text import Section, parse_text

pytestmark = pytest.mark.either_database

OFFERED = {"role": [("role:unit_head", "单位负责人")], "unit": [("unit:民生办", "民生办")]}
SOURCE = """+++
title = "某制度"
type = "setting"
[params]
one = {{ value = {written}, basis = "某" }}
+++
第一条　{{{{ one }}}}。
"""


def text_with(written):
    return parse_text(Section.SETTINGS, "some", source=SOURCE.format(written=written), file="some.md")


@pytest.mark.parametrize(
    ("written", "told", "raw"),
    [
        ('"5 workdays"', {"value": "3", "unit": "workdays"}, "3 workdays"),
        ('"1 workday"', {"value": "4", "unit": "workhours"}, "4 workhours"),
        ('"30 minutes"', {"value": "2", "unit": "hours"}, "2 hours"),
        ('"20 MB"', {"value": "30", "unit": "MB"}, "30 MB"),
        ("3", {"value": "4"}, 4),
        ('"2/3"', {"value": "3/4"}, "3/4"),
        ('"12.50 yuan"', {"value": "20"}, "20.00 yuan"),
        ("true", {"value": "false"}, False),
        ('["甲", "乙"]', {"value": "甲\n丙\n"}, ["甲", "丙"]),
        ('"08:30-12:00"', {"begin": "09:00", "end": "12:30"}, "09:00-12:30"),
        ('"weekday:mon"', {"value": "weekday:fri"}, "weekday:fri"),
        ('["weekday:mon"]', {"value": ["weekday:mon", "weekday:thu"]}, ["weekday:mon", "weekday:thu"]),
        ('"role:dispatcher"', {"value": "role:unit_head"}, "role:unit_head"),
        ('["unit:撤了的办"]', {"value": ["unit:民生办"]}, ["unit:民生办"]),
    ],
)
def test_a_value_is_asked_for_by_its_sort_and_written_as_a_text_has_it(written, told, raw):
    text = text_with(written)
    form = ValueForm(
        {"basis": "镇里定的", **told}, text=text, parameter=text.parameters["one"], offered=OFFERED
    )
    assert form.is_valid(), form.errors
    assert form.raw == raw
    assert "one" in parse_text(text.section, text.key, source=text.source, file="a").parameters


def test_a_form_shows_what_stands_now():
    text = text_with('"5 workdays"')
    form = ValueForm(text=text, parameter=text.parameters["one"], offered=OFFERED)
    assert form.initial == {"basis": "某", "value": "5", "unit": "workdays"}


def test_the_prose_comes_back_with_its_marks_wherever_the_brackets_were_moved():
    prose = "第一条　{{ one }}内办结，节日顺延。\n\n第二条　最多{{ one : digits }}天。\n"
    source = SOURCE.format(written='"5 workdays"').partition("+++\n第一条")[0] + f"+++\n{prose}"
    text = parse_text(Section.SETTINGS, "some", source=source, file="a.md")
    shown = shown_prose(text)
    assert "第一条　【1：5个工作日】内办结" in shown
    assert "{{" not in shown
    assert written_prose(text, shown.replace("\n", "\r\n")) == text.prose
    assert written_prose(text, "最多【 2 】天，【1：随便】内") == "最多{{ one : digits }}天，{{ one }}内"
    with pytest.raises(InvalidInput, match="编号99"):
        written_prose(text, "【99：5个工作日】")


@pytest.mark.parametrize(
    ("prose", "left"),
    [
        ("第一条　{{ one }}内办结。另有规定的除外。", "第一条　另有规定的除外。"),
        ("- 停水{{ one }}内、停电{{ two }}内处理；", "- 停电【2：3天】内处理；"),
        ("第一条　{{ one }}内办结。", ""),
        ("第一条　从{{ one }}到{{ two }}。", "第一条　从到【2：3天】。"),
    ],
)
def test_what_is_left_of_a_line_keeps_the_other_values(prose, left):
    head = SOURCE.format(written='"5 workdays"').partition("+++\n第一条")[0]
    source = f'{head}two = {{ value = "3 days", basis = "某" }}\n+++\n{prose}\n'
    text = parse_text(Section.SETTINGS, "some", source=source, file="a.md")
    assert [line.left for line in lines_with(text, "one")] == [left]
