from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banjie.fields.crypto import (
    SealBroken,
    blind,
    blind_number,
    key_id,
    seal,
    seal_bytes,
    unseal,
    unseal_bytes,
)

ROW = UUID("0199f000-0000-7000-8000-000000000001")
PLACE = {"table": "residents_resident", "column": "name_sealed", "row": ROW}


@given(st.text(min_size=1))
def test_what_was_sealed_unseals_to_the_same_text(text: str):
    assert unseal(seal(text, **PLACE), **PLACE) == text


def test_the_same_text_seals_differently_each_time_and_never_holds_the_text():
    once, again = seal("金丝雀", **PLACE), seal("金丝雀", **PLACE)
    assert once != again
    assert "金丝雀" not in once


def test_a_sealed_text_names_its_key_first():
    assert seal("金丝雀", **PLACE).startswith(f"{key_id()}.")


def test_sealed_bytes_open_in_their_place_alone_and_never_hold_the_content():
    sealed = seal_bytes("金丝雀".encode(), **PLACE)
    assert "金丝雀".encode() not in sealed
    assert unseal_bytes(sealed, **PLACE).decode() == "金丝雀"
    with pytest.raises(SealBroken, match="另一把密钥"):
        unseal_bytes(sealed, **{**PLACE, "row": uuid4()})


def test_empty_stays_empty():
    assert seal("", **PLACE) == ""
    assert unseal("", **PLACE) == ""


@pytest.mark.parametrize("moved", [{"table": "t"}, {"column": "phone_sealed"}, {"row": uuid4()}])
def test_a_sealed_text_moved_to_another_place_does_not_open(moved: dict[str, object]):
    sealed = seal("金丝雀", **PLACE)
    with pytest.raises(SealBroken, match="被挪到了别处"):
        unseal(sealed, **{**PLACE, **moved})


@given(st.integers(min_value=9, max_value=200), st.characters(codec="ascii"))
def test_a_changed_character_of_a_sealed_text_is_noticed(place: int, character: str):
    sealed = seal("赵钱孙李周吴郑王冯陈褚卫", **PLACE)
    place = min(place, len(sealed) - 5)
    changed = sealed[:place] + character + sealed[place + 1 :]
    if changed != sealed:
        with pytest.raises(SealBroken):
            unseal(changed, **PLACE)


def test_a_text_sealed_under_another_key_says_that_the_key_is_missing():
    with pytest.raises(SealBroken, match="另一把密钥（编号00000000）"):
        unseal("00000000.AAAA", **PLACE)


def test_keyed_hashes_differ_by_purpose_and_fit_eight_bytes():
    assert blind("5678", purpose="a") != blind("5678", purpose="b")
    assert blind("5678", purpose="a") == blind("5678", purpose="a")
    assert -(2**63) <= blind_number("5678", purpose="a") < 2**63
