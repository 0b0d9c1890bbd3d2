"""The books of a town: what is in force on a day, and what the town keeps."""

from datetime import date

from banjie.books.models import WakingBook
from banjie.books.shelf import Books
from banjie.ledger.kept import kept
from banjie.rulebook.queries import rules_on
from banjie.rulebook.text import Section


@kept
def books_of(town: str, on: date) -> Books:
    """Return the books in force for a town on a day, and which of them it keeps; a request asks once."""
    editions = {edition.key: edition for edition in rules_on(town, on).texts(Section.BOOKS)}
    woken = dict(WakingBook.objects.filter(town=town).values_list("book", "is_awake"))
    return Books(editions, woken)
