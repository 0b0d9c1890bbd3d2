"""A book as a workbook: what its list is filtered by; the 数据版 bears the 记录号 and goes back in (U13, U14)."""

from collections.abc import Iterator
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse

from banjie.books.book import Book, BookField
from banjie.books.columns import IDENTITY_TITLE, cells_of, sheet_fields
from banjie.books.models import Record
from banjie.books.queries import asked_records, names_for
from banjie.desk.books.desk import desk_of
from banjie.desk.books.sifting import sifting_of
from banjie.desk.exports.export import Export
from banjie.fields.spec import FieldType
from banjie.people.queries import StaffActor
from banjie.sheets.writing import OutColumn, Version
from banjie.sheets.writing.head import Cell

ROWS_AT_ONCE = 500
WIDTHS = {
    FieldType.LONG_TEXT: 40,
    FieldType.TEXT: 20,
    FieldType.CHOICES: 20,
    FieldType.PLACE: 20,
    FieldType.POINT: 24,
}


def export_book(request: HttpRequest, actor: StaffActor, at: datetime, *, key: str) -> Export:
    """Return the filtered records of a book, the newest day first."""
    desk = desk_of(request, key)
    sifting = sifting_of(desk.counter, desk.book, request.GET.dict())
    found = asked_records(actor, desk.book, sifting.asked).order_by("-day", "-id")

    def rows(version: Version) -> Iterator[list[Cell]]:
        held: list[tuple[int, Record]] = []
        for n, row in enumerate(found.iterator(chunk_size=ROWS_AT_ONCE), start=1):
            held.append((n, row))
            if len(held) == ROWS_AT_ONCE:
                yield from _lines(actor, desk.book, held, version)
                held = []
        yield from _lines(actor, desk.book, held, version)

    return Export(
        title=desk.book.title,
        unit="条",
        count=found.count(),
        filters=sifting.said,
        columns=lambda version: _columns(actor, desk.book, version),
        rows=rows,
        back=f"{reverse('books:list', args=[key])}{sifting.href()}",
        note="个人信息是遮盖的。数据版添上新的行，可以再导入；带记录号而没有改动的不会重复记。",
    )


def _lines(
    actor: StaffActor, book: Book, held: list[tuple[int, Record]], version: Version
) -> Iterator[list[Cell]]:
    names = names_for(actor, book, [row for _, row in held])
    for n, row in held:
        cells: list[Cell] = list(cells_of(actor, book, row, names))
        yield cells if version is Version.PLAIN else [n, *cells[:-1]]


def _columns(actor: StaffActor, book: Book, version: Version) -> list[OutColumn]:
    fields = [_column(spec) for spec in sheet_fields(actor, book)]
    if version is Version.PLAIN:
        return [*fields, OutColumn(IDENTITY_TITLE, 34)]
    return [OutColumn("序号", 6, is_number=True), *fields]


def _column(spec: BookField) -> OutColumn:
    unit = f"（{spec.unit}）" if spec.unit else ""
    return OutColumn(f"{spec.label}{unit}", WIDTHS.get(spec.type, max(12, 2 * len(spec.label) + 4)))
