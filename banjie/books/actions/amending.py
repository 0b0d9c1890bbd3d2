"""修改、作废和查看台账: amend a record, void it (never delete), look at what is personal in full."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from django.db import transaction

from banjie.base.clock import local_day
from banjie.base.errors import Conflict, InvalidInput, NotAllowed, NotFound
from banjie.books.actions.asking import book_to_write, cited, require
from banjie.books.actions.checking import Typed, checked
from banjie.books.actions.following import follow
from banjie.books.actions.rows import columns_of, drop_beside, write_beside
from banjie.books.book import Book
from banjie.books.models import Record
from banjie.books.queries.scope import NOT_THERE, can_see, can_write, locked_record, record_in, sees_field
from banjie.books.queries.shelf import books_of
from banjie.books.queries.words import KIND
from banjie.fields.spec import Stored
from banjie.fields.stored import as_typed, say
from banjie.ledger.actions import once, record, record_all
from banjie.ledger.record import Deed, Stamp
from banjie.people.queries import StaffActor
from banjie.people.rights import Role
from banjie.search.actions import forget

AMEND, VOID, REVEAL = "books.amend_record", "books.void_record", "books.reveal_record"
MAY_VOID = frozenset({Role.UNIT_HEAD, Role.DISPATCHER, Role.SUPERVISOR})
"""Who besides its author voids a record."""


def amend(record_id: UUID, typed: Typed, *, actor: StaffActor, stamp: Stamp, words: str = "") -> Record:
    """修改台账记录: change the fields that are told; what is not told stays as it is, "" clears a field.

    Raises NotFound outside the scope, InvalidInput by field, Conflict for a void record. What is told as it stands
    already writes no entry.
    """
    book = _book_of(actor, record_id, stamp)
    book_to_write(actor, book.key, stamp, deed=AMEND, to_do="修改台账")

    def act() -> Record:
        row = locked_record(actor, book, record_id)
        _refuse_void(row, "修改")
        kept: dict[str, Stored] = {**row.values, **{key: row.opened_value(key) for key in row.sealed}}
        whole = {**_as_typed(book, kept), **typed}
        told = checked(actor, book, whole, at=stamp.recorded_at, kept=kept)
        columns = columns_of(book, row, told, actor=actor)
        if all(
            getattr(row, column) == value for column, value in columns.items() if column != "book_version"
        ):
            return row
        drop_beside(book, row)
        forget(KIND, row.pk)
        changes = {**columns, "amended_at": stamp.recorded_at}
        record(Deed("record.amended", row, changes=changes, words=words.strip()), cited(stamp, book))
        write_beside([(book, row)])
        follow([(book, row)], actor=actor, stamp=stamp)
        return row

    return once(stamp, act, again=lambda earlier: Record.objects.get(pk=earlier))


def void(record_id: UUID, *, actor: StaffActor, stamp: Stamp, reason: str) -> Record:
    """作废台账记录: a record stays, says why it is void, and counts nowhere.

    Its author voids it, or the head of a unit, 党政办 or 督办. Raises InvalidInput without a reason.
    """
    book = _book_of(actor, record_id, stamp)
    require(actor, VOID, to_do="作废台账记录")
    if not reason.strip():
        raise InvalidInput("作废要写明原因，如：重复登记", fields={"reason": "请写明原因"})

    def act() -> Record:
        row = locked_record(actor, book, record_id)
        _refuse_void(row, "再作废")
        if row.author_id != actor.id and not actor.roles & MAY_VOID:
            raise NotAllowed("别人记的台账不能由您作废。请找记录人，或单位负责人、党政办。", ground=VOID)
        strike([(book, row)], actor=actor, stamp=cited(stamp, book), reason=reason)
        return row

    return once(stamp, act, again=lambda earlier: Record.objects.get(pk=earlier))


def void_all(ids: Sequence[UUID], *, actor: StaffActor, stamp: Stamp, reason: str) -> int:
    """撤销导入: void the actor's own records of one import that still stand; return how many."""
    require(actor, VOID, to_do="作废台账记录")
    books = books_of(actor.town, local_day(stamp.recorded_at))
    with transaction.atomic():
        rows = Record.objects.select_for_update(no_key=True).filter(town=actor.town, pk__in=list(ids))
        mine = list(rows.filter(author_id=actor.id, voided_at__isnull=True).order_by("pk"))
        strike([(books.book(row.book), row) for row in mine], actor=actor, stamp=stamp, reason=reason)
    return len(mine)


def reveal_record(
    record_id: UUID, keys: Collection[str], *, reason: str, actor: StaffActor, stamp: Stamp
) -> Mapping[str, str]:
    """查看完整信息: return personal fields in clear and enter who looked and why (T19, U12)."""
    book = _book_of(actor, record_id, stamp)
    require(actor, REVEAL, to_do="查看完整的个人信息")
    if not reason.strip():
        raise InvalidInput("查看完整的个人信息要写明用途，如：回访联系", fields={"reason": "请写明用途"})
    row = record_in(actor, book, record_id)
    asked = [
        spec for spec in book.fields if spec.key in keys and spec.is_sealed and sees_field(actor, book, spec)
    ]
    if not asked:
        raise InvalidInput("请选择要查看的项")
    shown = {spec.key: say(spec, row.opened_value(spec.key) or None, in_full=True) for spec in asked}
    words = f"查看{'、'.join(spec.label for spec in asked)}：{reason.strip()}"

    def look() -> Mapping[str, str]:
        record(Deed("record.revealed", row, words=words), cited(stamp, book))
        return shown

    return once(stamp, look, again=lambda _: shown)


def strike(rows: Iterable[tuple[Book, Record]], *, actor: StaffActor, stamp: Stamp, reason: str) -> None:
    """Void records inside the caller's transaction, whose deed asked for the right."""
    told = list(rows)
    for book, row in told:
        drop_beside(book, row)
    changes = {"voided_at": stamp.recorded_at}
    record_all([Deed("record.voided", row, changes=changes, words=reason.strip()) for _, row in told], stamp)
    follow(told, actor=actor, stamp=stamp)


def _book_of(actor: StaffActor, record_id: UUID, stamp: Stamp) -> Book:
    """Return the book of a record. Raises NotFound for one of another town or of a book that is not the actor's."""
    key = Record.objects.filter(pk=record_id, town=actor.town).values_list("book", flat=True).first()
    books = books_of(actor.town, local_day(stamp.recorded_at))
    if key is None or key not in books:
        raise NotFound(NOT_THERE)
    book = books.book(key)
    if not (can_see(actor, book) or can_write(actor, book)):
        raise NotFound(NOT_THERE)
    return book


def _as_typed(book: Book, kept: Mapping[str, Stored]) -> dict[str, object]:
    """Return stored values as they would be typed, qualifiers as they are."""
    return {
        key: as_typed(book.by_key[key], value) if key in book.by_key else value for key, value in kept.items()
    }


def _refuse_void(row: Record, to_do: str) -> None:
    if row.is_void:
        raise Conflict(f"这条记录已经作废，不能{to_do}。请刷新页面核对。")
