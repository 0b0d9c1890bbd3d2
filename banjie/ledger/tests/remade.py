"""What many tests begin with: made by its deeds once in a process, then put back row for row for each later test."""

import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar, cast

from django.apps import apps
from django.db import connection, transaction

from banjie.ledger.kept import current_mark, look_again, move_mark
from banjie.ledger.models import Entry, KeptMark

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")
Row = tuple[object, ...]

MOST_PARAMETERS = 30_000
"""Both databases take a little over 32,000 parameters in one statement."""


_is_read_anew = False


@contextmanager
def reading_anew() -> Iterator[None]:
    """Let what is put back within be read as if nobody had read it before."""
    global _is_read_anew
    _is_read_anew = True
    try:
        yield
    finally:
        _is_read_anew = False


@dataclass(frozen=True)
class _Made:
    """What was made: its rows, what to answer, and under which mark they were read."""

    answer: bytes
    rows: dict[str, list[Row]]
    mark: str


def made_once(make: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Run `make` where the ledger is empty once for its arguments; later, put its rows back and answer the same.

    Where something is recorded already, `make` does its deeds as ever. Arguments can be sorted and hashed. The same
    rows come back under the same mark, so that what was kept of them is read once in a process: whoever changes
    such a row past its deed moves the mark, and whoever counts statements reads everything anew (`reading_anew`).
    """
    made: dict[object, _Made] = {}

    @wraps(make)
    def again(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        if Entry.objects.exists():
            return make(*args, **kwargs)
        asked = (args, tuple(sorted(kwargs.items())))
        if asked in made:
            _put_back(made[asked])
        else:
            before = dict(_rows())
            answer = make(*args, **kwargs)
            rows = {table: [row for row in rows if row not in before[table]] for table, rows in _rows()}
            made[asked] = _Made(pickle.dumps(answer), rows, current_mark())
        return cast(Answer, pickle.loads(made[asked].answer))

    return again


def _rows() -> Iterator[tuple[str, list[Row]]]:
    """Yield each table with its rows as they are stored; the mark of kept reads is never used twice."""
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    with connection.cursor() as cursor:
        for table in sorted(
            tables - {KeptMark._meta.db_table} & set(connection.introspection.table_names(cursor))
        ):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            yield table, cursor.fetchall()


def _put_back(made: _Made) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table, rows in made.rows.items():
            for some in _batches(rows):
                row = f"({', '.join(['%s'] * len(some[0]))})"
                values = ", ".join([row] * len(some))
                name = connection.ops.quote_name(table)
                cursor.execute(f"INSERT INTO {name} VALUES {values}", [cell for row in some for cell in row])
        if _is_read_anew or not KeptMark.objects.update(mark=made.mark):
            move_mark()
    look_again()


def _batches(rows: list[Row]) -> Iterator[list[Row]]:
    size = MOST_PARAMETERS // max((len(row) for row in rows), default=1)
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
