"""The list of a book: what is asked of it, a page of it by keyset, how many there are, and what they add up to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Q, QuerySet, Sum, TextField, Value, When
from django.db.models.functions import Concat
from django.db.models.lookups import (
    Contains,
    Exact,
    GreaterThanOrEqual,
    In,
    LessThan,
    LessThanOrEqual,
    Lookup,
)

from banjie.base.among import AmongIds
from banjie.base.errors import InvalidInput
from banjie.base.keyset import Slice, count_to, slice_after
from banjie.books.book import COLUMN_TYPES, Book, BookField
from banjie.books.finding import digests_of
from banjie.books.models import Record, RecordKey
from banjie.books.queries.scope import sees_field, visible_to
from banjie.books.queries.words import KIND, asked_words, pieces
from banjie.books.told import Told, ToldWhole, ToldYes
from banjie.fields.spec import Bound, FieldType, Stored
from banjie.fields.stored import check
from banjie.people.queries import StaffActor
from banjie.search.bigrams import holds, wanted
from banjie.search.queries import matching

PAGE = 50
NEWEST = ("-day", "-id")
COUNTED = 10_000
FOUND = 2000
"""So many candidates of a search by words are looked through."""
HOT = {
    "unit": "unit_id",
    "village": "division_code",
    "grid": "grid_id",
    "person": "resident_id",
    "enterprise": "enterprise_id",
    "case": "case_id",
    "staff": "staff_id",
}
"""The columns that a field may fill."""
Condition = Q | Lookup[Any]
PICKED = (FieldType.CHOICE, FieldType.YES_NO, *COLUMN_TYPES.values(), FieldType.RECORD)


@dataclass(frozen=True)
class Asked:
    """What a list is narrowed by; what is empty narrows nothing.

    `filters` give for a field's key what it must be (of several choices, what must be among them), of a number or
    date `key__from` and `key__to` bound it. `words` are looked for in the texts, and as a whole in personal fields.
    """

    filters: Mapping[str, str] = field(default_factory=dict)
    words: str = ""
    from_on: date | None = None
    to_on: date | None = None
    is_mine: bool = False
    is_open: bool = False
    shows_void: bool = False


ALL = Asked()


@dataclass(frozen=True)
class Total:
    """What a field of the filtered records adds up to, in stored form; `is_bounded` says that some are 余 or 近."""

    field: BookField
    stored: Stored
    is_bounded: bool


@dataclass(frozen=True)
class Totals:
    """How many records a filter keeps, and what their fields add up to."""

    count: int
    sums: tuple[Total, ...]


def filterable(book: Book, actor: StaffActor) -> tuple[BookField, ...]:
    """Return the fields of a book that its list can be narrowed by: seen by the actor, and not sealed."""
    kinds = (*PICKED, FieldType.CHOICES, *_RANGED)
    return tuple(
        spec
        for spec in book.fields
        if spec.type in kinds and not spec.is_sealed and sees_field(actor, book, spec)
    )


def asked_records(actor: StaffActor, book: Book, asked: Asked = ALL) -> QuerySet[Record]:
    """Return the records of a book that the actor may see and the filter keeps, in no order."""
    found = visible_to(actor, book)
    if not asked.shows_void:
        found = found.filter(voided_at__isnull=True)
    if asked.from_on:
        found = found.filter(day__gte=asked.from_on)
    if asked.to_on:
        found = found.filter(day__lte=asked.to_on)
    if asked.is_mine:
        found = found.filter(Q(author_id=actor.id) | Q(staff_id=actor.id))
    if asked.is_open and book.states:
        found = found.filter(state__in=book.states.open)
    for condition in _conditions(actor, book, asked.filters):
        found = found.filter(condition)
    return _by_words(actor, book, asked.words, found) if asked.words.strip() else found


def dated_records(
    actor: StaffActor, book: Book, keys: Sequence[str], *, from_on: date, to_on: date
) -> QuerySet[Record]:
    """Return the records of a book that name a day of a span in one of the fields of dates, the newest first."""
    after = (to_on + timedelta(days=1)).isoformat()
    named = Q(pk__in=[])
    for key in keys:
        told = Told(key)
        named |= Q(GreaterThanOrEqual(told, Value(from_on.isoformat()))) & Q(LessThan(told, Value(after)))
    return asked_records(actor, book).filter(named).order_by(*NEWEST)


def records(
    actor: StaffActor, book: Book, asked: Asked = ALL, *, after: str = "", size: int = PAGE
) -> Slice[Record]:
    """Return a page of a book's records, the newest day first."""
    return slice_after(asked_records(actor, book, asked), by=NEWEST, token=after, size=size)


def count_of(actor: StaffActor, book: Book, asked: Asked = ALL, *, limit: int = COUNTED) -> int:
    """Return how many records a filter keeps, exact up to `limit`; one more means that many and more."""
    return count_to(asked_records(actor, book, asked), limit)


@dataclass(frozen=True)
class ListPage:
    """A page of a list with what all of it adds up to; an empty token means that there is no next page."""

    rows: Sequence[Record]
    next_token: str
    first: bool
    totals: Totals


def page_of(
    actor: StaffActor, book: Book, asked: Asked = ALL, *, after: str = "", size: int = PAGE
) -> ListPage:
    """Return a page of a book's records with count and sums of all that the filter keeps.

    Above COUNTED records nothing is added up, and the count only says that there are more: a list stays quick.
    """
    found = asked_records(actor, book, asked)
    cut = slice_after(found, by=NEWEST, token=after, size=size)
    if cut.is_whole:  # these are all: nothing is looked through again
        found = Record.objects.filter(pk__in=[row.pk for row in cut.rows])
    return ListPage(cut.rows, cut.next_token, cut.first, _added_up(actor, book, found, most=COUNTED))


def totals(actor: StaffActor, book: Book, asked: Asked = ALL) -> Totals:
    """Return what the filtered records add up to: exact, in the smallest unit, in one scan."""
    return _added_up(actor, book, asked_records(actor, book, asked))


def _added_up(actor: StaffActor, book: Book, records: QuerySet[Record], *, most: int | None = None) -> Totals:
    """Add up in one scan; of more than `most` records none is added up, and the count stops there."""
    specs = [spec for spec in book.total_fields if sees_field(actor, book, spec)]
    told: dict[str, Told | Case] = {f"told_{place}": _whole(spec) for place, spec in enumerate(specs)}
    told |= {
        f"bounded_{place}": Case(When(_is_bounded(spec), then=Value(1)))
        for place, spec in enumerate(specs)
        if spec.bound
    }
    rows = records.order_by().annotate(**told).values("pk", *told)[: most + 1 if most else None]
    adds = {name: Sum(name) if name.startswith("told_") else Count(name) for name in told}
    found = rows.aggregate(how_many=Count("pk"), **{f"all_{name}": add for name, add in adds.items()})
    count = int(found["how_many"])
    if most and count > most:
        return Totals(count, ())
    return Totals(
        count,
        tuple(
            Total(
                spec,
                _stored(spec, found[f"all_told_{place}"] or 0),
                bool(found.get(f"all_bounded_{place}")),
            )
            for place, spec in enumerate(specs)
        ),
    )


def _is_bounded(spec: BookField) -> Condition:
    return In(Told(spec.bound_key), [Bound.AT_LEAST.value, Bound.UNDER.value])


def _whole(spec: BookField) -> ToldWhole:
    return ToldWhole(spec.key, places=spec.places if spec.type is FieldType.DECIMAL else 0)


def _stored(spec: BookField, whole: int) -> Stored:
    """Return a sum of smallest units in the stored form of its field."""
    return str(Decimal(whole).scaleb(-spec.places)) if spec.type is FieldType.DECIMAL else int(whole)


def _conditions(actor: StaffActor, book: Book, filters: Mapping[str, str]) -> Iterator[Condition]:
    allowed = {spec.key: spec for spec in filterable(book, actor)}
    for name, value in filters.items():
        key, _, end = name.partition("__")
        spec = allowed.get(key)
        if value == "" or spec is None or end not in ("", "from", "to"):
            continue
        if spec.type in _RANGED:
            yield _range(book, spec, value, end)
        elif spec.type is FieldType.CHOICES:
            told = Concat(Value(","), Told(key), Value(","), output_field=TextField())
            yield Contains(told, f",{value},")
        else:
            yield _picked(book, spec, value)


def _picked(book: Book, spec: BookField, value: str) -> Condition:
    """Return the condition of a picked value, on its column where it fills one."""
    if book.states and spec.key == book.states.field:
        return Q(state=value)
    column = next((HOT[name] for name, key in book.columns.items() if key == spec.key), "")
    if column:
        return Q(**{column: value if column == "division_code" else _uuid(spec, value)})
    if spec.type is FieldType.YES_NO:
        return Exact(ToldYes(spec.key), value in ("true", "是", "1"))
    return Exact(Told(spec.key), value)


def _uuid(spec: BookField, value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError:
        raise InvalidInput(f"{spec.label}请从列表中选择", fields={spec.key: "请从列表中选择"}) from None


def _range(book: Book, spec: BookField, typed: str, end: str) -> Condition:
    """Return the bounds of a number or date, typed as into a form; a bare key means just that one."""
    stored = check(spec, typed)
    if spec.key == book.day and spec.type is FieldType.DATE:
        return Q(**{{"from": "day__gte", "to": "day__lte", "": "day"}[end]: stored})
    is_number = spec.type in (FieldType.WHOLE, FieldType.DECIMAL, FieldType.MONEY, FieldType.SHARE)
    places = spec.places if spec.type in (FieldType.DECIMAL, FieldType.SHARE) else 0
    told: Told = ToldWhole(spec.key, places=places) if is_number else Told(spec.key)
    bound = int(Decimal(str(stored)).scaleb(places)) if is_number else str(stored)
    return _ENDS[end](told, bound)


def _by_words(actor: StaffActor, book: Book, typed: str, found: QuerySet[Record]) -> QuerySet[Record]:
    """Keep what holds the words in its texts, and what a personal value as typed leads to."""
    keys = RecordKey.objects.filter(digest__in=digests_of(actor.town, typed)).values_list(
        "record_id", flat=True
    )
    ids = set(keys[:FOUND])
    plain = wanted(typed)
    candidates = matching(KIND, actor.town, wanted(asked_words(book, typed)), most=FOUND) if plain else []
    if plain.wants_proof:
        told = pieces(list(found.filter(AmongIds("pk", candidates)).values_list("pk", flat=True)))
        candidates = [pk for pk in candidates if pk in told and holds(told[pk].texts, plain)]
    return found.filter(AmongIds("pk", ids | set(candidates)))


_RANGED = (
    *(FieldType.WHOLE, FieldType.DECIMAL, FieldType.MONEY, FieldType.SHARE),
    *(FieldType.DATE, FieldType.MONTH),
)
_ENDS: Mapping[str, type[Lookup[Any]]] = {"from": GreaterThanOrEqual, "to": LessThanOrEqual, "": Exact}
