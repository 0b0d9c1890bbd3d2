"""随手记: the row above the list that asks only what must be told, for whoever enters one record after another."""

from banjie.books.models import Record
from banjie.books.queries import blank_for, names_for
from banjie.desk.books.desk import BookDesk
from banjie.desk.books.forms import WIDE, RecordForm

MOST = 6
"""Fields of a row: a book that must be told more has only the whole form."""


def quick_form(desk: BookDesk) -> RecordForm | None:
    """Return the short form of a book; None where too much must be told for one row."""
    asked = [spec for spec in desk.book.asked_on(desk.today) if spec.required or spec.key in desk.book.totals]
    if len(asked) > MOST or any(spec.type in WIDE and not spec.required for spec in asked):
        return None
    values = blank_for(desk.actor, desk.book, at=desk.at)
    names = names_for(desk.actor, desk.book, [Record(town=desk.actor.town, values=values)])
    book = desk.book.key
    return RecordForm(desk.counter, asked, on=desk.today, book=book, values=values, names=names.names)
