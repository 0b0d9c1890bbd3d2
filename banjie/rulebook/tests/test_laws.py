"""Higher law binds: a value outside is refused with the article, and a nearer law never loosens a farther one."""

from dataclasses import replace
from datetime import date

import pytest

from banjie.rulebook.actions import load_shipped
from banjie.rulebook.check import Known, check
from banjie.rulebook.findings import BadText
from banjie.rulebook.in_force import Owner
from banjie.rulebook.laws import bounds_of, is_more, measure_of, read_bounds
from banjie.rulebook.marks import sentence_of
from banjie.rulebook.queries import outside_the_law
from banjie.rulebook.sensitive import sensitive_in
from banjie.rulebook.shelf import SHIPPED, filed_in, read_all
from banjie.rulebook.tests.factories import (
    COUNTY,
    OTHER_TOWN,
    TOWN,
    law_source,
    load,
    stamp,
    text_of,
    town_limits,
    write,
)
from banjie.rulebook.tests.test_in_force import edition, rules
from banjie.rulebook.text import Section, parse_text
from banjie.rulebook.values import parse_value
from banjie.worktime.terms import parse_term

KNOWN = replace(Known.of_program(), settings=frozenset())
PERMIT = law_source()
RANKED = law_source(
    title="整治形式主义的要求",
    parameter="check_ins.*",
    holds="is = false",
    article="国办函〔2026〕12号",
    says="不得以打卡签到、积分排名考核基层干部",
)
TEXT = '+++\ntitle = "某制度"\ntype = "text"\n[params]\n{name} = {{ value = {raw}, basis = "S-002" }}\n+++\n{{{{ {name} }}}}\n'


def law(source=PERMIT, *, key="permit"):
    return text_of(source, section=Section.LAWS, key=key)


def regulation(name, raw):
    return text_of(TEXT.format(name=name, raw=raw), key="other")


def said(*texts, known=KNOWN):
    return "\n".join(str(finding) for finding in check(texts, known) if "不允许" in finding.fault)


def test_a_permit_of_25_workdays_is_refused_with_its_article():
    limits = regulation("handle.resident_request.homestead", '"25 workdays"')
    found = said(law(), limits)
    assert "regulations/other.md:5" in found
    assert "25个工作日，行政许可法 第四十二条不允许" in found
    assert "请改成不超过20个工作日" in found
    assert said(law(), regulation("handle.resident_request.homestead", '"20 workdays"')) == ""


def test_a_switch_that_higher_law_keeps_off_stays_off():
    """国办函〔2026〕12号: ranked check-ins are off, and the switch says why."""
    found = said(law(RANKED), regulation("check_ins.ranked", "true"))
    assert "实行，国办函〔2026〕12号不允许" in found
    assert "请改成不实行" in found
    assert said(law(RANKED), regulation("check_ins.ranked", "false")) == ""


def test_a_matter_that_falls_to_a_broader_limit_is_held_to_its_law_too():
    texts, _ = read_all(filed_in(SHIPPED))
    limits = next(text for text in texts if text.key == "time_limits")
    source = "\n".join(
        line for line in town_limits(SHIPPED, new='"25 workdays"').split("\n") if "homestead" not in line
    )
    changed = [replace_text(text, limits, source) for text in texts if text.section is not Section.LAWS]
    found = said(*changed, law(), known=Known.of_program())
    assert (
        "没有单独的时限，按参数 handle.resident_request 得到25个工作日，行政许可法 第四十二条不允许" in found
    )


def replace_text(text, limits, source):
    return text_of(source, key="time_limits") if text is limits else text


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("21 workdays", "20 workdays", True),
        ("30 days", "20 workdays", True),
        ("20 days", "20 workdays", False),
        ("22 workdays", "30 days", True),
        ("15 workdays", "30 days", False),
        ("8 workhours", "1 workday", True),
        ("4 workhours", "1 workday", False),
    ],
)
def test_terms_of_different_units_compare_by_when_they_end(one, other, expected):
    assert is_more(parse_term(one), parse_term(other)) is expected


@pytest.mark.parametrize(
    ("value", "limit", "expected"),
    [
        ("20 yuan", "12.50 yuan", True),
        ("30%", "1/3", False),
        (4, "3 times", True),
        ("3 hours", "1 days", False),
    ],
)
def test_amounts_compare_by_what_they_measure(value, limit, expected):
    assert is_more(measure_of(parse_value(value)), measure_of(parse_value(limit))) is expected


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('article = "行政许可法 第四十二条"', "", "没有 article"),
        ('at_most = "20 workdays"', "", "只写 at_most、at_least、is 中的一个"),
        ('at_most = "20 workdays"', 'at_most = "soon"', "看不懂的值"),
        ('at_most = "20 workdays"', "at_most = true", "不能比大小"),
        ('at_most = "20 workdays"', 'at_most = "20 workdays"\nmost = 3', "不认识的项 most"),
    ],
)
def test_a_bound_that_cannot_be_read_is_found_with_its_line(old, new, words):
    assert old in PERMIT
    text = law(PERMIT.replace(old, new))
    with pytest.raises(BadText, match=words) as caught:
        read_bounds(text)
    assert caught.value.findings[0].place.line == 4
    assert any(words in finding.fault for finding in check([text], KNOWN))
    assert bounds_of([text]) == ()


def test_laws_of_all_owners_bind_and_the_nearer_never_loosens():
    looser = law_source(title="本镇的许可法", at_most="60 workdays")
    ours = edition(Owner.TOWN, source=looser, section=Section.LAWS, key="permit")
    theirs = edition(Owner.SHIPPED, source=PERMIT, section=Section.LAWS, key="permit")
    found = [bound for bound in rules(ours, theirs).bounds if bound.title == "试"]
    assert [bound.said for bound in found] == ["不超过60个工作日", "不超过20个工作日"]


def test_every_sensitive_function_is_listed_with_its_article_and_state():
    laws = edition(Owner.SHIPPED, source=RANKED, section=Section.LAWS, key="light")
    off = TEXT.format(name="check_ins.ranked", raw="false").replace(
        "{{ check_ins.ranked }}", "第二条　打卡排名{{ check_ins.ranked }}。"
    )
    listed = {
        one.name: one
        for one in sensitive_in(rules(laws, edition(Owner.TOWN, source=off, key="light_functions")))
        if one.bound.pattern == "check_ins.*"
    }
    one = listed["check_ins.ranked"]
    assert (one.said, one.is_allowed, one.bound.article) == ("不实行", True, "国办函〔2026〕12号")
    assert one.article.ref == "某制度 第二条@镇1"
    bare = [one for one in sensitive_in(rules(laws)) if one.bound.pattern == "check_ins.*"]
    assert [(one.title, one.said) for one in bare] == [("试", "没有这项功能")]


def test_a_sentence_is_found_around_its_mark():
    assert sentence_of("第一条　甲。\n\n第二条　打卡排名{{ a.b }}。丙。", "a.b") == "打卡排名"


@pytest.mark.django_db
def test_what_a_new_law_forbids_in_force_is_told(tmp_path):
    load_shipped(stamp())
    name = "handle.resident_request.wage_arrears"
    longer = town_limits(SHIPPED, old='"10 workdays"', new='"12 workdays"', name=name)
    load(write(tmp_path / "own", regulations__time_limits=longer))
    assert outside_the_law(TOWN, date(2027, 1, 1)) == []
    law_of_all = law_source(parameter=name, at_most="11 workdays")
    load(write(tmp_path / "law", laws__wages=law_of_all), town=COUNTY, from_on=date(2027, 2, 1))
    found = outside_the_law(TOWN, date(2027, 2, 1))
    assert ["12个工作日，行政许可法 第四十二条不允许" in one.fault for one in found] == [True]


@pytest.mark.django_db
def test_a_load_outside_the_law_is_refused_whole(tmp_path):
    load_shipped(stamp())
    load(write(tmp_path / "law", laws__town_permit=PERMIT), town=OTHER_TOWN)
    source = town_limits(
        SHIPPED, old='"20 workdays"', new='"25 workdays"', name="handle.resident_request.homestead"
    )
    folder = write(tmp_path / "own", regulations__time_limits=source)
    with pytest.raises(BadText, match="行政许可法 第四十二条不允许"):
        load(folder, town=OTHER_TOWN)


def test_a_permit_is_extended_once_by_ten_workdays_at_most():
    """行政许可法 第四十二条: also where the kind says nothing of the permit and gives all its matters more."""
    texts, _ = read_all(filed_in(SHIPPED))
    kind = next(one for one in texts if one.key == "resident_request")
    line = next(line for line in kind.source.split("\n") if line.startswith('"extension.longest.homestead"'))

    def found(source):
        changed = parse_text(kind.section, kind.key, source=source, file=kind.file)
        findings = check([changed if one is kind else one for one in texts], Known.of_program())
        return [str(one) for one in findings]

    longer = found(kind.source.replace(line, line.replace('"10 workdays"', '"15 workdays"')))
    assert any("行政许可法 第四十二条" in one and "15个工作日" in one for one in longer)
    without = kind.source.replace(f"{line}\n", "").replace("{{ extension.longest.homestead }}", "略")
    assert not found(without)
    wider = without.replace(
        'extension.longest = { value = "5 workdays"', 'extension.longest = { value = "12 workdays"'
    )
    assert any("没有单独的规定" in one and "行政许可法 第四十二条" in one for one in found(wider))
    oftener = kind.source.replace(
        'extension.times = { value = "1 times"', 'extension.times = { value = "2 times"'
    )
    assert any("延长只有一次" in one for one in found(oftener))


@pytest.mark.parametrize(
    ("key", "line", "words"),
    [
        ("routing", '"route.no_such" = { value = "unit:党政办", basis = "某" }', "no_such 不是已有的"),
        ("commitments", '"promise.no_kind" = { value = "1 workday", basis = "某" }', "no_kind 不是已有的"),
        ("cadence", '"report.no_kind" = { value = "month", basis = "某" }', "no_kind 不是已有的"),
        (
            "routing",
            '"route.any.990011101201.night" = { value = "unit:党政办", basis = "某" }',
            "night 不认识",
        ),
    ],
)
def test_what_routes_and_promises_name_must_exist(key, line, words):
    texts, _ = read_all(filed_in(SHIPPED))
    text = next(one for one in texts if one.key == key)
    source = text.source.replace("[params]\n", f"[params]\n{line}\n", 1)
    changed = parse_text(text.section, key, source=source, file=text.file)
    findings = check([changed if one is text else one for one in texts], Known.of_program())
    assert any(words in str(one) for one in findings)
