"""Write rows, heads and numbers by plain statements: half of what a deed cost went into putting such SQL together.

Values go through the fields of the model, so that what is written is what a query set would have written (ADR 0064).
"""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from banjie.base.written_once import WrittenOnce
from banjie.ledger.models import ChainHead, Counter, Ledgered
from banjie.ledger.record import Series

Field = models.Field[Any, Any]
Change = tuple[Field, object, object]
"""A column with what it held and what it is to hold."""
AT_ONCE = 100
"""Rows that one statement inserts."""
_UNCOMPARED = (models.JSONField, models.BinaryField, models.TextField)

head_of = WrittenOnce(lambda town: ChainHead.objects.select_for_update(no_key=True).filter(town=town), str)
"""The head of a town's chain, locked."""


def insert(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one table."""
    model, own = type(rows[0]), _line()
    fields = _columns_of(model)
    told = [[f.get_db_prep_save(f.pre_save(row, add=True), own) for f in fields] for row in rows]
    with own.cursor() as cursor:
        if own.vendor == "sqlite" and len(told) > 1:
            cursor.executemany(_insertion(model), told)
        else:  # PostgreSQL would be asked anew for each row
            for some in (told[start : start + AT_ONCE] for start in range(0, len(told), AT_ONCE)):
                cursor.execute(_insertion(model, len(some)), [*chain.from_iterable(some)])
    for row in rows:
        row._state.adding, row._state.db = False, own.alias


def change(row: Ledgered, changed: Sequence[Change]) -> bool:
    """Write changed columns where the row is still as it was read; tell whether it was."""
    meta, line = row._meta, _line()
    told = [f.get_db_prep_save(value, line) for f, _, value in changed]
    still = [(f, old) for f, old, _ in changed if not isinstance(f, _UNCOMPARED)]
    as_read = [f"{_name(f)} {'IS NULL' if old is None else '= %s'}" for f, old in still]
    settings = ", ".join(f"{_name(f)} = %s" for f, _, _ in changed)
    where = " AND ".join([f"{_name(meta.pk)} = %s", *as_read])
    key = meta.pk.get_db_prep_save(row.pk, line)
    read = [f.get_db_prep_save(old, line) for f, old in still if old is not None]
    statement = f"UPDATE {meta.db_table} SET {settings} WHERE {where}"  # noqa: S608 - our own names
    return _written(statement, [*told, key, *read]) == 1


def write_over(model: type[models.Model], told: Mapping[str, object], *, where: Mapping[str, object]) -> int:
    """Write columns of the rows whose columns `where` hold these values; return how many there were."""
    new, held = _prepared(model, told), _prepared(model, where)
    settings = ", ".join(f"{_name(f)} = {'NULL' if value is None else '%s'}" for f, value in new)
    as_told = " AND ".join(f"{_name(f)} {'IS NULL' if value is None else '= %s'}" for f, value in held)
    statement = f"UPDATE {model._meta.db_table} SET {settings} WHERE {as_told}"  # noqa: S608 - our own names
    return _written(statement, [value for _, value in (*new, *held) if value is not None])


def move_head(head: ChainHead) -> None:
    """Let the chain end where `head` says."""
    table = ChainHead._meta.db_table
    statement = f"UPDATE {table} SET seq = %s, hash = %s WHERE town = %s"  # noqa: S608 - our own names
    _written(statement, [head.seq, head.hash, head.town])


def last_number(town: str, series: Series, *, more: int) -> int:
    """Take `more` numbers of a series, held under the chain's head, and return the last one given before them."""
    table = Counter._meta.db_table
    statement = f"""
        INSERT INTO {table} (town, series, year, last) VALUES (%s, %s, %s, %s)
        ON CONFLICT (town, series, year) DO UPDATE SET last = {table}.last + excluded.last RETURNING last
    """  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.execute(statement, [town, series.name, series.year, more])
        return int(cursor.fetchone()[0]) - more


@cache
def _columns_of(model: type[models.Model]) -> tuple[Field, ...]:
    own = model._meta.local_concrete_fields
    return tuple(f for f in own if not f.generated and not isinstance(f, models.AutoField))


@cache
def _insertion(model: type[models.Model], many: int = 1) -> str:
    fields = _columns_of(model)
    columns, places = ", ".join(_name(f) for f in fields), ", ".join(["%s"] * len(fields))
    rows = ", ".join([f"({places})"] * many)
    return f"INSERT INTO {model._meta.db_table} ({columns}) VALUES {rows}"  # noqa: S608 - our own names


def _prepared(model: type[models.Model], told: Mapping[str, object]) -> list[tuple[Field, object]]:
    fields, line = {f.attname: f for f in model._meta.local_concrete_fields}, _line()
    return [(fields[name], fields[name].get_db_prep_save(value, line)) for name, value in told.items()]


def _line() -> BaseDatabaseWrapper:
    """Return this thread's connection itself: the proxy looks it up anew for each value that is written."""
    return connections[DEFAULT_DB_ALIAS]


def _name(field: Field) -> str:
    return connection.ops.quote_name(str(field.column))


def _written(statement: str, values: Sequence[Any]) -> int:
    """Run a statement and return how many rows it wrote."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)
