"""The credit code of GB 32100-2015: its shape is asked for, its check character makes one ask again."""

import pytest

from banjie.base.errors import InvalidInput
from banjie.fields.uscc import check_character, check_uscc, is_sound

pytestmark = pytest.mark.either_database


@pytest.mark.parametrize(
    ("code", "sound"),
    [("91350100M000100Y43", True), ("91350100M000100Y4Z"[:-1] + "2", False), ("123301000000000250", True)],
)
def test_the_check_character_is_held_against_the_others(code, sound):
    assert check_uscc(code) == code
    assert is_sound(code) is sound


def test_a_code_is_read_however_it_was_typed():
    assert check_uscc(" ９1350100 m000100y43 ") == "91350100M000100Y43"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("9135", "应为18位，现在是4位"),
        ("91350100M000100O43", "第16位不会是“O”"),
        ("81350100M000100Y43", "不会以“8”开头"),
        ("91A50100M000100Y43", "第3至8位"),
        (" ", "请填写"),
    ],
)
def test_what_no_code_can_be_is_refused_with_its_place(typed, words):
    with pytest.raises(InvalidInput, match=words):
        check_uscc(typed)


def test_thirty_one_becomes_nought():
    assert check_character("12330100000000025") == "0"
