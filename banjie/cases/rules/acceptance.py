"""受理: of which kinds a late acceptance counts from the day of registration (行政许可法 第三十二条)."""

from banjie.base.declarations import ParameterSpec, Sort
from banjie.rulebook.in_force import Rules
from banjie.rulebook.schema import rule_type

ACCEPTANCE = rule_type(
    "acceptance",
    "受理规则",
    replays=True,
    schema=(ParameterSpec("late_counts_from_registration", "逾期受理从登记算起的件", (Sort.KINDS,)),),
)


def late_counts_from_registration(rules: Rules, kind: str) -> bool:
    """Tell whether handling of a case accepted too late runs from its registration."""
    ruling = rules.rule(ACCEPTANCE.name)
    name = "late_counts_from_registration"
    return name in ruling and kind in ruling.value(name, tuple)
