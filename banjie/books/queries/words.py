"""What a record is found by: its number and its texts, read from the row (shelf of `search`)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from banjie.base.errors import NotFound
from banjie.books.book import Book
from banjie.books.models import Record
from banjie.books.queries.shelf import books_of
from banjie.fields.spec import FieldType
from banjie.search.declared import Piece, Shelf

KIND = "record"
CHUNK = 300
TOLD = (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.PLACE)


def book_word(book: str) -> str:
    """Return the word that every record of a book holds, by which a search stays within it."""
    return "tz" + book.replace("_", "")


def asked_words(book: Book, typed: str) -> str:
    """Return a query that stays within a book."""
    return f"{typed} {book_word(book.key)}"


def texts_of(record: Record) -> tuple[str, ...]:
    """Return what a record is found by: nothing sealed, and nothing that only some may see (T19)."""
    own = (book_word(record.book), record.number)
    try:
        book = books_of(record.town, date.max).book(record.book)
    except NotFound:
        return tuple(text for text in own if text)
    told = [
        str(record.values[spec.key])
        for spec in book.fields
        if spec.type in TOLD and not spec.is_sealed and not spec.seen_by and spec.key in record.values
    ]
    return tuple(text for text in (*own, *told) if text)


def pieces(ids: Sequence[UUID]) -> Mapping[UUID, Piece]:
    """Return records with all their words, in one query."""
    rows = Record.objects.filter(pk__in=ids)
    return {row.pk: Piece(row.pk, row.town, texts_of(row), row.batch_id is not None) for row in rows}


def chunks() -> Iterator[list[UUID]]:
    """Yield the keys of all records, oldest first."""
    last: UUID | None = None
    while True:
        rest = Record.objects.filter(pk__gt=last) if last else Record.objects.all()
        chunk = list(rest.order_by("pk").values_list("pk", flat=True)[:CHUNK])
        if not chunk:
            return
        yield chunk
        last = chunk[-1]


RECORDS = Shelf(kind=KIND, title="台账记录", chunks=chunks, pieces=pieces)
