"""Numbers typed into a superior's form become records of the book of quoted numbers, in the deed of the answer."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from banjie.base.clock import local_day
from banjie.books.actions import Kept, keep_records
from banjie.books.queries import books_of
from banjie.ledger.record import Stamp
from banjie.people.queries import StaffActor
from banjie.reports.asked.matching import Source
from banjie.reports.asked.quoting import BOOK, quoted_number, typed_record
from banjie.reports.models import AskedCell, AskedForm


def quote_typed(
    form: AskedForm, cells: Iterable[AskedCell], *, actor: StaffActor, stamp: Stamp
) -> dict[UUID, UUID | None]:
    """Keep the typed numbers of a form in the book, and return cell → its record; what is no number now is void."""
    today = local_day(stamp.recorded_at)
    every = list(cells)
    kept = [Kept(cell.record_id, _typed(form, cell, today)) for cell in every]
    found = keep_records(BOOK, kept, actor=actor, stamp=stamp, reason=f"填{form.sender}的表：{form.title}")
    return {cell.pk: record_id for cell, record_id in zip(every, found, strict=True)}


def _typed(form: AskedForm, cell: AskedCell, today: date) -> dict[str, object] | None:
    if cell.source != Source.TYPED:
        return None
    read = quoted_number(cell.label, cell.text, unit=cell.unit)
    if read is None:
        return None
    number, unit = read
    book = books_of(form.town, today).book(BOOK)
    units = {
        choice.label: choice.key for choice in book.by_key["number_unit"].choices if choice.until is None
    }
    return typed_record(
        cell.label, number, unit=unit, quoted=cell.quoted, title=form.title, days=form.period, units=units
    )
