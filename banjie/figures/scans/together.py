"""Scans of many facts in one statement: a town's books are as many facts, and a page asks for figures of all of them.

Each scan stands as a SELECT of one row, told from the others by its number; they are put together by UNION ALL.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from banjie.figures.scans import (
    BY_VALUE,
    Ask,
    Ground,
    Group,
    Numbers,
    Scan,
    Select,
    numbers_of,
    scanned,
    shared_scan,
    take_shared,
    value_scan,
)
from banjie.figures.scans.pieces import Params

Found = dict[int, dict[Group, Numbers]]
Job = tuple[Ground, Sequence[Ask]]
NARROW = 40
"""Numbers up to which a scan stands beside others: all are as wide as the widest."""
MOST = 200
"""Scans of one statement; SQLite takes up to 500."""
_NAME = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True)
class _Part:
    """A scan that stands beside others, and which job of which source it is."""

    job: int
    place: int
    columns: Sequence[str]
    source: Select
    ending: str = ""


def scanned_together(jobs: Sequence[Job]) -> list[Found]:
    """Return what `scanned` does for each job; those that nothing groups share their statements."""
    found: list[Found] = [{} for _ in jobs]
    scans: dict[int, Scan] = {}
    shared: list[_Part] = []
    valued: list[_Part] = []
    for number, (ground, asks) in enumerate(jobs):
        plain = [place for place, ask in enumerate(asks) if ask.figure.measure not in BY_VALUE]
        scan = shared_scan(ground, asks, plain) if plain else Scan([], [], [], [])
        if ground.groups or len(scan.columns) > NARROW:
            found[number] = scanned(ground, asks)
            continue
        found[number] = {place: {} for place in range(len(asks))}
        scans[number] = scan
        columns = [column.whole for column in scan.columns]
        shared += [_Part(number, 0, columns, source) for source in scan.sources if columns]
        valued += _valued(number, ground, asks)
    for part, row in _rows(shared):
        ground, asks = jobs[part.job]
        told = tuple(_whole(value) for value in row[: len(part.columns)])
        take_shared(ground, asks, scans[part.job], told, found[part.job])
    times: dict[tuple[int, int], dict[Any, int]] = defaultdict(lambda: defaultdict(int))
    for part, (value, count) in _rows(valued):
        times[part.job, part.place][value] += int(count)
    for (job, place), values in times.items():
        found[job][place] = {(): numbers_of(jobs[job][1][place], values)}
    return found


def _valued(number: int, ground: Ground, asks: Sequence[Ask]) -> Iterator[_Part]:
    """Yield the scans by value of a job; values are told as text, since they are of several types."""
    for place, ask in enumerate(asks):
        if ask.figure.measure in BY_VALUE:
            over, selects = value_scan(ground, ask)
            columns = [f"CAST({over} AS text)", "COUNT(*)"]
            yield from (_Part(number, place, columns, one, f" GROUP BY {columns[0]}") for one in selects)


def _rows(parts: Sequence[_Part]) -> Iterator[tuple[_Part, tuple[Any, ...]]]:
    """Yield each part with each of its rows, some hundred parts in one statement."""
    for first in range(0, len(parts), MOST):
        some = parts[first : first + MOST]
        width = max(len(part.columns) for part in some)
        params: Params = {}
        selects = []
        for number, part in enumerate(some):
            columns = [*part.columns, *[_nothing()] * (width - len(part.columns))]
            sql = f"SELECT {number}, {', '.join(columns)} {part.source.sql}{part.ending}"
            selects.append(_NAME.sub(rf"%(p{number}_\1)s", sql))
            params |= {f"p{number}_{name}": value for name, value in part.source.params.items()}
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(selects), params)
            for row in cursor.fetchall():
                yield some[row[0]], row[1:]


def _nothing() -> str:
    """Return a NULL that PostgreSQL takes for a number among numbers."""
    return "NULL::numeric" if connection.vendor == "postgresql" else "NULL"


def _whole(value: Any) -> Any:
    """Return a number as the whole one that it is: among others a count comes back as a Decimal."""
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value
