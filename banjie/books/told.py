"""Values of records inside the database: a field of `values` as text, as a number, as a part of several."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigIntegerField, BooleanField, DateField, F, Field, Func, TextField
from django.db.models.sql.compiler import SQLCompiler


class Told(Func):
    """A field of a record's values as text.

    The key is a field's, which no declaration lets be anything but letters, digits and underscores.
    """

    arity = 1
    output_field: Field[Any, Any] = TextField()

    def __init__(self, key: str, column: str = "values") -> None:
        """Take the key of the field."""
        if not key.replace("_", "a").isalnum():
            raise ValueError(f"{key!r} is no key of a field")
        super().__init__(F(column))
        self.key = key

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        """Write it for PostgreSQL."""
        return self.as_sql(
            compiler, connection, template=self._template(f"(%(expressions)s ->> '{self.key}')")
        )

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        """Write it for SQLite."""
        told = f"json_extract(%(expressions)s, '$.{self.key}')"
        return self.as_sql(compiler, connection, template=self._template(told, is_sqlite=True))

    def _template(self, told: str, *, is_sqlite: bool = False) -> str:
        return told


class ToldWhole(Told):
    """A field of a record's values as a whole number: of a decimal with so many places, in its smallest unit."""

    output_field: Field[Any, Any] = BigIntegerField()

    def __init__(self, key: str, *, places: int = 0, column: str = "values") -> None:
        """Take the key of the field, and its decimals."""
        super().__init__(key, column)
        self.places = places

    def _template(self, told: str, *, is_sqlite: bool = False) -> str:
        if is_sqlite:
            return (
                f"CAST(ROUND({told} * {10**self.places}) AS INTEGER)"
                if self.places
                else f"CAST({told} AS INTEGER)"
            )
        return f"CAST(ROUND(CAST({told} AS NUMERIC) * {10**self.places}) AS BIGINT)"


class ToldYes(Told):
    """A field of a record's values as yes or no."""

    output_field: Field[Any, Any] = BooleanField()

    def _template(self, told: str, *, is_sqlite: bool = False) -> str:
        return told if is_sqlite else f"CAST({told} AS BOOLEAN)"


class ToldOne(Told):
    """A field of a record's values that says yes or no as 1 or 0, which can be added up."""

    output_field: Field[Any, Any] = BigIntegerField()

    def _template(self, told: str, *, is_sqlite: bool = False) -> str:
        return told if is_sqlite else f"CAST(CAST({told} AS BOOLEAN) AS INTEGER)"


class ToldDay(Told):
    """A field of a record's values as a day."""

    output_field: Field[Any, Any] = DateField()

    def _template(self, told: str, *, is_sqlite: bool = False) -> str:
        return told if is_sqlite else f"CAST({told} AS DATE)"
