"""What lies on a person's workbench: what he has to do by due time, what waits for others, each office's state (U7).

Every heap is one bounded query on an index; with the log-in, the rules and the calendar at most ten in all.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from urllib.parse import urlencode

from django.urls import reverse

from banjie.base.clock import day_span, local
from banjie.cases.models import Case
from banjie.cases.queries import (
    Group,
    OfficeLine,
    awaited_of,
    by_office,
    extensions_to_decide,
    handled_under_a_leader,
    owned_by,
    to_recheck,
    to_sign_for,
    to_take_up,
)
from banjie.cases.settings import setting
from banjie.cases.vocabulary import DISCONTENT
from banjie.cases.workflow import State
from banjie.desk.cases.offers import address_of
from banjie.desk.cases.rows import Row, row_of
from banjie.desk.cases.watch import Watch
from banjie.people.queries import StaffActor
from banjie.people.rights import Role
from banjie.rulebook.setting_keys import SettingKey

LAID_OUT = 100
"""So many cases of each sort are read, those due first; the rest is in the list, in the same order."""
SHOWN = 6
"""Rows of a heap that stand open; the rest unfolds."""
MOST_HEAPS = 4
"""Queries beside a person's own cases and the offices; a person of many parts finds the rest in the list."""
OVERSEERS = frozenset({Role.TOWN_LEADER, Role.UNIT_HEAD, Role.SUPERVISOR})


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
class TaskRow:
    """A task as a row."""

    row: Row
    deed: str
    href: str


@dataclass(frozen=True)
class Bucket:
    """Tasks due by the same day or week; `folded` lie under “还有 n 件”."""

    key: str
    title: str
    rows: tuple[TaskRow, ...]
    folded: tuple[TaskRow, ...]
    count: str
    is_late: bool


@dataclass(frozen=True)
class Heap:
    """What waits for others, beside the tasks."""

    title: str
    rows: tuple[Row, ...]
    href: str
    count: str
    is_late: bool = False


@dataclass(frozen=True)
class OfficeRow:
    """One office's open cases as the table shows them."""

    name: str
    href: str
    open: str
    late: int
    late_href: str
    today: int
    week: int


@dataclass(frozen=True)
class Bench:
    """The whole workbench."""

    buckets: tuple[Bucket, ...]
    kinds: tuple[tuple[str, str, str], ...]
    waiting: tuple[Heap, ...]
    offices: tuple[OfficeRow, ...]

    @property
    def is_clear(self) -> bool:
        """Tell whether there is nothing to do."""
        return not any(bucket.rows for bucket in self.buckets)


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


def bench_of(actor: StaffActor, watch: Watch) -> Bench:
    """Return the workbench of a person at this moment."""
    days = Days.of(watch.now)
    own = list(owned_by(actor)[:LAID_OUT])
    found = [task for find in _finders(actor, watch) for task in find(actor)]
    tasks = _once([*(task for case in own if (task := _own_task(case, actor, days))), *found])
    taken = {task.case.pk for task in tasks}
    rest = [case for case in own if case.pk not in taken]
    return Bench(
        buckets=tuple(_buckets(tasks, watch, days)),
        kinds=tuple(_kinds(tasks)),
        waiting=tuple(heap for heap in _waiting(rest, own, actor, watch) if heap.rows),
        offices=tuple(_offices(actor, watch, days)),
    )


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


def _finders(actor: StaffActor, watch: Watch) -> list[Finder]:
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


def _buckets(tasks: Sequence[Task], watch: Watch, days: Days) -> Iterator[Bucket]:
    """Yield overdue, today, this week and later; overdue and today are shown even when empty: that is good news."""
    bounds = (
        ("late", "已超期", watch.now),
        ("today", "今天到期", days.today),
        ("week", "本周到期", days.week),
    )
    left = list(tasks)
    for key, title, until in bounds:
        here = [task for task in left if task.due_at and task.due_at <= until]
        left = [task for task in left if task not in here]
        yield _bucket(key, title, here, watch)
    yield _bucket("later", "以后", left, watch)


def _bucket(key: str, title: str, tasks: Sequence[Task], watch: Watch) -> Bucket:
    rows = tuple(_task_row(task, watch) for task in tasks)
    is_late = key == "late" and bool(rows)
    return Bucket(key, title, rows[:SHOWN], rows[SHOWN:], _count(len(rows)), is_late)


def _task_row(task: Task, watch: Watch) -> TaskRow:
    row = row_of(task.case, watch)
    return TaskRow(row, task.deed, task.address or row.href)


def _kinds(tasks: Sequence[Task]) -> Iterator[tuple[str, str, str]]:
    """Yield how many there are of each thing to do, each leading to the list."""
    for deed in dict.fromkeys(task.deed for task in tasks if task.deed):
        same = [task for task in tasks if task.deed == deed]
        group = same[0].group
        yield deed, _count(len(same)), _list({"group": group}) if group else ""


def _waiting(rest: Sequence[Case], own: Sequence[Case], actor: StaffActor, watch: Watch) -> Iterator[Heap]:
    """Yield what is in others' hands: unsatisfied first, then unsigned, paused, with the asker, and asked for."""
    unhappy = [case for case in own if case.said in DISCONTENT]
    mine = {"who": "me"}
    yield _heap("不满意、重办中", unhappy, watch, {**mine, "light": "unsatisfied"}, is_late=True)
    for state, title, group in (
        (State.ASSIGNED, "等签收", Group.TO_SIGN),
        (State.REGISTERED, "等受理", Group.TO_ACCEPT),
        (State.ACCEPTED, "等派办", Group.TO_ASSIGN),
        (State.REPLIED, "等回访、销号", Group.TO_CALL_BACK),
        (State.PAUSED, "已中止", Group.PAUSED),
        (State.PARKED, "已挂账", Group.PARKED),
    ):
        same = [case for case in rest if case.state == state]
        yield _heap(title, same, watch, {**mine, "group": group})
    if actor.may("cases.register_case") and len(_finders(actor, watch)) < MOST_HEAPS - 1:
        yield _heap("您登记、别人在办", list(awaited_of(actor)[: SHOWN + 1]), watch, {})


def _heap(
    title: str, cases: Sequence[Case], watch: Watch, told: dict[str, str], *, is_late: bool = False
) -> Heap:
    rows = tuple(row_of(case, watch) for case in cases[:SHOWN])
    words = f"不止{SHOWN}" if not told and len(cases) > SHOWN else str(len(cases))
    return Heap(title, rows, _list(told) if told else "", words, is_late=is_late)


def _offices(actor: StaffActor, watch: Watch, days: Days) -> Iterator[OfficeRow]:
    """Yield each office's open cases, for leaders, heads and supervisors; exact to the limit, then 以上."""
    if not actor.roles & OVERSEERS:
        return
    limit = setting(watch.rules, SettingKey.LIST_COUNT_LIMIT, int)
    lines = by_office(actor, at=watch.now, today_ends=days.today, week_ends=days.week, limit=limit)
    is_cut = sum(line.open for line in lines) > limit
    for line in lines:
        yield _office(line, is_cut=is_cut)


def _office(line: OfficeLine, *, is_cut: bool) -> OfficeRow:
    where = {"unit": str(line.unit_id)} if line.unit_id else {"group": Group.TO_ASSIGN.value}
    return OfficeRow(
        name=line.name or "尚未派办",
        href=_list(where),
        open=f"{line.open:,}{'以上' if is_cut else ''}",
        late=line.late,
        late_href=_list({**where, "light": "late"}),
        today=line.today,
        week=line.week,
    )


def _count(number: int) -> str:
    return f"{LAID_OUT}以上" if number > LAID_OUT else str(number)


def _list(told: dict[str, str]) -> str:
    return f"{reverse('cases:list')}?{urlencode(told)}" if told else reverse("cases:list")
