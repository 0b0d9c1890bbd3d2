"""A book is read from its text, and whatever is wrong in it is told with line and remedy."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest

from banjie.books.conditions import BadCondition, condition
from banjie.books.declaration import Book, read_book
from banjie.books.rules import book_findings
from banjie.books.vocabulary import BookReach, BookSort, Group
from banjie.fields.spec import FieldSpec, FieldType
from banjie.rulebook.check import Known, check
from banjie.rulebook.findings import BadText
from banjie.rulebook.shelf import SHIPPED, filed_in
from banjie.rulebook.text import Section, Text, parse_text

DAY = date(2026, 11, 22)
FIVE = {"meetings", "documents", "duty", "visits", "livelihood_projects"}
HEAD = """+++
title = "果园台账"
type = "book"
from = 2020-01-01
menu = "果园"
group = "enterprise"
replaces = ["果园登记本"]
feeds = ["月度通报"]
day = "counted_on"
writes = ["handler"]
{items}
[fields.counted_on]
label = "清点日期"
type = "date"
required = true

[fields.trees]
label = "果树"
type = "whole"
unit = "棵"
{more}
[params]
most = {{ value = "900 items", basis = "产品默认，待镇里确定", until_decided = true }}
+++
# 果园台账

第一条　清点一次记一条，最多{{{{ most }}}}。
"""


def text_of(items: str = "", more: str = "", *, key: str = "orchards", old: str = "", new: str = "") -> Text:
    source = (
        HEAD.format(items=items, more=more).replace(old, new) if old else HEAD.format(items=items, more=more)
    )
    return parse_text(Section.BOOKS, key, source=source, file=f"books/{key}.md")


def book(items: str = "", more: str = "") -> Book:
    return read_book(text_of(items, more))


def faults(text: Text) -> str:
    with pytest.raises(BadText) as bad:
        read_book(text)
    return str(bad.value.message)


def test_the_five_books_of_a_new_town_are_awake_and_the_others_sleep():
    texts = [one.read() for one in filed_in(SHIPPED) if one.section is Section.BOOKS]
    assert {text.key for text in texts if read_book(text).awake} == FIVE


def test_a_book_reads_with_its_defaults():
    read = book()
    assert (read.key, read.menu, read.group, read.sort) == (
        "orchards",
        "果园",
        Group.ENTERPRISE,
        BookSort.DONE,
    )
    assert (read.awake, read.public, read.reach) == (False, False, BookReach.TOWN)
    assert read.day_field.label == "清点日期"
    assert read.numbers == {"most": Decimal(900)}
    assert read.asked_on(DAY) == read.fields


def test_states_dues_checks_and_totals_read():
    more = """
[fields.state]
label = "状态"
type = "choice"
choices = { idle = "闲置", used = "盘活" }
[fields.born_on]
label = "出生日期"
type = "date"
[[checks]]
when = "state == 'idle'"
must = "trees <= most AND born_on < counted_on"
words = "请核对"
[states]
field = "state"
open = ["idle"]
[[dues]]
field = { field = "born_on", years = 60 }
before = "30 days"
while = ["idle"]
words = "快满60岁"
[totals]
fields = ["trees"]
"""
    read = book('sort = "thing"', more)
    assert read.states is not None
    assert read.states.open == {"idle"}
    assert [(due.field, due.years, due.before_days, due.states) for due in read.dues] == [
        ("born_on", 60, 30, {"idle"})
    ]
    assert read.total_fields[0].unit == "棵"
    values = {"state": "idle", "trees": 901, "born_on": "2020-01-01", "counted_on": "2026-01-01"}
    assert read.checks[0].fails(values, today=DAY)
    assert not read.checks[0].fails({**values, "trees": 900}, today=DAY)
    assert not read.checks[0].fails({**values, "state": "used"}, today=DAY)


@pytest.mark.parametrize(
    ("items", "more", "sentence"),
    [
        ("", '[fields.a]\nlabel = "人"\ntype = "whole"', "没有写单位"),
        ("", '[fields.a]\nlabel = "果树"', "都叫“果树”"),
        ('sort = "thing"', "", "须同时写出"),
        ('village = "trees"', "", 'type = "village"'),
        ('reach = "village"', "", "没有村这一栏"),
        ('sees = ["king"]', "", "没有 king 这种角色"),
        ('sees = ["administrator"]', "", "没有 administrator 这种角色"),
        ("awake = 1", "", "awake 不是是否"),
        ('number = "zf"', "", "编号字头"),
        ("", '[fields.A]\nlabel = "甲"', "键 A 不能用"),
        ("", '[fields.a]\nlabel = "甲"\ndefault = "now"', "不能用默认值 now"),
        ("", '[fields.a]\nlabel = "甲"\ntype = "date"\ndefault = "哪天"', "填不进甲"),
        ("", '[fields.a]\nlabel = "甲"\ndefault = "from.trees.name"', "不是可以带出内容的字段"),
        ("", '[[checks]]\nmust = "trees > 树"\nwords = "请核对"', "没有 树 这个字段或参数"),
        ("", '[[checks]]\nmust = "trees > \'3\'"\nwords = "请核对"', "不能比"),
        ("", '[[dues]]\nfield = "trees"\nbefore = "3 days"\nwords = "快到了"', "不是日期字段"),
        ("", '[[dues]]\nfield = "counted_on"\nbefore = "soon"\nwords = "快到了"', "提前多久"),
        ("", '[totals]\nfields = ["counted_on"]', "不是数或金额"),
    ],
)
def test_each_fault_is_told_with_what_to_write(items: str, more: str, sentence: str):
    assert sentence in faults(text_of(items, more))


@pytest.mark.parametrize("item", ["menu", "group", "replaces", "feeds", "day", "writes"])
def test_what_every_book_must_say_is_asked_for(item: str):
    source = "\n".join(
        line for line in HEAD.format(items="", more="").split("\n") if not line.startswith(f"{item} =")
    )
    assert item in faults(parse_text(Section.BOOKS, "orchards", source=source, file="books/orchards.md"))


def test_a_finding_names_the_line_of_the_field():
    told = faults(text_of("", '[fields.a]\nlabel = "人"\ntype = "whole"'))
    line = text_of("", '[fields.a]\nlabel = "人"').source.split("\n").index("[fields.a]") + 1
    assert told.startswith(f"books/orchards.md:{line}　")


def test_two_books_may_not_share_a_menu_word_nor_ask_one_fact_in_two_units():
    """T-07: 人 and 人次 never mix."""
    mean = 'means = "orchard.trees"'
    other = text_of("", mean, key="other", old='unit = "棵"', new='unit = "株"')
    told = "".join(finding.fault for finding in book_findings([text_of("", mean), other]))
    assert "菜单名 果园" in told
    assert "orchard.trees" in told


def test_an_unknown_item_in_the_head_is_told():
    findings = check([text_of('colour = "red"')], Known.of_program())
    assert any("不认识的项 colour" in finding.fault for finding in findings)


def test_what_is_empty_breaks_no_check_and_may_be_asked_for():
    specs = {"a": FieldSpec("a", "甲", FieldType.DATE), "b": FieldSpec("b", "乙", FieldType.DATE)}
    later = condition("a >= b", specs, {})
    assert later.holds({"a": "2026-01-01"}, today=DAY) is None
    assert condition("a != ''", specs, {}).holds({}, today=DAY) is False
    assert condition("days(a, b) <= 30 or a <= today", specs, {}).holds(
        {"a": "2026-02-01", "b": "2026-01-01"}, today=DAY
    )
    for wrong in ("__import__('os')", "a.b", "a + b", "days(a)", "a", "[a]", "a >= b >= a", "lambda: a"):
        with pytest.raises(BadCondition):
            condition(wrong, specs, {})


def test_conditions_are_read_by_several_threads_at_once():
    """CPython 3.11 forgets how deep it is where two threads parse at the same time (issue 106905)."""
    specs = {"sent": FieldSpec("sent", "发出", FieldType.WHOLE, unit="份")}
    with ThreadPoolExecutor(8) as pool:
        read = list(pool.map(lambda n: condition(f"sent >= {n}", specs, {}), range(400)))
    assert {one.source for one in read} == {f"sent >= {n}" for n in range(400)}


def test_a_condition_of_any_depth_is_answered_in_words():
    specs = {"sent": FieldSpec("sent", "发出", FieldType.WHOLE, unit="份")}
    with pytest.raises(BadCondition):
        condition("(" * 5000 + "sent > 1" + ")" * 5000, specs, {})
