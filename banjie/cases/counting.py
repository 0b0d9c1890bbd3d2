"""What figures count of a case: its days and where it belongs, worked out from its columns. No clock, no database."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from uuid import UUID

from banjie.base.clock import local_day
from banjie.cases.workflow import STANDING_STILL

READ = (
    "state",
    "unit_id",
    "category",
    "division_code",
    "kind",
    "channel",
    "closing_kind",
    "happened_at",
    "registered_at",
    "accepted_at",
    "done_at",
    "closed_at",
    "handle_due_at",
)
"""The columns of a case from which a standing is made."""


@dataclass(frozen=True)
class Standing:
    """How a case stands to figures: local days and whole numbers, no moments (DESIGN, A figure)."""

    state: str
    unit_id: UUID | None
    category: str
    division_code: str
    kind: str
    channel: str
    closing_kind: str
    received_on: date
    registered_on: date
    accepted_on: date | None
    done_on: date | None
    closed_on: date | None
    handle_due_on: date | None
    is_done_late: int | None
    ended_on: date | None = None


DAYS = ("accepted_on", "done_on", "closed_on", "ended_on")
"""Days that a deed adds; a month before them reads as it did."""
_MOVED = ("unit_id", "category", "division_code", "handle_due_on", *DAYS)
COLUMNS = tuple(field.name for field in fields(Standing))


def standing_of(case: Mapping[str, object], *, ended_on: date | None) -> Standing:
    """Return the standing of a case given by its columns; `ended_on` is when it left those that wait for somebody."""
    done_at, due_at = case["done_at"], case["handle_due_at"]
    is_late = done_at > due_at if isinstance(done_at, datetime) and isinstance(due_at, datetime) else None
    happened_at, registered_at = case["happened_at"], case["registered_at"]
    if not (isinstance(happened_at, datetime) and isinstance(registered_at, datetime)):
        raise TypeError("a case without its first moments cannot be counted")
    unit_id = case["unit_id"]
    return Standing(
        state=str(case["state"]),
        unit_id=unit_id if isinstance(unit_id, UUID) else None,
        category=str(case["category"]),
        division_code=str(case["division_code"]),
        kind=str(case["kind"]),
        channel=str(case["channel"]),
        closing_kind=str(case["closing_kind"]),
        received_on=local_day(happened_at),
        registered_on=local_day(registered_at),
        accepted_on=_day(case["accepted_at"]),
        done_on=_day(done_at),
        closed_on=_day(case["closed_at"]),
        handle_due_on=_day(due_at),
        is_done_late=None if is_late is None else int(is_late),
        ended_on=ended_on,
    )


def takes_back(before: Standing, after: Standing) -> bool:
    """Tell whether what past days counted is changed and not only added to: reopened, due moved, handed on, paused."""
    stood_still = [one.state if one.state in STANDING_STILL else "" for one in (before, after)]
    if stood_still[0] != stood_still[1]:
        return True
    return any(
        getattr(before, name) not in (None, "") and getattr(before, name) != getattr(after, name)
        for name in _MOVED
    )


def added_days(before: Standing, after: Standing) -> dict[str, date]:
    """Return the days that were added."""
    return {
        name: getattr(after, name)
        for name in DAYS
        if getattr(before, name) is None and getattr(after, name) is not None
    }


def _day(moment: object) -> date | None:
    return local_day(moment) if isinstance(moment, datetime) else None
