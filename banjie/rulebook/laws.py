"""Higher law as texts: the bounds that an article sets to parameters, and what lies outside them. No Django here.

A bound names parameters by a pattern over every regulation, setting and kind; a switch that the law keeps off is a
bound too. Laws of all owners bind together: a nearer text never loosens a farther one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from fnmatch import fnmatchcase
from fractions import Fraction
from functools import lru_cache

from banjie.rulebook.examples import EXAMPLE_HOURS, published_calendar
from banjie.rulebook.findings import BadText, Finding, Place
from banjie.rulebook.text import Section, Text
from banjie.rulebook.values import Limit, Money, Quantity, Share, Value, Whole, parse_value
from banjie.worktime.hours import BEIJING
from banjie.worktime.terms import Term, TermUnit, due_moment, say_term

BOUNDS = "bounds"
_WORDS = ("parameter", "article", "says", "title")
KINDS = "kinds"
_NEEDED = ("parameter", "article", "says")
_MONTHS = {"months": 1, "years": 12}
TRIED_DAYS = 366
"""Terms of different units are compared from every day of so many before the last published holiday notice ends."""
Measure = Term | timedelta | int | Fraction


class Holds(StrEnum):
    """How a bound holds a value."""

    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    IS = "is"


HOLDS_WORDS = {Holds.AT_MOST: "不超过", Holds.AT_LEAST: "不少于", Holds.IS: "一律为"}


@dataclass(frozen=True)
class Bound:
    """What an article of higher law demands of every parameter whose name fits the pattern."""

    pattern: str
    holds: Holds
    limit: Value
    article: str
    says: str
    title: str
    place: Place
    kinds: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """Return the demand in Chinese: 不超过20个工作日, 不实行."""
        return self.limit.said if self.holds is Holds.IS else f"{HOLDS_WORDS[self.holds]}{self.limit.said}"

    @property
    def is_switched_off(self) -> bool:
        """Tell whether the law keeps off or on what it binds, rather than bounding an amount."""
        return self.holds is Holds.IS

    def covers(self, name: str) -> bool:
        """Tell whether the parameter `name` is bound by it."""
        return fnmatchcase(name, self.pattern)

    def holds_of(self, kind: str) -> bool:
        """Tell whether it binds a kind of case: those that it names by patterns, or all where it names none."""
        return not self.kinds or any(fnmatchcase(kind, one) for one in self.kinds)

    def allows(self, value: object) -> bool:
        """Tell whether a parsed value lies within; one that cannot be compared does not."""
        if self.holds is Holds.IS:
            return getattr(value, "plain", value) == self.limit.plain
        limit, measured = measure_of(self.limit), measure_of(value)
        if limit is None or measured is None:
            return False
        longer, than = (measured, limit) if self.holds is Holds.AT_MOST else (limit, measured)
        return not is_more(longer, than)


def read_bounds(text: Text) -> tuple[Bound, ...]:
    """Read the bounds of a law; BadText names each that cannot be read, with its remedy."""
    bounds: list[Bound] = []
    findings: list[Finding] = []
    tables = text.items.get(BOUNDS, [])
    for index, table in enumerate(tables if isinstance(tables, list) else []):
        place = text.place(f"{BOUNDS}.{index}")
        try:
            bounds.append(_bound(table if isinstance(table, dict) else {}, place))
        except ValueError as error:
            fault, _, remedy = str(error).partition("。")
            findings.append(Finding(place, f"第{index + 1}条约束{fault}", remedy.rstrip("。")))
    if findings:
        raise BadText(findings)
    return tuple(bounds)


def bounds_of(texts: Iterable[Text]) -> tuple[Bound, ...]:
    """Return the bounds of all laws among the texts, leaving out laws that cannot be read."""
    found: list[Bound] = []
    for text in texts:
        if text.section is Section.LAWS:
            try:
                found += read_bounds(text)
            except BadText:
                continue
    return tuple(found)


class Bounds:
    """Many bounds, found by the name that they cover."""

    def __init__(self, bounds: Iterable[Bound]) -> None:
        """Take the bounds; those that name one parameter are found at once, the patterns are tried."""
        self.every = tuple(dict.fromkeys(bounds))
        self._patterns = [bound for bound in self.every if _is_pattern(bound.pattern)]
        self._named: dict[str, list[Bound]] = defaultdict(list)
        for bound in self.every:
            if not _is_pattern(bound.pattern):
                self._named[bound.pattern].append(bound)

    def over(self, name: str) -> Iterator[Bound]:
        """Yield the bounds that cover the parameter `name`."""
        yield from self._named.get(name, ())
        yield from (bound for bound in self._patterns if bound.covers(name))


def breaches(
    bounds: Bounds, name: str, *, value: object, said: str, place: Place, kind: str = ""
) -> Iterator[Finding]:
    """Yield a finding for each bound that a value of the parameter `name` breaks, citing the article.

    `kind` is the kind of case whose text names it; bounds of single kinds hold of no other text.
    """
    for bound in bounds.over(name):
        if bound.holds_of(kind) and not bound.allows(value):
            yield breach(bound, f"参数 {name} 写的是{said}", place)


def breach(bound: Bound, told: str, place: Place) -> Finding:
    """Return the finding of a broken bound: what was written, the article, and what it allows."""
    fault = f"{told}，{bound.article}不允许：{bound.says.rstrip('。')}"
    return Finding(place, fault, f"请改成{bound.said}")


@lru_cache(maxsize=256)
def is_more(one: Measure, other: Measure) -> bool:
    """Tell whether `one` exceeds `other`; terms of different units do if they ever end later, on any day tried."""
    if isinstance(one, Term) and isinstance(other, Term):
        return one.amount > other.amount if one.unit is other.unit else _ever_later(one, other)
    if isinstance(one, timedelta) and isinstance(other, timedelta):
        return one > other
    if isinstance(one, int | Fraction) and isinstance(other, int | Fraction):
        return one > other
    return True


def measure_of(value: object) -> Measure | None:
    """Return what two values are compared by; None where there is nothing to compare."""
    if isinstance(value, Term):
        return value
    if isinstance(value, Limit | Whole | Share | Money):
        return value.plain
    if not isinstance(value, Quantity):
        return None
    if value.unit in set(TermUnit):
        return value.term
    if value.unit in _MONTHS:
        return value.amount * _MONTHS[value.unit]
    plain = value.plain
    return plain if isinstance(plain, int | timedelta) else None


def _is_pattern(name: str) -> bool:
    return any(sign in name for sign in "*?[")


def _bound(table: Mapping[str, object], place: Place) -> Bound:
    for item in _NEEDED:
        if not isinstance(table.get(item), str) or not str(table[item]).strip():
            raise ValueError(f'没有 {item}。请写上 {item} = "……"')
    if unknown := sorted(table.keys() - {*_WORDS, *Holds, KINDS}):
        raise ValueError(f"里有不认识的项 {'、'.join(unknown)}。请检查拼写，或删去它")
    held = [holds for holds in Holds if holds in table]
    if len(held) != 1:
        raise ValueError("要写且只写 at_most、at_least、is 中的一个。请核对")
    limit = parse_value(table[held[0]])
    if held[0] is not Holds.IS and measure_of(limit) is None:
        raise ValueError(f"的{limit.said}不能比大小。请写期限、数量、份额或金额")
    words = {item: str(table.get(item, "")).strip() for item in _WORDS}
    kinds = table.get(KINDS, [])
    if not isinstance(kinds, list) or not all(isinstance(one, str) and one for one in kinds):
        raise ValueError('的 kinds 不是词的列表。请写成 kinds = ["resident_request"]')
    return Bound(
        pattern=words["parameter"],
        holds=held[0],
        limit=limit,
        article=words["article"],
        says=words["says"],
        title=words["title"],
        place=place,
        kinds=tuple(kinds),
    )


def _ever_later(one: Term, other: Term) -> bool:
    """Tell whether `one` ends after `other` when both begin as the office opens, or as it closes, on some day."""
    calendar = published_calendar()
    for back in range(TRIED_DAYS):
        day = calendar.known_until - timedelta(days=back + TRIED_DAYS)
        for at in (EXAMPLE_HOURS.morning[0], EXAMPLE_HOURS.afternoon[1]):
            start = datetime.combine(day, at, BEIJING)
            ends = [due_moment(t, start, calendar=calendar, hours=EXAMPLE_HOURS) for t in (one, other)]
            if ends[0] > ends[1]:
                return True
    return False


def say_measure(value: object) -> str:
    """Return a parsed value in Chinese, a bare term too."""
    return say_term(value) if isinstance(value, Term) else str(getattr(value, "said", value))
