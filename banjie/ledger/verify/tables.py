"""A table whose rows verify compares with their folds: how it is read, and where a row differs from its fold."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from banjie.ledger.canonical import personal_digest, written
from banjie.ledger.models import Ledgered, ledgered_fields, untold
from banjie.ledger.verify.stored import (
    UNREAD,
    Columns,
    Span,
    canonical_rows_of,
    column_of,
    columns_of,
    is_plain_json,
    place_of,
    rows_of,
    stored_id,
)

IDS_AT_ONCE = 500
_SHORT_JSON: dict[object, object] = {None: None, "[]": [], "{}": {}}


@dataclass
class Fold:
    """A row as its entries leave it; a column met in a lost body is unknown until an entry sets it again."""

    untold: dict[str, object]
    personal: frozenset[str]
    columns: dict[str, object] = field(default_factory=dict)
    salts: dict[str, str] = field(default_factory=dict)
    is_whole: bool = True

    def begin(self, changes: Mapping[str, list[object]], salt: str) -> bool:
        """Take in a new row in one stroke; false, and nothing taken, where an entry says that something stood there.

        The salt of the entry is kept in any case for the personal columns that it tells by digest.
        """
        for column in self.personal:
            if column in changes and is_digest(changes[column][1]):
                self.salts[column] = salt
        if self.columns:
            return False
        new = {column: after for column, (before, after) in changes.items() if before is None}
        if len(new) != len(changes):
            return False
        self.columns = new
        return True


@dataclass(frozen=True)
class Table:
    """A table of rows that entries tell of: its columns, and where its subject, ids, towns and JSON stand in them."""

    label: str
    name: str
    subject: str
    columns: Columns
    untold: dict[str, object]
    personal: frozenset[str]
    in_order: Callable[[dict[str, object]], tuple[object, ...]]
    at_id: int
    at_town: int
    at_json: tuple[int, ...]

    def of_subjects(self, town: str, span: Span) -> Iterator[tuple[Any, ...]]:
        """Yield a town's rows of the subjects in a span in canonical form.

        Hidden in an expression, the town draws no index to itself.
        """
        condition, ends = span.within(self.subject)
        sql = f"SELECT {self.columns.sql} FROM {self.name} WHERE {condition} AND {self.name}.town || '' = %s"  # noqa: S608  our own names
        return canonical_rows_of(self.columns, sql, [*ends, town])

    def has_rows(self, town: str, span: Span) -> bool:
        """Tell whether a span has any."""
        condition, ends = span.within(self.subject)
        sql = f"SELECT 1 FROM {self.name} WHERE {condition} AND {self.name}.town || '' = %s LIMIT 1"  # noqa: S608
        return next(rows_of(sql, [*ends, town]), None) is not None

    def by_ids(self, ids: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of these ids in canonical form, to whatever subject and town they belong now."""
        for start in range(0, len(ids), IDS_AT_ONCE):
            some = [stored_id(one) for one in ids[start : start + IDS_AT_ONCE]]
            marks = ", ".join(["%s"] * len(some))
            sql = f"SELECT {self.columns.sql} FROM {self.name} WHERE {self.name}.id IN ({marks})"  # noqa: S608  our own names
            yield from canonical_rows_of(self.columns, sql, some)

    def with_json_read(self, stored: tuple[Any, ...]) -> tuple[Any, ...]:
        """Return a row in canonical form with what its JSON says in the place of the JSON."""
        if not self.at_json:
            return stored
        values = list(stored)
        for place in self.at_json:
            values[place] = _read_json(values[place])
        return tuple(values)


def table_of(model: type[Ledgered]) -> Table:
    """Return how the rows of a model are read and compared."""
    fields = ledgered_fields(model)
    columns = columns_of(fields)
    return Table(
        label=model._meta.label_lower,
        name=model._meta.db_table,
        subject=place_of(column_of(model, model.subject_column)),
        columns=columns,
        untold=untold(model),
        personal=model.personal_columns,
        in_order=itemgetter(*columns.names),
        at_id=columns.names.index("id"),
        at_town=columns.names.index("town"),
        at_json=tuple(place for place, field in enumerate(fields) if is_plain_json(field)),
    )


def first_difference(table: Table, fold: Fold, stored: tuple[Any, ...]) -> str:
    """Return the first column in which a row in canonical form differs from its fold, or an empty text.

    Rows that agree, nearly all, are told by one comparison, which takes true for 1 and so decides nothing about JSON.
    """
    folded, values = table.in_order({**table.untold, **fold.columns}), table.with_json_read(stored)
    if values == folded and all(same(values[place], folded[place]) for place in table.at_json):
        return ""
    for name, value, known in zip(table.columns.names, values, folded, strict=True):
        if name not in fold.columns and not fold.is_whole:
            continue
        if value and name in table.personal and name in fold.salts:
            value = personal_digest(fold.salts[name], value)
        if not same(value, known):
            return name
    return ""


def is_digest(value: object) -> bool:
    """Tell whether a body holds the salted digest of a personal value, not the value."""
    return isinstance(value, str) and value[:1] == "~"


def same(one: object, other: object) -> bool:
    """Tell whether two canonical values agree: true is not 1, an empty text and no value are one."""
    if one is other:
        return True
    if one == other:
        is_plain = type(one) is type(other) and (not one or not isinstance(one, dict | list))
        return is_plain or written(one) == written(other)
    return one in (None, "") and other in (None, "")


def _read_json(text: object) -> object:
    if text in _SHORT_JSON:
        return _SHORT_JSON[text]
    try:
        return json.loads(str(text))
    except ValueError:
        return UNREAD
