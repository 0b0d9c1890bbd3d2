"""What a clock shows: worked out anew from its start, pauses and extensions each time one of them changes. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Protocol, TypeVar

from banjie.worktime.calendar import Calendar, OfficeHours
from banjie.worktime.hours import local
from banjie.worktime.terms import (
    Due,
    Pause,
    Term,
    TermUnit,
    amber_of,
    due_of,
    remaining_words,
    reworked,
    say_term,
    share_point,
)


class Light(StrEnum):
    """A light is a comparison of now with the two moments of a clock (U6)."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    PAUSED = "paused"
    NONE = "none"


@dataclass(frozen=True)
class WorkingTime:
    """When the town works: its calendar and its office hours."""

    calendar: Calendar
    hours: OfficeHours

    def is_open(self, moment: datetime) -> bool:
        """Tell whether the office works at a moment."""
        at = local(moment)
        spans = (self.hours.morning, self.hours.afternoon)
        return self.calendar.is_workday(at.date()) and any(
            begin <= at.time().replace(tzinfo=None) < end for begin, end in spans
        )

    def remaining(self, due_at: datetime, now: datetime, unit: TermUnit = TermUnit.WORKDAYS) -> str:
        """Say what is left until `due_at`, such as 剩2个工作日."""
        return remaining_words(due_at, now, calendar=self.calendar, hours=self.hours, unit=unit)


@dataclass(frozen=True)
class Promise:
    """A term as promised by an article in force on the day, and the share of it after which the light is amber."""

    term: Term
    article: str
    amber_share: Fraction


@dataclass(frozen=True)
class Course:
    """What happened to a clock since it started."""

    started_at: datetime
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Term, ...] = ()
    paused_at: datetime | None = None


@dataclass(frozen=True)
class Reading:
    """What a clock shows; while paused it has neither a due nor an amber moment, only the due that stood."""

    standing_due_at: datetime
    due_at: datetime | None
    amber_at: datetime | None
    is_provisional: bool
    explanation: str


def read(promise: Promise, course: Course, work: WorkingTime, *, before: Reading | None = None) -> Reading:
    """Return what the clock shows; `before` is what it showed under an older calendar: never earlier than that."""
    due = due_of(
        promise.term,
        course.started_at,
        calendar=work.calendar,
        hours=work.hours,
        pauses=course.pauses,
        extensions=course.extensions,
    )
    if before is not None:
        due = reworked(Due(before.standing_due_at, before.explanation, before.is_provisional), due)
    amber_at = amber_of(
        promise.term,
        course.started_at,
        due.at,
        share=promise.amber_share,
        calendar=work.calendar,
        hours=work.hours,
    )
    reading = Reading(due.at, due.at, amber_at, due.is_provisional, due.explanation)
    return silenced(reading) if course.paused_at else reading


def read_given(
    given_due_at: datetime,
    started_at: datetime,
    *,
    margin: Term,
    system: str,
    share: Fraction,
    work: WorkingTime,
) -> Reading:
    """Return a clock whose due time another system gave: ours is set earlier by `margin` workdays.

    Never before the clock starts, and never after what was given.
    """
    due_at = max(started_at, min(given_due_at, _earlier(given_due_at, margin, work)))
    told = f"{local(given_due_at):%-m月%-d日%-H:%M}"
    explanation = f"{system}给定{told}前办结，镇里提前{say_term(margin)}掌握。"
    amber_at = share_point(started_at, due_at, share, calendar=work.calendar, hours=work.hours)
    return Reading(due_at, due_at, amber_at, is_provisional=False, explanation=explanation)


def read_standing(standing: Reading, course: Course, *, share: Fraction, work: WorkingTime) -> Reading:
    """Return what a clock shows whose due time is not ours to move: the one that stood, whatever pauses it had."""
    due_at = standing.standing_due_at
    amber_at = share_point(course.started_at, due_at, share, calendar=work.calendar, hours=work.hours)
    reading = replace(standing, due_at=due_at, amber_at=amber_at)
    return silenced(reading) if course.paused_at else reading


def silenced(reading: Reading) -> Reading:
    """Return what a paused clock shows."""
    return replace(reading, due_at=None, amber_at=None)


def light(
    *, due_at: datetime | None, amber_at: datetime | None, now: datetime, is_paused: bool = False
) -> Light:
    """Return the light of a clock: red once due has passed, amber from the amber moment on (U6)."""
    if is_paused:
        return Light.PAUSED
    if due_at is None:
        return Light.NONE
    if now > due_at:
        return Light.RED
    return Light.AMBER if amber_at is not None and now >= amber_at else Light.GREEN


class Dated(Protocol):
    """Anything that may be due."""

    @property
    def due_at(self) -> datetime | None:
        """Return when it is due."""


Some = TypeVar("Some", bound=Dated)


def earliest(clocks: Iterable[Some]) -> Some | None:
    """Return the clock that is due first; None when none is running."""
    running = [clock for clock in clocks if clock.due_at is not None]
    return min(running, key=_due, default=None)


def pauses_from(spans: Sequence[Sequence[str]]) -> tuple[Pause, ...]:
    """Read pauses back from the column that keeps them as pairs of ISO moments."""
    return tuple(Pause(datetime.fromisoformat(begin), datetime.fromisoformat(end)) for begin, end in spans)


def _due(clock: Dated) -> datetime:
    assert clock.due_at is not None  # noqa: S101  chosen by earliest
    return clock.due_at


def _earlier(moment: datetime, margin: Term, work: WorkingTime) -> datetime:
    """Return the close of business `margin` workdays before the day of `moment`, or hours before `moment`."""
    if margin.unit in (TermUnit.HOURS, TermUnit.WORKHOURS):
        return moment - timedelta(hours=margin.amount)
    day = local(moment).date()
    rank = work.calendar.rank(day) - margin.amount + (0 if work.calendar.is_workday(day) else 1)
    return datetime.combine(work.calendar.ranked(rank), work.hours.closes_at, tzinfo=local(moment).tzinfo)
