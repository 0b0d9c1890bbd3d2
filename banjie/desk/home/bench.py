"""What lies on a person's workbench: what he has to do by due time, what waits for others, each office's state (U7).

Every heap is one bounded query on an index; with the log-in, the rules and the calendar at most ten in all, and one
more where one of his books has dates that matter.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from banjie.base.clock import local_day
from banjie.books.queries import answered_by, title_of
from banjie.cases.models import Case
from banjie.cases.queries import (
    Group,
    OfficeLine,
    awaited_of,
    by_office,
    owned_by,
)
from banjie.cases.settings import setting
from banjie.cases.vocabulary import DISCONTENT
from banjie.cases.workflow import State
from banjie.desk.books.rows import address_of
from banjie.desk.cases.rows import Row, row_of
from banjie.desk.cases.watch import Watch
from banjie.desk.home.todo import LAID_OUT, Days, Task, finders, tasks_of
from banjie.people.queries import StaffActor
from banjie.people.rights import Role
from banjie.rulebook.setting_keys import SettingKey

SHOWN = 6
"""Rows of a heap that stand open; the rest unfolds."""
MOST_HEAPS = 4
"""Queries beside a person's own cases and the offices; a person of many parts finds the rest in the list."""
OVERSEERS = frozenset({Role.TOWN_LEADER, Role.UNIT_HEAD, Role.SUPERVISOR})


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
class DateRow:
    """A date of a book's record that this person answers for."""

    day: str
    words: str
    title: str
    href: str
    is_past: bool


@dataclass(frozen=True)
class Bench:
    """The whole workbench."""

    buckets: tuple[Bucket, ...]
    kinds: tuple[tuple[str, str, str], ...]
    waiting: tuple[Heap, ...]
    offices: tuple[OfficeRow, ...]
    dates: tuple[DateRow, ...]
    has_more_dates: bool

    @property
    def is_clear(self) -> bool:
        """Tell whether there is nothing to do."""
        return not any(bucket.rows for bucket in self.buckets)


def bench_of(actor: StaffActor, watch: Watch) -> Bench:
    """Return the workbench of a person at this moment."""
    days = Days.of(watch.now)
    own = list(owned_by(actor)[:LAID_OUT])
    tasks = tasks_of(own, actor, watch=watch, days=days)
    taken = {task.case.pk for task in tasks}
    rest = [case for case in own if case.pk not in taken]
    dates = tuple(_dates(actor, watch))
    return Bench(
        buckets=tuple(_buckets(tasks, watch, days)),
        kinds=tuple(_kinds(tasks)),
        waiting=tuple(heap for heap in _waiting(rest, own, actor, watch) if heap.rows),
        offices=tuple(_offices(actor, watch, days)),
        dates=dates[:SHOWN],
        has_more_dates=len(dates) > SHOWN,
    )


def _dates(actor: StaffActor, watch: Watch) -> Iterator[DateRow]:
    """Yield the dates of books' records that are near or past and this person's to answer for."""
    if actor.is_shared_device or not actor.may("books.see_records"):
        return
    today = local_day(watch.now)
    for one in answered_by(actor, today, most=SHOWN + 1):
        title = f"{one.book.menu} {title_of(one.record, one.book)}"
        yield DateRow(one.due_on.isoformat(), one.words, title, address_of(one.record), one.due_on < today)


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
    if actor.may("cases.register_case") and len(finders(actor, watch)) < MOST_HEAPS - 1:
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
