"""What a person has to do: his own cases and what his rights call for, each with the one thing to do to it (U7)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from banjie.base.clock import day_span, local
from banjie.cases.models import Case
from banjie.cases.queries import (
    Group,
    extensions_to_decide,
    handled_under_a_leader,
    to_recheck,
    to_sign_for,
    to_take_up,
)
from banjie.cases.vocabulary import DISCONTENT
from banjie.cases.workflow import State
from banjie.desk.cases.offers import address_of
from banjie.desk.cases.watch import Watch
from banjie.people.queries import StaffActor

LAID_OUT = 100
"""So many cases of each sort are read, those due first; the rest is in the list, in the same order."""


@dataclass(frozen=True)
class Task:
    """A case with what this person has to do to it."""

    case: Case
    deed: str
    group: str = ""
    address: str = ""
    until: date | None = None

    @property
    def due_at(self) -> datetime | None:
        """Return by when it is to be done: the day of the task itself, where it has one, else the case's."""
        if self.until is None:
            return self.case.due_at
        return day_span(self.until)[1] - timedelta(seconds=1)


@dataclass(frozen=True)
class Days:
    """The ends of today and of this week (Sunday) as moments."""

    today: datetime
    week: datetime

    @classmethod
    def of(cls, at: datetime) -> "Days":
        """Return the ends of the day and week of `at`."""
        day = local(at)
        end = datetime.combine(day.date(), time.max, tzinfo=day.tzinfo)
        return cls(end, end + timedelta(days=6 - day.weekday()))


def tasks_of(own: Sequence[Case], actor: StaffActor, *, watch: Watch, days: Days) -> list[Task]:
    """Return everything that a person has to do, each case once, in the order of due times."""
    mine = [task for case in own if (task := _own_task(case, actor, days))]
    return _once([*mine, *(task for find in finders(actor, watch) for task in find(actor))])


def _own_task(case: Case, actor: StaffActor, days: Days) -> Task | None:
    """Return what a person has to do to a case that he answers for, or None while it waits for others."""
    if actor.is_shared_device:
        return Task(case, "")
    if case.led_by_id == actor.id != case.handler_id:
        return Task(case, "包案")
    if case.report_due_on and case.report_due_on <= local(days.week).date():
        return Task(case, "报进度", Group.HANDLING, address_of("report_progress", case), case.report_due_on)
    if case.state == State.HANDLING:
        return Task(case, "重办" if case.round > 1 else "办理", Group.HANDLING)
    return None


Finder = Callable[[StaffActor], Iterator[Task]]


def finders(actor: StaffActor, watch: Watch) -> list[Finder]:
    """Return the further tasks that this person's rights call for, the most pressing first."""
    wanted: list[tuple[bool, Finder]] = [
        (bool(actor.unit_ids) and actor.may("cases.sign_for_case"), _to_sign),
        (actor.may("cases.reply_case"), _under_a_leader),
        (actor.may("cases.accept_case") or actor.may("cases.call_back_case"), _to_take_up),
        (actor.may("cases.decide_extension"), _to_decide),
        (actor.may("cases.recheck_case"), partial(_to_recheck, on=local(watch.now).date())),
    ]
    return [find for is_wanted, find in wanted if is_wanted]


def _to_sign(actor: StaffActor) -> Iterator[Task]:
    for case in to_sign_for(actor)[:LAID_OUT]:
        yield Task(case, "签收", Group.TO_SIGN)


def _under_a_leader(actor: StaffActor) -> Iterator[Task]:
    for case in handled_under_a_leader(actor)[:LAID_OUT]:
        yield Task(case, "重办", Group.HANDLING)


def _to_take_up(actor: StaffActor) -> Iterator[Task]:
    """Yield what waits to be accepted, assigned and called back, from one query."""
    deeds = {
        State.REGISTERED: ("受理", Group.TO_ACCEPT, "cases.accept_case"),
        State.ACCEPTED: ("派办", Group.TO_ASSIGN, "cases.accept_case"),
        State.REPLIED: ("回访", Group.TO_CALL_BACK, "cases.call_back_case"),
    }
    mine = {state: told for state, told in deeds.items() if actor.may(told[2])}
    for case in to_take_up(actor, mine)[:LAID_OUT]:
        deed, group, _ = mine[State(case.state)]
        is_content = case.state == State.REPLIED and case.said and case.said not in DISCONTENT
        yield Task(case, "销号" if is_content else deed, group)


def _to_decide(actor: StaffActor) -> Iterator[Task]:
    """Yield the extensions to decide; each opens the very decision."""
    for case in extensions_to_decide(actor)[:LAID_OUT]:
        yield Task(case, "批延期", address=address_of("decide_extension", case))


def _to_recheck(actor: StaffActor, *, on: date) -> Iterator[Task]:
    """Yield the closed cases that are to be looked at again."""
    for case in to_recheck(actor, on=on)[:LAID_OUT]:
        yield Task(case, "回头看", address=address_of("recheck_case", case), until=case.recheck_on)


def _once(tasks: Sequence[Task]) -> list[Task]:
    """Return each case once, with the last and most particular thing to do, in the order of due times."""
    last = {task.case.pk: task for task in tasks}
    return sorted(last.values(), key=lambda task: (task.case.due_order, str(task.case.pk)))
