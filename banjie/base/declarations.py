"""What a room declares of itself and another room collects: rule types, runs that come round, and facts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from fnmatch import fnmatchcase


class Sort(StrEnum):
    """What the value of a parameter is; how each is written and said stands in `rulebook.values`."""

    TERM = "term"
    SPAN = "span"
    COUNT = "count"
    SHARE = "share"
    MONEY = "money"
    SWITCH = "switch"
    CHOICE = "choice"
    WORDS = "words"
    DAY = "day"
    HOURS = "hours"
    WEEKDAY = "weekday"
    WEEKDAYS = "weekdays"
    ROLE = "role"
    ROLES = "roles"
    POST = "post"
    POSTS = "posts"
    UNIT = "unit"
    UNITS = "units"
    DEED = "deed"
    KIND = "kind"
    KINDS = "kinds"
    CATEGORY = "category"
    CATEGORIES = "categories"


class Part(StrEnum):
    """What a star in a parameter's name stands for, where its words are those of the town."""

    KIND = "kind"
    CATEGORY = "category"
    PLACE = "place"
    NUMBER = "number"


@dataclass(frozen=True)
class NamePart:
    """One part of what a star stands for: one of the fixed `choices`, or what there is of a sort in the town."""

    title: str
    of: Part | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    is_optional: bool = False


@dataclass(frozen=True)
class ParameterSpec:
    """One parameter of a rule type, or all those whose name fits a pattern: `tries`, `step.*`.

    A `*` stands for one part of the name or for several, which `parts` tell in order. The first of `sorts` that a
    value fits is meant; `choices` are the words of a CHOICE, or those that WORDS may name, with what they are called.
    A parameter that `is_required` must be named by some text.
    """

    name: str
    title: str
    sorts: tuple[Sort, ...]
    is_required: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[NamePart, ...] = ()

    @property
    def is_pattern(self) -> bool:
        """Tell whether it stands for all the parameters whose name fits."""
        return "*" in self.name


@dataclass(frozen=True)
class RuleType:
    """A kind of regulation that some room obeys: the shape of its parameters and how to say and try them.

    `parse` turns the raw value of one parameter into what code uses and raises ValueError with a Chinese remedy;
    `say` prints a parsed value in Chinese; `try_example` returns what the rule gives for an example's `given`.
    `schema` names the parameters there are, none meaning any; one that `replays` judges the past and can be tried on
    it. A room makes one by `rulebook.schema.rule_type` and adds it to the registry in its `rules.py`.
    """

    name: str
    title: str
    parse: Callable[[str, object], object]
    say: Callable[[object], str]
    try_example: Callable[[Mapping[str, object], Mapping[str, object]], Mapping[str, object]] | None = None
    schema: tuple[ParameterSpec, ...] = ()
    replays: bool = False

    def spec(self, name: str) -> ParameterSpec | None:
        """Return the spec of the parameter `name`: its own, else the first pattern that it fits; None without one."""
        exact = (spec for spec in self.schema if spec.name == name)
        return next(exact, None) or next((spec for spec in self.schema if fnmatchcase(name, spec.name)), None)


@dataclass
class Registry:
    """The rule types that rooms have declared, by name."""

    rule_types: dict[str, RuleType] = field(default_factory=dict)

    def add(self, rule_type: RuleType) -> None:
        """Take in a rule type; a name that stands already is a bug."""
        if rule_type.name in self.rule_types:
            raise ValueError(f"rule type {rule_type.name} is declared twice")
        self.rule_types[rule_type.name] = rule_type


REGISTRY = Registry()


@dataclass(frozen=True)
class Schedule:
    """A run that comes round: each day `at` a time of the office's clock, or each so many `minutes`.

    `run` is handed the moment at which it was due and must be idempotent for that moment: a worker may die between
    the work and the word that it is done, and then it runs again (T6).
    """

    name: str
    run: Callable[[datetime], None]
    at: time | None = None
    minutes: int = 0

    def __post_init__(self) -> None:
        if (self.at is None) == (self.minutes <= 0):
            raise ValueError(f"schedule {self.name} needs either a time of day or a number of minutes")


SCHEDULES: dict[str, Schedule] = {}
Run = Callable[[datetime], None]


def every(name: str, *, at: str = "", minutes: int = 0) -> Callable[[Run], Run]:
    """Declare the function below as a schedule: `@every("ledger.seal", at="00:10")`, in its room's tasks.py."""

    def declare(run: Run) -> Run:
        if name in SCHEDULES:
            raise ValueError(f"schedule {name} is declared twice")
        SCHEDULES[name] = Schedule(name, run, time.fromisoformat(at) if at else None, minutes)
        return run

    return declare


class Holds(StrEnum):
    """What a column of a fact holds: a local day, a whole number in its smallest unit, or a word."""

    DAY = "day"
    WHOLE = "whole"
    WORD = "word"


class Names(StrEnum):
    """Whose names the words of a column are, so that a group can be told: 综治办 rather than its id."""

    UNIT = "unit"
    DIVISION = "division"
    CATEGORY = "category"
    KIND = "kind"


@dataclass(frozen=True)
class FactColumn:
    """A column of a fact; figures are grouped by those that are `is_group`.

    `choices` are the words that a column of fixed words may hold, with what they are called. A column of days that
    `is_group` groups by month. One with an `expression` is no column of the select but made from the others, as the
    stage of a case as of `:to` is.
    """

    name: str
    title: str
    holds: Holds = Holds.WORD
    names: Names | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    is_group: bool = False
    expression: str = ""


@dataclass(frozen=True)
class FactWord:
    """A catalogue word of a fact, such as `open`: what it expands to, and what it means in Chinese.

    The expansion speaks of the fact's columns, of its other words and of the days `:from`, `:to` and `:past`, the last
    day of the period that is wholly over.
    """

    expression: str
    title: str


Source = Callable[[str], object]
"""Returns for a town the rows of a fact as a query set of Django's `values()`."""


@dataclass(frozen=True)
class Fact:
    """A select that a room writes: one row per thing that is counted, with dates rather than states.

    `sources` return for a town the rows as Django's `values()` of exactly the columns and of `subject`, the id of the
    row that opens; the rows of all sources together are the fact. `standing` holds for the rows that count as of
    `:to`. `dated` is the one column of days by which every figure over the fact is bounded, if there is one, and
    `within` then narrows a source to a span of days. `begun` returns the day of a town's first row, before which
    nothing was recorded; of facts that lie in one table `all_begun` does so for all
    that are named, at once. `opens` names what the subjects are: case, resident, entry.
    """

    name: str
    title: str
    columns: tuple[FactColumn, ...]
    sources: tuple[Source, ...]
    opens: str
    subject: str = "id"
    unit: str = "件"
    words: Mapping[str, FactWord] = field(default_factory=dict)
    standing: str = ""
    dated: str = ""
    begun: Callable[[str], date | None] | None = None
    all_begun: Callable[[str, Sequence[str]], Mapping[str, date | None]] | None = None
    within: Callable[[object, str, date, date], object] | None = None

    @property
    def groups(self) -> tuple[FactColumn, ...]:
        """Return the columns by which its figures can be grouped."""
        return tuple(column for column in self.columns if column.is_group)


FACTS: dict[str, Fact] = {}


def offer(fact: Fact) -> None:
    """Declare a fact, in the room's facts.py; a name that stands already is a bug."""
    if fact.name in FACTS:
        raise ValueError(f"fact {fact.name} is declared twice")
    FACTS[fact.name] = fact
