"""What was told when somebody asked for something, and which of a kind's fields fill a column of the case. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from banjie.cases.settings import office_hours
from banjie.cases.vocabulary import Channel, Sensitivity
from banjie.fields.declared import Stored
from banjie.rulebook.in_force import Rules
from banjie.rulebook.kinds import Kind
from banjie.rulebook.vocabulary import Filled
from banjie.worktime.hours import at_time


@dataclass(frozen=True)
class Intake:
    """What was told when somebody asked for something."""

    kind: str
    title: str
    text: str = ""
    channel: str = Channel.WINDOW
    category: str = ""
    division_code: str = ""
    grid_id: UUID | None = None
    place_words: str = ""
    resident_id: UUID | None = None
    asker_staff_id: UUID | None = None
    asker_code: str = ""
    enterprise_id: UUID | None = None
    sensitivity: str = Sensitivity.ORDINARY
    outer_system: str = ""
    outer_number: str = ""
    given_due_at: datetime | None = None
    is_sent_down: bool = False
    extra: Mapping[str, object] = field(default_factory=dict)


def filled(intake: Intake, kind: Kind, extra: Mapping[str, Stored], rules: Rules) -> Intake:
    """Return the intake with the stored fields of its kind, those that a column of the case keeps moved there."""
    told = {kind.fills[key]: value for key, value in extra.items() if key in kind.fills}
    rest = {key: value for key, value in extra.items() if key not in kind.fills}
    columns: dict[str, object] = {"extra": rest}
    if Filled.OUTER_NUMBER in told:
        columns |= {"outer_number": str(told[Filled.OUTER_NUMBER]), "outer_system": kind.outer_system}
    if Filled.ASKER_STAFF in told:
        columns["asker_staff_id"] = UUID(str(told[Filled.ASKER_STAFF]))
    if Filled.ENTERPRISE in told:
        columns["enterprise_id"] = UUID(str(told[Filled.ENTERPRISE]))
    if Filled.GIVEN_DUE_AT in told:
        columns["given_due_at"] = _moment(str(told[Filled.GIVEN_DUE_AT]), rules)
    return replace(intake, **columns)  # type: ignore[arg-type]


def _moment(stored: str, rules: Rules) -> datetime:
    """Return a stored moment, or the close of business of a stored day (民法典 第二百零三条)."""
    if len(stored) == len("2026-03-05"):
        return at_time(date.fromisoformat(stored), office_hours(rules).closes_at)
    return datetime.fromisoformat(stored)
