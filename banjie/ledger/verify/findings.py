"""What verify reports."""

from collections.abc import Iterable
from dataclasses import dataclass, field

UNTOLD = "表里有这一行，却没有留痕"
"""Said of a row that no entry of its subject tells of."""


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
    findings: list[Finding] = field(default_factory=list)


def each_row_once(findings: Iterable[Finding]) -> list[Finding]:
    """Leave out that a row stands where no entry tells of it, if it is named for what was changed in it."""
    found = list(findings)
    changed = {finding.row for finding in found if finding.column}
    return [one for one in found if one.message != UNTOLD or one.row not in changed]
