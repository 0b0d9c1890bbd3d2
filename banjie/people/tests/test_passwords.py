import pytest

from banjie.base.errors import InvalidInput
from banjie.people.passwords import PasswordPolicy, PinPolicy, check_password_text, check_pin_text

POLICY = PasswordPolicy(town_words=("青石镇", "qingshizhen"))
SHORT = PasswordPolicy(min_length=8)


@pytest.mark.parametrize(
    "password", ["sunflower-copper-kettle", "门前老槐树下三只灰麻雀在打架啊", "x7$kq mv2!pz9 rw"]
)
def test_a_long_unguessable_password_is_taken_whatever_its_characters(password):
    assert check_password_text(password, policy=POLICY, own_words=("wangfang", "王芳")) == password


@pytest.mark.parametrize(
    ("password", "complaint"),
    [
        ("kettle-copper", "至少要15个字符，现在是13个"),
        ("x" * 129, "最多128个字符"),
        ("ababababababababab", "重复的字符太多"),
        ("wangfang20260305wangfang", "太容易猜到"),
        ("qingshizhen123456!", "太容易猜到"),
        ("青石镇青石镇青石镇王芳王芳王芳", "太容易猜到"),
        ("1qaz2wsx3edc4rfv5tgb6yhn" * 6, "最多128"),
        ("123456789qwertyuiop", "太容易猜到"),
        ("PasswordPassword2026", "太容易猜到"),
    ],
)
def test_a_guessable_password_is_refused_with_its_reason(password, complaint):
    with pytest.raises(InvalidInput, match=complaint) as refused:
        check_password_text(password, policy=POLICY, own_words=("wangfang", "王芳"))
    assert "password" in refused.value.fields


def test_the_common_list_counts_when_the_town_allows_shorter_ones():
    with pytest.raises(InvalidInput, match="太容易猜到"):
        check_password_text("football1", policy=SHORT)


def test_kinds_of_characters_are_asked_for_by_the_dengbao_profile_alone():
    profile = PasswordPolicy(min_length=10, needs_kinds=True)
    with pytest.raises(InvalidInput, match="三种"):
        check_password_text("sunflowerkettle", policy=profile)
    assert check_password_text("Sunflower7kettle", policy=profile)


@pytest.mark.parametrize("pin", ["2580", "19472", "730159"])
def test_a_pin_has_four_to_six_digits(pin):
    assert check_pin_text(pin, policy=PinPolicy()) == pin


@pytest.mark.parametrize("pin", ["123", "1234567", "12a4", "１２３４", "", "1111", "3456", "9876", "8901"])
def test_a_pin_that_is_no_pin_or_a_run_is_refused(pin):
    with pytest.raises(InvalidInput):
        check_pin_text(pin, policy=PinPolicy())
