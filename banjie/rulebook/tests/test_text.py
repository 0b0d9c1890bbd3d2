"""The form of texts: every fault of the head names its line and its remedy; marks and provisions."""

import pytest

from banjie.rulebook.findings import BadText
from banjie.rulebook.marks import fill, marks_in, provision_of, stray_marks, styled
from banjie.rulebook.numerals import in_characters
from banjie.rulebook.tests.factories import limits_source, text_of

HEAD = '+++\ntitle = "某制度"\ntype = "time_limit"\n'

FAULTS = [
    ('title = "某制度"\n', 1, "开头没有 +++", "两行 +++"),
    ('+++\ntitle = "某制度"\n', 3, "没有结束", "另起一行写 +++"),
    ('+++\ntype = "setting"\n+++\n', 1, "没有 title", 'title = "限时办结制"'),
    ('+++\ntitle = "某制度"\n+++\n', 1, "没有 type", 'type = "time_limit"'),
    ("+++\ntitle = “某制度”\n+++\n", 2, "中文的引号", "英文的引号"),
    ('+++\ntitle ＝ "某制度"\n+++\n', 2, "中文的引号或等号", "等号 ="),
    ('+++\ntitle = "某制度"\ntype = time_limit\n+++\n', 3, "读不懂", "英文双引号"),
    ('+++\ntitle = "某制度\ntype = "time_limit"\n+++\n', 2, "读不懂", "右引号"),
    (HEAD + 'from = "2026-01-01"\n+++\n', 4, "from 不是日期", "不加引号"),
    (HEAD + 'title = "又一个"\n+++\n', 4, "读不懂", "只能写一次"),
    (HEAD + "params = 3\n+++\n", 4, "params 的写法不对", "[params]"),
    (HEAD + '[params]\nsign.a = { basis = "S-002" }\n+++\n', 5, "没有 value", "basis"),
    (HEAD + '[params]\nsign.a = "5 workdays"\n+++\n', 5, "参数 sign.a 没有 value", "value"),
    (HEAD + '[params]\nsign.a = { value = "1 workday", bases = "x" }\n+++\n', 5, "bases", "until_decided"),
    (HEAD + '[params]\nsign.a = { value = 1, until_decided = "是" }\n+++\n', 5, "until_decided", "true"),
    (
        HEAD + '[params]\nsign.a = { value = "1 workday" }\nsign.a.b = { value = "1 workday" }\n+++\n',
        6,
        "读不懂",
        "整个名字加上英文引号",
    ),
    (HEAD + "[[examples]]\ngiven = { accepted = 2026-09-30 }\n+++\n", 4, "第1个样例写得不全", "then"),
]


@pytest.mark.parametrize(("source", "line", "fault", "remedy"), FAULTS)
def test_a_fault_of_the_head_names_line_and_remedy(source, line, fault, remedy):
    with pytest.raises(BadText) as caught:
        text_of(source)
    finding = caught.value.findings[0]
    assert finding.place.line == line
    assert fault in finding.fault
    assert remedy in finding.remedy
    assert str(finding).startswith(f"regulations/limits.md:{line}")


def test_all_faults_of_a_head_are_told_at_once():
    with pytest.raises(BadText) as caught:
        text_of("+++\nfrom = 1\n+++\n")
    assert len(caught.value.findings) == 3


def test_a_parameter_keeps_value_basis_and_line():
    text = text_of(limits_source())
    parameter = text.parameters["handle.resident_request"]
    assert (parameter.raw, parameter.basis, parameter.place.line) == ("5 workdays", "S-002", 5)


def test_a_quoted_name_stands_beside_the_shorter_one():
    text = text_of(HEAD + '[params]\nsign.a = { value = 1 }\n"sign.a.b" = { value = 2 }\n+++\n')
    assert {name: one.place.line for name, one in text.parameters.items()} == {"sign.a": 5, "sign.a.b": 6}


def test_marks_are_replaced_and_nothing_else():
    prose = "{{ a.b }}内，{{a.b:characters}}，{% if %} {{ 1 + 1 }} {{ a.b : digits }}"
    assert fill(prose, lambda name: "5个工作日") == "5个工作日内，五个工作日，{% if %} {{ 1 + 1 }} 5"
    assert [mark.name for mark in marks_in(prose)] == ["a.b"] * 3
    assert len(stray_marks(prose)) == 2


def test_a_value_with_braces_is_not_read_again():
    assert fill("{{ a }}", lambda name: "{{ b }}") == "{{ b }}"


def test_the_provision_of_a_parameter_is_the_one_that_prints_it_first():
    prose = "序\n第一条　说明。\n\n第十二条　{{ a }}内，见第一条。\n第十三条 {{ a }}{{ b }}"
    assert [provision_of(prose, name) for name in ("a", "b", "c")] == ["第十二条", "第十三条", ""]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "零"),
        (5, "五"),
        (10, "十"),
        (15, "十五"),
        (20, "二十"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1001, "一千零一"),
        (10000, "一万"),
        (10005, "一万零五"),
        (100000, "十万"),
        (120030, "十二万零三十"),
        (100000001, "一亿零一"),
    ],
)
def test_numbers_are_said_in_characters(number, said):
    assert in_characters(number) == said


def test_a_style_rewrites_the_number_alone():
    assert styled("15个工作日", "characters") == "十五个工作日"
