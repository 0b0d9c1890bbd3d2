import pytest

from banjie.base.errors import InvalidInput
from banjie.places.codes import (
    Level,
    check_code,
    check_town,
    check_village,
    class_of,
    level_of,
    lies_in,
    parent_of,
    tidy_code,
    town_of,
)


@pytest.mark.parametrize(
    ("code", "level", "parent", "is_a"),
    [
        ("98", Level.PROVINCE, "", ""),
        ("9800", Level.PREFECTURE, "98", ""),
        ("980011", Level.COUNTY, "9800", ""),
        ("980011001", Level.TOWN, "980011", "街道"),
        ("980011100", Level.TOWN, "980011", "镇"),
        ("980011200", Level.TOWN, "980011", "乡"),
        ("980011400", Level.TOWN, "980011", "类似乡级单位"),
        ("980011101001", Level.VILLAGE, "980011101", "居委会"),
        ("980011101200", Level.VILLAGE, "980011101", "村委会"),
        ("980011101599", Level.VILLAGE, "980011101", "类似村级单位"),
    ],
)
def test_digits_tell_level_parent_and_class(code, level, parent, is_a):
    assert (level_of(code), parent_of(code), class_of(code)) == (level, parent, is_a)


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("980000000000", "98"),
        ("981100000000", "9811"),
        ("980011000000", "980011"),
        ("980011101000", "980011101"),
        (" 980011101201 ", "980011101201"),
        ("981100", "9811"),
    ],
)
def test_filling_zeros_of_printed_lists_are_cut_off(printed, kept):
    assert tidy_code(printed) == kept


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("98001110A", "只能是数字"),
        ("９８００１１", "只能是数字"),
        ("", "只能是数字"),
        ("9800111", "这里是7位"),
        ("080011", "不会以0开头"),
        ("980011700", "乡级代码范围"),
        ("980011101800", "村级代码范围"),
    ],
)
def test_a_code_that_cannot_be_is_refused_with_its_reason(text, complaint):
    with pytest.raises(InvalidInput, match=complaint) as refused:
        check_code(text)
    assert "code" in refused.value.fields


def test_a_town_is_asked_for_by_nine_digits():
    assert check_town("980011101000") == "980011101"
    with pytest.raises(InvalidInput, match="9位"):
        check_town("980011101201")


def test_a_village_must_lie_in_its_town():
    assert check_village("980011101201", town="980011101") == "980011101201"
    with pytest.raises(InvalidInput, match="不属于本乡镇"):
        check_village("980011102201", town="980011101")
    with pytest.raises(InvalidInput, match="12位"):
        check_village("980011101", town="980011101")


def test_a_scope_is_a_prefix_and_an_empty_one_holds_nothing():
    assert lies_in("980011101201", "980011101")
    assert not lies_in("980011102201", "980011101")
    assert not lies_in("980011101201", "")
    assert town_of("980011101201") == "980011101"
