"""敏感功能: what higher law keeps off, with its article and its state in a town, for the yearly self-check.

No Django here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from banjie.base.declarations import REGISTRY
from banjie.rulebook.editions import Article, Edition, article_of
from banjie.rulebook.in_force import Rules
from banjie.rulebook.laws import Bound
from banjie.rulebook.marks import sentence_of
from banjie.rulebook.text import Parameter, Section


@dataclass(frozen=True)
class SensitiveFunction:
    """One switch that a law binds; `name` and `article` are empty where no text in force has such a switch at all."""

    title: str
    bound: Bound
    name: str = ""
    said: str = "没有这项功能"
    article: Article | None = None
    is_allowed: bool = True


def sensitive_in(rules: Rules) -> tuple[SensitiveFunction, ...]:
    """Return every switch that a law in force binds, with its state, in the order of the laws."""
    switches = list(_parameters(rules))
    found: list[SensitiveFunction] = []
    for bound in rules.bounds:
        if bound.is_switched_off:
            bound_ones = [pair for pair in switches if bound.covers(pair[1].name)]
            found += [_function(bound, *pair) for pair in bound_ones]
            if not bound_ones:
                found.append(SensitiveFunction(bound.title or bound.says, bound))
    return tuple(found)


def _parameters(rules: Rules) -> Iterator[tuple[Edition, Parameter]]:
    for section in (Section.REGULATIONS, Section.SETTINGS, Section.KINDS):
        for edition in rules.texts(section):
            yield from ((edition, parameter) for parameter in edition.text.parameters.values())


def _function(bound: Bound, edition: Edition, parameter: Parameter) -> SensitiveFunction:
    declared = REGISTRY.rule_types[edition.text.type]
    value = declared.parse(parameter.name, parameter.raw)
    return SensitiveFunction(
        title=bound.title or sentence_of(edition.text.prose, parameter.name) or bound.says,
        bound=bound,
        name=parameter.name,
        said=declared.say(value),
        article=article_of(edition, parameter.name),
        is_allowed=bound.allows(value),
    )
