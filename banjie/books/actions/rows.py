"""Rows of records as deeds change them: hot columns, sealed values, look-up keys, dates that matter, words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from banjie.books.actions.checking import Checked
from banjie.books.book import Book
from banjie.books.finding import digests_in
from banjie.books.models import Record, RecordDue, RecordKey
from banjie.books.queries.lists import HOT
from banjie.books.queries.words import KIND, texts_of
from banjie.people.queries import StaffActor
from banjie.search.actions import index_many
from banjie.search.declared import Piece

EARLIEST = 1900
"""A date before that is a slip of the pen and falls due never."""


def columns_of(book: Book, record: Record, told: Checked, *, actor: StaffActor) -> dict[str, object]:
    """Return the columns that hold these values; a personal one that is as it was keeps its seal."""
    columns: dict[str, object] = {
        "day": told.day,
        "book_version": book.version,
        "values": dict(told.values),
        "sealed": {key: _seal(record, key, text) for key, text in told.personal.items()},
        "state": str(told.values.get(book.states.field, "")) if book.states else "",
    }
    for name, column in HOT.items():
        value = told.values.get(book.columns.get(name, ""))
        if column == "division_code":
            columns[column] = str(value or "")
        else:
            columns[column] = UUID(str(value)) if value else None
    if columns["unit_id"] is None:
        columns["unit_id"] = record.unit_id or next(iter(sorted(actor.unit_ids, key=str)), None)
    return columns


def _seal(record: Record, key: str, text: str) -> str:
    if record.sealed.get(key) and record.opened_value(key) == text:
        return str(record.sealed[key])
    return record.sealed_value(key, text)


def write_beside(rows: Sequence[tuple[Book, Record]]) -> None:
    """Write what is derived from new records: look-up keys, dates, and the words they are found by."""
    keys = [RecordKey(record=row, digest=digest) for book, row in rows for digest in digests_in(book, row)]
    RecordKey.objects.bulk_create(keys, batch_size=500)
    RecordDue.objects.bulk_create([due for book, row in rows for due in dues_of(book, row)], batch_size=500)
    index_many(KIND, [Piece(row.pk, row.town, texts_of(row), row.batch_id is not None) for _, row in rows])


def drop_beside(book: Book, row: Record) -> None:
    """Remove the keys and dates of a record as it stands; its words are the index's to forget."""
    RecordKey.objects.filter(digest__in=digests_in(book, row), record_id=row.pk).delete()
    RecordDue.objects.filter(record_id=row.pk).delete()


def dues_of(book: Book, row: Record) -> Iterable[RecordDue]:
    """Yield the dates that matter of a record in its state; a void one has none."""
    if row.is_void:
        return
    for place, due in enumerate(book.dues):
        day = _date_in(row.values, due.field)
        if day is None or (due.states and row.state not in due.states):
            continue
        if not EARLIEST <= day.year <= date.max.year - due.years:
            continue
        falls = _years_after(day, due.years)
        shows = falls - timedelta(days=due.before_days)
        ends = date.max if book.states and row.state in book.states.open else falls
        yield RecordDue(record=row, town=row.town, place=place, due_on=falls, shows_on=shows, ends_on=ends)


def _date_in(values: Mapping[str, object], key: str) -> date | None:
    value = values.get(key)
    return date.fromisoformat(str(value)) if value else None


def _years_after(day: date, years: int) -> date:
    """Return the day on which so many years are full; of 29 February in a common year 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
