"""What every page of books begins with: who is at work, the book in force, and whether it is one of his."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest

from banjie.base.clock import local_day, now
from banjie.base.errors import NotFound
from banjie.books.book import Book
from banjie.books.queries import books_of, can_see, can_write
from banjie.books.shelf import Books
from banjie.desk.deeds import at_work
from banjie.desk.intake.counter import Counter
from banjie.people.queries import StaffActor

NOT_YOURS = "没有这本台账，或它不由您的岗位看。请从台账目录里选。"


@dataclass(frozen=True)
class BookDesk:
    """A person at a book: what he may choose from, and the book as it stands today."""

    counter: Counter
    books: Books
    book: Book

    @property
    def actor(self) -> StaffActor:
        """Return who is at work."""
        return self.counter.actor

    @property
    def at(self) -> datetime:
        """Return the moment of the request."""
        return self.counter.at

    @property
    def today(self) -> date:
        """Return the local day."""
        return local_day(self.at)

    @property
    def is_awake(self) -> bool:
        """Tell whether the town keeps the book."""
        return self.books.is_awake(self.book.key)

    @property
    def may_write(self) -> bool:
        """Tell whether the person writes the book, and the town keeps it."""
        return self.is_awake and can_write(self.actor, self.book)


def desk_of(request: HttpRequest, key: str) -> BookDesk:
    """Return the person at a book. Raises NotFound for a book that he neither writes nor sees (T13)."""
    actor, at = at_work(request), now()
    books = books_of(actor.town, local_day(at))
    book = books.book(key)
    if not (can_see(actor, book) or can_write(actor, book)):
        raise NotFound(NOT_YOURS)
    return BookDesk(Counter(actor, at), books, book)
