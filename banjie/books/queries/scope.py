"""Who sees which record of a book: role × reach of the book × division, and whatever he wrote or answers for."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from banjie.base.errors import NotFound
from banjie.books.book import Book, BookField
from banjie.books.models import Record
from banjie.books.vocabulary import BookReach
from banjie.people.queries import Holding, StaffActor
from banjie.people.rights import Role

SEE, WRITE = "books.see_records", "books.write_record"
NOT_THERE = "没有找到这条记录，或它不在您的管辖范围内。请回到台账重新打开。"
OFFICE = frozenset({Role.DISPATCHER, Role.SUPERVISOR, Role.TOWN_LEADER})
"""The roles that see a book whole where others see their own unit's records."""


def can_see(actor: StaffActor, book: Book) -> bool:
    """Tell whether a book is one of the actor's: a post of his writes it or sees it."""
    return actor.may(SEE) and any(True for _ in _holdings(actor, book.writes | book.sees))


def can_write(actor: StaffActor, book: Book) -> bool:
    """Tell whether one of the actor's posts writes a book."""
    return actor.may(WRITE) and any(True for _ in _holdings(actor, book.writes))


def sees_field(actor: StaffActor, book: Book, spec: BookField) -> bool:
    """Tell whether the actor sees a field of a book; others get ＊＊＊."""
    return book.is_seen(spec, (role.value for role in actor.roles))


def visible_to(actor: StaffActor, book: Book) -> QuerySet[Record]:
    """Return the records of a book that the actor may see, void ones among them."""
    return Record.objects.filter(within(actor, book))


def within(actor: StaffActor, book: Book) -> Q:
    """Return the condition that keeps records within what the actor may see of a book."""
    bounds = Q(town=actor.town, book=book.key)
    if not actor.may(SEE):
        return Q(pk__in=[])
    inside = Q(pk__in=[])
    for holding in _holdings(actor, book.writes | book.sees):
        reach = _reach(book, holding)
        if not reach:
            return bounds
        inside |= reach
    return bounds & (inside | Q(author_id=actor.id) | Q(staff_id=actor.id))


def within_any(actor: StaffActor, books: Iterable[Book]) -> Q:
    """Return the condition that keeps records of several books within what the actor may see of each."""
    inside = Q(pk__in=[])
    for book in books:
        inside |= within(actor, book)
    return inside


def record_in(actor: StaffActor, book: Book, record_id: UUID) -> Record:
    """Return a record of a book. Raises NotFound outside the actor's scope."""
    found = visible_to(actor, book).filter(pk=record_id).first()
    if found is None:
        raise NotFound(NOT_THERE)
    return found


def locked_record(actor: StaffActor, book: Book, record_id: UUID) -> Record:
    """Return a record as it stands now, locked until the transaction ends. Raises NotFound outside the scope."""
    found = visible_to(actor, book).select_for_update(no_key=True).filter(pk=record_id).first()
    if found is None:
        raise NotFound(NOT_THERE)
    return found


def is_bound_to(actor: StaffActor, book: Book, *, by: frozenset[str]) -> tuple[str, ...]:
    """Return the divisions to which whoever writes a book is held; none means the whole town."""
    bounds = []
    for holding in _holdings(actor, by):
        if holding.reach.division == actor.town or "village" not in book.columns:
            return ()
        bounds.append(holding.reach.division)
    return tuple(bounds)


def _holdings(actor: StaffActor, roles: frozenset[str]) -> Iterable[Holding]:
    return (one for one in actor.holdings if one.role in roles and not one.reach.is_sent_down_only)


def _reach(book: Book, holding: Holding) -> Q:
    """Return what narrows a book for one post; an empty condition means all of it."""
    narrowed = Q()
    if "village" in book.columns and len(holding.reach.division) > len("000000000"):
        narrowed &= Q(division_code__startswith=holding.reach.division)
    if book.reach is BookReach.UNIT and holding.role not in OFFICE:
        narrowed &= Q(unit_id=holding.unit_id)
    return narrowed
