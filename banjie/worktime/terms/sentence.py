"""The one Chinese sentence with which every due date explains itself (U46). Pure."""

from dataclasses import dataclass
from datetime import date, datetime

from banjie.worktime.calendar import Calendar, DayKind, Run, say_weekday
from banjie.worktime.hours import HOUR_US, MICROSECOND, local, say_time
from banjie.worktime.terms.measure import MINUTE_US, Measure
from banjie.worktime.terms.term import Term, TermUnit, say_term

MOST_CLAUSES = 4
"""More make-up days and holidays than this are told as sums."""
MOST_PAUSES = 2
_PLAIN = {
    TermUnit.WORKDAYS: "当天不算",
    TermUnit.WORKHOURS: "办公时间以外不算",
    TermUnit.DAYS: "当天不算，周末和节假日照算",
    TermUnit.HOURS: "夜间和节假日照算",
}


@dataclass(frozen=True, slots=True)
class PauseEffect:
    """A pause and how many positions of the term's unit it added."""

    paused_at: datetime
    resumed_at: datetime
    added: int


@dataclass(frozen=True, slots=True)
class Course:
    """How a term ran: as the rule gives it, with extensions, from when, until when, over which pauses."""

    term: Term
    total: Term
    start: datetime
    at: datetime
    position: int
    pauses: tuple[PauseEffect, ...]


class _Days:
    """Say days one after another, naming year and month only where they change."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.month = 0

    def say(self, day: date) -> str:
        told = f"{day.day}日"
        if (day.year, day.month) != (self.year, self.month):
            told = f"{day.month}月{told}"
        if day.year != self.year:
            told = f"{day.year}年{told}"
        self.year, self.month = day.year, day.month
        return told

    def say_run(self, run: Run) -> str:
        if run.first == run.last:
            return self.say(run.first)
        first = self.say(run.first)
        if (run.first.year, run.first.month) == (run.last.year, run.last.month):
            first = first.removesuffix("日")
        return f"{first}—{self.say(run.last)}"


def explain(course: Course, measure: Measure, calendar: Calendar) -> str:
    """Return the reason of a due date: 算5个工作日：10月10日周六上班算1天，1—7日放假不算。"""
    start, end = local(course.start), course.at.date()
    days = _Days(start.year)
    clauses: list[str] = []
    if course.term.unit is TermUnit.WORKHOURS:
        clauses += _opening(course, measure, days)
    if course.term.unit in (TermUnit.WORKDAYS, TermUnit.WORKHOURS):
        clauses += _exceptions(start.date(), end, calendar=calendar, days=days)
    clauses = clauses or [_plain(course.term.unit, start.date(), end)]
    clauses += _pauses(course, days)
    if course.term.unit is TermUnit.DAYS:
        clauses += _rolled(course, calendar, days)
    if calendar.is_provisional(end) and course.term.unit.reads_calendar:
        clauses.append(f"{end.year}年放假安排未公布，暂定")
    return f"算{_head(course)}：{'，'.join(clauses)}。"


def _head(course: Course) -> str:
    if course.total is course.term:
        return say_term(course.term)
    extension = Term(course.total.amount - course.term.amount, course.term.unit)
    return f"{say_term(course.total)}（含延期{say_term(extension)}）"


def _plain(unit: TermUnit, start: date, end: date) -> str:
    over_weekend = unit is TermUnit.WORKDAYS and (end - start).days > end.weekday() - start.weekday()
    return f"{_PLAIN[unit]}，周末不算" if over_weekend else _PLAIN[unit]


def _opening(course: Course, measure: Measure, days: _Days) -> list[str]:
    """Say from when an hour term runs that was given outside office hours."""
    opens_at = measure.end(measure.at(course.start) + 1) - MICROSECOND
    start = local(course.start)
    if opens_at <= start:
        return []
    told = f"{days.say(start.date())}{say_time(start.time())}不在办公时间"
    return [f"{told}，从{days.say(opens_at.date())}{say_time(opens_at.time())}算起"]


def _exceptions(start: date, end: date, *, calendar: Calendar, days: _Days) -> list[str]:
    """Say which make-up days counted and which holidays did not, or how many when they are many."""
    make_ups, runs = calendar.make_ups_between(start, end), calendar.runs_between(start, end)
    if len(make_ups) + len(runs) > MOST_CLAUSES:
        off = sum((run.last - run.first).days + 1 for run in runs)
        told = [f"其间周末上班{len(make_ups)}天算在内"] if make_ups else []
        return [*told, f"放假{off}天不算"]
    worked = [f"{days.say(day)}{say_weekday(day)}上班算1天" for day in make_ups]
    return worked + [f"{days.say_run(run)}放假不算" for run in runs]


def _pauses(course: Course, days: _Days) -> list[str]:
    effective = [pause for pause in course.pauses if pause.added]
    if len(effective) > MOST_PAUSES:
        added = sum(pause.added for pause in effective)
        return [f"中止{len(effective)}次，共顺延{_say_added(course.term.unit, added)}"]
    return [
        f"{days.say(local(pause.paused_at).date())}中止、{days.say(local(pause.resumed_at).date())}恢复，"
        f"顺延{_say_added(course.term.unit, pause.added)}"
        for pause in effective
    ]


def _say_added(unit: TermUnit, added: int) -> str:
    if unit is TermUnit.WORKDAYS:
        return f"{added}个工作日"
    if unit is TermUnit.DAYS:
        return f"{added}日"
    hours, minutes = added // HOUR_US, added % HOUR_US // MINUTE_US
    told = f"{hours}小时" if hours else ""
    told += f"{minutes}分钟" if minutes or not hours else ""
    return f"办公时间{told}" if unit is TermUnit.WORKHOURS else told


def _rolled(course: Course, calendar: Calendar, days: _Days) -> list[str]:
    """Say that the last day fell on a rest day (民法典 第二百零三条)."""
    last, end = date.fromordinal(course.position), course.at.date()
    if last == end:
        return []
    why = "放假" if calendar.kind_of(last) is DayKind.HOLIDAY else "休息"
    return [f"最后一天{days.say(last)}{say_weekday(last)}{why}，顺延到{days.say(end)}"]
