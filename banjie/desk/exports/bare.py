"""Columns as the database can say them itself: of a hundred thousand rows, making objects of them takes the longest."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, ExpressionWrapper, F, Func
from django.db.models.expressions import Combinable
from django.db.models.sql.compiler import SQLCompiler


class SaidMoment(Func):
    """A moment as the office's clock shows it, as text to the second (`base.local_days` says why 8 hours will do)."""

    arity = 1
    output_field = CharField()
    template = "to_char(%(expressions)s AT TIME ZONE INTERVAL '8 hours', 'YYYY-MM-DD HH24:MI:SS')"

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        """Write it with SQLite's own function."""
        return self.as_sql(compiler, connection, template="datetime(%(expressions)s, '+8 hours')", **context)


def bare(column: str) -> Combinable:
    """Return a column as the driver gives it.

    An id is hexadecimal text on SQLite and a UUID on PostgreSQL, a truth is 1 or 0 on SQLite.
    """
    return ExpressionWrapper(F(column), output_field=CharField())
