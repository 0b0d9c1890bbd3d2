"""Every read of books: what a town keeps, records as far as the actor may see them, what a form begins with."""

from banjie.books.queries.blanks import blank_for, prefilled
from banjie.books.queries.closing import ClosingProposal, proposed_for_closing
from banjie.books.queries.dues import RecordDate, answered_by, begun_to_show, due_between, showing_on
from banjie.books.queries.lists import (
    ALL,
    COUNTED,
    PAGE,
    Asked,
    ListPage,
    Total,
    Totals,
    asked_records,
    count_of,
    dated_records,
    filterable,
    page_of,
    records,
    totals,
)
from banjie.books.queries.notes import NoteField, NoteForm, note_of
from banjie.books.queries.sayings import RecordNames, SaidField, names_for, said_field, say_record, title_of
from banjie.books.queries.scope import can_see, can_write, sees_field, visible_to, within, within_any
from banjie.books.queries.shelf import books_of
from banjie.books.queries.single import FoundRecord, file_in, record_for, records_about, records_numbered

__all__ = [
    "ALL",
    "COUNTED",
    "PAGE",
    "Asked",
    "ClosingProposal",
    "FoundRecord",
    "ListPage",
    "NoteField",
    "NoteForm",
    "RecordDate",
    "RecordNames",
    "SaidField",
    "Total",
    "Totals",
    "answered_by",
    "asked_records",
    "begun_to_show",
    "blank_for",
    "books_of",
    "can_see",
    "can_write",
    "count_of",
    "dated_records",
    "due_between",
    "file_in",
    "filterable",
    "names_for",
    "note_of",
    "page_of",
    "prefilled",
    "proposed_for_closing",
    "record_for",
    "records",
    "records_about",
    "records_numbered",
    "said_field",
    "say_record",
    "sees_field",
    "showing_on",
    "title_of",
    "totals",
    "visible_to",
    "within",
    "within_any",
]
