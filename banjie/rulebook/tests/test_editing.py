"""A text is changed as written: one line, every other byte as it is; and what two versions differ in is said."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banjie.base.declarations import REGISTRY
from banjie.base.errors import InvalidInput
from banjie.rulebook.diffing import Side, diff_of
from banjie.rulebook.editing import (
    with_examples_reworked,
    with_prose,
    with_repeal,
    with_value,
    without_value,
)
from banjie.rulebook.shelf import SHIPPED, filed_in, read_all
from banjie.rulebook.tests.factories import text_of

LIMITS = (SHIPPED / "regulations" / "time_limits.md").read_text()
BASIS = "镇政发〔2026〕5号"
HANDLE = "handle.resident_request"


def changed(source, name=HANDLE, raw="3 workdays", basis=BASIS):
    return with_value(source, name, raw=raw, basis=basis, file="a.md")


def differing(old, new):
    before, after = old.split("\n"), new.split("\n")
    assert len(before) == len(after)
    return [(one, other) for one, other in zip(before, after, strict=True) if one != other]


def test_one_value_is_one_line_and_nothing_else():
    [(_, line)] = differing(LIMITS, changed(LIMITS))
    assert line == f'handle.resident_request = {{ value = "3 workdays", basis = "{BASIS}" }}'


def test_a_note_stays_and_the_flag_of_the_undecided_goes():
    source = (SHIPPED / "settings" / "cases.md").read_text()
    [(_, line)] = differing(source, changed(source, "clocks.amber_share", "1/2"))
    assert 'value = "1/2"' in line
    assert 'note = "时限用去这一份额以后亮黄灯。"' in line
    assert "until_decided" not in line


def test_a_value_written_over_several_lines_is_changed_too():
    source = '+++\ntitle = "某"\ntype = "text"\n[params.a]\nvalue = 3 # 三\nuntil_decided = true\nnote = "甲, 乙"\n[params."b.*"]\nvalue = ["甲, ]", "乙"]\nbasis = "S-1"\n+++\n{{ a }}{{ b.* }}\n'
    new = changed(source, "a", 4)
    assert "value = 4\nbasis = " in new
    assert "until_decided" not in new
    assert changed(new, "b.*", ["丙"]).count('value = ["丙"]') == 1


def test_a_new_value_joins_the_others_and_can_be_taken_out_again():
    new = changed(LIMITS, "handle.resident_request.road_damage", "2 workdays")
    text = text_of(new)
    assert text.parameters["handle.resident_request.road_damage"].raw == "2 workdays"
    assert without_value(new, "handle.resident_request.road_damage", file="a.md") == LIMITS
    bare = '+++\ntitle = "某"\ntype = "text"\n+++\n某。\n'
    assert '[params]\n"a.b" = { value = 1' in changed(bare, "a.b", 1)


def test_what_one_line_cannot_change_is_refused():
    source = '+++\ntitle = "某"\ntype = "text"\nparams = { a = { value = 1, basis = "S" } }\n+++\n{{ a }}\n'
    with pytest.raises(InvalidInput, match="导出文件"):
        changed(source, "a", 2)
    with pytest.raises(InvalidInput, match="不能保存的字符"):
        changed(LIMITS, basis="一\n二")


def test_the_prose_is_written_under_the_head_as_it_stands():
    new = with_prose(LIMITS, "第一条　{{ sign.* }}内。\r\n", file="a.md")
    assert new.endswith("+++\n第一条　{{ sign.* }}内。\n")
    assert new.split("\n+++\n")[0] == LIMITS.split("\n+++\n")[0]


def test_examples_are_worked_again_where_a_value_made_them_false():
    text = text_of(changed(LIMITS))
    new = text_of(with_examples_reworked(text, REGISTRY.rule_types["time_limit"]))
    first, second, *others = new.examples
    assert first.then["due"].isoformat() == "2026-10-10"
    assert second.then["limit"] == "3个工作日"
    assert [one.then for one in others] == [one.then for one in text.examples[2:]]
    assert "10月10日周六上班" not in new.source
    assert "下午剩1小时" in new.source


def test_a_repeal_is_a_line_of_the_head():
    until = LIMITS.replace("from = 2004-01-01", "from = 2004-01-01\nuntil = 2026-01-01", 1)
    text = text_of(with_repeal(until, file="a.md"))
    assert text.is_repeal
    assert text.until_on is None
    assert text.prose == text_of(LIMITS).prose


SHIPPED_TEXTS, _ = read_all([one for one in filed_in(SHIPPED) if one.section not in ("figures", "laws")])


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_any_value_of_any_shipped_text_can_be_changed_alone(data):
    text = data.draw(st.sampled_from([text for text in SHIPPED_TEXTS if text.parameters]))
    name = data.draw(st.sampled_from(sorted(text.parameters)))
    basis = data.draw(st.text(alphabet="甲乙\"\\=#{}[], 'a", min_size=1, max_size=8))
    raw = data.draw(st.one_of(st.booleans(), st.integers(0, 99), st.text("甲,\"]}'", min_size=1, max_size=5)))
    new = text_of(
        with_value(text.source, name, raw=raw, basis=basis, file="a.md"), section=text.section, key=text.key
    )
    assert (new.parameters[name].raw, new.parameters[name].basis) == (raw, basis.strip())
    assert new.prose == text.prose


def test_a_difference_is_said_in_values_and_in_prose():
    diff = diff_of(text_of(LIMITS), text_of(changed(LIMITS)))
    [change] = diff.parameters
    assert change.words == "第三条 handle.resident_request：5个工作日（待镇里确定） → 3个工作日"
    assert change.basis_after == BASIS
    assert [line.side for line in diff.changed_lines] == [Side.BEFORE, Side.AFTER]
    assert "3个工作日内办结并反馈" in diff.changed_lines[1].words
    assert diff_of(text_of(LIMITS), text_of(LIMITS)).is_empty
    assert diff_of(None, text_of(LIMITS)).parameters[0].before == ""
