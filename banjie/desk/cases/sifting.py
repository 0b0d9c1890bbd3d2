"""The filters of the work list: read from the address, said in words, taken off one by one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from banjie.base.clock import local_day
from banjie.cases.queries import Group, Lateness, Order, Sift
from banjie.cases.vocabulary import Channel
from banjie.desk.selects import Filter, Narrowed, filter_of
from banjie.people.queries import UnitName
from banjie.rulebook.in_force import Rules

Word = TypeVar("Word", bound=StrEnum)

GROUP_WORDS = {
    Group.OPEN: "全部未了结",
    Group.TO_ACCEPT: "待受理",
    Group.TO_ASSIGN: "待派办",
    Group.TO_SIGN: "待签收",
    Group.HANDLING: "办理中",
    Group.PAUSED: "已中止",
    Group.PARKED: "已挂账",
    Group.TO_CALL_BACK: "待回访",
    Group.CLOSED: "已销号",
    Group.HISTORICAL: "历史件",
    Group.ALL: "全部",
}
LATENESS_WORDS = {Lateness.LATE: "已超期", Lateness.AMBER: "快到期", Lateness.UNSATISFIED: "不满意"}
ORDER_WORDS = {Order.DUE: "先到期的在前", Order.NEWEST: "新登记的在前"}
NEWEST_FIRST = (Group.HISTORICAL, Group.ALL)
"""Mostly cases that have ended and are due no more: no index holds them in the order of due times."""
YEARS_BACK = 2
NO_SUCH_NUMBER = "-"
"""Found nowhere: what was typed is no number, so the list is empty and says so."""


@dataclass(frozen=True)
class Sifting(Narrowed):
    """What the address of the work list asks for."""

    group: Group
    order: Order
    number: str
    sift: Sift

    @property
    def typed(self) -> Sequence[tuple[str, str, str]]:
        """Return the number that was typed."""
        return (("no", "编号", self.number),)

    @property
    def tabs(self) -> list[dict[str, object]]:
        """Return the groups of states as tabs."""
        return [
            {"label": words, "href": self.href(group=group.value), "is_current": group is self.group}
            for group, words in GROUP_WORDS.items()
        ]

    @property
    def orders(self) -> list[tuple[str, str, bool]]:
        """Return the orders to choose from, each with its address and whether it is in force; none without a choice."""
        if self.sift.group in NEWEST_FIRST:
            return []
        return [(words, self.href(order=o.value), o is self.order) for o, words in ORDER_WORDS.items()]


def sifting_of(
    asked: Mapping[str, str],
    *,
    units: Sequence[UnitName],
    villages: Mapping[str, str],
    rules: Rules,
    at: datetime,
) -> Sifting:
    """Return what the address asks for, by the units, villages, kinds and categories that there are."""
    known = {name: value for name, value in asked.items() if name in _NAMES and value}
    filters = tuple(_filters(known, units=units, villages=villages, rules=rules))
    taken = {f.name: f.chosen.value for f in filters if f.chosen}
    group = _word(Group, known.get("group", ""), Group.OPEN)
    number = known.get("no", "").strip()
    sift = Sift(
        group=Group.ALL if number else group,
        kind=taken.get("kind", ""),
        unit_id=UUID(taken["unit"]) if "unit" in taken else None,
        is_mine="who" in taken,
        division_code=taken.get("village", ""),
        categories=_under(taken.get("category", ""), rules),
        channel=taken.get("channel", ""),
        lateness=Lateness(taken["light"]) if "light" in taken else None,
        numbers=_numbers(number, rules, at=at),
    )
    order = Order.NEWEST if sift.group in NEWEST_FIRST else _word(Order, known.get("order", ""), Order.DUE)
    return Sifting(known, filters, group, order, number, sift)


def say_count(count: int, *, limit: int) -> str:
    """Return how many there are: exact to the limit, then 1万以上."""
    if count <= limit:
        return f"共 {count:,} 件"
    return f"{limit // 10000}万件以上" if limit % 10000 == 0 else f"{limit:,} 件以上"


def _filters(
    asked: Mapping[str, str], *, units: Sequence[UnitName], villages: Mapping[str, str], rules: Rules
) -> Iterable[Filter]:
    yield filter_of("who", "责任人", [("me", "我负责的")], asked)
    yield filter_of("unit", "单位", [(str(unit.id), unit.label) for unit in units], asked)
    yield filter_of("light", "时限", [(word.value, words) for word, words in LATENESS_WORDS.items()], asked)
    yield filter_of("kind", "类型", [(kind.key, kind.title) for kind in rules.kinds], asked)
    yield filter_of("village", "村（社区）", list(villages.items()), asked)
    tops = [(category.key, category.title) for category in rules.categories.children()]
    yield filter_of("category", "类别", tops, asked)
    yield filter_of("channel", "渠道", [(str(value), str(label)) for value, label in Channel.choices], asked)


def _under(key: str, rules: Rules) -> tuple[str, ...]:
    """Return a category and everything below it."""
    if not key:
        return ()
    below = [k for child in rules.categories.children(key) for k in _under(child.key, rules)]
    return (key, *below)


def _numbers(typed: str, rules: Rules, *, at: datetime) -> tuple[str, ...]:
    """Return the full numbers that a typed one may mean: the number itself, or a running number of these years."""
    if not typed:
        return ()
    if not typed.isdecimal():
        return (typed.upper(), typed)
    year = local_day(at).year
    years = range(year - YEARS_BACK + 1, year + 1)
    running = int(typed[:9])
    return tuple(f"{kind.number_prefix}{y}-{running:05d}" for kind in rules.kinds for y in years) or (
        NO_SUCH_NUMBER,
    )


def _word(words: type[Word], typed: str, default: Word) -> Word:
    try:
        return words(typed)
    except ValueError:
        return default


_NAMES = frozenset(
    {"group", "order", "no", "who", "unit", "light", "kind", "village", "category", "channel", "after"}
)
