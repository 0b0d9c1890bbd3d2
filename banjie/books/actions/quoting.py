"""引用数随表入账: numbers typed elsewhere become records of a book, in the deed by which they were told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from banjie.base.clock import local_day
from banjie.books.actions.amending import amend, strike
from banjie.books.actions.asking import book_to_write
from banjie.books.actions.checking import Typed
from banjie.books.actions.keeping import rouse
from banjie.books.actions.writing import write_all
from banjie.books.models import Record
from banjie.books.queries.scope import WRITE
from banjie.books.queries.shelf import books_of
from banjie.ledger.record import Stamp
from banjie.people.queries import StaffActor


@dataclass(frozen=True)
class Kept:
    """What is to stand in a record: the record there is, if any, and what it holds; nothing voids it."""

    record_id: UUID | None
    typed: Typed | None


def keep_records(
    book_key: str, told: Sequence[Kept], *, actor: StaffActor, stamp: Stamp, reason: str
) -> list[UUID | None]:
    """Write, amend or void records so that they hold what another deed tells; return which record stands for each.

    It belongs inside the transaction of that deed, whose right was asked there; a book that sleeps is woken by it.
    Raises NotAllowed where the actor does not write the book, InvalidInput for what it does not take.
    """
    stamp = replace(stamp, client_key="")
    known = {one.record_id for one in told if one.record_id}
    rows = {
        row.pk: row for row in Record.objects.filter(town=actor.town, pk__in=known, voided_at__isnull=True)
    }
    if not rows and not any(one.typed for one in told):
        return [None for _ in told]
    book = books_of(actor.town, local_day(stamp.recorded_at)).book(book_key)
    rouse(book, actor=actor, stamp=stamp, reason=reason)
    book_to_write(actor, book_key, stamp, deed=WRITE, to_do="记台账")
    gone = [(book, rows[one.record_id]) for one in told if one.typed is None and one.record_id in rows]
    strike(gone, actor=actor, stamp=stamp, reason=reason)
    bounds = [spec.bound_key for spec in book.fields if spec.bound]
    for one in told:
        if one.typed is not None and one.record_id in rows:
            told_whole = {**dict.fromkeys(bounds, ""), **one.typed}
            amend(rows[one.record_id].pk, told_whole, actor=actor, stamp=stamp, words=reason)
    fresh = [one.typed for one in told if one.typed is not None and one.record_id not in rows]
    written = iter(write_all(book_key, fresh, actor=actor, stamp=stamp))
    return [
        None if one.typed is None else one.record_id if one.record_id in rows else next(written).pk
        for one in told
    ]
