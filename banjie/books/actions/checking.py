"""What was typed into a book, checked whole: fields of the day, references, reach, conditions across fields."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from banjie.base.clock import local_day
from banjie.base.errors import InvalidInput
from banjie.books.book import Book, BookField
from banjie.books.queries.blanks import prefilled
from banjie.books.queries.references import Known, known_among
from banjie.books.queries.scope import is_bound_to, sees_field
from banjie.fields.spec import REFERENCES, FieldType, Stored
from banjie.fields.stored import check, check_all, parts_of
from banjie.people.queries import StaffActor

Typed = Mapping[str, object]
MONTH_LENGTH = len("2026-03")
OUT_OF_REACH = "不在您可以选的范围内，请从列表中重新选择"


@dataclass(frozen=True)
class Checked:
    """The values of one record in stored form, personal ones still in clear and apart."""

    day: date
    values: Mapping[str, Stored]
    personal: Mapping[str, str] = field(default_factory=dict)


def checked(
    actor: StaffActor, book: Book, typed: Typed, *, at: datetime, kept: Typed | None = None
) -> Checked:
    """Check one record; raises one InvalidInput that names every wrong field.

    `kept` are stored values that stand already: what is as it was is not held against today's lists again.
    """
    told, complaints = checked_all(actor, book, [typed], at=at, kept=[kept or {}])
    if complaints:
        fields = {key: message for (_, key), message in complaints.items()}
        raise InvalidInput("；".join(dict.fromkeys(fields.values())), fields=fields)
    return told[0]


def checked_all(
    actor: StaffActor, book: Book, many: Sequence[Typed], *, at: datetime, kept: Sequence[Typed] = ()
) -> tuple[list[Checked], dict[tuple[int, str], str]]:
    """Check many records; return those read, and what is wrong by place (from 0) and field ("" for the whole)."""
    standing = kept or [{}] * len(many)
    complaints: dict[tuple[int, str], str] = {}
    read: list[dict[str, Stored]] = []
    for place, typed in enumerate(many):
        try:
            read.append(_read(actor, book, typed, at=at, kept=standing[place]))
        except InvalidInput as wrong:
            read.append({})
            complaints |= {
                (place, key): message for key, message in (wrong.fields or {"": wrong.message}).items()
            }
    known = known_among(actor, book, read)
    bounds = is_bound_to(actor, book, by=book.writes)
    for place, values in enumerate(read):
        if values:
            wrong_here = _faults(book, values, known, bounds, kept=standing[place], at=at)
            complaints |= {(place, key): message for key, message in wrong_here.items()}
    return [_apart(book, values) for values in read if values], complaints


def _read(actor: StaffActor, book: Book, typed: Typed, *, at: datetime, kept: Typed) -> dict[str, Stored]:
    """Check each field of the record's own day and fill in what references tell."""
    day = _day_of(book, typed, at)
    own = [spec for spec in book.asked_on(day) if sees_field(actor, book, spec)]
    filled = {**typed, **prefilled(actor, book, typed, at=at, is_written=True)}
    values = check_all(own, filled, on=day)
    hidden = {
        key: value
        for key, value in kept.items()
        if (spec := book.by_key.get(key.partition("__")[0]))
        and spec not in own
        and isinstance(value, str | int)
    }
    return {**hidden, **values}


def _day_of(book: Book, typed: Typed, at: datetime) -> date:
    """Return the day of a record; raises InvalidInput for one that cannot be read or is missing."""
    stored = check(book.day_field, typed.get(book.day), on=local_day(at))
    return day_of(book, {book.day: stored or ""})


def day_of(book: Book, values: Mapping[str, Stored]) -> date:
    """Return the day by which a record is ordered: of a month its first, of a moment its local day."""
    stored = str(values[book.day])
    if not stored:
        problem = f"请填写{book.day_field.label}"
        raise InvalidInput(problem, fields={book.day: problem})
    if book.day_field.type is FieldType.MOMENT:
        return local_day(datetime.fromisoformat(stored))
    return date.fromisoformat(stored if len(stored) > MONTH_LENGTH else f"{stored}-01")


def _faults(
    book: Book,
    values: Mapping[str, Stored],
    known: Known,
    bounds: tuple[str, ...],
    *,
    kept: Typed,
    at: datetime,
) -> dict[str, str]:
    found: dict[str, str] = {}
    for spec in book.fields:
        value = values.get(spec.key)
        if value in (None, "") or value == kept.get(spec.key) or not _is_reference(spec):
            continue
        new = set(parts_of(value)) - set(parts_of(str(kept.get(spec.key) or "")))
        if not new <= known.get((spec.type, spec.of), frozenset()):
            found[spec.key] = f"{spec.label}{OUT_OF_REACH}"
    village = str(values.get(book.columns.get("village", ""), ""))
    if bounds and not village.startswith(bounds):
        found.setdefault(book.columns["village"], "请选您所在的村（社区）；别处的事，请由镇里登记")
    if not found:
        for one in book.checks:
            if one.fails(values, today=local_day(at)):
                found.setdefault(
                    min(one.must.names, key=list(book.by_key).index, default=book.day), one.words
                )
    return found


def _is_reference(spec: BookField) -> bool:
    return spec.type in REFERENCES or spec.type.is_kept_file


def _apart(book: Book, values: Mapping[str, Stored]) -> Checked:
    """Put personal values apart from those that are kept as they are."""
    sealed = {spec.key for spec in book.fields if spec.is_sealed}
    return Checked(
        day=day_of(book, values),
        values={key: value for key, value in values.items() if key not in sealed},
        personal={key: str(value) for key, value in values.items() if key in sealed},
    )
