"""What a town promises beyond its limits, and by how much it shortens them (服务承诺, 时限压缩率: S-003)."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from banjie.cases.rules.commitments import COMMITMENTS, PROMISE, shortened_by
from banjie.rulebook.in_force import Rules
from banjie.rulebook.laws import Bounds, Holds
from banjie.rulebook.vocabulary import Clock
from banjie.worktime.terms import Term


@dataclass(frozen=True)
class Promised:
    """One promise: of what, what it shortens and by which article, and by how much.

    `shortened` is None where the units cannot be compared; a promise that is longer than the limit `does_nothing`.
    """

    title: str
    limit: Term
    limit_article: str
    promised: Term
    article: str
    shortened: Fraction | None

    @property
    def does_nothing(self) -> bool:
        """Tell whether the limit rules in its place."""
        return self.shortened is None or self.shortened < 0


def promises_of(rules: Rules) -> tuple[Promised, ...]:
    """Return every promise in force: held against the law's own bound where there is one, else the town's limit."""
    return tuple(_promises(rules))


def _promises(rules: Rules) -> Iterator[Promised]:
    ruling, titles = rules.rule(COMMITMENTS.name), {kind.key: kind.title for kind in rules.kinds}
    for name in ruling.names(f"{PROMISE}*"):
        kind, _, category = name.removeprefix(PROMISE).partition(".")
        found = _limit(rules, kind, category) if kind in titles else None
        if found is None:
            continue
        limit, article = found
        promised = ruling.value(name, Term)
        under = rules.categories.find(category).title if category in rules.categories else ""
        yield Promised(
            title=under or titles[kind],
            limit=limit,
            limit_article=article,
            promised=promised,
            article=ruling.ref(name).ref,
            shortened=shortened_by(limit, promised),
        )


def _limit(rules: Rules, kind: str, category: str) -> tuple[Term, str] | None:
    """Return what a promise is held against, with its article."""
    name = ".".join(filter(None, (Clock.HANDLE, kind, category)))
    bound = next((one for one in Bounds(rules.bounds).over(name) if one.holds is Holds.AT_MOST), None)
    if bound and isinstance(bound.limit.plain, Term):
        return bound.limit.plain, bound.article
    own = rules.time_limit(Clock.HANDLE, kind=kind, category=category)
    return (own.term, own.article) if own else None
