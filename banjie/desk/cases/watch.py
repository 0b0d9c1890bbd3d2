"""The town's working time at one moment, and what it makes of a case: light, words and shape (U6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from banjie.base.clock import local, local_day
from banjie.cases.clocks import Light, WorkingTime, light
from banjie.cases.models import Case, Clock
from banjie.cases.queries import light_of
from banjie.cases.settings import office_hours
from banjie.cases.workflow import CLOCK_TITLES, STATE_TITLES, ClockName, State
from banjie.people.queries import OfficeNames, names_of
from banjie.places.queries import village_names
from banjie.rulebook.in_force import Rules, say_ref
from banjie.rulebook.queries import rules_on
from banjie.worktime.queries import calendar_of
from banjie.worktime.terms import TermUnit, parse_term

PROVISIONAL = "（暂定）"


@dataclass(frozen=True)
class Lamp:
    """A light as the part light.html takes it."""

    state: str
    words: str
    why: str = ""


@dataclass(frozen=True)
class Watch:
    """What is in force now: the rules of today, working time, names, the moment."""

    now: datetime
    rules: Rules
    work: WorkingTime
    names: OfficeNames
    villages: Mapping[str, str]

    def lamp(self, case: Case) -> Lamp:
        """Return the light of a case as a list shows it: which clock, and how long it has left."""
        if not case.is_open:
            return _ended(case)
        shown = light_of(case, self.now)
        if shown is Light.PAUSED:
            return Lamp("paused", f"{STATE_TITLES[State(case.state)]}，停钟")
        if case.due_at is None:
            return Lamp("none", "等销号" if case.state == State.REPLIED else "不计时限")
        return Lamp(shown.value, self._words(ClockName(case.due_clock), case.due_at, case.is_provisional))

    def clock_lamp(self, clock: Clock) -> Lamp:
        """Return the light of one clock with the sentence and the article that gave its date (U6).

        What is left of a term of days is said in workdays, as every list says it.
        """
        why = f"{clock.explanation} 依据：{say_ref(clock.article)}。"
        if clock.stopped_at is not None:
            late = clock.stopped_at > clock.standing_due_at
            return Lamp("done", f"{clock.title}{'超期' if late else '按时'}停", why)
        if clock.paused_at is not None or clock.due_at is None:
            return Lamp("paused", f"{clock.title}停钟", why)
        shown = light(due_at=clock.due_at, amber_at=clock.amber_at, now=self.now)
        unit = parse_term(clock.term).unit
        left = self.work.remaining(
            clock.due_at, self.now, TermUnit.WORKDAYS if unit is TermUnit.DAYS else unit
        )
        words = f"{clock.title}{left}{PROVISIONAL if clock.is_provisional else ''}"
        return Lamp(shown.value, words, why)

    def _words(self, name: ClockName, due_at: datetime, is_provisional: bool) -> str:
        left = self.work.remaining(due_at, self.now)
        return f"{CLOCK_TITLES[name]}{left}{PROVISIONAL if is_provisional else ''}"


def watch_of(town: str, *, at: datetime) -> Watch:
    """Return the working time and the names of a town; a request asks once."""
    rules = rules_on(town, local_day(at))
    work = WorkingTime(calendar_of(town), office_hours(rules))
    return Watch(at, rules, work, names_of(town), dict(village_names(town)))


def say_day(moment: datetime | None) -> str:
    """Return a day as tables show it: 2026-03-05 (U35)."""
    return f"{local(moment):%Y-%m-%d}" if moment else ""


def say_moment(moment: datetime | None) -> str:
    """Return a moment as the line of entries shows it: 2026-03-05 09:15."""
    return f"{local(moment):%Y-%m-%d %H:%M}" if moment else ""


def _ended(case: Case) -> Lamp:
    state = State(case.state)
    if state is not State.CLOSED:
        return Lamp("none", STATE_TITLES[state])
    if case.is_historical:
        return Lamp("none", "历史件")
    if case.is_done_on_time is None:
        return Lamp("done", case.get_closing_kind_display() or "已销号")
    return Lamp("done", "按期办结" if case.is_done_on_time else "超期办结")
