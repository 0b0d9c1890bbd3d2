"""What verify reports, and how it reads what may not be readable."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

CHUNK = 2000
UNREADABLE = (TypeError, ValueError, AttributeError, ArithmeticError)
"""What reading a column raises that holds what its type never does, as SQLite lets it by hand."""
Row = TypeVar("Row")


@dataclass(frozen=True)
class Finding:
    """One thing that does not agree; `row` and `column` name it where it is a row."""

    message: str
    row: str = ""
    column: str = ""
    seq: int | None = None


@dataclass
class Report:
    """What was walked and what was found."""

    town: str
    entries: int = 0
    rows: int = 0
    is_readable: bool = True
    findings: list[Finding] = field(default_factory=list)


def readable(rows: Iterator[Row]) -> Iterator[Row | None]:
    """Yield rows as they come, and None instead of the first that the database's driver cannot read."""
    try:
        yield from rows
    except UNREADABLE:
        yield None
