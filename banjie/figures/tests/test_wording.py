"""Slips in sentences with numbers (standards.md 2.8 to 2.10, 2.13)."""

import pytest

from banjie.figures.wording import is_included, slips_in


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("共收到约130件左右。", "约"),
        ("投诉量下降了2倍。", "倍"),
        ("截止2026年11月30日，共收到73件。", "截至"),
        ("投入1200万元，比上年的0.1亿元增加。", "混用"),
    ],
)
def test_a_slip_is_named_with_what_to_write(sentence, fault):
    found = list(slips_in(sentence))
    assert len(found) == 1
    assert fault in found[0].fault + found[0].remedy


@pytest.mark.parametrize(
    "sentence", ["截至2026年11月30日，共收到约130件。", "增长1.5倍。", "投入1200万元。余款0.2亿元。"]
)
def test_a_sound_sentence_has_none(sentence):
    assert list(slips_in(sentence)) == []


def test_bounds_count_the_number_or_not_as_the_civil_code_says():
    """2.9, 民法典 第一千二百五十九条."""
    assert is_included("以上")
    assert not is_included("超过")
    with pytest.raises(ValueError, match="左右"):
        is_included("左右")
