"""启用、停用和声明台账: which books a town keeps, and books of its own."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from banjie.base.clock import local_day
from banjie.base.errors import Conflict, InvalidInput
from banjie.books.actions.asking import cited, require
from banjie.books.book import Book
from banjie.books.models import WakingBook
from banjie.books.queries.shelf import books_of
from banjie.ledger.actions import prepared_once, record
from banjie.ledger.record import Deed, Stamp
from banjie.people.queries import StaffActor
from banjie.rulebook.actions.adding import prepare, record_versions, shelf_of
from banjie.rulebook.models import TextVersion
from banjie.rulebook.shelf import is_key
from banjie.rulebook.text import Section, parse_text

WAKE, DECLARE = "books.wake_book", "books.declare_book"


def wake(book_key: str, *, actor: StaffActor, stamp: Stamp) -> WakingBook:
    """启用台账: take a book out of the catalogue; from now on it stands in the menu of those who write and see it."""
    return _move(book_key, actor=actor, stamp=stamp, is_awake=True)


def put_to_sleep(book_key: str, *, actor: StaffActor, stamp: Stamp, reason: str = "") -> WakingBook:
    """停用台账: put a book back; its records stay and can be read."""
    return _move(book_key, actor=actor, stamp=stamp, is_awake=False, reason=reason)


def declare_book(key: str, source: str, *, actor: StaffActor, stamp: Stamp, from_on: date) -> TextVersion:
    """声明台账: add a book of the town's own, or a version of one that stands, in force from a day.

    Raises BadText with every finding by line, also where a key, type or unit would change or a field would vanish:
    what is no longer asked is retired with `until`.
    """
    require(actor, DECLARE, to_do="声明台账")
    if not is_key(key) or not key.isascii() or not key.islower():
        raise InvalidInput(
            "台账的键只能用小写英文、数字和下划线。", fields={"key": "请写小写英文，如 own_fruit"}
        )
    if from_on < local_day(stamp.recorded_at):
        raise InvalidInput("施行日期不能早于今天。", fields={"from_on": "不能早于今天"})

    def ready() -> _Ready:
        text = parse_text(Section.BOOKS, key, source=source, file=f"{Section.BOOKS}/{key}.md")
        count = TextVersion.objects.count()
        [version] = prepare(shelf_of(actor.town), [text], day=from_on)
        return _Ready(version, count)

    def act(ready: _Ready) -> TextVersion:
        if TextVersion.objects.count() != ready.count:
            raise Conflict("刚刚有别的文本生效或登记。请再点一次，系统按新的情况重新核对。")
        record_versions([ready.version], stamp)
        return ready.version

    return prepared_once(stamp, ready, act, again=lambda version_id: TextVersion.objects.get(pk=version_id))


@dataclass(frozen=True)
class _Ready:
    """A version that passed its check outside any lock, and how many versions there were then."""

    version: TextVersion
    count: int


def _move(book_key: str, *, actor: StaffActor, stamp: Stamp, is_awake: bool, reason: str = "") -> WakingBook:
    require(actor, WAKE, to_do="启用或停用台账")
    book = books_of(actor.town, local_day(stamp.recorded_at)).book(book_key)
    with transaction.atomic():
        return _moved(book, stamp, town=actor.town, is_awake=is_awake, reason=reason)


def rouse(book: Book, *, actor: StaffActor, stamp: Stamp, reason: str) -> None:
    """Wake a book that sleeps, inside the transaction of a deed that writes in it."""
    if not books_of(actor.town, local_day(stamp.recorded_at)).is_awake(book.key):
        _moved(book, stamp, town=actor.town, is_awake=True, reason=reason)


def _moved(book: Book, stamp: Stamp, *, town: str, is_awake: bool, reason: str) -> WakingBook:
    rows = WakingBook.objects.select_for_update(no_key=True).filter(town=town, book=book.key)
    row = rows.first() or WakingBook(town=town, book=book.key)
    today = local_day(stamp.recorded_at)
    if books_of(town, today).is_awake(book.key) == is_awake:
        return row
    changes = {"is_awake": is_awake, "moved_on": today}
    name = "book.woken" if is_awake else "book.put_to_sleep"
    why = f"：{reason.strip()}" if reason.strip() else ""
    words = f"{'启用' if is_awake else '停用'}{book.title}{why}"
    record(Deed(name, row, changes=changes, words=words), cited(stamp, book))
    return row
