"""What follows from a record in the same deed: an approved leave makes the absence by which others stand in."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from banjie.base.clock import day_span
from banjie.base.errors import NotAllowed
from banjie.books.book import Book
from banjie.books.models import Record
from banjie.ledger.record import Stamp
from banjie.people.actions import Leave, follow_leave
from banjie.people.models import Absence, AbsenceReason
from banjie.people.queries import StaffActor

NOT_BY_YOU = "这条记录一批准，名下的件就由别人代。请由批准的领导、单位负责人或党政办来记，不能记自己的。"


def follow(rows: Iterable[tuple[Book, Record]], *, actor: StaffActor, stamp: Stamp) -> None:
    """Make the absences of records stand as the records tell them, inside the deed that wrote those.

    What is over before it is written moves nobody's responsibility. Raises NotAllowed where someone without the right
    lets an absence begin or grow, Conflict where it cannot be.
    """
    for book, row in rows:
        if book.away is None:
            continue
        leave = leave_of(book, row)
        standing = Absence.objects.filter(town=row.town, record_id=row.pk).first()
        if standing is None and (leave is None or _ends(leave.until_at) <= stamp.recorded_at):
            continue
        if leave is not None and _is_more(leave, standing):
            _check_by(book, leave, actor)
        follow_leave(actor, replace(stamp, client_key=""), leave, record_id=row.pk)


def leave_of(book: Book, row: Record) -> Leave | None:
    """Return the absence that a record tells: none of a void one, or in a state that was not approved.

    Days are whole ones; who comes back early answers again from the morning of that day, who comes back late since
    the day after the last one that was approved.
    """
    away = book.away
    if away is None or row.is_void or row.state not in away.states:
        return None
    begins, _ = day_span(date.fromisoformat(str(row.values[away.starts])))
    _, ends = day_span(date.fromisoformat(str(row.values[away.ends])))
    if back := row.values.get(away.back):
        ends = min(ends, day_span(date.fromisoformat(str(back)))[0])
    reason = away.reasons.get(str(row.values.get(away.kind)), AbsenceReason.LEAVE)
    return Leave(
        UUID(str(row.values[away.staff])),
        begins,
        ends,
        AbsenceReason(reason),
        is_both_away_accepted=row.values.get(away.both) is True,
    )


def _is_more(leave: Leave, standing: Absence | None) -> bool:
    """Tell whether an absence begins, is another's, or reaches further than it did."""
    if standing is None or standing.staff_id != leave.staff_id or standing.until_at == standing.from_at:
        return True
    return leave.from_at < standing.from_at or _ends(leave.until_at) > _ends(standing.until_at)


def _ends(until_at: datetime | None) -> datetime:
    """Return when an absence ends; one without an end never does."""
    return until_at or datetime.max.replace(tzinfo=UTC)


def _check_by(book: Book, leave: Leave, actor: StaffActor) -> None:
    roles = book.away.by if book.away else frozenset()
    if actor.id == leave.staff_id or roles.isdisjoint(actor.roles):
        raise NotAllowed(NOT_BY_YOU, ground="people.take_leave")
