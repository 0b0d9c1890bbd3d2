"""服务承诺: what a town promises beyond its limits; a promise shortens a limit and never lengthens it (S-003)."""

from collections.abc import Iterable
from fractions import Fraction

from banjie.base.declarations import NamePart, ParameterSpec, Part, Sort
from banjie.cases.rules.limits import limit_of
from banjie.rulebook.in_force import Rules, TimeLimit
from banjie.rulebook.schema import rule_type
from banjie.rulebook.vocabulary import Clock
from banjie.worktime.terms import Term

_WHOM = (NamePart("哪一类件", Part.KIND), NamePart("哪一类事项", Part.CATEGORY, is_optional=True))
COMMITMENTS = rule_type(
    "commitments",
    "服务承诺",
    replays=True,
    schema=(ParameterSpec("promise.*", "承诺时限", (Sort.TERM,), parts=_WHOM),),
)
PROMISE = "promise."


def clock_limit(rules: Rules, clock: str, *, kind: str, category: str) -> TimeLimit | None:
    """Return the limit of a clock as it is kept: for handling the promise, where one shortens it."""
    limit = rules.time_limit(clock, kind=kind, category=category)
    if limit is None or clock != Clock.HANDLE:
        return limit
    tree = rules.categories
    under = [found.key for found in tree.upwards(category)] if category in tree else []
    return kept_of(limit, promised_of(rules, kind, under))


def promised_of(rules: Rules, kind: str, categories: Iterable[str]) -> TimeLimit | None:
    """Return what is promised for a kind in the nearest of `categories`, own first; None without a promise."""
    ruling = rules.rule(COMMITMENTS.name)
    names = [*(f"{PROMISE}{kind}.{category}" for category in categories), f"{PROMISE}{kind}"]
    name = ruling.first(*names)
    return limit_of(rules, COMMITMENTS.name, name) if name else None


def kept_of(limit: TimeLimit, promised: TimeLimit | None) -> TimeLimit:
    """Return what a clock keeps: the promise where it is shorter than the limit in the same unit, else the limit."""
    if promised is None or promised.term.unit is not limit.term.unit:
        return limit
    return promised if promised.term.amount < limit.term.amount else limit


def shortened_by(limit: Term, promised: Term) -> Fraction | None:
    """Return 时限压缩率, what a promise takes off a limit; None where the units cannot be compared."""
    if limit.unit is not promised.unit or not limit.amount:
        return None
    return Fraction(limit.amount - promised.amount, limit.amount)
