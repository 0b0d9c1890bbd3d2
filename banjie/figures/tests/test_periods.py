"""Periods: whole days of the local calendar, over leap days and year ends."""

from datetime import date

import pytest

from banjie.figures.periods import Period


def period(first, last):
    return Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("now", "last_year", "before"),
    [
        (Period.month(2026, 11), ("2025-11-01", "2025-11-30"), ("2026-10-01", "2026-10-31")),
        (Period.month(2026, 1), ("2025-01-01", "2025-01-31"), ("2025-12-01", "2025-12-31")),
        (Period.month(2024, 2), ("2023-02-01", "2023-02-28"), ("2024-01-01", "2024-01-31")),
        (Period.month(2025, 2), ("2024-02-01", "2024-02-29"), ("2025-01-01", "2025-01-31")),
        (Period.quarter(2026, 1), ("2025-01-01", "2025-03-31"), ("2025-10-01", "2025-12-31")),
        (Period.year(2026), ("2025-01-01", "2025-12-31"), ("2025-01-01", "2025-12-31")),
        (period("2026-01-01", "2026-11-30"), ("2025-01-01", "2025-11-30"), ("2025-02-01", "2025-12-31")),
        (period("2026-11-01", "2026-11-22"), ("2025-11-01", "2025-11-22"), ("2026-10-01", "2026-10-22")),
        (period("2026-03-01", "2026-03-30"), ("2025-03-01", "2025-03-30"), ("2026-02-01", "2026-02-28")),
        (period("2024-02-29", "2024-02-29"), ("2023-02-28", "2023-02-28"), ("2024-02-28", "2024-02-28")),
        (period("2026-11-16", "2026-11-22"), ("2025-11-16", "2025-11-22"), ("2026-11-09", "2026-11-15")),
    ],
)
def test_a_period_is_held_against_the_same_days_and_the_adjacent_ones(now, last_year, before):
    assert now.same_last_year == period(*last_year)
    assert now.previous == period(*before)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (Period.year(2026), "2026年"),
        (Period.month(2026, 11), "2026年11月"),
        (Period.quarter(2026, 3), "2026年第三季度"),
        (period("2026-01-01", "2026-11-30"), "2026年1—11月"),
        (period("2026-11-01", "2026-11-22"), "2026年11月1—22日"),
        (period("2026-10-20", "2026-11-22"), "2026年10月20日—11月22日"),
        (period("2025-12-01", "2026-02-28"), "2025年12月—2026年2月"),
        (period("2025-12-30", "2026-01-02"), "2025年12月30日—2026年1月2日"),
        (period("2026-11-22", "2026-11-22"), "2026年11月22日"),
    ],
)
def test_a_period_is_written_as_papers_write_it(now, words):
    assert now.words == words


def test_a_period_ends_at_a_point_of_time():
    assert Period.month(2026, 11).as_of_words == "截至2026年11月30日"


def test_months_of_a_period_cover_it_without_gap():
    months = period("2025-12-15", "2026-02-10").months
    assert months == (
        period("2025-12-15", "2025-12-31"),
        Period.month(2026, 1),
        period("2026-02-01", "2026-02-10"),
    )
    assert [month.month_key for month in months] == ["2025-12", "2026-01", "2026-02"]


def test_what_is_wholly_over_ends_the_day_before_today():
    month = Period.month(2026, 11)
    assert month.past(date(2026, 11, 22)) == date(2026, 11, 21)
    assert month.past(date(2026, 12, 22)) == date(2026, 11, 30)
    assert month.past(None) == date(2026, 11, 30)
    assert month.until(date(2026, 11, 22)) == Period.month_to(date(2026, 11, 22))


def test_a_period_cannot_end_before_it_begins():
    with pytest.raises(ValueError, match="cannot end"):
        period("2026-11-22", "2026-11-21")
