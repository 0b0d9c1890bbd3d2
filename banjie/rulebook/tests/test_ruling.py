"""A rule type declared by its schema: values by sort, merged over owners, each cited at the sentence that prints it."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from banjie.base.declarations import REGISTRY, ParameterSpec, Sort
from banjie.base.errors import RuleMissing
from banjie.rulebook.in_force import Owner
from banjie.rulebook.schema import parse_by, plain_of, rule_type, say
from banjie.rulebook.tests.test_in_force import edition, rules
from banjie.worktime.terms import Term, TermUnit

LADDER = rule_type(
    "test_ladder",
    "试验阶梯",
    schema=[
        ParameterSpec("tries", "次数", (Sort.COUNT,), is_required=True),
        ParameterSpec("quiet", "安静时段", (Sort.HOURS,)),
        ParameterSpec("step.*.after", "何时", (Sort.SHARE, Sort.TERM)),
        ParameterSpec(
            "step.*.does", "做什么", (Sort.CHOICE,), choices={"notify": "提醒", "transfer": "转交"}
        ),
        ParameterSpec("step.*.to", "给谁", (Sort.ROLE, Sort.POST)),
        ParameterSpec("apart", "间隔", (Sort.SPAN,)),
        ParameterSpec("fee", "工本费", (Sort.MONEY,)),
        ParameterSpec("market", "赶场天", (Sort.WEEKDAYS,)),
        ParameterSpec("units", "单位", (Sort.UNITS,)),
    ],
)


@pytest.fixture(autouse=True)
def _declared(monkeypatch):
    monkeypatch.setitem(REGISTRY.rule_types, LADDER.name, LADDER)


def ladder(*values, title="某阶梯"):
    lines = "\n".join(f'"{name}" = {{ value = {raw}, basis = "S-002" }}' for name, raw in values)
    prose = "\n\n".join(
        f"第{place}条　{{{{ {name} }}}}。" for place, (name, _) in zip("一二三四五", values, strict=False)
    )
    return f'+++\ntitle = "{title}"\ntype = "test_ladder"\n[params]\n{lines}\n+++\n{prose}\n'


READ = [
    ("tries", "3 times", 3, "3次"),
    ("step.1.after", "2/3", Fraction(2, 3), "三分之二"),
    ("step.1.after", "3 days", Term(3, TermUnit.DAYS), "3日"),
    ("apart", "3 days", timedelta(days=3), "3天"),
    ("step.red.does", "transfer", "transfer", "转交"),
    ("step.1.to", "role:unit_head", "unit_head", "单位负责人"),
    ("step.1.to", "post:民生办/窗口岗", "民生办/窗口岗", "民生办窗口岗"),
    ("fee", "12.50 yuan", 1250, "12.50元"),
    ("fee", "10000 yuan", 1_000_000, "1万元"),
    ("market", ["weekday:mon", "weekday:thu"], (0, 3), "周一、周四"),
    ("units", ["unit:民生办", "unit:综治办"], ("民生办", "综治办"), "民生办、综治办"),
]


@pytest.mark.parametrize(("name", "raw", "plain", "said"), READ)
def test_a_value_is_read_by_its_sort(name, raw, plain, said):
    value = parse_by(LADDER, name, raw)
    assert (plain_of(value), say(value)) == (plain, said)


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        ("tries", "3 days", "次数不能写成"),
        ("step.1.does", "shout", "提醒"),
        ("step.1.to", "unit:民生办", "岗位，如"),
        ("rounds", 3, "没有这个参数"),
        ("market", ["weekday:mon", "weekday:moon"], "一周里没有 moon"),
        ("units", ["unit:民生办", "role:handler"], "单位的列表"),
    ],
)
def test_a_value_of_another_sort_is_refused_with_the_forms(name, raw, words):
    with pytest.raises(ValueError, match=words):
        parse_by(LADDER, name, raw)


def test_a_ruling_gives_values_and_the_sentence_that_prints_each():
    ours = edition(Owner.TOWN, source=ladder(("tries", 2), ("step.1.after", '"1 workday"')), key="ladder")
    ruling = rules(ours).rule("test_ladder")
    assert ruling.value("tries", int) == 2
    assert ruling.ref("step.1.after").ref == "某阶梯 第二条@镇1"
    assert ruling.said("step.1.after") == "1个工作日"
    assert list(ruling.names("step.*")) == ["step.1.after"]
    assert ruling.first("step.9.after", "step.1.after") == "step.1.after"


def test_what_the_type_names_in_full_falls_to_the_farther_owner_and_a_pattern_does_not():
    shipped = edition(Owner.SHIPPED, key="ladder", source=ladder(("tries", 3), ("step.2.after", '"1/2"')))
    ours = edition(Owner.TOWN, key="ladder", source=ladder(("step.1.after", '"2/3"'), title="本镇阶梯"))
    ruling = rules(shipped, ours).rule("test_ladder")
    assert ruling.values == {"step.1.after": Fraction(2, 3), "tries": 3}
    assert ruling.ref("tries").ref == "某阶梯 第一条@出厂1"


def test_what_no_text_names_is_a_missing_rule():
    ruling = rules(on=date(2026, 1, 1)).rule("test_ladder")
    assert ruling.values == {}
    with pytest.raises(RuleMissing, match="试验阶梯的参数 tries"):
        ruling.value("tries", int)
    with pytest.raises(RuleMissing):
        ruling.ref("tries")


def test_time_limits_are_a_ruling_too():
    ruling = rules().rule("time_limit")
    assert ruling.value("handle.resident_request", Term) == Term(5, TermUnit.WORKDAYS)
    assert ruling.ref("sign.*").ref == "限时办结制 第七条@出厂1"
    assert [one.key for one in rules().ruling_of("time_limit")] == ["time_limits"]
