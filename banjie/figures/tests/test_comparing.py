"""The rules of comparison, one line of the table each (domain/standards.md §2)."""

from decimal import Decimal

import pytest

from banjie.figures.comparing import Against, compared, growth_compared, in_times, parts_note
from banjie.figures.values import Value, added_up, counted, divided, half_up, median_of, missing, rated

NOTHING = missing("没有数据")


@pytest.mark.parametrize(
    ("rule", "now", "before", "words"),
    [
        ("2.1 2.2", counted(225), counted(200), "同比增长12.5%"),
        ("2.2", counted(150), counted(200), "同比下降25.0%"),
        ("2.2", rated(923, 1000), rated(911, 1000), "同比提高1.2个百分点"),
        ("2.2", rated(90, 100), rated(95, 100), "同比下降5.0个百分点"),
        ("2.4", counted(5), counted(0), "比上年同期增加5件（上年同期为零，不计算增幅）"),
        ("2.5", counted(5), NOTHING, "—"),
        ("2.5", counted(5), None, "—"),
        ("2.5", NOTHING, counted(5), "—"),
        ("2.7", counted(0), counted(0), "同比持平"),
        ("2.7", counted(100_000), counted(99_999), "同比持平"),
        ("2.7", rated(1, 2), rated(2, 4), "同比持平"),
        ("2.11", counted(1005), counted(1000), "同比增长0.5%"),
        ("2.11", counted(20_001), counted(20_000 - 9), "同比增长0.1%"),
        ("2.12", rated(66_667, 100_000), rated(66_640, 100_000), "同比提高0.1个百分点"),
        ("2.12", rated(66_649, 100_000), rated(66_551, 100_000), "同比持平"),
    ],
)
def test_a_value_is_compared_by_the_rule(rule, now, before, words):
    assert compared(now, before).words == words, rule


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (3, -2, "扭亏为盈，增加5万元"),
        (-3, 2, "由盈转亏，减少5万元"),
        (-3, -5, "减亏2万元"),
        (-5, -3, "增亏2万元"),
        (-5, -5, "同比持平"),
    ],
)
def test_a_negative_base_gives_no_rate_but_the_word_for_it(now, before, words):
    """2.6."""
    one, other = counted(now, unit="万元"), counted(before, unit="万元")
    assert compared(one, other, is_balance=True).words == words


def test_a_negative_base_of_what_is_no_balance_gives_the_change_alone():
    assert compared(counted(4), counted(-1)).words == "比上年同期增加5件（上年同期为负，不计算增幅）"


def test_the_adjacent_period_has_its_own_word():
    """2.1."""
    assert compared(counted(11), counted(10), against=Against.PREVIOUS).words == "环比增长10.0%"
    assert compared(counted(11), counted(0), against=Against.PREVIOUS).note == "上期为零，不计算增幅"


def test_why_nothing_is_said_stands_beside_the_dash():
    """2.5."""
    assert compared(counted(5), NOTHING).note == "上年同期没有数据，不作比较"


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (Decimal("8.5"), Decimal("7.2"), "增速比上年同期提高1.3个百分点"),
        (Decimal("5.0"), Decimal("7.2"), "增速比上年同期下降2.2个百分点"),
        (Decimal("1.0"), Decimal("-2.0"), "增速由负转正"),
        (Decimal("-1.0"), Decimal("2.0"), "增速由正转负"),
        (Decimal("7.24"), Decimal("7.16"), "增速与上年同期持平"),
    ],
)
def test_growth_rates_are_compared_in_points(now, before, words):
    """2.3."""
    assert growth_compared(now, before).words == words


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (250, 100, "增长1.5倍"),
        (200, 100, "翻一番"),
        (400, 100, "翻两番"),
        (199, 100, ""),
        (50, 100, ""),
        (5, 0, ""),
    ],
)
def test_a_multiple_is_told_only_where_it_grew_so_much(now, before, words):
    """2.8: 增长1.5倍 is 2.5 times as much, and a fall is never told in 倍."""
    assert in_times(now, before) == words


@pytest.mark.parametrize(
    ("number", "digits", "printed"),
    [("2.5", 0, "3"), ("0.125", 2, "0.13"), ("1.005", 2, "1.01"), ("-2.5", 0, "-3"), ("66.64999", 1, "66.6")],
)
def test_halves_go_up_and_only_when_printed(number, digits, printed):
    """2.11."""
    assert str(half_up(Decimal(number), digits)) == printed


def test_parts_that_do_not_add_up_bear_the_usual_note():
    """2.11."""
    thirds = [half_up(Decimal(100) / 3, 1)] * 3
    assert "四舍五入" in parts_note(thirds, Decimal("100.0"))
    assert parts_note([Decimal(50), Decimal(50)], Decimal(100)) == ""


def test_different_units_are_never_compared():
    """2.16: 人 and 人次 are two things."""
    with pytest.raises(ValueError, match="人次"):
        compared(counted(5, unit="人"), counted(4, unit="人次"))


def test_numerator_and_denominator_stand_beside_a_rate_and_a_small_base_is_marked():
    """2.13, 2.17."""
    rate = rated(29, 29)
    assert (rate.words, rate.fraction_words) == ("100.0%", "29/29")
    assert rate.is_small(30)
    assert not rated(30, 30).is_small(30)
    assert not counted(3).is_small(30)


def test_a_rate_over_nothing_is_missing_and_not_zero():
    assert rated(0, 0).words == "—"
    assert "分母为零" in rated(0, 0).missing
    assert divided(10, 0, unit="天").is_missing
    assert divided(10, 4, unit="天").printed == Decimal("2.5")


def test_a_value_has_a_number_or_a_reason():
    with pytest.raises(ValueError, match="says why"):
        Value()


@pytest.mark.parametrize(
    ("counts", "middle"),
    [
        ({}, None),
        ({3: 1}, 3),
        ({1: 1, 4: 1}, Decimal("2.5")),
        ({1: 5, 9: 4}, 1),
        ({0: 2, 2: 2}, 1),
        ({7: 10}, 7),
    ],
)
def test_a_median_is_found_by_counting_values(counts, middle):
    assert median_of(counts) == middle


def test_money_added_up_in_fen_is_told_in_the_unit_of_its_figure():
    """分 below, 万元 on paper; the parts stay in 分, so that sums of groups and shares stay exact."""
    told = added_up(123_456_700, unit="万元", digits=2)
    assert (told.words, told.numerator) == ("123.46万元", 123_456_700)
    assert added_up(150, unit="元", digits=2).words == "1.50元"
