"""记台账: write one record, many, or one note that fills several books."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from banjie.base.errors import InvalidInput
from banjie.base.ids import new_id
from banjie.books.actions.asking import book_to_write, cited
from banjie.books.actions.checking import Checked, Typed, checked, checked_all
from banjie.books.actions.following import follow
from banjie.books.actions.rows import columns_of, write_beside
from banjie.books.book import Book
from banjie.books.models import Record
from banjie.books.queries.notes import note_of
from banjie.books.queries.scope import WRITE
from banjie.ledger.actions import prepared_once, record_all
from banjie.ledger.record import Deed, Series, Stamp
from banjie.people.queries import StaffActor

WRITTEN = "record.written"
NUMBER_DIGITS = 4


def write(book_key: str, typed: Typed, *, actor: StaffActor, stamp: Stamp) -> Record:
    """记一条台账: write one record of a book from what was typed, by field.

    Raises InvalidInput by field, NotFound, NotAllowed, Conflict for a book that sleeps. A repeat of the stamp's client
    key gets the first record.
    """
    book = book_to_write(actor, book_key, stamp, deed=WRITE, to_do="记台账")
    return prepared_once(
        stamp,
        lambda: checked(actor, book, typed, at=stamp.recorded_at),
        lambda told: _write([(book, told)], actor=actor, stamp=cited(stamp, book))[0],
        again=lambda earlier: Record.objects.get(pk=earlier),
    )


def write_all(
    book_key: str, many: Sequence[Typed], *, actor: StaffActor, stamp: Stamp, batch_id: UUID | None = None
) -> list[Record]:
    """记多条台账: write many records of one book, all or none, an entry for each, inside one transaction.

    Raises InvalidInput whose fields are "row.field" (rows from 1). A repeat of the client key gets the first records.
    """
    if not many:
        return []
    book = book_to_write(actor, book_key, stamp, deed=WRITE, to_do="记台账")
    batch = batch_id or (new_id() if len(many) > 1 else None)

    def ready() -> list[Checked]:
        told, complaints = checked_all(actor, book, many, at=stamp.recorded_at)
        if complaints:
            raise _refused(complaints)
        return told

    def act(told: list[Checked]) -> list[Record]:
        return _write([(book, one) for one in told], actor=actor, stamp=cited(stamp, book), batch_id=batch)

    return prepared_once(stamp, ready, act, again=_written_with)


@dataclass(frozen=True)
class Note:
    """One note typed once: what was told by meaning (`visit.day`), and by `book.field` what one book alone asks."""

    name: str
    told: Mapping[str, object]
    books: frozenset[str] = frozenset()


def write_note(note: Note, *, actor: StaffActor, stamp: Stamp) -> list[Record]:
    """一次记录，几本台账共用: write one record in each awake book of the note that the actor writes.

    `note.books` names some of them; none means all. Raises InvalidInput whose fields are named as they were told.
    """
    books = [
        book_to_write(actor, key, stamp, deed=WRITE, to_do="记台账") for key in _books_of(note, actor, stamp)
    ]
    if not books:
        raise InvalidInput("没有可以填的台账。请先在台账目录里启用，或联系党政办。")

    def ready() -> list[tuple[Book, Checked]]:
        return [(book, _checked_note(actor, book, note, stamp)) for book in books]

    def act(told: list[tuple[Book, Checked]]) -> list[Record]:
        return _write(told, actor=actor, stamp=cited(stamp, books[0]), note_id=new_id())

    return prepared_once(stamp, ready, act, again=_written_with)


def _books_of(note: Note, actor: StaffActor, stamp: Stamp) -> Iterable[str]:
    mine = note_of(actor, note.name, at=stamp.recorded_at).books
    return [book.key for book in mine if not note.books or book.key in note.books]


def _checked_note(actor: StaffActor, book: Book, note: Note, stamp: Stamp) -> Checked:
    """Check what a note tells one book; what is wrong is named as the note names it."""
    named = {spec.key: spec.means or f"{book.key}.{spec.key}" for spec in book.fields}
    typed = {key: note.told[name] for key, name in named.items() if name in note.told}
    typed |= {
        f"{key}__bound": note.told[f"{name}__bound"]
        for key, name in named.items()
        if f"{name}__bound" in note.told
    }
    try:
        return checked(actor, book, typed, at=stamp.recorded_at)
    except InvalidInput as wrong:
        fields = {named.get(key, key): message for key, message in wrong.fields.items()}
        raise InvalidInput(wrong.message, fields=fields) from wrong


def _write(
    told: Sequence[tuple[Book, Checked]],
    *,
    actor: StaffActor,
    stamp: Stamp,
    batch_id: UUID | None = None,
    note_id: UUID | None = None,
) -> list[Record]:
    """Make the rows with their entries and what is derived of them, inside the caller's transaction."""
    rows = [Record(town=actor.town) for _ in told]
    deeds = []
    for row, (book, one) in zip(rows, told, strict=True):
        changes = columns_of(book, row, one, actor=actor) | {
            "book": book.key,
            "author_id": actor.id,
            "written_at": stamp.recorded_at,
            "batch_id": batch_id,
            "note_id": note_id,
        }
        deeds.append(Deed(WRITTEN, row, changes=changes, words=book.title, number=_series(book, one)))
    record_all(deeds, stamp)
    written = [(book, row) for row, (book, _) in zip(rows, told, strict=True)]
    write_beside(written)
    follow(written, actor=actor, stamp=stamp)
    return rows


def _series(book: Book, told: Checked) -> Series | None:
    if not book.number:
        return None
    prefix = f"{book.number}{told.day.year}-"
    return Series(f"book.{book.key}", told.day.year, "number", prefix=prefix, digits=NUMBER_DIGITS)


def _written_with(first: UUID) -> list[Record]:
    """Return the records that were written in one deed with the first of them."""
    row = Record.objects.get(pk=first)
    beside = Record.objects.filter(town=row.town, written_at=row.written_at, author_id=row.author_id)
    if row.note_id:
        return list(beside.filter(note_id=row.note_id).order_by("id"))
    return list(beside.filter(batch_id=row.batch_id).order_by("id")) if row.batch_id else [row]


def _refused(complaints: Mapping[tuple[int, str], str]) -> InvalidInput:
    fields = {f"{place + 1}.{key}": message for (place, key), message in complaints.items()}
    (place, _), first = next(iter(complaints.items()))
    return InvalidInput(f"共{len(fields)}处要改，第一处在第{place + 1}行：{first}", fields=fields)
