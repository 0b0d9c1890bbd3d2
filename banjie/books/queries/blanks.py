"""What a form is filled with before anyone types: defaults, the writer's last record, what a reference tells."""

import re
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from banjie.base.clock import local, local_day
from banjie.base.errors import NotFound
from banjie.books.book import Book, BookField
from banjie.books.models import Record
from banjie.books.queries.scope import record_in, sees_field
from banjie.books.queries.shelf import books_of
from banjie.cases.queries import cases_by_id
from banjie.enterprises.queries import enterprise_for
from banjie.fields.spec import FieldType, Stored
from banjie.fields.stored import check
from banjie.people.queries import StaffActor, names_of, posts_of
from banjie.places.queries import village_names
from banjie.residents.queries import resident_for

FROM = re.compile(r"from\.(?P<field>\w+)\.(?P<column>\w+)")
PLAIN = frozenset({"today", "now", "me", "my_unit", "my_village", "last"})


def blank_for(
    actor: StaffActor, book: Book, *, at: datetime, given: Mapping[str, str] | None = None
) -> dict[str, Stored]:
    """Return what a new record of a book begins with, in stored form; `given` are the references that stand already.

    What is personal never comes from the last record.
    """
    last = _last(actor, book)
    filled: dict[str, Stored] = dict(given or {})
    for spec in book.asked_on(local_day(at)):
        if spec.key in filled or not sees_field(actor, book, spec):
            continue
        value = _plain(actor, spec, at, last)
        if value is not None:
            filled[spec.key] = value
    return filled | prefilled(actor, book, filled, at=at)


def prefilled(
    actor: StaffActor, book: Book, values: Mapping[str, object], *, at: datetime, is_written: bool = False
) -> dict[str, Stored]:
    """Return what the references among `values` tell of fields that are not filled in (`from.resident.village`).

    What is personal goes from row to row when a record `is_written`, and into no form (T19).
    """
    found: dict[str, Stored] = {}
    for spec in book.asked_on(local_day(at)):
        told = FROM.fullmatch(spec.default)
        if told is None or values.get(spec.key) not in (None, "") or not values.get(told["field"]):
            continue
        if spec.is_sealed and not is_written:
            continue
        reference = book.by_key[told["field"]]
        value = _told_by(actor, reference, str(values[told["field"]]), told["column"], at)
        if value is not None:
            found[spec.key] = value
    return found


def _plain(actor: StaffActor, spec: BookField, at: datetime, last: Record | None) -> Stored | None:
    today = local_day(at)
    if spec.default == "last":
        return last.values.get(spec.key) if last else None
    if spec.default not in PLAIN:
        return check(spec, spec.default) if spec.default and not FROM.fullmatch(spec.default) else None
    units = sorted(actor.unit_ids, key=str)
    told: Mapping[str, Stored | None] = {
        "today": today.isoformat() if spec.type is FieldType.DATE else f"{today:%Y-%m}",
        "now": local(at).replace(second=0, microsecond=0).isoformat(),
        "me": str(actor.id),
        "my_unit": str(units[0]) if units else None,
        "my_village": actor.scope if actor.scope in dict(village_names(actor.town)) else None,
    }
    return told[spec.default]


def _last(actor: StaffActor, book: Book) -> Record | None:
    if not any(spec.default == "last" for spec in book.fields):
        return None
    mine = Record.objects.filter(author_id=actor.id, book=book.key, town=actor.town, voided_at__isnull=True)
    return mine.order_by("-id").first()


def _told_by(actor: StaffActor, reference: BookField, key: str, column: str, at: datetime) -> Stored | None:
    """Return what one reference tells; nothing where it lies outside the actor's scope."""
    try:
        told = _TELLERS[reference.type](actor, UUID(key), column)
    except (NotFound, ValueError):
        return None
    except KeyError:
        return _of_record(actor, reference, UUID(key), column, at)
    return told or None


def _of_resident(actor: StaffActor, key: UUID, column: str) -> str:
    row = resident_for(actor, key)
    told = {"village": row.division_code, "grid": str(row.grid_id or "")}
    return told[column] if column in told else row.opened(column)


def _of_enterprise(actor: StaffActor, key: UUID, column: str) -> str:
    row = enterprise_for(actor, key)
    told = {"name": row.name, "code": row.uscc, "village": _village(row.division_code)}
    return told[column] if column in told else row.opened(column)


def _village(code: str) -> str:
    return code if len(code) > len("000000000") else ""


def _of_case(actor: StaffActor, key: UUID, column: str) -> str:
    row = cases_by_id(actor, [key]).first()
    if row is None:
        raise NotFound("没有找到这一件。")
    told = {
        "title": row.title,
        "number": row.number,
        "village": _village(row.division_code),
        "unit": str(row.unit_id or ""),
        "category": row.category,
    }
    return told[column]


def _of_staff(actor: StaffActor, key: UUID, column: str) -> str:
    if column == "name":
        return names_of(actor.town).staff.get(key, "")
    post = posts_of(key).filter(town=actor.town).first()
    return str(post.unit_id) if post else ""


def _of_record(
    actor: StaffActor, reference: BookField, key: UUID, column: str, at: datetime
) -> Stored | None:
    try:
        book = books_of(actor.town, local_day(at)).book(reference.of)
        row = record_in(actor, book, key)
    except NotFound:
        return None
    spec = book.by_key.get(column)
    if spec is None or not sees_field(actor, book, spec) or spec.is_sealed:
        return None
    value: Stored | None = row.values.get(column)
    return value


_TELLERS = {
    FieldType.RESIDENT: _of_resident,
    FieldType.ENTERPRISE: _of_enterprise,
    FieldType.CASE: _of_case,
    FieldType.STAFF: _of_staff,
}
