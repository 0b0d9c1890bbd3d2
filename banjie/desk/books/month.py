"""A month of a book as a calendar: records on their day, on each other date that they name, and dates that matter."""

import calendar as weeks
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from banjie.books.book import BookField
from banjie.books.models import Record
from banjie.books.queries import Asked, asked_records, dated_records, due_between, sees_field, title_of
from banjie.desk.books.desk import BookDesk
from banjie.desk.books.rows import address_of
from banjie.fields.spec import FieldType
from banjie.worktime.calendar import WEEKDAY_WORDS

A_DAY = 4
"""Records shown on one day; the rest are a link to the list."""
MOST = 1000
LENGTH_OF_DAY = len("2026-01-01")


@dataclass(frozen=True)
class Item:
    """One line in a day."""

    href: str
    words: str
    is_due: bool = False


@dataclass(frozen=True)
class Day:
    """One day of the sheet."""

    label: str
    weekday: str
    items: tuple[Item, ...]
    more: int
    more_href: str
    is_outside: bool
    is_today: bool


@dataclass(frozen=True)
class Month:
    """A month with the addresses of its neighbours."""

    words: str
    before: str
    after: str
    weekdays: tuple[str, ...]
    weeks: tuple[tuple[Day, ...], ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether no day of the sheet has anything."""
        return not any(day.items for week in self.weeks for day in week)


def month_of(desk: BookDesk, typed: str) -> Month:
    """Return the month that the address names, else this one."""
    first = _first(typed, desk.today)
    sheet = weeks.Calendar().monthdatescalendar(first.year, first.month)
    items = _items(desk, sheet[0][0], sheet[-1][-1])
    here = reverse("books:calendar", args=[desk.book.key])
    before, after = first - timedelta(days=1), first + timedelta(days=31)
    return Month(
        words=f"{first.year}年{first.month}月",
        before=f"{here}?month={before:%Y-%m}",
        after=f"{here}?month={after:%Y-%m}",
        weekdays=tuple(f"周{word}" for word in WEEKDAY_WORDS),
        weeks=tuple(tuple(_day(desk, day, items[day], first) for day in week) for week in sheet),
    )


def _items(desk: BookDesk, starts: date, ends: date) -> dict[date, list[Item]]:
    found: dict[date, list[Item]] = defaultdict(list)
    asked = Asked(from_on=starts, to_on=ends)
    for record in asked_records(desk.actor, desk.book, asked).order_by("day", "id")[:MOST]:
        found[record.day].append(Item(address_of(record), title_of(record, desk.book)))
    dues = [one for one in due_between(desk.actor, starts, ends) if one.book.key == desk.book.key]
    told = {(one.record.pk, one.due_on) for one in dues}
    for record, spec, day in _dated(desk, starts, ends):
        if (record.pk, day) not in told:
            found[day].append(Item(address_of(record), f"{spec.label}：{title_of(record, desk.book)}"))
    for one in dues:
        words = f"{one.words}：{title_of(one.record, one.book)}"
        found[one.due_on].insert(0, Item(address_of(one.record), words, is_due=True))
    return found


def _dated(desk: BookDesk, starts: date, ends: date) -> Iterator[tuple[Record, BookField, date]]:
    """Yield the records that name a date of the sheet in a field that this person reads, besides the record's day."""
    specs = [
        spec
        for spec in desk.book.fields
        if spec.type in (FieldType.DATE, FieldType.MOMENT)
        and spec.key != desk.book.day
        and not spec.is_sealed
        and sees_field(desk.actor, desk.book, spec)
    ]
    keys = [spec.key for spec in specs]
    for record in dated_records(desk.actor, desk.book, keys, from_on=starts, to_on=ends)[:MOST]:
        for spec in specs:
            told = str(record.values.get(spec.key, ""))[:LENGTH_OF_DAY]
            if told and starts <= date.fromisoformat(told) <= ends:
                yield record, spec, date.fromisoformat(told)


def _day(desk: BookDesk, day: date, items: list[Item], first: date) -> Day:
    link = f"{reverse('books:list', args=[desk.book.key])}?from={day}&to={day}"
    return Day(
        label=str(day.day),
        weekday=f"周{WEEKDAY_WORDS[day.weekday()]}",
        items=tuple(items[:A_DAY]),
        more=max(0, len(items) - A_DAY),
        more_href=link,
        is_outside=day.month != first.month,
        is_today=day == desk.today,
    )


def _first(typed: str, today: date) -> date:
    try:
        return date.fromisoformat(f"{typed}-01")
    except ValueError:
        return today.replace(day=1)
