"""The books of a town on a day: those in force, and which of them are awake. No Django here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from banjie.base.errors import NotFound
from banjie.books.book import Book
from banjie.books.declaration import read_book
from banjie.rulebook.editions import Edition, article_of


@dataclass(frozen=True)
class Books:
    """The books in force for a town, each read when it is asked for; `woken` says what the town decided itself."""

    editions: Mapping[str, Edition]
    woken: Mapping[str, bool]

    def __contains__(self, key: object) -> bool:
        return key in self.editions

    def __iter__(self) -> Iterator[Book]:
        return (self.book(key) for key in self.editions)

    def book(self, key: str) -> Book:
        """Return a book by its key. Raises NotFound."""
        if key not in self.editions:
            raise NotFound("没有这本台账，或它已经停用。请从台账目录里选。")
        return book_of(self.editions[key])

    def is_awake(self, key: str) -> bool:
        """Tell whether the town keeps a book: what it decided itself, else what the book's text says."""
        if key not in self.editions:
            return False
        return self.woken[key] if key in self.woken else self.book(key).awake

    @property
    def awake(self) -> tuple[Book, ...]:
        """Return the books that the town keeps."""
        return tuple(book for book in self if self.is_awake(book.key))

    @property
    def asleep(self) -> tuple[Book, ...]:
        """Return the books of the catalogue that the town does not keep."""
        return tuple(book for book in self if not self.is_awake(book.key))

    def of_note(self, note: str) -> tuple[Book, ...]:
        """Return the awake books that one common note fills."""
        return tuple(book for book in self.awake if note and book.note == note)


@lru_cache(maxsize=1024)
def book_of(edition: Edition) -> Book:
    """Return the book that a version of a text declares."""
    read = read_book(edition.text)
    return replace(read, version=edition.version, article=article_of(edition, "").ref)
