"""Records as people read them: each field in words, references by name, what is personal or reserved covered."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from banjie.base.clock import local_day
from banjie.books.book import Book, BookField
from banjie.books.models import Record
from banjie.books.queries.scope import sees_field, within_any
from banjie.books.queries.shelf import books_of
from banjie.cases.queries import cases_by_id
from banjie.enterprises.queries import enterprise_names
from banjie.fields.spec import FieldType, is_asked
from banjie.fields.stored import COVERED, parts_of, say
from banjie.people.queries import StaffActor, names_of
from banjie.places.queries import grid_names, place_names
from banjie.residents.queries import hits_of
from banjie.residents.queries import visible_to as residents_visible_to

OUT_OF_REACH = "（不在您的管辖范围）"
LONGEST_OPENING = 24


@dataclass(frozen=True)
class SaidField:
    """A field of a record in words; `is_covered` says that more stands there than is shown."""

    field: BookField
    words: str
    is_covered: bool = False

    @property
    def label(self) -> str:
        """Return what the field is called."""
        return self.field.label


@dataclass(frozen=True)
class RecordNames:
    """The names of everything that some records refer to, by key."""

    names: Mapping[str, str] = field(default_factory=dict)


def names_for(actor: StaffActor, book: Book, rows: Iterable[Record]) -> RecordNames:
    """Return the names of what records refer to, a query for each type of reference that occurs at most."""
    wanted: dict[FieldType, set[str]] = {}
    for row in rows:
        for spec in book.fields:
            if spec.type in _NAMED and (value := row.values.get(spec.key)):
                wanted.setdefault(spec.type, set()).update(parts_of(str(value)))
    names: dict[str, str] = {}
    for kind, keys in wanted.items():
        names |= _NAMED[kind](actor, keys)
    return RecordNames(names)


def say_record(
    actor: StaffActor, book: Book, record: Record, names: RecordNames | None = None
) -> list[SaidField]:
    """Return a record field by field: those of its day, and any other that holds something."""
    known = names or names_for(actor, book, [record])
    return [
        said_field(actor, book, record, spec, known)
        for spec in book.fields
        if is_asked(spec, record.day) or spec.key in record.values or spec.key in record.sealed
    ]


def said_field(
    actor: StaffActor, book: Book, record: Record, spec: BookField, names: RecordNames
) -> SaidField:
    """Return one field of a record in words, covered where it is personal or not the actor's to see."""
    has_value = spec.key in record.values or spec.key in record.sealed
    if has_value and not sees_field(actor, book, spec):
        return SaidField(spec, COVERED, is_covered=True)
    if spec.is_sealed:
        return SaidField(
            spec, say(spec, record.opened_value(spec.key)) if has_value else "", is_covered=has_value
        )
    bound = record.values.get(spec.bound_key)
    return SaidField(spec, say(spec, record.values.get(spec.key), names=names.names, bound=bound))


def title_of(record: Record, book: Book) -> str:
    """Return a record in a few words, for a link: its number or day, and the beginning of its first text."""
    told = next((words for spec in book.fields if (words := _opening(record, spec))), "")
    return " ".join(part for part in (record.number or record.day.isoformat(), told) if part)


def _opening(record: Record, spec: BookField) -> str:
    """Return the beginning of a text that everyone who sees the record may read."""
    is_text = spec.type in (FieldType.TEXT, FieldType.LONG_TEXT)
    words = str(record.values.get(spec.key, "")) if is_text and not spec.seen_by else ""
    return words if len(words) <= LONGEST_OPENING else f"{words[:LONGEST_OPENING]}…"


def _office(actor: StaffActor, keys: set[str]) -> Mapping[str, str]:
    office = names_of(actor.town)
    known = {str(pk): name for pk, name in (*office.units.items(), *office.staff.items())}
    return {key: known.get(key, "") for key in keys}


def _residents(actor: StaffActor, keys: set[str]) -> Mapping[str, str]:
    rows = list(residents_visible_to(actor).filter(pk__in=_uuids(keys)))
    return dict.fromkeys(keys, OUT_OF_REACH) | {str(hit.id): hit.name for hit in hits_of(rows)}


def _enterprises(actor: StaffActor, keys: set[str]) -> Mapping[str, str]:
    return {str(pk): name for pk, name in enterprise_names(actor.town, _uuids(keys)).items()}


def _cases(actor: StaffActor, keys: set[str]) -> Mapping[str, str]:
    seen = cases_by_id(actor, _uuids(keys)).values_list("pk", "number", "title")
    return dict.fromkeys(keys, OUT_OF_REACH) | {str(pk): f"{number} {title}" for pk, number, title in seen}


def _records(actor: StaffActor, keys: set[str]) -> Mapping[str, str]:
    rows: Sequence[Record] = list(Record.objects.filter(town=actor.town, pk__in=_uuids(keys)))
    if not rows:
        return dict.fromkeys(keys, OUT_OF_REACH)
    books = books_of(actor.town, max(local_day(row.written_at) for row in rows))
    named = {row.book for row in rows if row.book in books}
    inside = within_any(actor, (books.book(key) for key in named))
    seen = set(Record.objects.filter(inside, pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    return dict.fromkeys(keys, OUT_OF_REACH) | {
        str(row.pk): title_of(row, books.book(row.book)) for row in rows if row.pk in seen
    }


def _uuids(keys: Iterable[str]) -> list[UUID]:
    return [UUID(key) for key in keys]


_NAMED: Mapping[FieldType, Callable[[StaffActor, set[str]], Mapping[str, str]]] = {
    FieldType.UNIT: _office,
    FieldType.STAFF: _office,
    FieldType.VILLAGE: lambda _, keys: place_names(keys),
    FieldType.GRID: lambda actor, keys: {str(pk): name for pk, _, name in grid_names(actor.town)},
    FieldType.RESIDENT: _residents,
    FieldType.ENTERPRISE: _enterprises,
    FieldType.CASE: _cases,
    FieldType.RECORD: _records,
}
