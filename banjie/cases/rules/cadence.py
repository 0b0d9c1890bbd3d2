"""进度报告: which kinds of case are reported on each half month, month or quarter, and on which day (S-054, S-081)."""

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum

from banjie.base.declarations import NamePart, ParameterSpec, Part, Sort
from banjie.rulebook.in_force import Rules
from banjie.rulebook.schema import rule_type


class Every(StrEnum):
    """How often something is reported; a half month is days 1 to 15 and 16 to the end."""

    HALF_MONTH = "half_month"
    MONTH = "month"
    QUARTER = "quarter"


CADENCE = rule_type(
    "cadence",
    "进度报告规则",
    replays=True,
    schema=(
        ParameterSpec("first_after", "签收不满几天的下一期再报", (Sort.SPAN,), is_required=True),
        ParameterSpec(
            "report.*",
            "多久报一次",
            (Sort.CHOICE,),
            choices={Every.HALF_MONTH: "每半月", Every.MONTH: "每月", Every.QUARTER: "每季度"},
            parts=(NamePart("哪一类件", Part.KIND),),
        ),
    ),
)
HALF = 15


def cadence_of(rules: Rules, kind: str) -> Every | None:
    """Return how often cases of a kind are reported on; None where nothing is asked."""
    ruling, name = rules.rule(CADENCE.name), f"report.{kind}"
    return Every(ruling.value(name, str)) if name in ruling else None


def first_report_on(rules: Rules, kind: str, *, signed_on: date) -> date | None:
    """Return the day by which a case that was signed for is first reported on."""
    every = cadence_of(rules, kind)
    if every is None:
        return None
    least = rules.rule(CADENCE.name).value("first_after", timedelta)
    ends_on = period_end(signed_on, every)
    return ends_on if ends_on - signed_on >= least else period_end(ends_on + timedelta(days=1), every)


def next_report_on(rules: Rules, kind: str, *, due_on: date | None, told_on: date) -> date | None:
    """Return the day of the next report once one was made; one in time covers the period that it was due for."""
    every = cadence_of(rules, kind)
    if every is None:
        return None
    if due_on is not None and told_on <= due_on:
        return period_end(due_on + timedelta(days=1), every)
    return period_end(told_on, every)


def period_end(day: date, every: Every) -> date:
    """Return the last day of the period that holds `day`."""
    if every is Every.HALF_MONTH and day.day <= HALF:
        return day.replace(day=HALF)
    month = day.month if every is not Every.QUARTER else (day.month + 2) // 3 * 3
    return date(day.year, month, monthrange(day.year, month)[1])
