"""When a term ends, with its pauses and extensions, and why. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from operator import attrgetter

from banjie.base.errors import InvalidInput
from banjie.worktime.calendar import Calendar, OfficeHours
from banjie.worktime.hours import local
from banjie.worktime.terms.measure import Measure, measure_for
from banjie.worktime.terms.sentence import Course, PauseEffect, explain
from banjie.worktime.terms.term import Term, extended

_BY_BEGIN = attrgetter("paused_at")


@dataclass(frozen=True)
class Due:
    """The moment at which a term ends, the one Chinese sentence that says why, and whether it is 暂定."""

    at: datetime
    explanation: str
    is_provisional: bool

    @property
    def on(self) -> date:
        """Return the last day, as the office's calendar shows it."""
        return local(self.at).date()


@dataclass(frozen=True)
class Pause:
    """A pause that is over; InvalidInput when it ends before it begins."""

    paused_at: datetime
    resumed_at: datetime

    def __post_init__(self) -> None:
        if self.resumed_at < self.paused_at:
            raise InvalidInput(
                "恢复时间早于中止时间。请检查两个时间。", fields={"resumed_at": "不能早于中止时间"}
            )


def due_of(
    term: Term,
    start: datetime,
    *,
    calendar: Calendar,
    hours: OfficeHours,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Term] = (),
) -> Due:
    """Return when `term`, begun at `start`, ends; always worked out from the start, so that order cannot matter.

    The first day is not counted (民法典 第二百零一条). A pause adds the days after the day of pause up to and
    including the day of resumption, or for hour terms the time between; extensions asked while paused count like
    any other. A pause begun after the term had ended adds nothing: it cannot cure lateness.
    """
    measure = measure_for(term.unit, calendar=calendar, hours=hours)
    course = _course(term, start, measure=measure, pauses=pauses, extensions=extensions)
    is_provisional = term.unit.reads_calendar and calendar.is_provisional(course.at.date())
    return Due(course.at, explain(course, measure, calendar), is_provisional)


def due_moment(
    term: Term,
    start: datetime,
    *,
    calendar: Calendar,
    hours: OfficeHours,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Term] = (),
) -> datetime:
    """Return the moment of `due_of` without its sentence, for a replay over very many cases."""
    measure = measure_for(term.unit, calendar=calendar, hours=hours)
    return _course(term, start, measure=measure, pauses=pauses, extensions=extensions).at


def reworked(old: Due, new: Due) -> Due:
    """Return the due moment after the calendar changed, never earlier than the one promised (DESIGN, Clock)."""
    if new.at >= old.at:
        return new
    told = new.explanation.removesuffix("。")
    return replace(new, at=old.at, explanation=f"{told}，重算后更早，仍按原定的{_say_day(old.on)}。")


def _course(
    term: Term, start: datetime, *, measure: Measure, pauses: Sequence[Pause], extensions: Sequence[Term]
) -> Course:
    """Lay the term out from its start, then each pause in turn."""
    total = extended(term, *extensions) if extensions else term
    position = measure.at(start) + measure.step * total.amount
    effects: list[PauseEffect] = []
    for pause in _merged(pauses, start) if pauses else ():
        added = _added(pause, position, measure)
        position += added
        effects.append(PauseEffect(pause.paused_at, pause.resumed_at, added))
    return Course(term, total, start, measure.end(position), position, tuple(effects))


def _added(pause: Pause, position: int, measure: Measure) -> int:
    """Return how many positions a pause adds; nothing when the term had ended before it began.

    No term by days is over when it is resumed: a pause begun in the rest days onto which the last day had rolled
    gives the day of resumption, one that began on the last day and ended out of office gives the next workday.
    """
    if pause.paused_at > measure.end(position):
        return 0
    resumed = measure.at(pause.resumed_at)
    added = max(resumed - measure.at(pause.paused_at), resumed - position)
    is_over = measure.step == 1 and measure.end(position + added) < pause.resumed_at
    return resumed + 1 - position if is_over else added


def _merged(pauses: Sequence[Pause], start: datetime) -> list[Pause]:
    """Return the pauses in order, cut to what lies after `start`, those that overlap made one."""
    merged: list[Pause] = []
    for pause in sorted(pauses, key=_BY_BEGIN):
        if pause.resumed_at <= start:
            continue
        if merged and pause.paused_at <= merged[-1].resumed_at:
            last = merged.pop()
            merged.append(Pause(last.paused_at, max(last.resumed_at, pause.resumed_at)))
            continue
        merged.append(Pause(max(pause.paused_at, start), pause.resumed_at))
    return merged


def _say_day(day: date) -> str:
    return f"{day.month}月{day.day}日"
