"""Books that nobody uses: proposed for closing where nothing was written or read for as long as a rule says."""

from dataclasses import dataclass
from datetime import date, timedelta

from banjie.base.errors import RuleMissing
from banjie.books.book import Book
from banjie.books.models import BookReading, Record, WakingBook
from banjie.books.queries.shelf import books_of
from banjie.ledger.facts import first_entry_on
from banjie.rulebook.queries import rules_on
from banjie.rulebook.setting_keys import SettingKey


@dataclass(frozen=True)
class ClosingProposal:
    """A book that is kept and not used, and why it is said so."""

    book: Book
    why: str

    @property
    def key(self) -> str:
        """Return the book's key."""
        return self.book.key

    @property
    def title(self) -> str:
        """Return the book's title."""
        return self.book.title


def proposed_for_closing(town: str, on: date) -> list[ClosingProposal]:
    """Return the awake books without a record or without a reader for longer than the rulebook allows.

    Both spans are counted from the day on which the town began to keep the book, if that is later.
    """
    books = books_of(town, on).awake
    begun = first_entry_on(town)
    if begun is None:
        return []
    moved = dict(WakingBook.objects.filter(town=town).values_list("book", "moved_on"))
    read = dict(BookReading.objects.filter(town=town).values_list("book", "last_on"))
    unused, unread = _span(town, on, SettingKey.UNUSED_SPAN), _span(town, on, SettingKey.UNREAD_SPAN)
    found = []
    for book in books:
        since = max(begun, moved.get(book.key, begun))
        written_on = _last_on(town, book) or since
        if on - max(since, written_on) > unused:
            found.append(ClosingProposal(book, f"{unused.days}天以上没有人记"))
        elif on - max(since, read.get(book.key, since)) > unread:
            found.append(ClosingProposal(book, f"{unread.days}天以上没有人看"))
    return found


def _last_on(town: str, book: Book) -> date | None:
    """Return the day of the book's latest record, by its index."""
    rows = Record.objects.filter(town=town, book=book.key, voided_at__isnull=True).order_by("-day", "-id")
    return rows.values_list("day", flat=True).first()


def _span(town: str, on: date, key: SettingKey) -> timedelta:
    value = rules_on(town, on).setting(key)
    if not isinstance(value, timedelta):
        raise RuleMissing(f"参数 {key} 不是一段时间。请管理员改成 90 days 这样的写法。")
    return value
