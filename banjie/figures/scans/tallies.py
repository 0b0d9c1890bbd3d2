"""Numbers by group: PostgreSQL counts by hashing of itself, SQLite into a table of its own that is gone afterwards.

SQLite answers GROUP BY by sorting all rows first, each with every column that a condition names: two thirds of the time
of a scan. Adding each row to its group in a small table takes half of that (ADR 0078).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import connection

TABLE = "temp.figures_tally"
FEW = 8
"""Numbers up to which adding up is quicker than sorting: each is written anew for each row."""


class How(StrEnum):
    """How the values of a group's rows come to one number."""

    COUNT = "COUNT"
    SUM = "SUM"
    MIN = "MIN"
    MAX = "MAX"


@dataclass(frozen=True)
class Column:
    """A number of each group: what a row gives to it, NULL where it does not count, and how these are put together."""

    how: How
    each: str

    @property
    def whole(self) -> str:
        """Return it as an aggregate."""
        return f"{self.how}({self.each})"

    @property
    def added(self) -> str:
        """Return what a row gives to it as something to be added up."""
        return f"(({self.each}) IS NOT NULL)" if self.how is How.COUNT else self.each

    def joined(self, name: str) -> str:
        """Return how what is there and what is new become one; NULL is no number."""
        if self.how is How.COUNT:
            return f"{name} = {name} + excluded.{name}"
        both = f"{name} + excluded.{name}" if self.how is How.SUM else f"{self.how}({name}, excluded.{name})"
        return f"{name} = COALESCE({both}, {name}, excluded.{name})"


EACH = Column(How.COUNT, "1")
"""How many rows a group has."""


def tallied(
    heads: Sequence[str], columns: Sequence[Column], rest: str, params: dict[str, Any]
) -> list[tuple[Any, ...]]:
    """Return heads and numbers of each group; `rest` is the SELECT from its FROM on, which may end with a condition."""
    if heads and len(columns) <= FEW and connection.vendor == "sqlite":
        return _added_up(heads, columns, rest, params)
    grouped = f" GROUP BY {', '.join(str(n + 1) for n in range(len(heads)))}" if heads else ""
    told = ", ".join([*heads, *(column.whole for column in columns)])
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {told} {rest}{grouped}", params)
        return list(cursor.fetchall())


def _added_up(
    heads: Sequence[str], columns: Sequence[Column], rest: str, params: dict[str, Any]
) -> list[tuple[Any, ...]]:
    """Add each row to its group. A group without a name is one with an empty one, since NULL equals nothing."""
    keys = [f"k{n}" for n in range(len(heads))]
    names = [f"n{n}" for n in range(len(columns))]
    told = ", ".join([*(f"IFNULL({head}, '')" for head in heads), *(column.added for column in columns)])
    joined = ", ".join(column.joined(name) for column, name in zip(columns, names, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {TABLE} ({', '.join([*keys, *names])}, UNIQUE ({', '.join(keys)}))")
        try:
            cursor.execute(
                f"INSERT INTO {TABLE} SELECT {told} {rest} ON CONFLICT DO UPDATE SET {joined}", params
            )
            return list(cursor.execute(f"SELECT * FROM {TABLE}").fetchall())  # noqa: S608
        finally:
            cursor.execute(f"DROP TABLE {TABLE}")
