"""What a room declares of itself and another room collects: rule types, runs that come round, and later facts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time


@dataclass(frozen=True)
class RuleType:
    """A kind of regulation that some room obeys: the shape of its parameters and how to say and try them.

    `parse` turns the raw value of one parameter into what code uses and raises ValueError with a Chinese remedy;
    `say` prints a parsed value in Chinese; `try_example` returns what the rule gives for an example's `given`.
    """

    name: str
    title: str
    parse: Callable[[str, object], object]
    say: Callable[[object], str]
    try_example: Callable[[Mapping[str, object], Mapping[str, object]], Mapping[str, object]] | None = None


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
