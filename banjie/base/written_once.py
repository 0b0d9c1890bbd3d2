"""Queries whose SQL is written once in a process and asked again with other values (ADR 0064).

Django writes the SQL of a query set anew each time it is asked. For a row of fifty columns and a condition of who may
see it that takes ten times as long as the database needs to answer.
"""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)
Value = UUID | str
_STAND_INS: dict[type[Value], Callable[[int], Value]] = {
    UUID: lambda place: UUID(int=(0xBA << 120) + place),
    str: lambda place: f"\ue000{place}",
}
"""Values that no condition of ours names, by which the places of the real ones are found in what Django wrote."""


class WrittenOnce(Generic[Row]):
    """Rows by a query of the values whose types `kinds` names; its SQL must not depend on what those values are.

    Related rows are fetched when they are asked for: a row that Django joins to another is not told apart here.
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


class _Written(Generic[Row]):
    def __init__(
        self, model: type[Row], sql: str, params: Sequence[object], places: Sequence[int | None]
    ) -> None:
        self._model, self._sql, self._params, self._places = model, sql, params, places

    def ask(self, values: Sequence[Value]) -> list[Row]:
        if not self._sql:
            return []
        told = [_prepared(value) for value in values]
        asked = [
            kept if place is None else told[place]
            for kept, place in zip(self._params, self._places, strict=True)
        ]
        return list(self._model._base_manager.raw(self._sql, asked))


def _write(query: Callable[..., QuerySet[Row]], kinds: Sequence[type[Value]]) -> _Written[Row]:
    stand_ins = [_STAND_INS[kind](place) for place, kind in enumerate(kinds)]
    rows = query(*stand_ins)
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:  # nobody can be in it, whatever the values are
        return _Written(rows.model, "", (), ())
    places = {_prepared(value): place for place, value in enumerate(stand_ins)}
    found = [places.get(param) if isinstance(param, Value) else None for param in params]
    if set(found) - {None} != set(places.values()):
        raise RuntimeError(f"not every value of {kinds} stands in the query as it was given: {sql}")
    return _Written(rows.model, sql, params, found)


def _prepared(value: Value) -> object:
    """Return a value as the database takes it."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    return value
