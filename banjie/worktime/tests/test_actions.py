from datetime import date

import pytest

from banjie.base.errors import InvalidInput
from banjie.ledger.models import Entry
from banjie.ledger.queries import entries_of
from banjie.worktime.actions import load_notice, load_published
from banjie.worktime.models import CalendarNotice
from banjie.worktime.queries import calendar_of, notice_warning, notices_of
from banjie.worktime.tests.factories import CALENDAR, OTHER_TOWN, SOURCE, TOWN, make_up, notice_of_2027, stamp

pytestmark = pytest.mark.django_db


def test_loading_what_is_published_gives_the_town_the_published_calendar():
    loaded = load_published(TOWN, stamp())
    assert loaded.years[0] == 2004
    assert loaded.changed_from == date(2004, 1, 1)
    assert list(calendar_of(TOWN).changed_days(CALENDAR)) == []
    assert calendar_of(TOWN).known_until == CALENDAR.known_until
    assert Entry.objects.filter(town=TOWN, deed="calendar.loaded").count() == len(loaded.years)


def test_loading_twice_changes_nothing():
    load_published(TOWN, stamp())
    again = load_published(TOWN, stamp())
    assert (again.years, again.changed_years, again.changed_from) == ((), (), None)


def test_a_town_without_notices_has_weekends_only_and_all_is_provisional():
    load_published(TOWN, stamp())
    assert calendar_of(OTHER_TOWN).is_provisional(date(2026, 10, 1))
    assert calendar_of(OTHER_TOWN).is_workday(date(2026, 10, 1))


def test_the_administrator_extends_the_calendar_from_the_yearly_notice():
    load_published(TOWN, stamp())
    assert calendar_of(TOWN).is_provisional(date(2027, 2, 5))
    loaded = load_notice(TOWN, 2027, days=notice_of_2027(), source=SOURCE, stamp=stamp())
    assert (loaded.changed_years, loaded.changed_from) == ((2027,), date(2027, 1, 1))
    assert not calendar_of(TOWN).is_provisional(date(2027, 2, 5))
    assert not calendar_of(TOWN).is_workday(date(2027, 2, 5))
    assert notices_of(TOWN).first().source == SOURCE


def test_a_notice_that_reaches_into_december_changes_both_years():
    load_published(TOWN, stamp())
    days = [*notice_of_2027(), make_up("2026-12-26", "元旦")]
    loaded = load_notice(TOWN, 2027, days=days, source=SOURCE, stamp=stamp())
    assert (loaded.changed_years, loaded.changed_from) == ((2026, 2027), date(2026, 12, 26))


def test_amending_a_notice_tells_from_which_day_dates_may_move():
    load_notice(TOWN, 2027, days=notice_of_2027(), source=SOURCE, stamp=stamp())
    amended = [day for day in notice_of_2027() if day.day != date(2027, 5, 8)]
    loaded = load_notice(TOWN, 2027, days=amended, source=SOURCE, stamp=stamp())
    assert (loaded.changed_years, loaded.changed_from) == ((2027,), date(2027, 5, 8))
    row = CalendarNotice.objects.get(town=TOWN, year=2027)
    assert [entry.deed for entry in entries_of(row)] == ["calendar.loaded", "calendar.amended"]
    assert not calendar_of(TOWN).is_workday(date(2027, 5, 8))


def test_the_same_notice_again_is_no_deed():
    load_notice(TOWN, 2027, days=notice_of_2027(), source=SOURCE, stamp=stamp())
    again = load_notice(TOWN, 2027, days=notice_of_2027(), source=SOURCE, stamp=stamp())
    assert again.changed_years == ()
    assert Entry.objects.filter(town=TOWN).count() == 1


def test_a_repeated_submission_is_answered_once():
    told = stamp(client_key="one", content="2027")
    for _ in range(2):
        assert load_notice(TOWN, 2027, days=notice_of_2027(), source=SOURCE, stamp=told).years == (2027,)
    assert Entry.objects.filter(town=TOWN).count() == 1


def test_a_notice_with_a_slip_leaves_nothing_behind():
    with pytest.raises(InvalidInput, match="缺少1月1日"):
        load_notice(TOWN, 2027, days=notice_of_2027()[1:], source=SOURCE, stamp=stamp())
    assert not CalendarNotice.objects.exists()


def test_an_administrators_notice_stands_against_the_published_one():
    own = [day for day in notice_of_2027() if day.day.year == 2027]
    load_notice(TOWN, 2027, days=own, source=SOURCE, stamp=stamp())
    loaded = load_published(TOWN, stamp())
    assert 2027 not in loaded.years
    assert notices_of(TOWN).get(year=2027).source == SOURCE


def test_an_unchanged_calendar_costs_one_query(django_assert_num_queries):
    load_published(TOWN, stamp())
    calendar = calendar_of(TOWN)
    with django_assert_num_queries(1):
        assert calendar_of(TOWN) is calendar


@pytest.mark.parametrize(
    ("today", "warned"),
    [
        (date(2026, 10, 31), None),
        (date(2026, 11, 1), "2027年放假安排还没有录入"),
        (date(2027, 1, 1), "2027年放假安排还没有录入"),
        (date(2027, 11, 1), "2027年、2028年放假安排还没有录入"),
    ],
)
def test_a_warning_stands_from_november_while_a_notice_is_missing(today, warned):
    load_published(TOWN, stamp())
    CalendarNotice.objects.filter(year__gte=2027).delete()
    found = notice_warning(TOWN, today)
    assert found is None if warned is None else found.startswith(warned)


def test_the_warning_goes_when_the_notice_is_loaded():
    load_published(TOWN, stamp())
    load_notice(TOWN, 2027, days=notice_of_2027(), source=SOURCE, stamp=stamp())
    assert notice_warning(TOWN, date(2026, 12, 1)) is None
