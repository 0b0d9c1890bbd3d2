"""Due moments of very many terms at once, over arrays: what `terms.due_moment` gives, a million in a second. Pure.

Imports numpy, so no process at rest imports this module: a replay runs in processes of its own (ADR 0062). Moments
are microseconds since 1970; China's clocks stand at UTC+8 all year since 1992, and the summer times of 1986 to 1991
are not looked at, as with local days.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from banjie.base.errors import InvalidInput
from banjie.worktime.calendar import Calendar, OfficeHours
from banjie.worktime.hours import HOUR_US
from banjie.worktime.terms import TermUnit

Whole = NDArray[np.int64]
"""Moments, positions on a number line, amounts or places of rows."""
Flags = NDArray[np.bool_]

DAY_US = 24 * HOUR_US
_OFFSET_US = 8 * HOUR_US
_EPOCH_ORDINAL = 719_163


@dataclass(frozen=True)
class Spans:
    """Pauses of many terms: the place of the term that each is of, its begin and its end, in any order."""

    of: Whole
    begun: Whole
    ended: Whole


class Line(Protocol):
    """A number line of one unit, as `terms.measure.Measure`, for many moments at once."""

    @property
    def step(self) -> int:
        """Return how many positions make up one unit of a term."""

    def at(self, moments: Whole) -> Whole:
        """Return the positions that are reached at `moments`."""

    def end(self, positions: Whole) -> Whole:
        """Return the moments at which what is counted up to `positions` is over."""


def due_moments(
    starts: Whole,
    amounts: Whole,
    *,
    unit: TermUnit,
    calendar: Calendar,
    hours: OfficeHours,
    pauses: Spans | None = None,
) -> Whole:
    """Return when terms of `amounts` units, extensions added, end that began at `starts`, with their pauses.

    Raises InvalidInput when one lies outside the calendar.
    """
    line = line_for(unit, calendar=calendar, hours=hours)
    positions: Whole = line.at(starts) + line.step * amounts
    if pauses is not None and pauses.of.size:
        _move(positions, starts, pauses, line)
    return line.end(positions)


def line_for(unit: TermUnit, *, calendar: Calendar, hours: OfficeHours) -> Line:
    """Return the number line on which terms of `unit` are counted."""
    if unit is TermUnit.HOURS:
        return _ClockTime()
    days = _Days.of(calendar)
    if unit is TermUnit.WORKDAYS:
        return _Workdays(days, hours)
    return _WorkingTime(days, hours) if unit is TermUnit.WORKHOURS else _CalendarDays(days)


@dataclass(frozen=True)
class _Days:
    """The calendar as arrays, a day being its place from the calendar's first one."""

    first_ordinal: int
    works: Flags
    worked: Whole
    workdays: Whole

    @classmethod
    def of(cls, calendar: Calendar) -> "_Days":
        tables = calendar.tables
        return cls(
            tables.first_ordinal,
            np.frombuffer(tables.works, dtype=np.bool_),
            np.frombuffer(tables.worked, dtype=np.int32).astype(np.int64),
            np.frombuffer(tables.workdays, dtype=np.int32).astype(np.int64),
        )

    def place(self, moments: Whole) -> tuple[Whole, Whole]:
        """Return the day of each moment and how much of it is over."""
        days, since = np.divmod(moments + _OFFSET_US, DAY_US)
        days += _EPOCH_ORDINAL - self.first_ordinal
        return _inside(days, len(self.works)), since

    def ranked(self, ranks: Whole) -> Whole:
        """Return the workdays of these ranks."""
        return self.workdays[_inside(ranks - 1, len(self.workdays))]

    def moment(self, days: Whole, since: Whole | int) -> Whole:
        """Return the moments so far into the days."""
        told: Whole = (days + (self.first_ordinal - _EPOCH_ORDINAL)) * DAY_US + since - _OFFSET_US
        return told


@dataclass(frozen=True)
class _Workdays:
    """Working days; one is over when the office closes."""

    days: _Days
    hours: OfficeHours
    step: int = 1

    def at(self, moments: Whole) -> Whole:
        return self.days.worked[self.days.place(moments)[0]]

    def end(self, positions: Whole) -> Whole:
        return self.days.moment(self.days.ranked(positions), self.hours.edges[3])


@dataclass(frozen=True)
class _CalendarDays:
    """Days of the calendar; one is over at 24:00, and the last one is never a rest day."""

    days: _Days
    step: int = 1

    def at(self, moments: Whole) -> Whole:
        return self.days.place(moments)[0]

    def end(self, positions: Whole) -> Whole:
        days = _inside(positions, len(self.days.works))
        rests = ~self.days.works[days]
        last = days.copy()
        last[rests] = self.days.ranked(self.days.worked[days[rests]] + 1)
        return self.days.moment(last, DAY_US - 1)


@dataclass(frozen=True)
class _WorkingTime:
    """Time inside office hours."""

    days: _Days
    hours: OfficeHours
    step: int = HOUR_US

    def at(self, moments: Whole) -> Whole:
        days, since = self.days.place(moments)
        first, second, third, fourth = self.hours.edges
        over = np.clip(since - first, 0, second - first) + np.clip(since - third, 0, fourth - third)
        ranks, day_us = self.days.worked[days], self.hours.day_us
        return np.where(self.days.works[days], (ranks - 1) * day_us + over, ranks * day_us)

    def end(self, positions: Whole) -> Whole:
        ranks, over = np.divmod(positions - 1, self.hours.day_us)
        over += 1
        first, second, third, _ = self.hours.edges
        since = np.where(over <= second - first, first + over, third + over - (second - first))
        return self.days.moment(self.days.ranked(ranks + 1), since)


@dataclass(frozen=True)
class _ClockTime:
    """Time by the clock, nights and holidays included."""

    step: int = HOUR_US

    def at(self, moments: Whole) -> Whole:
        return moments

    def end(self, positions: Whole) -> Whole:
        return positions


def _move(positions: Whole, starts: Whole, pauses: Spans, line: Line) -> None:
    """Add to the positions what their pauses add, each term's own in turn, those that overlap made one."""
    after = np.flatnonzero(pauses.ended > starts[pauses.of])
    order = after[np.lexsort((pauses.begun[after], pauses.of[after]))]
    of, ended = pauses.of[order], pauses.ended[order]
    begun = np.maximum(pauses.begun[order], starts[of])
    terms, firsts, turns = np.unique(of, return_index=True, return_counts=True)
    held_from, held_to = begun[firsts].copy(), ended[firsts].copy()

    def let_go(which: Whole) -> None:
        place = terms[which]
        positions[place] += _added(held_from[which], held_to[which], positions[place], line)

    for turn in range(1, int(turns.max(initial=0))):
        has_more = np.flatnonzero(turns > turn)
        row = firsts[has_more] + turn
        joins = begun[row] <= held_to[has_more]
        let_go(has_more[~joins])
        held_from[has_more] = np.where(joins, held_from[has_more], begun[row])
        held_to[has_more] = np.where(joins, np.maximum(held_to[has_more], ended[row]), ended[row])
    let_go(np.arange(len(terms)))


def _added(begun: Whole, ended: Whole, positions: Whole, line: Line) -> Whole:
    """Return how many positions pauses add, by the reasons that `terms.due` gives for one."""
    resumed = line.at(ended)
    added = np.maximum(resumed - line.at(begun), resumed - positions)
    if line.step == 1:
        is_over = line.end(positions + np.maximum(added, 0)) < ended
        added = np.where(is_over, resumed + 1 - positions, added)
    return np.where(begun > line.end(positions), 0, added)


def _inside(places: Whole, length: int) -> Whole:
    """Return places that lie in the calendar. Raises InvalidInput."""
    if places.size and (places.min() < 0 or places.max() >= length):
        raise InvalidInput("算出的日期超出了工作日历（1980年至2099年）。请检查起算日和时限。")
    return places
