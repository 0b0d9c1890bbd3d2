"""Columns as the database holds them, read past Django and brought into the canonical form of bodies.

Verify reads every row of a town: an id or a moment that became an object only to be written again would be most of
its time. A column of a kind that has no short way here goes Django's own.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from django.db import OperationalError, connection, models

from banjie.ledger.canonical import plain

Convert = Callable[[Any], object]
CHUNK = 2000
KNOWN_AT_MOST = 20_000
UNREADABLE = (TypeError, ValueError, AttributeError, ArithmeticError)
"""What reading a column raises that holds what its type never does, as SQLite lets it by hand."""
UNREAD = "\0"
"""Stands for what could not be read: it agrees with nothing, since no text may hold it."""


class Span(NamedTuple):
    """Subjects after one id, up to and with another, as they are stored; None leaves an end open."""

    after: object = None
    upto: object = None

    def within(self, column: str) -> tuple[str, list[object]]:
        """Return a condition on a column, with its parameters."""
        ends = [(f"{column} > %s", self.after), (f"{column} <= %s", self.upto)]
        closed = [(sql, end) for sql, end in ends if end is not None]
        return " AND ".join(["1 = 1", *(sql for sql, _ in closed)]), [end for _, end in closed]


@dataclass(frozen=True)
class Columns:
    """How columns are read: as SQL names them, and by place what brings one into canonical form."""

    names: tuple[str, ...]
    sql: str
    conversions: tuple[tuple[int, Convert], ...]

    def canonical(self, rows: Sequence[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        """Return rows in canonical form, JSON still as text; a column is gone through at once, which is quick."""
        by_column: list[Iterable[Any]] = list(zip(*rows, strict=True))
        for place, convert in self.conversions:
            by_column[place] = map(convert, by_column[place])
        return zip(*by_column, strict=True)


def columns_of(fields: Sequence["models.Field[Any, Any]"]) -> Columns:
    """Return how `fields` of one table are read on this database."""
    told = [_way_of(field) for field in fields]
    return Columns(
        names=tuple(field.attname for field in fields),
        sql=", ".join(sql for sql, _ in told),
        conversions=tuple((place, convert) for place, (_, convert) in enumerate(told) if convert),
    )


def column_of(model: type[models.Model], name: str) -> "models.Field[Any, Any]":
    """Return a column of a model by its name; raises KeyError for another."""
    return {field.attname: field for field in model._meta.concrete_fields}[name]


def place_of(field: "models.Field[Any, Any]") -> str:
    """Return a column as SQL names it."""
    return f'"{field.model._meta.db_table}"."{field.column}"'


def rows_of(sql: str, parameters: Sequence[Any], *, is_long: bool = False) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a query; of a long one PostgreSQL sends no more than a chunk at once.

    Texts that are not UTF-8, as SQLite lets them be by hand, are read by their bytes, so that they differ.
    """
    for chunk in _chunks_of(sql, parameters, is_long=is_long):
        yield from chunk


def canonical_rows_of(
    columns: Columns, sql: str, parameters: Sequence[Any], *, is_long: bool = False
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a query for `columns`, in canonical form."""
    for chunk in _chunks_of(sql, parameters, is_long=is_long):
        yield from columns.canonical(chunk)


def _chunks_of(sql: str, parameters: Sequence[Any], *, is_long: bool) -> Iterator[list[tuple[Any, ...]]]:
    done = 0
    try:
        for chunk in _fetched(sql, parameters, is_long=is_long):
            done += 1
            yield chunk
    except OperationalError as error:
        if "UTF-8" not in str(error):
            raise
        with _texts_by_their_bytes():
            yield from islice(_fetched(sql, parameters, is_long=is_long), done, None)


def _fetched(sql: str, parameters: Sequence[Any], *, is_long: bool) -> Iterator[list[tuple[Any, ...]]]:
    with connection.chunked_cursor() if is_long else connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        yield from iter(lambda: cursor.fetchmany(CHUNK), [])


@contextmanager
def _texts_by_their_bytes() -> Iterator[None]:
    connection.connection.text_factory = partial(str, encoding="utf-8", errors="backslashreplace")
    try:
        yield
    finally:
        connection.connection.text_factory = str


def is_plain_json(field: "models.Field[Any, Any]") -> bool:
    """Tell whether a column holds JSON that reads as itself."""
    return type(field) is models.JSONField and field.decoder is None


def stored_id(canonical: str) -> object:
    """Return an id as this database holds it, None for what is none."""
    try:
        one = UUID(canonical)
    except ValueError:
        return None
    return one if connection.features.has_native_uuid_field else one.hex


def _way_of(field: "models.Field[Any, Any]") -> tuple[str, Convert | None]:
    target = field
    while isinstance(target, models.ForeignKey):
        target = target.target_field
    own_way = hasattr(target, "from_db_value") and not is_plain_json(target)
    way = None if own_way else _WAYS[connection.vendor].get(target.get_internal_type())
    if way is None:
        return place_of(field), _way_of_django(field)
    return way[0].format(place_of(field)), way[1]


def _way_of_django(field: "models.Field[Any, Any]") -> Convert:
    """Return what Django makes of a column, in canonical form."""
    column = field.get_col(field.model._meta.db_table)
    converters = connection.ops.get_db_converters(column) + column.get_db_converters(connection)

    def convert(value: object) -> object:
        try:
            for converter in converters:
                value = converter(value, column, connection)
            return plain(value)
        except UNREADABLE:
            return UNREAD

    return convert


class _Known(dict[object, object]):
    """What was converted already: the same few ids and moments come again and again."""

    def __init__(self, convert: Convert) -> None:
        self.convert = convert

    def __missing__(self, stored: object) -> object:
        if len(self) >= KNOWN_AT_MOST:
            self.clear()
        converted = self[stored] = self.convert(stored)
        return converted


def _dashed(stored: object) -> object:
    """Return an id that SQLite holds as 32 digits; what is no text stays as it is, and differs."""
    if type(stored) is not str:
        return stored
    return f"{stored[:8]}-{stored[8:12]}-{stored[12:16]}-{stored[16:20]}-{stored[20:]}"


def _moment(stored: object) -> object:
    """Return a moment that SQLite holds as text without a zone."""
    if type(stored) is not str or stored[10:11] != " " or len(stored) not in (19, 26):
        return stored
    return f"{stored[:10]}T{stored[11:]}{'.000000' if len(stored) == 19 else ''}+00:00"


def _zoned_moment(stored: object) -> object:
    """Return a moment as PostgreSQL writes it in UTC, its fraction cut short."""
    if type(stored) is not str or stored[-3:] != "+00" or stored[10] != " ":
        return stored
    return f"{stored[:10]}T{stored[11:19]}.{stored[20:-3]:0<6}+00:00"


def _truth(stored: object) -> object:
    """Return a truth that SQLite holds as a number."""
    return bool(stored) if stored in (0, 1) else stored


_TEXTS_AND_NUMBERS = (
    "CharField",
    "TextField",
    "SlugField",
    "IntegerField",
    "BigIntegerField",
    "SmallIntegerField",
    "PositiveIntegerField",
    "PositiveBigIntegerField",
    "PositiveSmallIntegerField",
)
_WAYS: dict[str, dict[str, tuple[str, Convert | None]]] = {
    "sqlite": {
        **dict.fromkeys(_TEXTS_AND_NUMBERS, ("+{}", None)),
        "UUIDField": ("+{}", _Known(_dashed).__getitem__),
        "DateTimeField": ("+{}", _Known(_moment).__getitem__),
        "DateField": ("+{}", None),
        "BooleanField": ("+{}", _Known(_truth).__getitem__),
        "JSONField": ("+{}", None),
    },
    "postgresql": {
        **dict.fromkeys(_TEXTS_AND_NUMBERS, ("{}", None)),
        "UUIDField": ("{}::text", None),
        "DateTimeField": ("{}::text", _Known(_zoned_moment).__getitem__),
        "DateField": ("{}::text", None),
        "BooleanField": ("{}", None),
        "JSONField": ("{}::text", None),
    },
}
"""By kind of column: how SQL names it, and what makes it canonical. SQLite converts a bare column, never `+column`."""
