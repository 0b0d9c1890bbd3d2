"""Which column is which (U15): by title, by other names, by what the office confirmed before."""

from banjie.sheets.layout import Head
from banjie.sheets.matching import LEFT_OUT, Ground, head_digest, match, to_remember, told_matching
from banjie.sheets.tests.slips import COLUMNS


def heads(*words):
    return tuple(Head(place, word) for place, word in enumerate(words))


def matched(*words, remembered=None):
    return match(heads(*words), COLUMNS, remembered or {})


def test_titles_and_other_names_are_sure():
    matching = matched("流水号", "姓 名", "联系电话（必填）")
    assert matching.keys == {0: "number", 1: "name", 2: "phone"}
    assert matching.is_sure


def test_a_likeness_is_proposed_and_not_sure():
    matching = matched("编号", "家庭电话")
    assert matching.grounds[1] is Ground.LIKENESS
    assert not matching.is_sure


def test_an_unknown_column_is_asked_about():
    matching = matched("编号", "天气")
    assert matching.unknown == (1,)
    assert not matching.is_sure


def test_the_title_wins_over_a_likeness_wherever_it_stands():
    assert matched("原编号", "编号").keys == {1: "number"}


def test_what_the_office_confirmed_is_remembered_also_what_it_left_out():
    told = told_matching({0: "number", 1: "", 2: "name"})
    kept = to_remember(heads("案号", "天气", "当事人"), told)
    again = matched("案号", "天气", "当事人", remembered=kept)
    assert kept["天气"] == LEFT_OUT
    assert again.keys == {0: "number", 2: "name"}
    assert again.is_sure


def test_a_group_above_tells_two_columns_of_one_name_apart():
    two = (Head(0, "时间", "来件"), Head(1, "时间", "答复"))
    assert to_remember(two, told_matching({0: "told_on"})) == {"来件时间": "told_on", "答复时间": LEFT_OUT}
    assert head_digest(two) != head_digest(heads("时间", "时间"))


def test_what_must_be_there_and_is_not_is_named():
    assert [column.title for column in matched("姓名").missing(COLUMNS)] == ["编号"]
