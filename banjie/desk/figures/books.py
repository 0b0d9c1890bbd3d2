"""Figures over books: which of them a town's pages list, and the very records behind one."""

from datetime import date

from banjie.base.errors import NotFound
from banjie.base.keyset import slice_after
from banjie.books.book import Book
from banjie.books.queries import books_of, visible_to
from banjie.books.shelf import Books
from banjie.desk.books.rows import columns_of, heads_of, rows_of
from banjie.desk.figures.listings import counts_of
from banjie.figures.queries import Catalogue, Opened
from banjie.people.queries import StaffActor

OPENS = "record"
FACT = "book."
NEWEST = ("-day", "-id")


def keys_kept(found: Catalogue, books: Books) -> list[str]:
    """Return the figures that the pages list: those over books last, none over a book that the town lets sleep."""
    books_of_keys = {key: _book_key(found, key) for key in found.figures}
    of_books = [key for key, book in books_of_keys.items() if book and books.is_awake(book)]
    return [*(key for key, book in books_of_keys.items() if not book), *of_books]


def _book_key(found: Catalogue, key: str) -> str:
    """Return the book whose records a figure counts; empty for a figure over anything else."""
    fact = found.fact(key).name
    return fact.removeprefix(FACT) if fact.startswith(FACT) else ""


def book_behind(found: Catalogue, key: str, *, town: str, on: date) -> Book:
    """Return the book whose records a figure counts. Raises NotFound for a figure over anything else."""
    book = _book_key(found, key)
    if not book:
        raise NotFound("这个指标的明细还不能打开。请看它的定义。")
    return books_of(town, on).book(book)


def records_behind(
    actor: StaffActor, book: Book, behind: Opened, *, after: str, size: int
) -> dict[str, object]:
    """Return what a page tells of the records behind a figure as far as the reader sees them, newest first."""
    seen = visible_to(actor, book).filter(pk__in=behind.ids)
    found = slice_after(seen, by=NEWEST, token=after, size=size)
    columns = columns_of(actor, book)
    return {
        "table": book.title,
        "next_token": found.next_token,
        "is_first": found.first,
        "heads": heads_of(book, columns),
        "rows": rows_of(actor, book, found.rows, columns),
        **counts_of(behind, seen, "条"),
    }
