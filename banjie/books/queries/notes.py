"""One note, many books: which books a note fills, and what it asks once for all of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from banjie.base.clock import local_day
from banjie.books.book import Book, BookField
from banjie.books.queries.scope import can_write, sees_field
from banjie.books.queries.shelf import books_of
from banjie.people.queries import StaffActor


@dataclass(frozen=True)
class NoteField:
    """What a note asks once: under which name, by the field of which book, and which books it fills."""

    name: str
    field: BookField
    books: tuple[str, ...]

    @property
    def required(self) -> bool:
        """Tell whether it must be told."""
        return self.field.required


@dataclass(frozen=True)
class NoteForm:
    """A note as it is asked: the books it fills and its fields, those that several books ask first."""

    name: str
    books: tuple[Book, ...]
    fields: tuple[NoteField, ...]


def note_of(actor: StaffActor, name: str, *, at: datetime) -> NoteForm:
    """Return the note of a name with the awake books of it that the actor writes, that which it is most about first."""
    on = local_day(at)
    mine = [book for book in books_of(actor.town, on).of_note(name) if can_write(actor, book)]
    books = tuple(sorted(mine, key=lambda book: (-len(book.by_meaning), book.key)))
    asked: dict[str, list[tuple[Book, BookField]]] = {}
    for book in books:
        for spec in book.asked_on(on):
            if sees_field(actor, book, spec):
                asked.setdefault(spec.means or f"{book.key}.{spec.key}", []).append((book, spec))
    return NoteForm(name, books, tuple(sorted(_fields(asked), key=lambda one: -len(one.books))))


def _fields(asked: dict[str, list[tuple[Book, BookField]]]) -> Iterator[NoteField]:
    for name, places in asked.items():
        spec = next((spec for _, spec in places if spec.required), places[0][1])
        yield NoteField(name, spec, tuple(book.key for book, _ in places))
