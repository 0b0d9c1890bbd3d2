from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banjie.base.errors import InvalidInput
from banjie.fields.values import (
    parse_date,
    parse_decimal,
    parse_moment,
    parse_money,
    parse_whole,
    say_date,
    say_moment,
    say_money,
)

BEIJING = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    "typed",
    [
        "2026年3月5日",
        "2026年03月05日",
        "2026年3月5号",
        "2026 年 3 月 5 日",
        "2026-03-05",
        "2026-3-5",
        "2026/3/5",
        "2026.3.5",
        "20260305",
        "２０２６／３／５",
        "2026—3—5",
    ],
)
def test_a_day_is_understood_however_it_is_written(typed: str):
    assert parse_date(typed) == date(2026, 3, 5)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_that_is_said_reads_back(day: date):
    assert parse_date(say_date(day)) == parse_date(day.isoformat()) == day


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2026年2月30日", "没有2026年2月30日这一天，请核对"),
        ("三月五日", "“三月五日”不是日期，请写成2026年3月5日、2026-03-05、2026/3/5或2026.3.5"),
        ("26.3.5", "“26.3.5”不是日期，请写成2026年3月5日、2026-03-05、2026/3/5或2026.3.5"),
    ],
)
def test_what_is_no_day_is_refused_with_a_sentence(typed: str, sentence: str):
    with pytest.raises(InvalidInput) as refused:
        parse_date(typed)
    assert refused.value.message == sentence


@pytest.mark.parametrize(
    "typed",
    [
        "2026-03-05 14:30",
        "2026-03-05T14:30",
        "2026年3月5日14时30分",
        "2026年3月5日 14：30",
        "2026.3.5 14点半",
    ],
)
def test_a_moment_is_understood_however_it_is_written(typed: str):
    assert parse_moment(typed) == datetime(2026, 3, 5, 14, 30, tzinfo=BEIJING)


def test_a_moment_is_said_in_the_office_s_time():
    assert say_moment(datetime(2026, 3, 4, 16, 5, tzinfo=UTC)) == "2026年3月5日0时05分"


@pytest.mark.parametrize("typed", ["2026-03-05 25:00", "2026-03-05", "下午三点"])
def test_what_is_no_moment_is_refused(typed: str):
    with pytest.raises(InvalidInput):
        parse_moment(typed)


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("1200", 120000),
        ("1,200.50元", 120050),
        ("￥300", 30000),
        ("1.2万元", 1200000),
        ("3亿", 30000000000),
        ("-0.01", -1),
    ],
)
def test_money_is_kept_in_fen(typed: str, fen: int):
    assert parse_money(typed) == fen


@given(st.integers(-(10**14), 10**14))
def test_money_that_is_said_reads_back(fen: int):
    assert parse_money(say_money(fen)) == fen


@pytest.mark.parametrize("typed", ["12.345", "一百", "1..2", "1,2,3"])
def test_what_is_no_money_is_refused(typed: str):
    with pytest.raises(InvalidInput):
        parse_money(typed)


def test_numbers_may_have_commas_and_full_width_digits():
    assert parse_whole("１,２００") == 1200
    assert parse_decimal("-1,200.50") == Decimal("-1200.50")
    with pytest.raises(InvalidInput, match="应填整数"):
        parse_whole("1.5")
