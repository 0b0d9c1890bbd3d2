from datetime import UTC, date, datetime

import pytest

from banjie.base.errors import InvalidInput
from banjie.worktime.notice import calendar_from, checked_notice
from banjie.worktime.published import published_days
from banjie.worktime.terms import Due, Pause, due_moment, due_of, parse_term, reworked
from banjie.worktime.tests.factories import CALENDAR, HOURS, SOURCE, at, due, notice_of_2027


@pytest.mark.parametrize(
    ("start", "term", "last_day"),
    [
        ("2026-09-30", "5 workdays", "2026-10-13"),
        ("2026-02-13", "5 workdays", "2026-02-27"),
        ("2026-02-12", "20 workdays", "2026-03-18"),
        ("2026-04-30", "1 workday", "2026-05-06"),
        ("2026-09-18", "5 workdays", "2026-09-24"),
        ("2026-02-09", "7 workdays", "2026-02-25"),
        ("2026-09-20", "15 days", "2026-10-08"),
        ("2026-02-01", "60 days", "2026-04-02"),
        ("2026-02-01", "90 days", "2026-05-06"),
    ],
)
def test_the_fixed_examples_of_the_standards_hold(start, term, last_day):
    assert due(term, start).on == date.fromisoformat(last_day)


def test_sixty_and_thirty_days_end_like_ninety():
    assert due("60 days", "2026-02-01", extensions=["30 days"]).on == date(2026, 5, 6)


@pytest.mark.parametrize(
    ("start", "term", "moment"),
    [
        ("2026-11-02 10:15", "1 workday", "2026-11-03 17:30"),
        ("2026-11-02 10:15", "1 day", "2026-11-03 23:59:59.999999"),
        ("2026-11-02 11:00", "4 workhours", "2026-11-02 17:30"),
        ("2026-11-02 11:00", "1 workhour", "2026-11-02 12:00"),
        ("2026-11-02 11:30", "1 workhour", "2026-11-02 15:00"),
        ("2026-11-06 17:00", "1 workhour", "2026-11-09 09:00"),
        ("2026-11-06 17:00", "24 hours", "2026-11-07 17:00"),
    ],
)
def test_a_term_ends_at_closing_time_at_midnight_or_on_the_minute(start, term, moment):
    assert due(term, start).at == at(moment)


@pytest.mark.parametrize(
    ("start", "term", "moment"),
    [
        ("2026-09-30 22:00", "1 workday", "2026-10-08 17:30"),
        ("2026-10-03 10:00", "1 workday", "2026-10-08 17:30"),
        ("2026-10-10 10:00", "1 workday", "2026-10-12 17:30"),
        ("2026-09-30 22:00", "1 workhour", "2026-10-08 09:30"),
        ("2026-10-03 10:00", "1 workhour", "2026-10-08 09:30"),
        ("2026-11-02 06:00", "1 workhour", "2026-11-02 09:30"),
        ("2026-11-02 12:30", "1 workhour", "2026-11-02 15:30"),
    ],
)
def test_a_term_given_in_the_evening_or_on_a_rest_day_begins_when_work_does(start, term, moment):
    assert due(term, start).at == at(moment)


@pytest.mark.parametrize(
    ("start", "term", "last_day"),
    [
        ("2024-02-28", "1 workday", "2024-02-29"),
        ("2024-02-28", "1 day", "2024-02-29"),
        ("2024-02-29", "365 days", "2025-02-28"),
        ("2024-02-26", "5 workdays", "2024-03-04"),
        ("2025-12-31", "1 workday", "2026-01-04"),
        ("2025-12-31", "1 day", "2026-01-04"),
        ("2018-12-28", "1 workday", "2018-12-29"),
        ("2023-12-29", "1 workday", "2024-01-02"),
    ],
)
def test_leap_days_and_year_ends_are_days_like_others(start, term, last_day):
    found = due(term, start)
    assert found.on == date.fromisoformat(last_day)
    assert not found.is_provisional


def test_the_day_is_that_of_the_office_and_not_of_greenwich():
    start = datetime(2026, 11, 2, 17, 0, tzinfo=UTC)
    found = due_of(parse_term("1 workday"), start, calendar=CALENDAR, hours=HOURS)
    assert found.at == at("2026-11-04 17:30")


@pytest.mark.parametrize(
    ("term", "start", "pause", "moment"),
    [
        ("5 workdays", "2026-09-28", ("2026-09-28 16:00", "2026-09-29 09:00"), "2026-10-12 17:30"),
        ("5 workdays", "2026-09-28", ("2026-09-28 10:00", "2026-09-28 17:00"), "2026-10-10 17:30"),
        ("5 workdays", "2026-09-28", ("2026-09-30 16:00", "2026-10-08 09:00"), "2026-10-12 17:30"),
        ("5 workdays", "2026-09-28", ("2026-10-01 16:00", "2026-10-07 09:00"), "2026-10-10 17:30"),
        ("15 days", "2026-09-28", ("2026-09-29 16:00", "2026-09-30 09:00"), "2026-10-14 23:59:59.999999"),
        ("24 workhours", "2026-09-29 08:30", ("2026-09-29 16:30", "2026-09-30 09:00"), "2026-10-09 17:00"),
        ("24 workhours", "2026-09-29 08:30", ("2026-09-30 16:30", "2026-10-08 09:00"), "2026-10-09 17:00"),
        ("72 hours", "2026-09-28", ("2026-09-29 16:00", "2026-09-30 09:00"), "2026-10-02 02:00"),
    ],
)
def test_a_pause_over_a_night_or_a_holiday_adds_what_it_took(term, start, pause, moment):
    assert due(term, start, pauses=[pause]).at == at(moment)


def test_a_pause_of_workdays_counts_from_the_day_after_up_to_the_day_of_resumption():
    found = due("5 workdays", "2026-11-02", pauses=[("2026-11-04 10:00", "2026-11-06 10:00")])
    assert found.on == date(2026, 11, 11)
    assert "11月4日中止、6日恢复，顺延2个工作日" in found.explanation


def test_an_extension_asked_while_paused_counts_with_the_pause():
    pauses = [("2026-11-04 10:00", "2026-11-10 10:00")]
    assert due("5 workdays", "2026-11-02", pauses=pauses, extensions=["3 workdays"]).on == date(2026, 11, 18)


def test_an_extension_in_another_unit_is_refused():
    with pytest.raises(InvalidInput, match="单位"):
        due("5 workdays", "2026-11-02", extensions=["10 days"])


def test_overlapping_pauses_count_once_and_in_any_order():
    apart = [("2026-11-05 10:00", "2026-11-09 10:00"), ("2026-11-04 10:00", "2026-11-06 10:00")]
    together = [("2026-11-04 10:00", "2026-11-09 10:00")]
    assert (
        due("5 workdays", "2026-11-02", pauses=apart).at
        == due("5 workdays", "2026-11-02", pauses=together).at
    )


def test_a_pause_begun_after_the_end_cannot_cure_lateness():
    late = due("5 workdays", "2026-11-02", pauses=[("2026-11-09 18:00", "2026-11-20 10:00")])
    assert late.on == date(2026, 11, 9)


def test_a_pause_on_the_last_day_gives_the_day_of_resumption():
    found = due("5 workdays", "2026-11-02", pauses=[("2026-11-09 17:00", "2026-11-12 10:00")])
    assert found.at == at("2026-11-12 17:30")


@pytest.mark.parametrize("resumed", ["2026-11-06 20:00", "2026-11-07 10:00"])
def test_a_last_day_resumed_out_of_office_gives_the_next_workday(resumed):
    found = due("4 workdays", "2026-11-02", pauses=[("2026-11-06 10:00", resumed)])
    assert found.at == at("2026-11-09 17:30")


def test_a_pause_in_the_rest_days_of_a_rolled_term_gives_the_day_of_resumption():
    found = due("15 days", "2026-09-20", pauses=[("2026-10-07 10:00", "2026-10-09 10:00")])
    assert found.on == date(2026, 10, 9)


def test_resuming_before_pausing_is_refused():
    with pytest.raises(InvalidInput, match="早于"):
        Pause(at("2026-11-05"), at("2026-11-04"))


@pytest.mark.parametrize(
    ("term", "start", "sentence"),
    [
        ("5 workdays", "2026-09-30", "算5个工作日：10月10日周六上班算1天，1—7日放假不算。"),
        ("1 workday", "2026-11-02", "算1个工作日：当天不算。"),
        ("5 workdays", "2026-11-05", "算5个工作日：当天不算，周末不算。"),
        ("15 days", "2026-09-20", "算15日：当天不算，周末和节假日照算，最后一天10月5日周一放假，顺延到8日。"),
        ("5 days", "2026-11-02", "算5日：当天不算，周末和节假日照算，最后一天11月7日周六休息，顺延到9日。"),
        ("24 hours", "2026-09-30", "算24小时：夜间和节假日照算。"),
        ("1 workhour", "2026-11-02", "算1个工作小时：办公时间以外不算。"),
        (
            "1 workhour",
            "2026-09-30 18:20",
            "算1个工作小时：9月30日18:20不在办公时间，从10月8日8:30算起，1—7日放假不算。",
        ),
        ("2 workdays", "2025-12-31", "算2个工作日：2026年1月4日周日上班算1天，1—3日放假不算。"),
        ("120 workdays", "2026-01-20", "算120个工作日：其间周末上班3天算在内，放假20天不算。"),
        ("5 workdays", "2026-12-30", "算5个工作日：当天不算，周末不算，2027年放假安排未公布，暂定。"),
    ],
)
def test_every_answer_explains_itself_in_one_sentence(term, start, sentence):
    """U46: 日期一句话."""
    assert due(term, start).explanation == sentence


def test_the_sentence_tells_extension_and_pauses():
    found = due(
        "5 workdays",
        "2026-11-02",
        extensions=["3 workdays"],
        pauses=[(f"2026-11-0{day} 09:00", f"2026-11-0{day + 1} 09:00") for day in (2, 4, 8)],
    )
    assert (
        found.explanation == "算8个工作日（含延期3个工作日）：当天不算，周末不算，中止3次，共顺延3个工作日。"
    )


def test_the_quick_moment_is_that_of_the_explained_one():
    told = due("5 workdays", "2026-09-30")
    assert due_moment(parse_term("5 workdays"), at("2026-09-30"), calendar=CALENDAR, hours=HOURS) == told.at


def test_a_date_past_the_last_notice_is_provisional_until_it_is_loaded():
    guess = due("5 workdays", "2026-12-30")
    assert guess.is_provisional
    assert guess.on == date(2027, 1, 6)
    later = calendar_from([*published_days(), checked_notice(2027, notice_of_2027(), SOURCE)])
    known = due("5 workdays", "2026-12-30", calendar=later)
    assert not known.is_provisional
    assert known.on == date(2027, 1, 7)
    assert reworked(guess, known) == known


def test_hours_by_the_clock_are_never_provisional():
    assert not due("24 hours", "2027-03-01").is_provisional


def test_reworking_never_gives_an_earlier_day():
    promised = Due(at("2027-01-08 17:30"), "算5个工作日：暂定。", is_provisional=True)
    new = Due(at("2027-01-07 17:30"), "算5个工作日：1月1—3日放假不算。", is_provisional=False)
    kept = reworked(promised, new)
    assert kept.at == promised.at
    assert not kept.is_provisional
    assert kept.explanation == "算5个工作日：1月1—3日放假不算，重算后更早，仍按原定的1月8日。"
