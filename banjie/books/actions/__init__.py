"""Every write of books: records and notes, their amendment and voiding, which books a town keeps and declares."""

from banjie.books.actions.amending import amend, reveal_record, void, void_all
from banjie.books.actions.keeping import declare_book, put_to_sleep, wake
from banjie.books.actions.quoting import Kept, keep_records
from banjie.books.actions.reading import note_reading
from banjie.books.actions.telling import tell_dues
from banjie.books.actions.writing import Note, write, write_all, write_note

__all__ = [
    "Kept",
    "Note",
    "amend",
    "declare_book",
    "keep_records",
    "note_reading",
    "put_to_sleep",
    "reveal_record",
    "tell_dues",
    "void",
    "void_all",
    "wake",
    "write",
    "write_all",
    "write_note",
]
