"""挂账: who decides it, how long at most, and how often."""

from dataclasses import dataclass
from datetime import timedelta

from banjie.base.declarations import ParameterSpec, Sort
from banjie.rulebook.in_force import Rules
from banjie.rulebook.schema import rule_type

PARKING = rule_type(
    "parking",
    "挂账规则",
    replays=True,
    schema=(
        ParameterSpec("longest", "一次最长", (Sort.SPAN,), is_required=True),
        ParameterSpec("times", "最多几次", (Sort.COUNT,), is_required=True),
        ParameterSpec("decided_by", "由谁决定", (Sort.ROLES,), is_required=True),
    ),
)


@dataclass(frozen=True)
class Parking:
    """What parking a case takes, and the article that says so."""

    longest: timedelta
    times: int
    decided_by: frozenset[str]
    article: str


def parking_on(rules: Rules) -> Parking:
    """Return what parking a case takes."""
    ruling = rules.rule(PARKING.name)
    return Parking(
        longest=ruling.value("longest", timedelta),
        times=ruling.value("times", int),
        decided_by=frozenset(ruling.value("decided_by", tuple)),
        article=ruling.ref("longest").ref,
    )
