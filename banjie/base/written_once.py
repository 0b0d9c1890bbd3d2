"""Queries whose SQL is written once in a process and asked again with other values (ADR 0064).

Django writes the SQL of a query set anew each time it is asked, and works out anew how each column is read. For a row
of fifty columns under a condition of who may see it that takes ten times as long as the database needs to answer.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet
from django.db.models.base import ModelState

Row = TypeVar("Row", bound=Model)
Value = UUID | str
Reading = list[tuple[int, Any, Sequence[Callable[..., Any]]]]
"""The places of the columns that are not read as the database gives them, each with its readers in order."""
_STAND_INS: dict[type[Value], Callable[[int], Value]] = {
    UUID: lambda place: UUID(int=(0xBA << 120) + place),
    str: lambda place: f"\ue000{place}",
}
"""Values that no condition of ours names, by which the places of the real ones are found in what Django wrote."""
_own = threading.local()


class WrittenOnce(Generic[Row]):
    """Rows by a query of the values whose types `kinds` names; its SQL must not depend on what those values are.

    It may read some columns only. Related rows are fetched when they are asked for: a row that Django joins to
    another is not told apart here.
    """

    def __init__(self, query: Callable[..., QuerySet[Row]], *kinds: type[Value]) -> None:
        """Take the query; it is written when it is first asked."""
        self._query, self._kinds = query, kinds
        self._written: _Written[Row] | None = None

    def __call__(self, *values: Value) -> list[Row]:
        """Return the rows for these values."""
        if self._written is None:
            self._written = _write(self._query, self._kinds)
        return self._written.ask(values)

    def first(self, *values: Value) -> Row | None:
        """Return the first row for these values, if there is one."""
        return next(iter(self(*values)), None)


@dataclass(frozen=True)
class _Written(Generic[Row]):
    """SQL, the values that stand in it, and at which of their places which of the asked ones belongs."""

    model: type[Row]
    fields: "Sequence[models.Field[Any, Any]]" = ()
    sql: str = ""
    params: Sequence[Any] = ()
    places: Sequence[int | None] = ()

    def ask(self, values: Sequence[Value]) -> list[Row]:
        if not self.sql:
            return []
        told = [_prepared(value) for value in values]
        places = zip(self.params, self.places, strict=True)
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [kept if place is None else told[place] for kept, place in places])
            rows = cursor.fetchall()
        names, reading = [field.attname for field in self.fields], _reading_of(self.fields)
        line = connections[DEFAULT_DB_ALIAS]
        return [_row(self.model, names, _read(row, reading, line), line.alias) for row in rows]


def _write(query: Callable[..., QuerySet[Row]], kinds: Sequence[type[Value]]) -> _Written[Row]:
    stand_ins = [_STAND_INS[kind](place) for place, kind in enumerate(kinds)]
    rows = query(*stand_ins)
    compiler = rows.query.get_compiler(connection=connection)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:  # nobody can be in it, whatever the values are
        return _Written(rows.model)
    places = {_prepared(value): place for place, value in enumerate(stand_ins)}
    found = [places.get(param) if isinstance(param, Value) else None for param in params]
    if set(found) - {None} != set(places.values()):
        raise RuntimeError(f"not every value of {kinds} stands in the query as it was given: {sql}")
    fields = [column.target for column, _, _ in compiler.select]
    return _Written(rows.model, fields, sql, params, found)


def _prepared(value: Value) -> Value:
    """Return a value as the database takes it."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    return value


def _reading_of(fields: "Sequence[models.Field[Any, Any]]") -> Reading:
    """Return how this thread's connection reads columns."""
    known: dict[tuple[object, ...], Reading] = vars(_own).setdefault("readings", {})
    key = tuple(fields)
    if key not in known:
        columns = [field.get_col(field.model._meta.db_table) for field in fields]
        readers = [[*connection.ops.get_db_converters(c), *c.get_db_converters(connection)] for c in columns]
        known[key] = [(place, columns[place], by) for place, by in enumerate(readers) if by]
    return known[key]


def _row(model: type[Row], names: Sequence[str], values: Sequence[Any], alias: str) -> Row:
    """Return a row as `from_db` makes it, past the constructor, which looks at every column once more.

    A column that was not read is fetched when it is asked for, as after `only`.
    """
    row = model.__new__(model)
    row._state = ModelState()
    row._state.adding, row._state.db = False, alias
    vars(row).update(zip(names, values, strict=True))
    return row


def _read(row: Sequence[Any], reading: Reading, line: BaseDatabaseWrapper) -> list[Any]:
    """Return the values of a row as the columns read them; the connection is looked up once for all rows."""
    told = list(row)
    for place, column, readers in reading:
        for read in readers:
            told[place] = read(told[place], column, line)
    return told
