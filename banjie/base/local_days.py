"""Days and spans of moments as the database writes them, alike on SQLite and PostgreSQL."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigIntegerField, DateField, Func
from django.db.models.sql.compiler import SQLCompiler

from banjie.base.clock import BEIJING


class LocalDay(Func):
    """The day that the office's calendar shows at a moment; fit for a generated column.

    China keeps UTC+8 all year since 1992. The summer times of 1986 to 1991 are not looked at, since no ledger
    reaches back so far, and so both databases reckon alike.
    """

    arity = 1
    output_field = DateField()
    template = "(%(expressions)s AT TIME ZONE INTERVAL '8 hours')::date"

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        """Write it with SQLite's own date function, which is the same on each run."""
        return self.as_sql(compiler, connection, template="date(%(expressions)s, '+8 hours')", **context)


class SecondsBetween(Func):
    """How many seconds lie from the second moment to the first, parts of a second cut off from either."""

    arity = 2
    output_field = BigIntegerField()
    template = "(%(expressions)s)"
    arg_joiner = " - "

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        """Take the seconds since 1970 of both."""
        later, earlier = (compiler.compile(one) for one in self.source_expressions)
        sql = f"(FLOOR(EXTRACT(EPOCH FROM {later[0]}))::bigint - FLOOR(EXTRACT(EPOCH FROM {earlier[0]}))::bigint)"
        return sql, (*later[1], *earlier[1])

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        """Take the seconds since 1970 of both."""
        later, earlier = (compiler.compile(one) for one in self.source_expressions)
        seconds = "CAST(strftime('%%s', {}) AS INTEGER)"
        return f"({seconds.format(later[0])} - {seconds.format(earlier[0])})", (*later[1], *earlier[1])


class Microseconds(Func):
    """The whole microseconds from 1970 to a moment: a number that is read without making a moment of it."""

    arity = 1
    output_field = BigIntegerField()
    template = "(EXTRACT(EPOCH FROM %(expressions)s) * 1000000)::bigint"

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        """Add the digits behind the second, of which SQLite's own functions keep three."""
        (expression,) = self.source_expressions
        sql, told = compiler.compile(expression)
        seconds, rest = f"unixepoch({sql})", f"CAST(substr({sql}, 21, 6) AS INTEGER)"
        return f"({seconds} * 1000000 + {rest})", (*told, *told)


def day_span(first: date, last: date) -> tuple[datetime, datetime]:
    """Return the moments between which local days lie: from the start of the first to the start after the last."""
    begins, ends = (datetime.combine(day, time.min, BEIJING) for day in (first, last + timedelta(days=1)))
    return begins, ends
