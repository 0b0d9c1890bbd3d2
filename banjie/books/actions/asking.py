"""What every deed on books asks first: the book in force and awake, the right, and the stamp with its article."""

from dataclasses import replace

from banjie.base.clock import local_day
from banjie.base.errors import Conflict, NotAllowed
from banjie.books.book import Book
from banjie.books.queries.scope import can_write
from banjie.books.queries.shelf import books_of
from banjie.ledger.record import Stamp
from banjie.people.queries import StaffActor


def require(actor: StaffActor, deed: str, *, to_do: str) -> None:
    """Raise NotAllowed without the right to a deed."""
    if not actor.may(deed):
        raise NotAllowed(f"您的岗位不能{to_do}。需要时请联系党政办。", ground=deed)


def book_to_write(actor: StaffActor, key: str, stamp: Stamp, *, deed: str, to_do: str) -> Book:
    """Return a book that the actor writes. Raises NotFound, NotAllowed, Conflict for one that sleeps."""
    books = books_of(actor.town, local_day(stamp.recorded_at))
    book = books.book(key)
    require(actor, deed, to_do=to_do)
    if not can_write(actor, book):
        raise NotAllowed(f"“{book.title}”不由您的岗位记。请交给记这本台账的人，或联系党政办。", ground=deed)
    if not books.is_awake(key):
        raise Conflict(f"本镇没有启用“{book.title}”。要用它，请先在台账目录里启用。")
    return book


def cited(stamp: Stamp, book: Book) -> Stamp:
    """Return the stamp citing the version of the book by which it is done."""
    return stamp if stamp.article else replace(stamp, article=book.article)
