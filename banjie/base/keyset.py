"""Keyset paging: the next page starts after the last row seen, so page 1,000 costs what page 1 costs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.core import signing
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)
SALT = "banjie.keyset"


@dataclass(frozen=True)
class Slice(Generic[Row]):
    """One page of rows and the tokens of its neighbours; an empty token means there is none."""

    rows: Sequence[Row]
    next_token: str
    first: bool

    @property
    def is_whole(self) -> bool:
        """Tell whether these are all the rows that there are."""
        return self.first and not self.next_token


def slice_after(query: QuerySet[Row], *, by: Sequence[str], token: str, size: int) -> Slice[Row]:
    """Return `size` rows of `query` after `token`, ordered by the columns `by` (a leading - descends).

    The columns must together be unique and hold no nulls; a token that was not made here starts anew.
    """
    ordered = query.order_by(*by)
    last = _read(token, len(by))
    rows = list((ordered.filter(_after(by, last)) if last else ordered)[: size + 1])
    return sliced(rows, by=by, size=size, first=last is None)


def sliced(rows: Sequence[Row], *, by: Sequence[str], size: int, first: bool = True) -> Slice[Row]:
    """Return a page of rows that were read in the order of `by`, one more than `size` if there are more."""
    more, rows = len(rows) > size, rows[:size]
    next_token = signing.dumps([_plain(rows[-1], column) for column in by], salt=SALT) if more else ""
    return Slice(rows=rows, next_token=next_token, first=first)


def count_to(query: QuerySet[Row], limit: int) -> int:
    """Count rows, but never more than `limit` + 1: a list says 1万以上 rather than scan a growing table."""
    return counting_to(query, limit)()


def counting_to(query: QuerySet[Row], limit: int) -> Callable[[], int]:
    """Return what counts rows as `count_to` does, in words that are written once, whenever it is asked."""
    try:
        inner, values = query.order_by().values("pk")[: limit + 1].query.sql_with_params()
    except EmptyResultSet:  # Django knows without asking, as with a choice among none
        return lambda: 0

    def count() -> int:
        with connections[query.db].cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM ({inner}) AS counted", values)  # noqa: S608 - Django's own SQL
            return int(cursor.fetchone()[0])

    return count


def _read(token: str, length: int) -> list[str] | None:
    if not token:
        return None
    try:
        values = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return values if len(values) == length else None


def _plain(row: Model, column: str) -> str:
    value = getattr(row, column.lstrip("-"))
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _after(by: Sequence[str], last: Sequence[str]) -> Q:
    """Return (a > x) or (a = x and b > y) or …, with an outer bound on the first column for the index."""
    condition = Q()
    equal = Q()
    for column, value in zip(by, last, strict=True):
        name = column.lstrip("-")
        step = "lt" if column.startswith("-") else "gt"
        condition |= equal & Q(**{f"{name}__{step}": value})
        equal &= Q(**{name: value})
    bound = by[0].lstrip("-")
    outer = "lte" if by[0].startswith("-") else "gte"
    return Q(**{f"{bound}__{outer}": last[0]}) & condition
