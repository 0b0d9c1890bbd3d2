"""A choice among very many ids, told to the database as one value: Django would write a sign for each."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Field, Func
from django.db.models.sql.compiler import SQLCompiler


class AmongIds(Func):
    """Whether a column of ids holds one of those given: a condition for `filter`."""

    output_field: Field[Any, Any] = BooleanField()
    arity = 1

    def __init__(self, column: str, ids: Iterable[UUID]) -> None:
        """Take the name of the column and the ids."""
        super().__init__(F(column))
        self.ids = tuple(ids)

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        """Write it for SQLite, which holds ids as 32 digits."""
        told = json.dumps([one.hex for one in self.ids])
        return self._written(
            compiler, connection, "%(expressions)s IN (SELECT value FROM json_each(%%s))", told
        )

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        """Write it for PostgreSQL."""
        return self._written(compiler, connection, "%(expressions)s = ANY(%%s)", list(self.ids))

    def _written(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, template: str, told: object
    ) -> Any:
        sql, values = self.as_sql(compiler, connection, template=template)
        return sql, (*values, told)
