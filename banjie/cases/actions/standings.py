"""Keep how cases stand to figures, so that a month that is over reads the same whenever it is asked for.

A deed that adds a day (done, closed) leaves every earlier month as it was, and the row is written over. One that takes
a day back or moves it (reopened, due moved, handed to another unit, paused) ends the row and begins another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import F

from banjie.base.clock import local_day
from banjie.cases import counting
from banjie.cases.models import Case, CaseStanding
from banjie.cases.workflow import OPEN, State
from banjie.ledger.rows import insert, write_over

BATCH = 500
Changed = tuple[Case, Mapping[str, object]]


def keep_standings(changed: Sequence[Changed], *, at: datetime, told_at: datetime | None = None) -> None:
    """Keep how cases will stand once these changes are made; part of the transaction that makes them.

    `told_at` is when it happened, `at` when it is written down. Whatever writes cases calls it before it records: the
    deeds by Underway, an import for its rows, an undo for what it voids.
    """
    day, today = local_day(told_at or at), local_day(at)
    new = []
    for case, changes in changed:
        columns = {name: changes.get(name, getattr(case, name)) for name in counting.READ}
        after = counting.standing_of(columns, ended_on=None)
        is_open = State(after.state) in OPEN
        if case._state.adding:
            new.append(
                _row(
                    case,
                    after if is_open else replace(after, ended_on=after.closed_on or after.registered_on),
                )
            )
        else:
            _keep(case, after, is_open=is_open, day=day, today=today)
    if new:
        insert(new)


def strike_standings(ids: Sequence[UUID]) -> None:
    """Count these cases in no period, not even in those that are over: their import is taken back whole."""
    CaseStanding.objects.filter(case_id__in=list(ids)).update(state=State.VOID, ended_on=F("received_on"))


def _keep(case: Case, after: counting.Standing, *, is_open: bool, day: date, today: date) -> None:
    before = counting.standing_of(vars(case), ended_on=None)
    told = {name: value for name, value in vars(after).items() if value != getattr(before, name)}
    if case.is_open == is_open:
        if before == after:
            return
        told.pop("ended_on", None)
    else:
        told["ended_on"] = None if is_open else day
    current = CaseStanding.objects.filter(case_id=case.pk, until_on__isnull=True)
    is_reopened = is_open and not case.is_open
    is_due_behind = before.handle_due_on is None and (after.handle_due_on or today) < today
    if is_reopened or is_due_behind or counting.takes_back(before, after):
        row = current.first()
        if row is not None and (row.since_on or row.registered_on) < today:
            current.update(until_on=today)
            begun = replace(row.counted, **told)
            _row(case, begun, since_on=today).save(force_insert=True)
            if not is_due_behind:
                return
    is_kept = write_over(CaseStanding, told, where={"case_id": case.pk, "until_on": None})
    if not is_kept:  # lost; what is worked out must not keep a deed from being done
        _row(case, replace(after, ended_on=told.get("ended_on"))).save(force_insert=True)
    _tell_past_rows(case, counting.added_days(before, replace(after, ended_on=told.get("ended_on"))), today)


def _tell_past_rows(case: Case, added: Mapping[str, date], today: date) -> None:
    """Enter a day that is told afterwards into the rows of that time too, or no month would count it (补录)."""
    for name, day in added.items():
        if day < today:
            past = CaseStanding.objects.filter(case_id=case.pk, until_on__gt=day, **{f"{name}__isnull": True})
            past.update(**{name: day})


def _row(case: Case, standing: counting.Standing, *, since_on: date | None = None) -> CaseStanding:
    return CaseStanding(town=case.town, case_id=case.pk, since_on=since_on, **asdict(standing))


def renew_standings(town: str) -> int:
    """Remake the row of today of each case whose own columns say otherwise; return how many were wrong.

    What past months counted stays as it was kept.
    """
    wrong = 0
    ids: list[UUID] = list(Case.objects.filter(town=town).order_by("id").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        cases = list(Case.objects.filter(pk__in=ids[start : start + BATCH]))
        rows = {
            row.case_id: row for row in CaseStanding.objects.filter(case__in=cases, until_on__isnull=True)
        }
        wrong += sum(_renewed(case, rows.get(case.pk)) for case in cases)
    return wrong


def _renewed(case: Case, row: CaseStanding | None) -> bool:
    ended_on = None if case.is_open else (row.ended_on if row else None) or _last_day(case)
    after = counting.standing_of(vars(case), ended_on=ended_on)
    if row is None:
        _row(case, after).save(force_insert=True)
    elif row.counted != after:
        CaseStanding.objects.filter(pk=row.pk).update(**asdict(after))
    return row is None or row.counted != after


def _last_day(case: Case) -> date:
    """Return the day of the last step that the row tells of."""
    steps = (
        case.closed_at,
        case.done_at,
        case.signed_at,
        case.assigned_at,
        case.accepted_at,
        case.registered_at,
    )
    return local_day(next(step for step in steps if step is not None))
