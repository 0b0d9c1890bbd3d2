"""差评整改: how soon whoever was not content hears from us, and by when it is put right."""

from datetime import date, datetime

from banjie.base.declarations import ParameterSpec, Sort
from banjie.cases.clocks import WorkingTime
from banjie.cases.rules.limits import limit_of
from banjie.rulebook.in_force import Rules, TimeLimit
from banjie.rulebook.schema import rule_type
from banjie.worktime.terms import Term, due_of

CORRECTION = rule_type(
    "correction",
    "差评整改规则",
    replays=True,
    schema=(
        ParameterSpec("contact", "几天内联系", (Sort.TERM,), is_required=True),
        ParameterSpec("fix", "几天内整改", (Sort.TERM,), is_required=True),
    ),
)


def contact_day(rules: Rules, heard_at: datetime, work: WorkingTime) -> date:
    """Return the day by which the asker is phoned who said at `heard_at` that he is not content."""
    term = rules.rule(CORRECTION.name).value("contact", Term)
    return due_of(term, heard_at, calendar=work.calendar, hours=work.hours).on


def fix_limit(rules: Rules) -> TimeLimit:
    """Return the limit of a round that a dissatisfied word began."""
    return limit_of(rules, CORRECTION.name, "fix")
