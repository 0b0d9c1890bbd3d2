from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banjie.base.errors import InvalidInput
from banjie.fields.citizen import IdKind, born_on, check_digit, check_id_number, check_other_id, id_kind_of

DAY = date(2026, 11, 22)


@pytest.mark.parametrize("number", ["11010519491231002X", "34052419800101001X"])
def test_the_examples_of_the_standard_pass(number: str):
    assert check_id_number(number, on=DAY) == number


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002x",
        " 110105 19491231 002X ",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105\u200b19491231002x",
    ],
)
def test_what_an_input_method_makes_of_a_number_is_brought_to_one_form(typed: str):
    assert check_id_number(typed) == "11010519491231002X"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "请填写身份证号"),
        ("110105194912310021", "身份证号第18位校验不符，请核对"),
        ("1101051949123100", "身份证号应为18位，现在是16位，请核对"),
        ("110105491231002", "15位的第一代身份证号已停止使用，请填写18位身份证号"),
        ("11010519491331002X", "身份证号第7至14位“19491331”不是存在的日期，请核对"),
        ("11010520260229002X", "身份证号第7至14位“20260229”不是存在的日期，请核对"),
        ("1101O519491231002X", "身份证号第5位应为数字，现在是“O”，请核对"),
        ("11010519491231002Y", "身份证号第18位应为数字或X，现在是“Y”，请核对"),
        ("1101051949123100X1", "身份证号第17位应为数字，现在是“X”，请核对"),
    ],
)
def test_each_mistake_has_its_own_sentence(typed: str, sentence: str):
    with pytest.raises(InvalidInput) as refused:
        check_id_number(typed, on=DAY)
    assert refused.value.message == sentence


def test_a_birth_after_the_day_of_entry_is_refused():
    first_17 = "34050020261123001"
    number = first_17 + check_digit(first_17)
    with pytest.raises(InvalidInput, match="2026年11月23日还没有到"):
        check_id_number(number, on=DAY)
    assert check_id_number(number, on=DAY + timedelta(days=1)) == number


@pytest.mark.parametrize("division", ["330113", "999999", "000000", "340521"])
def test_a_division_code_is_never_a_reason_to_refuse(division: str):
    first_17 = f"{division}19880704003"
    assert check_id_number(first_17 + check_digit(first_17), on=DAY)


@pytest.mark.parametrize(
    ("first_17", "kind"),
    [
        ("81000019880704003", IdKind.HMT_RESIDENCE),
        ("82000019880704003", IdKind.HMT_RESIDENCE),
        ("83000019880704003", IdKind.HMT_RESIDENCE),
        ("91100019880704003", IdKind.PERMANENT_RESIDENCE),
        ("34050019880704003", IdKind.CITIZEN),
    ],
)
def test_the_first_digits_tell_the_card(first_17: str, kind: IdKind):
    assert id_kind_of(check_id_number(first_17 + check_digit(first_17))) is kind


def test_other_cards_are_letters_and_digits():
    assert check_other_id("e１２３４５６７８") == "E12345678"
    with pytest.raises(InvalidInput, match="4至25位"):
        check_other_id("护照")
    assert id_kind_of("E12345678") is IdKind.OTHER


@st.composite
def numbers(draw: st.DrawFn) -> str:
    division = draw(st.integers(0, 999999))
    birth = draw(st.dates(min_value=date(1900, 1, 1), max_value=DAY))
    first_17 = f"{division:06d}{birth:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return first_17 + check_digit(first_17)


@given(numbers())
def test_every_number_with_its_right_check_digit_passes(number: str):
    assert check_id_number(number.lower(), on=DAY) == number
    assert born_on(number) is not None


@given(numbers(), st.integers(0, 16), st.integers(1, 9))
def test_any_single_wrong_digit_is_caught(number: str, place: int, step: int):
    wrong = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    with pytest.raises(InvalidInput):
        check_id_number(wrong, on=DAY)


@given(numbers(), st.integers(0, 15))
def test_any_two_neighbours_swapped_are_caught(number: str, place: int):
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if swapped != number:
        with pytest.raises(InvalidInput):
            check_id_number(swapped, on=DAY)
