"""A case as a stencil, from which many are stamped with rows, entries and an unbroken chain.

A stamped case has its own ids, number, token and moments; all else is as the actions of the rooms wrote it, so that
`banjie verify` folds and compares it like any other. What it leaves out is only the time that the actions take.
"""

import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models

from banjie.base.ids import new_id
from banjie.cases.models import NEVER, Case, OfCase
from banjie.ledger.canonical import CHAINED, digest, plain, written
from banjie.ledger.models import ChainHead, Entry, EntryBody, Ledgered, ledgered_fields

PARTS = tuple(model for model in apps.get_models() if issubclass(model, OfCase))
_ISO = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00"
_DAY = r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)"


@dataclass(frozen=True)
class Own:
    """A place in a stencil that each stamped case fills with its own: an id, a number, a token."""

    key: object


@dataclass(frozen=True)
class Moment:
    """A place in a stencil for a moment, moved with its case."""

    at: datetime


@dataclass(frozen=True)
class Day:
    """A place in a stencil for a day, moved with its case."""

    on: date


Piece = str | Own | Moment | Day


@dataclass(frozen=True)
class RowStencil:
    """A row: its table and, column by column, what stands there."""

    table: str
    values: tuple[object, ...]
    places: tuple[int, ...]


@dataclass(frozen=True)
class EntryStencil:
    """An entry: its chained columns but those of the chain itself, and its body in pieces."""

    columns: dict[str, object]
    body: tuple[Piece, ...]


@dataclass(frozen=True)
class Stencil:
    """A whole case with all that belongs to it."""

    ids: tuple[UUID, ...]
    rows: tuple[RowStencil, ...]
    entries: tuple[EntryStencil, ...]
    moved: frozenset[Moment | Day]


def stencil_of(case: Case, *, whole_lives: bool) -> Stencil:
    """Return the stencil of a case: with every entry of its life, or with a single one."""
    rows: list[Ledgered] = [
        case,
        *(part for model in PARTS for part in model._default_manager.filter(case=case)),
    ]
    ids = tuple(row.pk for row in rows)
    own: dict[object, Own] = {pk: Own(pk) for pk in ids}
    own |= {str(pk): Own(pk) for pk in ids}
    own |= {case.number: Own("number"), case.token: Own("token")}
    entries = _life(case, own) if whole_lives else (_import(case, rows, own),)
    stored = tuple(_row(row, own) for row in rows)
    used = [value for row in stored for value in row.values]
    used += [piece for value in used if isinstance(value, tuple) for piece in value]
    used += [piece for entry in entries for piece in entry.body]
    return Stencil(ids, stored, entries, frozenset(one for one in used if isinstance(one, Moment | Day)))


def _row(row: Ledgered, own: dict[object, Own]) -> RowStencil:
    values: list[object] = []
    for field in _written_fields(type(row)):
        value = getattr(row, field.attname)
        if isinstance(value, UUID | str) and value in own:
            values.append(own[value])
        elif isinstance(value, datetime) and value != NEVER:
            values.append(Moment(value))
        elif isinstance(value, date) and not isinstance(value, datetime):
            values.append(Day(value))
        elif isinstance(value, dict | list) and value:
            values.append(_pieces(json.dumps(value), own))
        else:
            values.append(_stored(field, value))
    places = tuple(
        place for place, value in enumerate(values) if isinstance(value, Own | Moment | Day | tuple)
    )
    return RowStencil(row._meta.db_table, tuple(values), places)


def _written_fields(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    """Return the fields that are written; the database works out the others."""
    return [field for field in model._meta.concrete_fields if not getattr(field, "generated", False)]


def _stored(field: "models.Field[Any, Any]", value: object) -> object:
    return field.get_db_prep_save(value, connection)


def _life(case: Case, own: dict[object, Own]) -> tuple[EntryStencil, ...]:
    entries = Entry.objects.filter(subject_id=case.pk).select_related("body").order_by("seq")
    return tuple(EntryStencil(_columns(entry), _pieces(entry.body.content, own)) for entry in entries)


def _import(case: Case, rows: Sequence[Ledgered], own: dict[object, Own]) -> EntryStencil:
    """Return one entry that says how the case and its parts stand, as an import of what was there before does."""
    first = Entry.objects.filter(subject_id=case.pk).order_by("seq")[0]
    columns = _columns(first) | {"deed": "case.imported"}
    told = {
        row.ledger_key: {
            field.attname: [None, plain(value)]
            for field in ledgered_fields(type(row))
            if (value := getattr(row, field.attname)) not in (None, "")
        }
        for row in rows
    }
    content = written({"words": "历史件导入", "ground": "", "rows": told})
    return EntryStencil(columns, _pieces(content, own))


def _columns(entry: Entry) -> dict[str, object]:
    """Return the chained columns of an entry, without the key under which a client once sent it."""
    return {name: getattr(entry, name) for name in CHAINED} | {"client_key": "", "content_digest": ""}


def _pieces(content: str, own: dict[object, Own]) -> tuple[Piece, ...]:
    """Cut a body where a stamped case says its own."""
    names = "|".join(re.escape(key) for key in own if isinstance(key, str))
    pieces: list[Piece] = []
    for part in re.split(f"({names}|{_ISO}|{_DAY})", content):
        if part in own:
            pieces.append(own[part])
        elif re.fullmatch(_ISO, part) and not part.startswith(str(NEVER.year)):
            pieces.append(Moment(datetime.fromisoformat(part)))
        elif re.fullmatch(_DAY, part):
            pieces.append(Day(date.fromisoformat(part)))
        elif part:
            pieces.append(part)
    return tuple(pieces)


class Stamped:
    """One case being stamped: what it fills in, as columns and as bodies hold it."""

    def __init__(self, stencil: Stencil, own: dict[object, object], moved: timedelta) -> None:
        """Fill in its own ids, number and token, and move all its moments and days."""
        self.moved = moved
        self.stored: dict[object, object] = {Own(key): adapted(value) for key, value in own.items()}
        self.told: dict[object, str] = {Own(key): str(value) for key, value in own.items()}
        for place in stencil.moved:
            if isinstance(place, Moment):
                at = place.at + moved
                self.stored[place], self.told[place] = adapted(at), _iso(at)
            else:
                on = place.on + moved
                self.stored[place], self.told[place] = adapted(on), on.isoformat()

    def row(self, row: RowStencil) -> tuple[object, ...]:
        """Return the columns of a row."""
        filled = list(row.values)
        for place in row.places:
            value = filled[place]
            filled[place] = self.body(value) if isinstance(value, tuple) else self.stored[value]
        return tuple(filled)

    def body(self, pieces: Sequence[Piece]) -> str:
        """Return a body."""
        return "".join([piece if type(piece) is str else self.told[piece] for piece in pieces])


WRITTEN: tuple[type[models.Model], ...] = (Case, *PARTS)
COLUMNS = {model._meta.db_table: [str(field.column) for field in _written_fields(model)] for model in WRITTEN}
ENTRY_COLUMNS = [str(field.column) for field in Entry._meta.concrete_fields]
BODY_COLUMNS = [str(field.column) for field in EntryBody._meta.concrete_fields]


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _canonical(value: object) -> str:
    """Return a chained column as `entry_hash` writes it."""
    if value is None:
        return ""
    return _iso(value) if isinstance(value, datetime) else str(value)


def adapted(value: object) -> object:
    """Return a value as this database's driver takes it."""
    if connection.vendor == "postgresql":
        return value
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value.isoformat() if isinstance(value, date) else value


def insert_rows(table: str, columns: Sequence[str], rows: Sequence[tuple[object, ...]]) -> None:
    """Insert rows as the database takes them fastest."""
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join("?" * len(columns))
            cursor.cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608  our own names


class Sheet:
    """Rows, entries and bodies that are stamped and not written yet."""

    def __init__(self) -> None:
        """Begin an empty sheet."""
        self.entries: list[tuple[object, ...]] = []
        self.bodies: list[tuple[object, ...]] = []
        self.rows: dict[str, list[tuple[object, ...]]] = {}

    def add_rows(self, stencil: Stencil, stamped: Stamped) -> None:
        """Stamp the rows of a case."""
        for row in stencil.rows:
            self.rows.setdefault(row.table, []).append(stamped.row(row))

    def append(self, entry: EntryStencil, stamped: Stamped, subject_id: object, head: ChainHead) -> None:
        """Stamp an entry behind the head of the chain, which moves on."""
        salt = secrets.token_hex(16)
        content = stamped.body(entry.body)
        columns = entry.columns | {
            "previous_hash": head.hash,
            "seq": head.seq + 1,
            "subject_id": subject_id,
            "happened_at": entry.columns["happened_at"] + stamped.moved,  # type: ignore[operator]
            "recorded_at": entry.columns["recorded_at"] + stamped.moved,  # type: ignore[operator]
            "body_digest": digest(salt, content),
        }
        head.seq, head.hash = head.seq + 1, digest(*(_canonical(columns[name]) for name in CHAINED))
        columns |= {"id": new_id(), "hash": head.hash}
        self.entries.append(tuple(adapted(columns[name]) for name in ENTRY_COLUMNS))
        self.bodies.append((adapted(columns["id"]), salt, content))

    def write(self) -> None:
        """Write what was stamped, and begin anew."""
        for table, rows in self.rows.items():
            insert_rows(table, COLUMNS[table], rows)
        insert_rows(Entry._meta.db_table, ENTRY_COLUMNS, self.entries)
        insert_rows(EntryBody._meta.db_table, BODY_COLUMNS, self.bodies)
        self.rows, self.entries, self.bodies = {}, [], []
