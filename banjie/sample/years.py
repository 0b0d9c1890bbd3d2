"""Two years of cases that are over: when each like one of the past began, and its rows and entries in order of time."""

import random
import secrets
from collections import Counter as CountOf
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from banjie.base.clock import local_day
from banjie.base.ids import new_id
from banjie.cases.models import Case
from banjie.ledger.models import ChainHead, Counter
from banjie.sample.stencils import EntryStencil, Sheet, Stamped, Stencil, stencil_of
from banjie.sample.town import TOWN

YEARS = timedelta(days=730)
OVER = timedelta(days=165)
"""Before so long everything of the years has begun; from then on the sample tells case by case."""
VOLUMES = {"grid_event": 5141, "rectification_item": 182}
"""How many of each kind were taken in within the years (F-06, F-26)."""
LONG_HOLIDAYS = ((2, 1, 20), (10, 1, 8))
"""Months with days on which hardly anything is taken in: spring festival and national day."""
BATCH = 4000


@dataclass(frozen=True)
class Begun:
    """A case of the years: the day on which it began, and which of the past ones it is like."""

    on: date
    like: int


def window(at: datetime) -> tuple[date, date]:
    """Return the first and the last day on which cases of the years began."""
    today = local_day(at)
    return today - YEARS, today - OVER


def begun_in(
    first: date, last: date, *, count: int, likes: Sequence[date], chance: random.Random
) -> list[Begun]:
    """Return `count` cases between two days, each on the weekday on which the one it is like began."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    open_days = [day for day in days if not _is_holiday(day)]
    found: list[Begun] = []
    while len(found) < count:
        day = chance.choice(open_days)
        fitting = [like for like, began in enumerate(likes) if began.weekday() == day.weekday()]
        if fitting:
            found.append(Begun(day, chance.choice(fitting)))
    return sorted(found, key=lambda one: one.on)


def _is_holiday(day: date) -> bool:
    return any(day.month == month and first <= day.day < last for month, first, last in LONG_HOLIDAYS)


class History:
    """The cases of the years: rows are written at once, entries as time goes on."""

    def __init__(self, at: datetime, chance: random.Random) -> None:
        """Plan the years up to `at` from the cases that stand in the town."""
        self.sheet = Sheet()
        first, last = window(at)
        self.cases: list[tuple[Stencil, timedelta, str]] = []
        for kind, volume in VOLUMES.items():
            models = list(Case.objects.filter(town=TOWN, kind=kind).order_by("number"))
            days = [local_day(case.registered_at) for case in models]
            stencils = [stencil_of(case, whole_lives=True) for case in models]
            begun = begun_in(first, last, count=volume, likes=days, chance=chance)
            prefix = models[0].number.partition("-")[0][:-4]
            numbers = _numbers(kind, prefix, [one.on for one in begun])
            for one, number in zip(begun, numbers, strict=True):
                self.cases.append((stencils[one.like], one.on - days[one.like], number))
        self.waiting = self._stamp()

    def _stamp(self) -> Iterator[tuple[datetime, EntryStencil, Stamped, object]]:
        told = []
        for stencil, moved, number in self.cases:
            own: dict[object, object] = {pk: new_id() for pk in stencil.ids}
            subject = own[stencil.ids[0]]
            own |= {"number": number, "token": secrets.token_urlsafe(16)}
            stamped = Stamped(stencil, own, moved)
            self.sheet.add_rows(stencil, stamped)
            for entry in stencil.entries:
                recorded_at: datetime = entry.columns["recorded_at"]  # type: ignore[assignment]
                told.append((recorded_at + moved, entry, stamped, subject))
        self.next: tuple[datetime, EntryStencil, Stamped, object] | None = None
        return iter(sorted(told, key=lambda one: one[0]))

    def go_on(self, until: datetime) -> None:
        """Write the entries of the years up to `until`."""
        self.next = self.next or next(self.waiting, None)
        if self.next is None or self.next[0] > until:
            return
        head = ChainHead.objects.get(town=TOWN)
        while self.next and self.next[0] <= until:
            _, entry, stamped, subject = self.next
            self.sheet.append(entry, stamped, subject, head)
            self.next = next(self.waiting, None)
        self.sheet.write()
        ChainHead.objects.filter(town=TOWN).update(seq=head.seq, hash=head.hash)


def _numbers(kind: str, prefix: str, days: Sequence[date]) -> list[str]:
    """Return the numbers that these days give, and move the counters on."""
    last: CountOf[int] = CountOf()
    for row in Counter.objects.filter(town=TOWN, series=kind):
        last[row.year] = row.last
    numbers = []
    for day in days:
        last[day.year] += 1
        numbers.append(f"{prefix}{day.year}-{last[day.year]:05d}")
    for year, count in last.items():
        Counter.objects.update_or_create(town=TOWN, series=kind, year=year, defaults={"last": count})
    return numbers
