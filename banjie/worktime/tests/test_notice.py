from datetime import date

import pytest

from banjie.base.errors import InvalidInput
from banjie.worktime.calendar import DayKind
from banjie.worktime.notice import NoticeDay, calendar_from, checked_notice
from banjie.worktime.published import published_days
from banjie.worktime.tests.factories import SOURCE, days_off, make_up, notice_of_2027


def test_every_published_notice_passes_the_check_it_is_typed_in_with():
    for notice in published_days():
        assert checked_notice(notice.year, notice.days, notice.source) == notice
    assert [notice.year for notice in published_days()] == list(range(2004, published_days()[-1].year + 1))


def test_december_days_stand_with_the_new_year_that_they_belong_to():
    (notice,) = [notice for notice in published_days() if notice.year == 2019]
    assert NoticeDay(date(2018, 12, 29), DayKind.MAKE_UP, "元旦") in notice.days


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda days: [*days, days[0]], "1月1日列了两次"),
        (lambda days: days[1:], "缺少1月1日（元旦）"),
        (lambda days: [*days, *days_off("2028-01-01", "2028-01-01", "元旦")], "2028年1月1日不在2027年"),
        (lambda days: [*days, *days_off("2026-11-30", "2026-11-30", "元旦")], "2026年11月30日不在2027年"),
        (lambda days: [*days, make_up("2027-10-12", "国庆节")], "10月12日是周二，本来就上班"),
        (lambda days: [*days, NoticeDay(date(2027, 3, 1), DayKind.WORKDAY)], "既不是放假也不是补班"),
        (
            lambda days: [day for day in days if day.day.month in (1, 10) or day.day.day == 1],
            "法定节假日至少13天",
        ),
    ],
)
def test_a_slip_in_a_notice_is_named(change, complaint):
    with pytest.raises(InvalidInput, match="没有录入") as refused:
        checked_notice(2027, change(notice_of_2027()), SOURCE)
    assert complaint in refused.value.fields["days"]


def test_all_complaints_are_told_at_once():
    with pytest.raises(InvalidInput) as refused:
        checked_notice(1900, [], " ")
    assert set(refused.value.fields) == {"year", "source", "days"}


def test_december_before_may_be_arranged_with_the_new_year():
    notice = checked_notice(2027, [*notice_of_2027(), make_up("2026-12-26", "元旦")], SOURCE)
    calendar = calendar_from([*published_days(), notice])
    assert calendar.is_workday(date(2026, 12, 26))
    assert calendar.known_until == date(2027, 12, 31)


def test_a_gap_between_notices_keeps_later_years_provisional():
    by_year = {notice.year: notice for notice in published_days()}
    calendar = calendar_from([by_year[2023], by_year[2025]])
    assert calendar.is_provisional(date(2025, 3, 3))
    assert not calendar.is_workday(date(2025, 10, 1))
