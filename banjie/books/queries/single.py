"""Single records: one by its id, those about a person, enterprise or case, and the files that one names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from banjie.base.errors import NotFound
from banjie.books.book import Book
from banjie.books.models import Record
from banjie.books.queries.scope import NOT_THERE, can_see, record_in, sees_field, within_any
from banjie.books.queries.shelf import books_of
from banjie.fields.stored import parts_of
from banjie.files.models import StoredFile
from banjie.files.queries import stored_for
from banjie.people.queries import StaffActor

MOST_ABOUT = 100


@dataclass(frozen=True)
class FoundRecord:
    """A record with its book as it stands now."""

    book: Book
    record: Record


def record_for(actor: StaffActor, record_id: UUID, *, on: date) -> FoundRecord:
    """Return a record with its book. Raises NotFound, also for one of another town, unit or village (T13)."""
    key = Record.objects.filter(pk=record_id, town=actor.town).values_list("book", flat=True).first()
    books = books_of(actor.town, on)
    if key is None or key not in books:
        raise NotFound(NOT_THERE)
    book = books.book(key)
    return FoundRecord(book, record_in(actor, book, record_id))


def records_numbered(actor: StaffActor, numbers: Sequence[str], *, on: date) -> list[FoundRecord]:
    """Return the records of these numbers that the actor may see; a number that is none costs one look at an index."""
    known = Record.objects.filter(town=actor.town, number__in=numbers).exclude(number="")
    keys = set(known.values_list("book", flat=True)) if numbers else set()
    if not keys:
        return []
    books = books_of(actor.town, on)
    seen = [book for key in sorted(keys) if key in books and can_see(actor, book := books.book(key))]
    return [FoundRecord(books.book(row.book), row) for row in known.filter(within_any(actor, seen))]


def records_about(
    actor: StaffActor,
    *,
    on: date,
    resident_id: UUID | None = None,
    enterprise_id: UUID | None = None,
    case_id: UUID | None = None,
    note_id: UUID | None = None,
) -> list[FoundRecord]:
    """Return the records of all books about one resident, enterprise or case, or of one note, the newest first."""
    told: Mapping[str, UUID | None] = {
        "resident_id": resident_id,
        "enterprise_id": enterprise_id,
        "case_id": case_id,
        "note_id": note_id,
    }
    about = {column: value for column, value in told.items() if value}
    if not about:
        return []
    books = books_of(actor.town, on)
    known = Record.objects.filter(town=actor.town, voided_at__isnull=True, **about)
    keys = set(known.values_list("book", flat=True)) & set(books.editions)
    seen = [book for key in sorted(keys) if can_see(actor, book := books.book(key))]
    rows = known.filter(within_any(actor, seen)).order_by("-day", "-id")[:MOST_ABOUT]
    return [FoundRecord(books.book(row.book), row) for row in rows]


def file_in(actor: StaffActor, record_id: UUID, file_id: UUID, *, on: date) -> StoredFile:
    """Return a file that a record names in a field which the actor sees. Raises NotFound for any other."""
    found = record_for(actor, record_id, on=on)
    for spec in found.book.fields:
        is_named = spec.type.is_kept_file and str(file_id) in parts_of(found.record.values.get(spec.key))
        if is_named and sees_field(actor, found.book, spec):
            return stored_for(actor.town, file_id)
    raise NotFound(NOT_THERE)
