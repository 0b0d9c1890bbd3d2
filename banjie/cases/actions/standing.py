"""How a case stood until a deed changed what figures had counted already, so that a past month never changes.

A deed that adds a day (done, closed) leaves every earlier month as it was. One that takes a day back or moves it
(reopened, due moved, handed to another unit) would not: then the row keeps, for the days before, how it stood.
"""

from collections.abc import Mapping
from datetime import date, datetime

from banjie.base.clock import local_day
from banjie.cases.models import Case, PastStanding
from banjie.cases.workflow import State

COUNTED = ("unit_id", "category", "division_code", "handle_due_at", "done_at", "closed_at", "ended_at")
"""Columns of a case by which figures count, and which a deed may change."""


def past_standing(case: Case, changes: Mapping[str, object], *, at: datetime) -> PastStanding | None:
    """Return how the case stood until today, if the deed changes what figures of past days counted; else None."""
    today = local_day(at)
    stands_since = case.stands_since_on or local_day(case.registered_at)
    if case._state.adding or stands_since >= today or not _takes_back(case, changes):
        return None
    return PastStanding(
        town=case.town,
        case=case,
        since_on=case.stands_since_on,
        until_on=today,
        state=case.state,
        unit_id=case.unit_id,
        category=case.category,
        division_code=case.division_code,
        closing_kind=case.closing_kind,
        handle_due_on=_day(case.handle_due_at),
        done_on=_day(case.done_at),
        closed_on=_day(case.closed_at),
        ended_on=_day(case.ended_at) or case.ended_on,
        is_done_late=None if case.is_done_on_time is None else int(not case.is_done_on_time),
    )


def _takes_back(case: Case, changes: Mapping[str, object]) -> bool:
    """Tell whether a value that was there is changed, or the clock is stopped or let go on by a pause."""
    was_paused, is_paused = (
        state == State.PAUSED for state in (case.state, changes.get("state", case.state))
    )
    if was_paused != is_paused:
        return True
    before = {column: getattr(case, column) for column in COUNTED}
    return any(
        value not in (None, "") and changes.get(column, value) != value for column, value in before.items()
    )


def _day(moment: datetime | None) -> date | None:
    return local_day(moment) if moment else None
