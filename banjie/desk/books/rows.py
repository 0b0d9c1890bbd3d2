"""Records as rows of a list: the columns that a list has room for, the cells, what they add up to."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from banjie.books.book import Book, BookField
from banjie.books.models import Record
from banjie.books.queries import RecordNames, Totals, names_for, said_field, sees_field
from banjie.fields.spec import NUMBERS, FieldType
from banjie.fields.stored import say
from banjie.people.queries import StaffActor

MOST = 9
"""Columns of a list; the page of a record has all of them."""
LONGEST = 40
"""Characters of a cell."""
_LEFT_OUT = frozenset((FieldType.PHOTO, FieldType.FILE, FieldType.POINT))


@dataclass(frozen=True)
class Head:
    """A column's head."""

    label: str
    is_figure: bool = False


@dataclass(frozen=True)
class Cell:
    """One cell: what it says, and the head that it repeats where a row is a card."""

    label: str
    words: str
    is_figure: bool = False


@dataclass(frozen=True)
class Row:
    """One record."""

    href: str
    cells: tuple[Cell, ...]
    is_void: bool = False


def columns_of(actor: StaffActor, book: Book, *, most: int = MOST) -> tuple[BookField, ...]:
    """Return the fields that a list shows: the day, what must be told or is added up, then others as declared."""
    seen = [
        spec
        for spec in book.fields
        if spec.key != book.day
        and spec.until is None
        and spec.type not in _LEFT_OUT
        and sees_field(actor, book, spec)
    ]
    by_need = sorted(seen, key=lambda spec: not (spec.required or spec.key in book.totals))
    chosen = {spec.key for spec in by_need[: most - 1]}
    return (book.day_field, *(spec for spec in seen if spec.key in chosen))


def heads_of(book: Book, columns: Sequence[BookField]) -> list[Head]:
    """Return the heads of a list: the number before the fields, where the book gives numbers."""
    numbered = [Head("编号")] if book.number else []
    return [*numbered, *(Head(spec.label, spec.type in NUMBERS) for spec in columns)]


def rows_of(
    actor: StaffActor, book: Book, records: Sequence[Record], columns: Sequence[BookField]
) -> list[Row]:
    """Return records as rows, with the names of what they refer to read once for all."""
    names = names_for(actor, book, records)
    return [_row(actor, book, record, columns, names) for record in records]


def feet_of(book: Book, columns: Sequence[BookField], totals: Totals) -> list[str]:
    """Return the cells of the line of totals, 合计 first; empty where a column is not added up."""
    said = {one.field.key: _said(one.field, one.stored, one.is_bounded) for one in totals.sums}
    cells = [said.get(spec.key, "") for spec in columns]
    return [f"合计 {totals.count:,} 条", *(cells if book.number else cells[1:])]


def left_over(book: Book, columns: Sequence[BookField], totals: Totals) -> list[str]:
    """Return in words the totals of fields for which the list has no column."""
    shown = {spec.key for spec in columns}
    return [
        f"{one.field.label} {_said(one.field, one.stored, one.is_bounded)}"
        for one in totals.sums
        if one.field.key not in shown
    ]


def address_of(record: Record) -> str:
    """Return the address of a record's page."""
    return reverse("books:record", args=[record.book, record.pk])


def _row(
    actor: StaffActor, book: Book, record: Record, columns: Sequence[BookField], names: RecordNames
) -> Row:
    cells = [Cell("编号", record.number)] if book.number else []
    for spec in columns:
        words = (
            said_field(actor, book, record, spec, names).words if spec.key != book.day else _day(record, spec)
        )
        cells.append(Cell(spec.label, _short(words), spec.type in NUMBERS))
    return Row(address_of(record), tuple(cells), record.is_void)


def _day(record: Record, spec: BookField) -> str:
    """Return the day as tables show it."""
    return f"{record.day:%Y-%m}" if spec.type is FieldType.MONTH else record.day.isoformat()


def _said(spec: BookField, stored: str | int | bool, is_bounded: bool) -> str:
    words = say(spec, stored)
    return f"{words}以上" if is_bounded else words


def _short(words: str) -> str:
    line = " ".join(words.split())
    return f"{line[:LONGEST]}…" if len(line) > LONGEST else line
