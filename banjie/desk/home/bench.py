"""What lies on a person's workbench: his own by due time, what waits for his hand, and each office's state (U7).

Every shelf is one bounded query on an index; with the log-in, the rules and the calendar at most ten in all.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from urllib.parse import urlencode

from django.urls import reverse

from banjie.base.clock import local
from banjie.cases.models import Case
from banjie.cases.queries import (
    OfficeLine,
    awaited_of,
    by_office,
    extensions_to_decide,
    owned_by,
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
from banjie.worktime.terms import parse_term, say_term

LAID_OUT = 100
"""So many of a person's own cases are read; the rest is in the list, in the same order."""
SHOWN = 6
"""Rows of a shelf beside the own ones."""
MOST_QUERIES = 5
OVERSEERS = frozenset({Role.TOWN_LEADER, Role.UNIT_HEAD, Role.SUPERVISOR})


@dataclass(frozen=True)
class Shelf:
    """A heap of cases with its name; `href` opens the very rows in the list."""

    title: str
    rows: tuple[Row, ...]
    href: str
    count: str
    is_late: bool = False


@dataclass(frozen=True)
class Stat:
    """A number that opens its records."""

    label: str
    value: str
    href: str
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

    stats: tuple[Stat, ...]
    due: tuple[Shelf, ...]
    waiting: tuple[Shelf, ...]
    offices: tuple[OfficeRow, ...]
    is_empty: bool


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
    limit = setting(watch.rules, SettingKey.LIST_COUNT_LIMIT, int)
    own = list(owned_by(actor)[:LAID_OUT])
    due = tuple(_own_shelves(own, watch, days))
    waiting = tuple(shelf for make in _makers(actor) for shelf in make(actor, watch))
    elsewhere = _elsewhere(own, actor, watch)
    offices = tuple(_offices(actor, watch, days, limit=limit))
    shelves = tuple(shelf for shelf in (*waiting, *elsewhere) if shelf.rows)
    return Bench(
        stats=tuple(_stats(own, watch, days, actor)),
        due=due,
        waiting=shelves,
        offices=offices,
        is_empty=not (due or shelves),
    )


Maker = Callable[[StaffActor, Watch], Iterable[Shelf]]


def _makers(actor: StaffActor) -> list[Maker]:
    """Return the shelves that this person's rights call for, the most pressing first, within the query budget."""
    wanted: list[tuple[bool, Maker]] = [
        (actor.may("cases.sign_for_case") and bool(actor.unit_ids), _to_sign),
        (actor.may("cases.accept_case") or actor.may("cases.call_back_case"), _to_take_up),
        (actor.may("cases.decide_extension"), _to_decide),
        (actor.may("cases.register_case"), _awaited),
    ]
    room = MOST_QUERIES - 1 - (1 if actor.roles & OVERSEERS else 0)
    return [make for is_wanted, make in wanted if is_wanted][:room]


def _own_shelves(own: Sequence[Case], watch: Watch, days: Days) -> Iterator[Shelf]:
    """Yield a person's own cases by when they are due; what waits for others' signature lies elsewhere."""
    mine = [case for case in own if case.state != State.ASSIGNED]
    late = [case for case in mine if case.due_at and case.due_at < watch.now]
    today = [case for case in mine if case.due_at and watch.now <= case.due_at <= days.today]
    week = [case for case in mine if case.due_at and days.today < case.due_at <= days.week]
    later = [case for case in mine if not case.due_at or case.due_at > days.week]
    for title, cases, told in (
        ("已超期", late, {"light": "late"}),
        ("今天到期", today, {}),
        ("本周到期", week, {}),
        ("以后", later, {}),
    ):
        if cases:
            shown = cases if title != "以后" else cases[:SHOWN]
            yield _shelf(title, shown, watch, count=len(cases), told={"who": "me", **told})


def _to_sign(actor: StaffActor, watch: Watch) -> Iterator[Shelf]:
    cases = list(to_sign_for(actor)[: SHOWN + 1])
    yield _shelf("待您签收", cases, watch, told={"group": "to_sign"})


def _to_take_up(actor: StaffActor, watch: Watch) -> Iterator[Shelf]:
    """Yield what waits to be accepted, assigned and called back, from one query."""
    states = [
        (State.REGISTERED, "待受理", "to_accept", "cases.accept_case"),
        (State.ACCEPTED, "待派办", "to_assign", "cases.assign_case"),
        (State.REPLIED, "待回访", "to_call_back", "cases.call_back_case"),
    ]
    mine = [one for one in states if actor.may(one[3])]
    found = list(to_take_up(actor, [state for state, *_ in mine])[:LAID_OUT])
    for state, title, group, _ in mine:
        cases = [case for case in found if case.state == state]
        yield _shelf(title, cases, watch, told={"group": group})


def _to_decide(actor: StaffActor, watch: Watch) -> Iterator[Shelf]:
    """Yield the extensions to decide; each row opens the very decision."""
    rows = []
    asked_for = list(extensions_to_decide(actor)[: SHOWN + 1])
    for asked in asked_for[:SHOWN]:
        row = row_of(asked.case, watch)
        title = f"{asked.case.title}（申请延长{say_term(parse_term(asked.term))}）"
        rows.append(_with(row, href=address_of("decide_extension", asked.case), title=title))
    yield Shelf("待批延期", tuple(rows), "", _count(len(asked_for)))


def _awaited(actor: StaffActor, watch: Watch) -> Iterator[Shelf]:
    cases = list(awaited_of(actor)[: SHOWN + 1])
    yield _shelf("您登记、别人在办", cases, watch, told={})


def _elsewhere(own: Sequence[Case], actor: StaffActor, watch: Watch) -> list[Shelf]:
    """Return what of a person's own waits for others: for a signature, or for the asker's word."""
    unsigned = [case for case in own if case.state == State.ASSIGNED and case.handler_id != actor.id]
    unhappy = [case for case in own if case.said in DISCONTENT]
    return [
        _shelf("不满意、要重办", unhappy, watch, told={"who": "me", "light": "unsatisfied"}, is_late=True),
        _shelf("等别人签收", unsigned, watch, told={"who": "me", "group": "to_sign"}),
    ]


def _offices(actor: StaffActor, watch: Watch, days: Days, *, limit: int) -> Iterator[OfficeRow]:
    """Yield each office's open cases, for leaders, heads and supervisors."""
    if not actor.roles & OVERSEERS:
        return
    lines = by_office(actor, at=watch.now, today_ends=days.today, week_ends=days.week, limit=limit)
    is_cut = sum(line.open for line in lines) > limit
    for line in lines:
        yield _office(line, is_cut=is_cut and line.open > 0)


def _office(line: OfficeLine, *, is_cut: bool) -> OfficeRow:
    unit = {"unit": str(line.unit_id)} if line.unit_id else {}
    return OfficeRow(
        name=line.name or "尚未派办",
        href=_list(unit or {"group": "open"}),
        open=f"{line.open:,}{'以上' if is_cut else ''}",
        late=line.late,
        late_href=_list({**unit, "light": "late"}),
        today=line.today,
        week=line.week,
    )


def _stats(own: Sequence[Case], watch: Watch, days: Days, actor: StaffActor) -> Iterator[Stat]:
    """Yield the four numbers of U7, each opening its records."""
    mine = [case for case in own if case.state != State.ASSIGNED]
    dues = [case.due_at for case in mine if case.due_at]
    late = sum(due < watch.now for due in dues)
    today = sum(watch.now <= due <= days.today for due in dues)
    week = sum(days.today < due <= days.week for due in dues)
    waits = sum(case.state == State.ASSIGNED for case in own)
    yield Stat("已超期", _count(late), _list({"who": "me", "light": "late"}), is_late=late > 0)
    yield Stat("今天到期", _count(today), _list({"who": "me"}))
    yield Stat("本周到期", _count(week), _list({"who": "me"}))
    yield Stat("等别人签收", _count(waits), _list({"who": "me", "group": "to_sign"}))


def _shelf(
    title: str,
    cases: Sequence[Case],
    watch: Watch,
    *,
    told: dict[str, str],
    count: int | None = None,
    is_late: bool = False,
) -> Shelf:
    most = len(cases) if count is not None else SHOWN
    rows = tuple(row_of(case, watch) for case in cases[:most])
    number = len(cases) if count is None else count
    words = f"{SHOWN}+" if count is None and number > SHOWN else str(number)
    return Shelf(title, rows, _list(told), words, is_late=is_late or title == "已超期")


def _with(row: Row, *, href: str, title: str) -> Row:
    return Row(**{**vars(row), "href": href, "title": title})


def _count(number: int) -> str:
    return f"{LAID_OUT}以上" if number >= LAID_OUT else str(number)


def _list(told: dict[str, str]) -> str:
    return f"{reverse('cases:list')}?{urlencode(told)}" if told else reverse("cases:list")
