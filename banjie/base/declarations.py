"""What a room declares of itself and an upper room collects: rule types, and later facts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


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
