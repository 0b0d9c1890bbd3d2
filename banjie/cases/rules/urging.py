"""催办: how far apart two urgings of one case must lie, so that urging never replaces guidance."""

from datetime import timedelta

from banjie.base.declarations import ParameterSpec, Sort
from banjie.rulebook.in_force import Rules
from banjie.rulebook.schema import rule_type

URGING = rule_type(
    "urging",
    "催办规则",
    replays=True,
    schema=(ParameterSpec("apart", "两次催办相隔", (Sort.SPAN,), is_required=True),),
)


def urging_apart(rules: Rules) -> timedelta:
    """Return how long after an urging that nobody answered the next may follow."""
    return rules.rule(URGING.name).value("apart", timedelta)
