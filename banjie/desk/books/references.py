"""What a field of a book may refer to, found as one types: residents, enterprises, cases, records of other books."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from banjie.base.clock import local_day
from banjie.books.book import BookField
from banjie.books.queries import Asked, books_of, records, title_of
from banjie.desk.intake.counter import Counter
from banjie.desk.search.finding import find_all
from banjie.enterprises.queries import find_enterprises
from banjie.fields.spec import FieldType
from banjie.residents.queries import find_residents

FEW = 8


@dataclass(frozen=True)
class Referred:
    """Something that a field may refer to: its key, its name, what tells it apart, and what it fills elsewhere.

    `columns` bear no personal data: they are written into other fields of the form as they are.
    """

    id: str
    name: str
    note: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


def find(counter: Counter, spec: BookField, typed: str) -> list[Referred]:
    """Return what the typed words may mean within the actor's reach, the likeliest first."""
    return list(_FINDERS[spec.type](counter, spec, typed)) if typed else []


def is_found(spec: BookField) -> bool:
    """Tell whether a field is filled by finding rather than by picking from a short list."""
    return spec.type in _FINDERS


def _residents(counter: Counter, _: BookField, typed: str) -> Sequence[Referred]:
    return [
        Referred(
            str(hit.id),
            hit.name,
            _joined(hit.phone, hit.village, hit.house),
            {"village": hit.division_code},
        )
        for hit in find_residents(counter.actor, typed, limit=FEW)
    ]


def _enterprises(counter: Counter, _: BookField, typed: str) -> Sequence[Referred]:
    return [
        Referred(
            str(hit.id),
            hit.name,
            _joined(hit.uscc, hit.village),
            {"name": hit.name, "code": hit.uscc, "village": hit.division_code},
        )
        for hit in find_enterprises(counter.actor, typed, limit=FEW)
    ]


def _cases(counter: Counter, _: BookField, typed: str) -> Sequence[Referred]:
    found = find_all(counter, typed, limit=FEW)
    cases = [*found.numbered, *(hit.case for hit in found.worded.hits)][:FEW]
    return [
        Referred(
            str(case.pk),
            case.number,
            case.title,
            {
                "title": case.title,
                "number": case.number,
                "village": case.division_code,
                "unit": str(case.unit_id or ""),
                "category": case.category,
            },
        )
        for case in cases
    ]


def _records(counter: Counter, spec: BookField, typed: str) -> Sequence[Referred]:
    book = books_of(counter.actor.town, local_day(counter.at)).book(spec.of)
    found = records(counter.actor, book, Asked(words=typed), size=FEW)
    open_keys = [field.key for field in book.fields if not field.is_sealed and not field.seen_by]
    return [
        Referred(
            str(row.pk),
            title_of(row, book),
            row.day.isoformat(),
            {key: str(row.values[key]) for key in open_keys if key in row.values},
        )
        for row in found.rows
    ]


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


_FINDERS: Mapping[FieldType, Callable[[Counter, BookField, str], Sequence[Referred]]] = {
    FieldType.RESIDENT: _residents,
    FieldType.ENTERPRISE: _enterprises,
    FieldType.CASE: _cases,
    FieldType.RECORD: _records,
}
