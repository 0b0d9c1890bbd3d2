"""What came of checking a sheet, as it is kept for the preview: findings, a few good rows, notes."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from banjie.sheets.declared import Finding
from banjie.sheets.layout import Aside

SHOWN_ROWS = 8


@dataclass(frozen=True)
class Outcome:
    """Findings by line, how many rows are good and how many stand already, sample rows by column, and what to tell."""

    findings: tuple[Finding, ...] = ()
    good: int = 0
    unchanged: int = 0
    sample: tuple[tuple[int, tuple[str, ...]], ...] = ()
    titles: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    aside: tuple[Aside, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def bad_lines(self) -> int:
        """Return how many lines have a finding."""
        return len({finding.line_no for finding in self.findings})

    def to_json(self) -> str:
        """Return the outcome as text for the disk."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Outcome":
        """Return the outcome that `to_json` wrote."""
        told = json.loads(text)
        return cls(
            findings=tuple(Finding(**finding) for finding in told["findings"]),
            good=told["good"],
            unchanged=told["unchanged"],
            sample=tuple((line_no, tuple(cells)) for line_no, cells in told["sample"]),
            titles=tuple(told["titles"]),
            left_out=tuple(told["left_out"]),
            aside=tuple(Aside(**line) for line in told["aside"]),
            notes=tuple(told["notes"]),
        )


def in_order(findings: Sequence[Finding], *, order: Sequence[str]) -> tuple[Finding, ...]:
    """Return findings as one reads a sheet: by line, and in it by column from the left."""
    place = {key: n for n, key in enumerate(order)}
    return tuple(sorted(findings, key=lambda f: (f.line_no, place.get(f.column_key, -1), f.column_key)))
