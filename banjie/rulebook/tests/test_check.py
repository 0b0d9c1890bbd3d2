"""The check: each thing that can be wrong is found with its line and its remedy, and the shipped texts are clean."""

from dataclasses import replace

import pytest

from banjie.rulebook.check import Known, check
from banjie.rulebook.shelf import SHIPPED, filed_in, read_all
from banjie.rulebook.tests.factories import limits_source, text_of
from banjie.rulebook.text import Section

KNOWN = replace(Known.of_program(), settings=frozenset())
KIND = (SHIPPED / "kinds" / "resident_request.md").read_text()
TREE = (SHIPPED / "categories" / "town.md").read_text()
LIMIT_NAMES = ("accept", "sign", "handle", "call_back", "reopen")


def shipped_texts():
    texts, findings = read_all(filed_in(SHIPPED))
    assert findings == []
    return texts


def kind(source=KIND):
    return text_of(source, section=Section.KINDS, key="resident_request")


def setting(source):
    return text_of(source, section=Section.SETTINGS, key="settings")


def tree(source=TREE):
    return text_of(source, section=Section.CATEGORIES, key="town")


def limits(*params, prose=None, more=""):
    lines = "\n".join(f'"{name}" = {{ value = "{value}", basis = "S-002" }}' for name, value in params)
    prose = "".join(f"{{{{ {name} }}}}" for name, _ in params) if prose is None else prose
    return text_of(f'+++\ntitle = "某时限"\ntype = "time_limit"\n[params]\n{lines}\n{more}+++\n{prose}\n')


def all_limits():
    return limits(*((f"{clock}.*", "5 workdays") for clock in LIMIT_NAMES))


def found(*texts, known=KNOWN):
    return check(texts, known)


def assert_found(findings, *, line, fault, remedy):
    assert any(
        finding.place.line == line and fault in finding.fault and remedy in finding.remedy
        for finding in findings
    ), "\n".join(str(finding) for finding in findings)


def test_the_shipped_texts_are_clean():
    assert [str(finding) for finding in check(shipped_texts(), Known.of_program())] == []


def test_every_shipped_value_has_a_basis_and_shows_what_is_undecided():
    for text in shipped_texts():
        for parameter in text.parameters.values():
            assert parameter.basis
            assert parameter.until_decided or "待镇里确定" not in parameter.basis, parameter.place


def test_a_value_without_basis_is_found():
    findings = found(text_of(limits_source().replace('"S-002"', '""')), kind())
    assert_found(findings, line=5, fault="handle.resident_request 没有依据", remedy="待镇里确定")


def test_a_mark_that_names_no_parameter_is_found():
    findings = found(
        limits(("sign.*", "1 workday"), prose="第一条　{{ sign.* }}。\n\n第二条　{{ sign.all }}内。")
    )
    assert_found(findings, line=9, fault="sign.all", remedy="[params]")


def test_a_parameter_that_no_sentence_prints_is_found():
    assert_found(
        found(limits(("sign.*", "1 workday"), prose="第一条　略。")),
        line=5,
        fault="sign.* 在正文里没有写出来",
        remedy="{{ sign.* }}",
    )


def test_braces_that_are_no_mark_and_unknown_styles_are_found():
    findings = found(limits(("sign.*", "1 workday"), prose="{{ sign.* : grand }} {{ sign.*"))
    assert_found(findings, line=7, fault="样式 grand", remedy="characters")
    assert_found(findings, line=7, fault="不是完整的记号", remedy="{{ 名字 }}")


def test_a_failing_example_is_found_with_both_days():
    example = "[[examples]]\ngiven = { accepted = 2026-09-30 }\nthen = { due = 2026-10-12 }\n"
    findings = found(limits(("handle.*", "5 workdays"), more=example))
    assert_found(
        findings, line=6, fault="写的是 due = 2026-10-12，按参数算出来是 2026-10-13", remedy="改样例"
    )


@pytest.mark.parametrize(
    ("given", "then", "fault", "remedy"),
    [
        ("accepted = 2026-09-30", "done = 2026-10-13", "done 不认识", "due"),
        ("kind = 1", "due = 2026-10-13", "从哪一天算起", "accepted = 2026-09-30"),
        ('limit = "x", accepted = 2026-09-30', "due = 2026-10-13", "哪一个时限", "handle.*"),
    ],
)
def test_an_example_that_cannot_be_run_is_found(given, then, fault, remedy):
    example = f"[[examples]]\ngiven = {{ {given} }}\nthen = {{ {then} }}\n"
    assert_found(found(limits(("handle.*", "5 workdays"), more=example)), line=6, fault=fault, remedy=remedy)


def test_an_unknown_type_or_item_is_found():
    findings = found(text_of('+++\ntitle = "某"\ntype = "tax"\nform = 2026-01-01\n+++\n'))
    assert_found(findings, line=3, fault="不认识的类型 tax", remedy="time_limit")
    assert_found(findings, line=4, fault="不认识的项 form", remedy="拼写")


def test_a_text_on_the_wrong_shelf_is_found():
    findings = found(setting('+++\ntitle = "某"\ntype = "time_limit"\n+++\n'))
    assert_found(findings, line=3, fault="不能放在 settings/", remedy='type = "setting"')


def test_a_value_that_cannot_be_read_is_found():
    findings = found(limits(("sign.*", "soon")))
    assert_found(findings, line=5, fault="看不懂时限", remedy="5 workdays")


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("role:king", "角色 king 不存在"),
        ("post:民生办/窗口岗", "岗位 民生办/窗口岗 不存在"),
        ("deed:cases.fly", "事项 cases.fly 不存在"),
        ("unit:气象局", "单位 气象局 不存在"),
        ("kind:rumour", "件的种类 rumour 不存在"),
        ("category:moon", "事项分类 moon 不存在"),
    ],
)
def test_an_unknown_reference_is_found(value, fault):
    source = f'+++\ntitle = "某"\ntype = "setting"\n[params]\na.b = {{ value = "{value}", basis = "S-001" }}\n+++\n'
    known = replace(KNOWN, units=frozenset({"党政办"}), posts=frozenset({"党政办/值班岗"}))
    findings = found(setting(source + "{{ a.b }}"), known=known)
    assert_found(findings, line=5, fault=fault, remedy="可以写")


def test_an_unknown_name_in_a_list_is_found():
    source = '+++\ntitle = "某"\ntype = "text"\n[params]\na.b = { value = ["unit:党政办", "unit:气象局"], basis = "S-001" }\n+++\n{{ a.b }}'
    findings = found(text_of(source), known=replace(KNOWN, units=frozenset({"党政办"})))
    assert_found(findings, line=5, fault="单位 气象局 不存在", remedy="党政办")


def test_a_kind_without_the_limit_of_a_clock_is_found():
    findings = found(kind(), limits(("handle.*", "5 workdays")))
    line = KIND.split("\n").index(next(row for row in KIND.split("\n") if row.startswith("clocks"))) + 1
    for clock in ("受理", "签收", "回访", "重办"):
        assert_found(findings, line=line, fault=f"群众诉求有{clock}时钟，却没有时限", remedy="time_limit")
    assert not any("办理时钟" in finding.fault for finding in findings)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("park.resident_request", "不是已有的时钟"),
        ("sign.rumour", "件的种类 rumour 不存在"),
        ("handle.resident_request.moon", "事项分类 moon 不存在"),
    ],
)
def test_a_limit_of_nothing_known_is_found(name, fault):
    assert_found(found(kind(), tree(), limits((name, "5 workdays"))), line=5, fault=fault, remedy="")


@pytest.mark.parametrize(
    ("old", "new", "fault", "remedy"),
    [
        ('prefix = "QZ"', 'prefix = "qz1"', "编号字头", "大写字母"),
        ('origin = "own"', 'origin = "foreign"', "foreign 不认识", "mirrored"),
        ('"handle", "call_back"', '"handel", "call_back"', "handel 不认识", "handle（办理）"),
        ('"window_clerk", ', '"window_clark", ', "角色 window_clark 不存在", "window_clerk"),
        ('confirmed_by = "asker"', 'confirmed_by = "handler"', "handler 不认识", "asker（提出人）"),
        ('kinds = ["solved", ', 'kinds = ["salved", ', "salved 不认识", "solved（解决）"),
        ('type = "whole"', 'type = "number"', "people_count", ""),
        (
            'title = "正在听证"\nbasis = "中华人民共和国行政许可法 第四十五条"',
            'title = "正在听证"',
            "没有 basis",
            "basis",
        ),
        ('value = "1 times"', 'value = "1 workday"', "可以延期几次", "1 times"),
        ('value = "role:unit_head"', 'value = "unit:党政办"', "由谁批准", "role:unit_head"),
        ('value = "5 workdays"', 'value = "5 times"', "最多延期多久", "5 workdays"),
    ],
)
def test_a_fault_of_a_kind_is_found(old, new, fault, remedy):
    assert old in KIND
    findings = found(kind(KIND.replace(old, new)), all_limits())
    match = [finding for finding in findings if fault in finding.fault]
    assert match, "\n".join(str(finding) for finding in findings)
    assert match[0].place.line > 1
    assert remedy in match[0].remedy
    assert match[0].remedy


@pytest.mark.parametrize(
    ("old", "new", "fault", "remedy"),
    [
        ("| street_lamp |", "| road_damage |", "编码 road_damage 用了两次", "换一个"),
        ("| street_lamp |", "| |", "没有编码", "不再变的编码"),
        (
            "| street_lamp | | 路灯 | | |",
            "| street_lamp | | 路灯 | | 路灯办 |",
            "路灯办 不在单位名单里",
            "units",
        ),
        ("| street_lamp | | 路灯 | | | |", "| street_lamp | | 路灯 | | | 马上 |", "职责看不懂", "基本"),
        ("| roads | 道路交通 | | | 村建办 |", "| roads | 道路交通 | | | |", "没有责任单位", "责任单位"),
        (
            "| roads | 道路交通 | | | 村建办 | 基本 |",
            "| roads | 道路交通 | | | 村建办 | |",
            "没有写职责",
            "配合",
        ),
        ("| 中华人民共和国公路法 第八条；待镇里确定 |", "| |", "没有依据", "待镇里确定"),
        ("| 编码 | 一级 |", "| 编号 | 一级 |", "表头不对", "编码、一级"),
        ("| street_lamp | | 路灯 |", "| street_lamp | 照明 | 路灯 |", "上一级还没有写", "先写上一级"),
        ("| street_lamp | | 路灯 |", "| street_lamp | | 桥涵与护栏 |", "写了两次", "换一个名称"),
    ],
)
def test_a_fault_of_the_tree_is_found(old, new, fault, remedy):
    assert old in TREE
    findings = found(tree(TREE.replace(old, new, 1)))
    match = [finding for finding in findings if fault in finding.fault]
    assert match, "\n".join(str(finding) for finding in findings)
    assert match[0].place.line > 10
    assert remedy in match[0].remedy


def test_a_unit_that_the_town_lacks_is_found():
    findings = found(tree(), known=replace(KNOWN, units=frozenset({"党政办"})))
    assert_found(findings, line=6, fault="没有叫 村建办 的单位", remedy="党政办")


def test_doubles_between_texts_are_found():
    other = text_of(KIND, section=Section.KINDS, key="second")
    findings = found(kind(), other, all_limits())
    assert_found(findings, line=2, fault="标题 群众诉求", remedy="只留一处")
    assert_found(findings, line=5, fault="编号字头 QZ", remedy="只留一处")


def test_a_setting_that_code_needs_or_does_not_know_is_found():
    source = (
        '+++\ntitle = "某"\ntype = "setting"\n[params]\na.b = { value = 3, basis = "S-001" }\n+++\n{{ a.b }}'
    )
    findings = found(setting(source), known=replace(KNOWN, settings=frozenset({"lists.count_limit"})))
    assert_found(findings, line=5, fault="a.b 没有程序使用", remedy="拼写")
    assert_found(findings, line=1, fault="缺少参数 lists.count_limit", remedy="settings/")
