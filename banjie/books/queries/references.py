"""What a record may refer to: what exists in the town and lies within the writer's reach, asked for many at once."""

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from banjie.books.book import Book
from banjie.books.models import Record
from banjie.books.queries.scope import within_any
from banjie.books.queries.shelf import books_of
from banjie.cases.queries import cases_by_id
from banjie.enterprises.queries import enterprise_names
from banjie.fields.spec import REFERENCES, FieldType, Stored
from banjie.fields.stored import parts_of
from banjie.files.models import StoredFile
from banjie.people.queries import StaffActor, names_of
from banjie.places.queries import grid_names, village_names
from banjie.residents.queries import visible_to as residents_visible_to

Known = Mapping[tuple[FieldType, str], frozenset[str]]
"""The keys that stand, by the type of the field and the book that it names."""


def known_among(actor: StaffActor, book: Book, many: Iterable[Mapping[str, Stored]]) -> Known:
    """Return which of the keys that values name exist and may be named by the actor."""
    wanted: dict[tuple[FieldType, str], set[str]] = {}
    for values in many:
        for spec in book.fields:
            if (spec.type in REFERENCES or spec.type.is_kept_file) and (value := values.get(spec.key)):
                wanted.setdefault((spec.type, spec.of), set()).update(parts_of(str(value)))
    return {place: frozenset(_KNOWN[place[0]](actor, place[1], keys)) for place, keys in wanted.items()}


def _offices(actor: StaffActor, _: str, keys: set[str]) -> Iterable[str]:
    office = names_of(actor.town)
    return keys & {str(pk) for pk in (*office.units, *office.staff)}


def _records(actor: StaffActor, of: str, keys: set[str]) -> Iterable[str]:
    rows = Record.objects.filter(pk__in=_uuids(keys), town=actor.town, book=of, voided_at__isnull=True)
    newest = rows.order_by("-day").values_list("day", flat=True).first()
    if newest is None or of not in (books := books_of(actor.town, newest)):
        return ()
    return _told(rows.filter(within_any(actor, [books.book(of)])).values_list("pk", flat=True))


def _told(ids: Iterable[UUID]) -> Iterable[str]:
    return [str(pk) for pk in ids]


def _uuids(keys: Iterable[str]) -> list[UUID]:
    return [UUID(key) for key in keys]


def _files(actor: StaffActor, _: str, keys: set[str]) -> Iterable[str]:
    mine = StoredFile.objects.filter(town=actor.town, pk__in=_uuids(keys), taken_in_by=actor.id)
    return _told(mine.values_list("pk", flat=True))


_KNOWN: Mapping[FieldType, Callable[[StaffActor, str, set[str]], Iterable[str]]] = {
    FieldType.UNIT: _offices,
    FieldType.STAFF: _offices,
    FieldType.VILLAGE: lambda actor, _, __: [code for code, _ in village_names(actor.town)],
    FieldType.GRID: lambda actor, _, __: [str(pk) for pk, _, _ in grid_names(actor.town)],
    FieldType.RESIDENT: lambda actor, _, keys: _told(
        residents_visible_to(actor).filter(pk__in=_uuids(keys)).values_list("pk", flat=True)
    ),
    FieldType.ENTERPRISE: lambda actor, _, keys: _told(enterprise_names(actor.town, _uuids(keys))),
    FieldType.CASE: lambda actor, _, keys: _told(
        cases_by_id(actor, _uuids(keys)).values_list("pk", flat=True)
    ),
    FieldType.RECORD: _records,
    FieldType.PHOTO: _files,
    FieldType.FILE: _files,
}
