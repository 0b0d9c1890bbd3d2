import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from banjie.base.errors import InvalidInput
from banjie.fields.declared import (
    Choice,
    FieldSpec,
    FieldType,
    as_typed,
    check,
    check_all,
    form_field,
    in_force,
    say,
    spec_from,
)
from banjie.fields.spec import REFERENCES

DAY = date(2026, 11, 22)
KEY = "0199f000-0000-7000-8000-000000000001"
ROAD = FieldSpec(
    "road",
    "道路类别",
    FieldType.CHOICE,
    choices=(Choice("v", "村道"), Choice("h", "乡道", until=date(2026, 1, 1))),
)

GOOD = [
    (FieldType.TEXT, " 路灯不亮 ", "路灯不亮", "路灯不亮"),
    (FieldType.LONG_TEXT, "第一行\n第二行", "第一行\n第二行", "第一行\n第二行"),
    (FieldType.WHOLE, "1,200", 1200, "1,200"),
    (FieldType.DECIMAL, "12.50", "12.50", "12.50"),
    (FieldType.MONEY, "1.2万元", 1200000, "12,000元"),
    (FieldType.DATE, "2026.3.5", "2026-03-05", "2026年3月5日"),
    (FieldType.MOMENT, "2026年3月5日14时30分", "2026-03-05T14:30:00+08:00", "2026年3月5日14时30分"),
    (FieldType.YES_NO, "有", True, "是"),
    (FieldType.PHONE, "138 1234 5678", "13812345678", "13812345678"),
    (FieldType.ID_NUMBER, "11010519491231002x", "11010519491231002X", "1****************X"),
    (FieldType.SHARE, "12.5%", "12.5", "12.5%"),
    (FieldType.MONTH, "2026年3月", "2026-03", "2026年3月"),
    (FieldType.PLACE, "村口老槐树下", "村口老槐树下", "村口老槐树下"),
    (FieldType.POINT, "120.155150，30.27415", "30.27415,120.15515", "30.27415,120.15515"),
    (FieldType.PHOTO, f"{KEY}、{KEY}", KEY, "1张"),
    (FieldType.FILE, KEY, KEY, "1个"),
    *((kind, KEY, KEY, "李四") for kind in sorted(REFERENCES - {FieldType.VILLAGE})),
    (FieldType.VILLAGE, "340521100201", "340521100201", "西沟村"),
]
BAD = [
    (FieldType.TEXT, "长" * 201),
    (FieldType.LONG_TEXT, "长" * 5001),
    (FieldType.WHOLE, "1.5"),
    (FieldType.WHOLE, "十二"),
    (FieldType.DECIMAL, "1.234"),
    (FieldType.MONEY, "0.001"),
    (FieldType.DATE, "明天"),
    (FieldType.MOMENT, "2026-03-05"),
    (FieldType.YES_NO, "也许"),
    (FieldType.PHONE, "123"),
    (FieldType.ID_NUMBER, "123"),
    (FieldType.SHARE, "12.5‰"),
    (FieldType.MONTH, "十三月"),
    (FieldType.PLACE, "远" * 201),
    (FieldType.PHOTO, ",".join(f"{KEY[:-2]}{n}" for n in range(10, 20))),
    (FieldType.POINT, "村口往东三里"),
    (FieldType.FILE, "合同.pdf"),
    *((kind, "李四") for kind in sorted(REFERENCES - {FieldType.VILLAGE})),
    (FieldType.VILLAGE, "西沟村"),
]


@pytest.mark.parametrize(("type_", "typed", "stored", "said"), GOOD)
def test_each_type_checks_stores_and_says(type_: FieldType, typed: str, stored: object, said: str):
    spec = FieldSpec("f", "某项", type_)
    assert check(spec, typed, on=DAY) == stored
    assert say(spec, check(spec, typed), names={KEY: "李四", "340521100201": "西沟村"}) == said
    assert check(spec, as_typed(spec, check(spec, typed))) == stored


def test_every_type_is_tried_with_good_and_with_bad():
    assert {type_ for type_, *_ in GOOD} | {FieldType.CHOICE, FieldType.CHOICES} == set(FieldType)
    assert {type_ for type_, *_ in BAD} | {FieldType.CHOICE, FieldType.CHOICES} == set(FieldType)


@pytest.mark.parametrize(("type_", "typed"), BAD)
def test_each_refusal_is_a_chinese_sentence_that_names_the_field(type_: FieldType, typed: str):
    """U32: every rule has a sentence."""
    spec = FieldSpec("f", "某项", type_)
    with pytest.raises(InvalidInput) as refused:
        check(spec, typed, on=DAY)
    assert refused.value.fields == {"f": refused.value.message}
    assert "某项" in refused.value.message
    assert re.search(r"请|应|最多|不能", refused.value.message)


def test_a_required_field_asks_to_be_filled_in_or_picked():
    with pytest.raises(InvalidInput, match="请填写地点"):
        check(FieldSpec("place", "地点", required=True), "  ")
    with pytest.raises(InvalidInput, match="请选择道路类别"):
        check(replace(ROAD, required=True), None)
    assert check(ROAD, "") is None


def test_a_year_bears_no_comma():
    spec = FieldSpec("year", "年度", FieldType.WHOLE, unit="年", least=Decimal(2000))
    assert say(spec, check(spec, "2026")) == "2026年"
    with pytest.raises(InvalidInput, match="不能小于2000"):
        check(spec, "1999")


def test_numbers_keep_their_bounds_and_their_unit():
    spec = FieldSpec("area", "面积", FieldType.DECIMAL, unit="亩", least=Decimal("0.1"), most=Decimal(500))
    assert check(spec, "12.5亩") == "12.5"
    assert say(spec, "1200.50") == "1,200.50亩"
    with pytest.raises(InvalidInput, match=r"面积不能小于0\.1"):
        check(spec, "0")
    with pytest.raises(InvalidInput, match=r"金额不能大于500元"):
        check(FieldSpec("m", "金额", FieldType.MONEY, most=Decimal(50000)), "500.01")


def test_several_choices_are_kept_once_each_in_the_order_of_declaration():
    spec = FieldSpec(
        "f",
        "水果",
        FieldType.CHOICES,
        choices=(Choice("pear", "梨"), Choice("plum", "李"), Choice("fig", "无花果")),
    )
    assert check(spec, "李、梨，李") == "pear,plum"
    assert check(spec, ["fig", "pear"]) == "pear,fig"
    assert say(spec, "pear,fig") == "梨、无花果"
    assert form_field(spec).prepare_value("pear,fig") == ["pear", "fig"]
    with pytest.raises(InvalidInput, match="水果没有“瓜”这一项"):
        check(spec, "梨、瓜")


@pytest.mark.parametrize(
    ("typed", "stored", "said"),
    [
        ("1200余人", {"f": 1200, "f__bound": "at_least"}, "1,200余人"),
        ("突破1200", {"f": 1200, "f__bound": "at_least"}, "1,200余人"),
        ("近1200人", {"f": 1200, "f__bound": "under"}, "近1,200人"),
        ("1200人", {"f": 1200}, "1,200人"),
    ],
)
def test_a_number_keeps_its_qualifier_beside_it(typed: str, stored: dict[str, object], said: str):
    """T-06: 余, 突破 and 近 are not the number."""
    spec = FieldSpec("f", "人数", FieldType.WHOLE, unit="人", bound=True)
    kept = check_all((spec,), {"f": typed}, on=DAY)
    assert kept == stored
    assert say(spec, kept["f"], bound=kept.get("f__bound")) == said
    assert check_all((spec,), {"f": "1200", "f__bound": "under"}, on=DAY) == {"f": 1200, "f__bound": "under"}


@pytest.mark.parametrize("typed", ["2.5万余元", "2.5余万元", "25000余", "突破2.5万元", "25000元以上"])
def test_money_takes_its_qualifier_where_offices_put_it(typed: str):
    """T-06: the word stands before or behind 万."""
    spec = FieldSpec("f", "金额", FieldType.MONEY, bound=True)
    assert check_all((spec,), {"f": typed}, on=DAY) == {"f": 2500000, "f__bound": "at_least"}


def test_a_retired_choice_is_no_longer_taken_but_stays_readable():
    assert check(ROAD, "乡道", on=date(2025, 12, 31)) == "h"
    with pytest.raises(InvalidInput, match="道路类别没有“乡道”这一项，可以选：村道"):
        check(ROAD, "乡道", on=date(2026, 1, 1))
    assert say(ROAD, "h") == "乡道"
    assert say(ROAD, "gone") == "gone"


def test_a_retired_field_is_no_longer_asked_but_stays_readable():
    old = FieldSpec("old", "旧项", FieldType.MONEY, required=True, until=date(2026, 1, 1))
    new = FieldSpec("new", "新项", since=date(2026, 1, 1))
    assert in_force((old, new), date(2025, 12, 31)) == (old,)
    assert in_force((old, new), date(2026, 1, 1)) == (new,)
    assert check_all((old, new), {"old": "1", "new": "有"}, on=DAY) == {"new": "有"}
    assert say(old, 12345) == "123.45元"


def test_all_complaints_come_at_once():
    specs = (FieldSpec("a", "甲", FieldType.WHOLE), FieldSpec("b", "乙", required=True), FieldSpec("c", "丙"))
    with pytest.raises(InvalidInput) as refused:
        check_all(specs, {"a": "x", "c": "好"}, on=DAY)
    assert set(refused.value.fields) == {"a", "b"}


def test_personal_values_stay_covered_unless_asked_for_in_full():
    phone = FieldSpec("p", "电话", FieldType.PHONE, personal=True)
    illness = FieldSpec("i", "病情", personal=True)
    assert say(phone, "13812345678") == "138****5678"
    assert say(phone, "13812345678", in_full=True) == "13812345678"
    assert "高血压" not in say(illness, "高血压")
    assert say(FieldSpec("d", "证号", FieldType.ID_NUMBER), "11010519491231002X", in_full=True).endswith(
        "002X"
    )


def test_a_form_field_cleans_to_stored_form_and_shows_what_was_stored():
    field = form_field(FieldSpec("m", "金额", FieldType.MONEY, required=True), on=DAY)
    assert field.clean("1,200.5") == 120050
    assert field.prepare_value(120050) == "1200.5"
    assert field.prepare_value("十二") == "十二"
    moment = form_field(FieldSpec("t", "时间", FieldType.MOMENT))
    assert moment.prepare_value("2026-03-05T14:30:00+08:00") == "2026-03-05 14:30"


def test_a_form_field_refuses_with_the_same_sentence_and_what_is_not_offered():
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match="手机号应为11位，现在是10位"):
        form_field(FieldSpec("p", "电话", FieldType.PHONE)).clean("1381234567")
    unit = form_field(FieldSpec("u", "单位", FieldType.UNIT), options=[(KEY, "民政办")])
    assert unit.clean(KEY) == KEY
    with pytest.raises(ValidationError, match="已不在列表里"):
        unit.clean(KEY.replace("1", "2"))


def test_every_type_has_a_form_field_that_renders():
    for type_ in FieldType:
        field = form_field(FieldSpec("f", "某项", type_, choices=ROAD.choices if type_.has_choices else ()))
        assert 'name="f"' in field.widget.render("f", None)
    assert "乡道" not in form_field(ROAD, on=DAY).widget.render("f", None)


def test_a_declaration_reads_from_a_table_of_a_text():
    told = {
        "label": "类别",
        "type": "choice",
        "required": True,
        "choices": {"v": "村道", "h": {"label": "乡道", "until": DAY}},
        "since": DAY,
    }
    spec = spec_from("road", told)
    assert spec.choices == (Choice("v", "村道"), Choice("h", "乡道", until=DAY))
    assert spec.required
    assert spec.since == DAY
    assert spec_from("n", {"label": "数", "type": "decimal", "places": 0, "least": 1}).places == 0


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({}, "没有 label"),
        ({"label": "甲", "type": "colour"}, "没有“colour”这一种"),
        ({"label": "甲", "tpye": "text"}, "不认识的 tpye"),
        ({"label": "甲", "type": "choice"}, "须同时写出"),
        ({"label": "甲", "choices": {"a": "一"}}, "须同时写出"),
        ({"label": "甲", "type": "choice", "choices": {"a": 1}}, "应为名称"),
        ({"label": "甲", "required": "yes"}, "true 或 false"),
        ({"label": "甲", "since": "2026-01-01"}, "应为日期"),
        ({"label": "甲", "least": "1"}, "应为数字"),
        ({"label": "甲", "longest": True}, "应为整数"),
        ({"label": "甲", "bound": True}, "不能写 bound"),
        ({"label": "甲", "type": "record"}, "of = "),
    ],
)
def test_a_wrong_declaration_says_what_to_write(told: dict[str, object], sentence: str):
    with pytest.raises(ValueError, match=sentence):
        spec_from("f", told)
