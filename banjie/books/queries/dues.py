"""Dates that matter of records: what falls into a span, and what shows now to whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from banjie.books.book import Book, Due
from banjie.books.models import Record, RecordDue
from banjie.books.queries.scope import can_see, within_any
from banjie.books.queries.shelf import books_of
from banjie.people.queries import StaffActor

MOST = 500


@dataclass(frozen=True)
class RecordDate:
    """A date that matters of one record, with the book's words for it."""

    book: Book
    record: Record
    due_on: date
    words: str


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
    found = RecordDue.objects.filter(town=actor.town, shows_on__lte=day).order_by("due_on", "id")
    dates = _dates(actor, found.select_related("record"), most, is_mine=is_mine, on=day)
    return [one for one in dates if one.due_on >= day or _is_open(one)]


def _is_open(one: RecordDate) -> bool:
    return one.book.states is not None and one.record.state in one.book.states.open


def _dates(
    actor: StaffActor, found: Iterable[RecordDue], most: int, *, is_mine: bool, on: date
) -> list[RecordDate]:
    books = books_of(actor.town, on)
    seen = [book for book in books if book.dues and can_see(actor, book)]
    rows: Sequence[RecordDue] = list(found[:most]) if hasattr(found, "__getitem__") else list(found)
    inside = Record.objects.filter(within_any(actor, seen), pk__in=[row.record_id for row in rows])
    mine = inside.filter(staff_id=actor.id) | inside.filter(author_id=actor.id) if is_mine else inside
    ids = set(mine.values_list("pk", flat=True))
    told = []
    for row in rows:
        if row.record_id in ids:
            book = books.book(row.record.book)
            due = _due(book, row.place)
            told.append(RecordDate(book, row.record, row.due_on, due.words if due else ""))
    return told


def _due(book: Book, place: int) -> Due | None:
    return book.dues[place] if place < len(book.dues) else None
