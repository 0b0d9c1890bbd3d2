"""What a draft changes of the time limits: which clocks it governs otherwise than what rules, and by which term."""

from dataclasses import dataclass, field
from datetime import date, datetime

from banjie.cases.clocks import WorkingTime
from banjie.cases.rules.commitments import COMMITMENTS, PROMISE, clock_limit
from banjie.cases.settings import office_hours
from banjie.cases.workflow import ClockName
from banjie.rulebook.in_force import Rules
from banjie.rulebook.queries import rules_on, rules_with
from banjie.rulebook.replay import Asked
from banjie.rulebook.rules import parse_limit
from banjie.rulebook.text import Section, Text
from banjie.worktime.queries import calendar_of
from banjie.worktime.terms import Term


@dataclass(frozen=True)
class Limit:
    """The limit that a draft would have given: the parameter's name, and its term unless it gives none."""

    name: str
    term: Term | None


@dataclass(frozen=True)
class Scope:
    """The rules with the draft and without, the parameters that differ, and when the town works."""

    drafted: Rules
    ruling: Rules
    names: frozenset[str]
    work: WorkingTime
    at: datetime
    is_of_promises: bool = False
    _limits: dict[tuple[str, str, str], Limit | None] = field(default_factory=dict, repr=False)

    @property
    def clocks(self) -> frozenset[str]:
        """Return the clocks of which something changes."""
        if self.is_of_promises:
            return frozenset({ClockName.HANDLE.value})
        return frozenset(name.partition(".")[0] for name in self.names) & {clock.value for clock in ClockName}

    def limit(self, clock: str, kind: str, category: str) -> Limit | None:
        """Return what the draft would have given; None where it changes nothing."""
        asked = (clock, kind, category)
        if asked not in self._limits:
            self._limits[asked] = self._limit(*asked)
        return self._limits[asked]

    def _limit(self, clock: str, kind: str, category: str) -> Limit | None:
        known = {one.key for one in self.drafted.kinds}
        if kind not in known:
            return None
        after, before = (self._name(rules, clock, kind, category) for rules in (self.drafted, self.ruling))
        if not {after, before} & self.names:
            return None
        limit = clock_limit(self.drafted, clock, kind=kind, category=category)
        return Limit(after or before, limit.term if limit else None)

    def _name(self, rules: Rules, clock: str, kind: str, category: str) -> str:
        """Return the parameter that rules a clock: of the promises where those are tried, else of the limits."""
        if not self.is_of_promises:
            return rules.limit_name(clock, kind=kind, category=category)
        if clock != ClockName.HANDLE:
            return ""
        tree = rules.categories
        above = [one.key for one in tree.upwards(category)] if category in tree else []
        names = (*(f"{PROMISE}{kind}.{one}" for one in above), f"{PROMISE}{kind}")
        return rules.rule(COMMITMENTS.name).first(*names)


def scope_of(asked: Asked, *, on: date) -> Scope:
    """Return what a draft changes of what rules on a day; one that changes nothing is tried whole."""
    ruling = rules_on(asked.town, on)
    drafted = rules_with(asked.town, on, key=asked.key, source=asked.source)
    place = (Section.REGULATIONS, asked.key)
    before = ruling.editions[place].text if place in ruling.editions else None
    after = drafted.editions[place].text
    names = changed_names(before, after) or frozenset(after.parameters)
    work = WorkingTime(calendar_of(asked.town), office_hours(ruling))
    return Scope(drafted, ruling, names, work, asked.at, after.type == COMMITMENTS.name)


def changed_names(before: Text | None, after: Text) -> frozenset[str]:
    """Return the parameters whose term is not the same in both texts."""
    old, new = _terms(before) if before else {}, _terms(after)
    return frozenset(name for name in {**old, **new} if old.get(name) != new.get(name))


def _terms(text: Text) -> dict[str, Term]:
    return {name: parse_limit(name, parameter.raw) for name, parameter in text.parameters.items()}
