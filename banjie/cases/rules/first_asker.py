"""首问责任: until when whoever was asked first answers for a case, and who does while it is passed on (S-001)."""

from enum import StrEnum

from banjie.base.declarations import ParameterSpec, Sort
from banjie.rulebook.in_force import Rules
from banjie.rulebook.schema import rule_type


class OwnsUntil(StrEnum):
    """When the first asker hands over."""

    SIGNED = "signed"
    ASSIGNED = "assigned"


class Between(StrEnum):
    """Who answers between 转办 and the next signature."""

    HANDLER = "handler"
    FIRST_ASKER = "first_asker"


FIRST_ASKER = rule_type(
    "first_asker",
    "首问责任规则",
    schema=(
        ParameterSpec(
            "owns_until",
            "首问责任到什么时候",
            (Sort.CHOICE,),
            is_required=True,
            choices={OwnsUntil.SIGNED: "承办人签收", OwnsUntil.ASSIGNED: "派办到人"},
        ),
        ParameterSpec(
            "between",
            "转办途中由谁负责",
            (Sort.CHOICE,),
            is_required=True,
            choices={Between.HANDLER: "原承办人", Between.FIRST_ASKER: "首问责任人"},
        ),
    ),
)


def owns_until(rules: Rules) -> OwnsUntil:
    """Return when the first asker hands over."""
    return OwnsUntil(rules.rule(FIRST_ASKER.name).value("owns_until", str))


def between(rules: Rules) -> Between:
    """Return who answers between 转办 and the next signature."""
    return Between(rules.rule(FIRST_ASKER.name).value("between", str))
