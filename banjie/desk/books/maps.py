"""Places of records on a map: those of a list, that of one record, and those that a new one is put among.

There are no tiles and no other host: the map draws a grid, a scale and our own points (docs/manual/books.md).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from banjie.books.book import Book, BookField
from banjie.books.models import Record
from banjie.books.queries import Asked, asked_records, sees_field, title_of
from banjie.desk.books.desk import BookDesk
from banjie.desk.books.rows import address_of
from banjie.fields.points import point_of
from banjie.fields.spec import FieldType
from banjie.people.queries import StaffActor

MOST = 500
"""Places of one map: more of them hide one another."""
MOST_AROUND = 200
"""Places that a new one is put among."""


@dataclass(frozen=True)
class Place:
    """One record's place; `is_open` says that the thing is not finished."""

    lat: float
    lng: float
    words: str
    title: str
    href: str
    day: str
    is_open: bool


@dataclass(frozen=True)
class Places:
    """The places of a map, and whether there were more records than are drawn."""

    rows: tuple[Place, ...]
    is_cut: bool


def point_fields(actor: StaffActor, book: Book) -> tuple[BookField, ...]:
    """Return the fields of a book that put a record on a map, and that this person reads."""
    return tuple(
        spec
        for spec in book.fields
        if spec.type is FieldType.POINT and not spec.is_sealed and sees_field(actor, book, spec)
    )


def places_of(desk: BookDesk, asked: Asked, *, most: int = MOST) -> Places:
    """Return the places of the records that a filter keeps, the newest first."""
    specs = point_fields(desk.actor, desk.book)
    if not specs:
        return Places((), is_cut=False)
    found = asked_records(desk.actor, desk.book, asked)
    with_place = found.filter(values__has_any_keys=[spec.key for spec in specs])
    rows = list(with_place.order_by("-day", "-id")[: most + 1])
    return Places(tuple(_places(desk.book, specs, rows[:most])), is_cut=len(rows) > most)


def places_in(actor: StaffActor, book: Book, record: Record) -> list[Place]:
    """Return the places that one record names."""
    return list(_places(book, point_fields(actor, book), [record]))


def _places(book: Book, specs: Sequence[BookField], rows: Iterable[Record]) -> Iterator[Place]:
    for row in rows:
        values: Mapping[str, object] = row.values
        for spec in specs:
            if told := values.get(spec.key):
                yield _place(book, row, point=str(told))


def _place(book: Book, row: Record, *, point: str) -> Place:
    at = point_of(point)
    return Place(
        lat=at.lat,
        lng=at.lng,
        words=at.said,
        title=title_of(row, book),
        href=address_of(row),
        day=row.day.isoformat(),
        is_open=book.states is None or row.state in book.states.open,
    )
