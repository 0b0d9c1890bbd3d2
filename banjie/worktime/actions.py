"""Writes of the working calendar: load what is published, load the notice of a year.

Who may load is decided where the actor is known (worktime.manage_calendar); this floor knows no persons.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from banjie.base.errors import Conflict
from banjie.ledger.actions import once, record, record_all
from banjie.ledger.record import Deed, Stamp
from banjie.worktime.calendar import Calendar
from banjie.worktime.models import CalendarNotice, columns_of
from banjie.worktime.notice import NoticeDay, calendar_from, checked_notice
from banjie.worktime.published import published_days


@dataclass(frozen=True)
class Loaded:
    """Which notices were loaded, and what that changed.

    Open clocks due on or after `changed_from` are to be worked out again with `terms.reworked`; None means none.
    """

    years: tuple[int, ...]
    changed_years: tuple[int, ...] = ()
    changed_from: date | None = None


def load_published(town: str, stamp: Stamp) -> Loaded:
    """Load every published notice that the town does not hold yet; what an administrator entered stands."""
    with transaction.atomic():
        held = _held(town)
        new = [notice for notice in published_days() if notice.year not in held]
        if not new:
            return Loaded(())
        before = calendar_from(row.notice for row in held.values())
        rows = [CalendarNotice(town=town, **columns_of(notice)) for notice in new]
        deeds = [Deed("calendar.loaded", row, words=f"录入{row.year}年放假安排") for row in rows]
        record_all(deeds, stamp)
    after = calendar_from([*(row.notice for row in held.values()), *new])
    return _loaded(tuple(notice.year for notice in new), before=before, after=after)


def load_notice(town: str, year: int, *, days: Sequence[NoticeDay], source: str, stamp: Stamp) -> Loaded:
    """Load or amend the notice of `year`, with its days off and make-up days; InvalidInput names what is wrong.

    A repeat of the stamp's client key answers with the widest change that the notice can have made.
    """
    notice = checked_notice(year, days, source)

    def load() -> Loaded:
        held = _held(town)
        row = held.get(year)
        if row and row.digest == notice.digest:
            return Loaded((year,))
        before = calendar_from(row.notice for row in held.values())
        others = [row.notice for row in held.values() if row.year != year]
        name, words = ("calendar.amended", "更正") if row else ("calendar.loaded", "录入")
        subject = row or CalendarNotice(town=town)
        record(Deed(name, subject, changes=columns_of(notice), words=f"{words}{year}年放假安排"), stamp)
        return _loaded((year,), before=before, after=calendar_from([*others, notice]))

    try:
        return once(stamp, load, again=lambda _: Loaded((year,), (year - 1, year), date(year - 1, 12, 1)))
    except IntegrityError as error:
        raise Conflict(f"{year}年放假安排刚被别人录入。请刷新页面核对。") from error


def _loaded(years: tuple[int, ...], *, before: Calendar, after: Calendar) -> Loaded:
    """Compare two calendars: days that work otherwise, and years that are known now and were guessed before."""
    days = set(after.changed_days(before))
    if after.known_until > before.known_until:
        first = max(before.known_until.year + 1, min(years))
        days |= {date(year, 1, 1) for year in range(first, after.known_until.year + 1)}
    changed = tuple(sorted({day.year for day in days}))
    return Loaded(years, changed, min(days, default=None))


def _held(town: str) -> dict[int, CalendarNotice]:
    return {row.year: row for row in CalendarNotice.objects.select_for_update(no_key=True).filter(town=town)}
