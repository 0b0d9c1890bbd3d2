"""What a cell names: a resident by name or ID number, an enterprise, a case or a record by name or number."""

from uuid import UUID

from banjie.books.book import BookField
from banjie.books.models import Record
from banjie.cases.queries import visible_to as cases_visible_to
from banjie.enterprises.queries import visible_to as enterprises_visible_to
from banjie.fields.spec import FieldType
from banjie.people.queries import StaffActor
from banjie.residents.queries import find_residents

FOUND = (FieldType.RESIDENT, FieldType.ENTERPRISE, FieldType.CASE, FieldType.RECORD)
MOST_FOUND = 3


def keys_named(actor: StaffActor, spec: BookField, typed: str) -> list[str]:
    """Return the keys of what a cell may mean within the actor's reach; a few where it means several."""
    return _FIND[spec.type](actor, spec, typed)


def is_key(text: str) -> bool:
    """Tell whether a text is a 记录号 of a record without a number of its book: the 32 digits of its id."""
    return len(text) == 32 and all(letter in "0123456789abcdef" for letter in text)


def _residents(actor: StaffActor, _: BookField, typed: str) -> list[str]:
    hits = find_residents(actor, typed, limit=MOST_FOUND)
    return [str(hit.id) for hit in hits]


def _enterprises(actor: StaffActor, _: BookField, typed: str) -> list[str]:
    seen = enterprises_visible_to(actor)
    found = seen.filter(uscc=typed) | seen.filter(name=typed)
    return [str(pk) for pk in found.values_list("pk", flat=True)[:MOST_FOUND]]


def _cases(actor: StaffActor, _: BookField, typed: str) -> list[str]:
    found = cases_visible_to(actor).filter(number=typed.upper())
    return [str(pk) for pk in found.values_list("pk", flat=True)[:MOST_FOUND]]


def _records(actor: StaffActor, spec: BookField, typed: str) -> list[str]:
    inside = Record.objects.filter(town=actor.town, book=spec.of, voided_at__isnull=True)
    found = inside.filter(pk=UUID(typed)) if is_key(typed) else inside.filter(number=typed).exclude(number="")
    return [str(pk) for pk in found.values_list("pk", flat=True)[:MOST_FOUND]]


_FIND = {
    FieldType.RESIDENT: _residents,
    FieldType.ENTERPRISE: _enterprises,
    FieldType.CASE: _cases,
    FieldType.RECORD: _records,
}
