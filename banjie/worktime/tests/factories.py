"""Valid objects for the tests of this room: the published calendar, office hours, moments, a stamp, a notice."""

from datetime import date, datetime, timedelta

from banjie.base.ids import new_id
from banjie.ledger.record import Stamp
from banjie.worktime.calendar import DayKind
from banjie.worktime.hours import BEIJING, parse_hours
from banjie.worktime.notice import NoticeDay, calendar_from
from banjie.worktime.published import published_days
from banjie.worktime.terms import Due, Pause, due_of, parse_term

CALENDAR = calendar_from(published_days())
HOURS = parse_hours("8:30-12:00 14:30-17:30")
TOWN, OTHER_TOWN = "330127101", "330127102"
SOURCE = "国办发明电〔2026〕0号"


def at(text: str) -> datetime:
    """Return a moment of the office's wall clock: "2026-09-30" is at 9:00, "2026-09-30 18:20" as it says."""
    told = text if " " in text else f"{text} 09:00"
    return datetime.fromisoformat(told).replace(tzinfo=BEIJING)


def due(term: str, start: str, *, pauses=(), extensions=(), calendar=CALENDAR) -> Due:
    return due_of(
        parse_term(term),
        at(start),
        calendar=calendar,
        hours=HOURS,
        pauses=[Pause(at(begin), at(end)) for begin, end in pauses],
        extensions=[parse_term(extension) for extension in extensions],
    )


def stamp(**told) -> Stamp:
    moment = at("2026-11-20")
    return Stamp(by=new_id(), happened_at=moment, recorded_at=moment, **told)


def days_off(first: str, last: str, name: str) -> list[NoticeDay]:
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    days = [begin + timedelta(days=step) for step in range((end - begin).days + 1)]
    return [NoticeDay(day, DayKind.HOLIDAY, name) for day in days]


def make_up(day: str, name: str) -> NoticeDay:
    return NoticeDay(date.fromisoformat(day), DayKind.MAKE_UP, name)


def notice_of_2027() -> list[NoticeDay]:
    """Return an invented arrangement of 2027: its true one is not known to these tests."""
    return [
        *days_off("2027-01-01", "2027-01-03", "元旦"),
        *days_off("2027-02-05", "2027-02-11", "春节"),
        make_up("2027-02-20", "春节"),
        *days_off("2027-04-03", "2027-04-05", "清明节"),
        *days_off("2027-05-01", "2027-05-05", "劳动节"),
        make_up("2027-05-08", "劳动节"),
        *days_off("2027-10-01", "2027-10-07", "国庆节"),
        make_up("2027-10-09", "国庆节"),
    ]
