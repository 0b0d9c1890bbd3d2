"""Dates that matter of records: what falls into a span, what shows now to whom, and who is to answer for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q

from banjie.books.book import Book, Due
from banjie.books.models import Record, RecordDue
from banjie.books.queries.scope import can_see, within_any
from banjie.books.queries.shelf import books_of
from banjie.people.queries import StaffActor
from banjie.people.rights import Role

MOST = 500


@dataclass(frozen=True)
class RecordDate:
    """A date that matters of one record, with the book's words for it; `place` is the due's among the book's."""

    book: Book
    record: Record
    due_on: date
    words: str
    place: int = 0


def due_between(
    actor: StaffActor, from_on: date, to_on: date, *, most: int = MOST, is_mine: bool = False
) -> list[RecordDate]:
    """Return the dates of records that fall into a span and that the actor may see, the nearest first."""
    found = RecordDue.objects.filter(town=actor.town, due_on__gte=from_on, due_on__lte=to_on)
    return _dates(
        actor, found.order_by("due_on", "id").select_related("record"), most, is_mine=is_mine, on=to_on
    )


def showing_on(actor: StaffActor, day: date, *, most: int = MOST, is_mine: bool = False) -> list[RecordDate]:
    """Return the dates that are to be shown on a day: near enough, and not past unless the thing is still open."""
    standing = RecordDue.objects.filter(town=actor.town, shows_on__lte=day, ends_on__gte=day)
    found = standing.order_by("due_on", "id")
    return _dates(actor, found.select_related("record"), most, is_mine=is_mine, on=day)


def answered_by(actor: StaffActor, day: date, *, most: int = MOST) -> list[RecordDate]:
    """Return the dates that show on a day and are this person's to answer for, the nearest first, in one query.

    They are those of the records that name him, and of his unit's that name nobody, where he heads it.
    """
    books = [book for book in books_of(actor.town, day).awake if book.dues and can_see(actor, book)]
    if not books:
        return []
    headed = [holding.unit_id for holding in actor.holdings if holding.role is Role.UNIT_HEAD]
    mine = Q(staff_id=actor.id)
    if headed:
        mine |= Q(staff_id__isnull=True, unit_id__in=headed)
    rows = (
        Record.objects.filter(dues__town=actor.town, dues__shows_on__lte=day, dues__ends_on__gte=day)
        .filter(mine, within_any(actor, books), voided_at__isnull=True)
        .annotate(due_on=F("dues__due_on"), due_place=F("dues__place"))
        .order_by("due_on", "id")[:most]
    )
    by_key = {book.key: book for book in books}
    return [_date(by_key[row.book], row, row.due_on, row.due_place) for row in rows]


def begun_to_show(town: str, day: date, *, span: timedelta) -> list[RecordDate]:
    """Return the dates of a town's awake books that began to show on a day or so long before it, and still do."""
    books = books_of(town, day)
    begun = RecordDue.objects.filter(town=town, shows_on__lte=day, shows_on__gt=day - span)
    found = begun.filter(ends_on__gte=day)
    rows = found.select_related("record").order_by("due_on", "id")
    return [
        _date(books.book(row.record.book), row.record, row.due_on, row.place)
        for row in rows.iterator(chunk_size=MOST)
        if books.is_awake(row.record.book)
    ]


def _dates(
    actor: StaffActor, found: Iterable[RecordDue], most: int, *, is_mine: bool, on: date
) -> list[RecordDate]:
    books = books_of(actor.town, on)
    seen = [book for book in books if book.dues and can_see(actor, book)]
    rows: Sequence[RecordDue] = list(found[:most]) if hasattr(found, "__getitem__") else list(found)
    inside = Record.objects.filter(within_any(actor, seen), pk__in=[row.record_id for row in rows])
    mine = inside.filter(staff_id=actor.id) | inside.filter(author_id=actor.id) if is_mine else inside
    ids = set(mine.values_list("pk", flat=True))
    return [
        _date(books.book(row.record.book), row.record, row.due_on, row.place)
        for row in rows
        if row.record_id in ids
    ]


def _date(book: Book, record: Record, due_on: date, place: int) -> RecordDate:
    due = _due(book, place)
    return RecordDate(book, record, due_on, due.words if due else "", place)


def _due(book: Book, place: int) -> Due | None:
    return book.dues[place] if place < len(book.dues) else None
