"""A workbook as it was read: every cell as text, nothing judged yet. Pure, and plain JSON on its way to the disk."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

Place = tuple[int, int]
"""Line as Excel counts it, from 1, and column from 0."""
Block = tuple[int, int, int, int]
"""Merged cells: first line, first column, last line, last column."""


@dataclass(frozen=True)
class RawRow:
    """A line of a sheet with at least one cell filled in."""

    line_no: int
    cells: tuple[str, ...]

    def cell(self, place: int) -> str:
        """Return a cell, "" beyond the end of the line."""
        return self.cells[place] if place < len(self.cells) else ""


@dataclass(frozen=True)
class RawSheet:
    """A sheet: its lines in order, what is merged, which lines are hidden, and the cells that Excel has spoilt.

    Excel keeps 15 digits of a number: of longer ones, such as an ID number typed as a number, the rest is
    `cut_off`. A `broken` cell holds an error such as #N/A.
    """

    name: str
    rows: tuple[RawRow, ...]
    merged: tuple[Block, ...] = ()
    hidden_lines: frozenset[int] = frozenset()
    cut_off: frozenset[Place] = frozenset()
    broken: frozenset[Place] = frozenset()
    is_hidden: bool = False

    def to_json(self) -> str:
        """Return the sheet as text for the disk."""
        told = {
            "name": self.name,
            "rows": [[row.line_no, row.cells] for row in self.rows],
            "merged": self.merged,
            "hidden_lines": sorted(self.hidden_lines),
            "cut_off": sorted(self.cut_off),
            "broken": sorted(self.broken),
            "is_hidden": self.is_hidden,
        }
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "RawSheet":
        """Return the sheet that `to_json` wrote."""
        told = json.loads(text)
        return cls(
            name=told["name"],
            rows=tuple(RawRow(line_no, tuple(cells)) for line_no, cells in told["rows"]),
            merged=tuple((a, b, c, d) for a, b, c, d in told["merged"]),
            hidden_lines=frozenset(told["hidden_lines"]),
            cut_off=frozenset((line, place) for line, place in told["cut_off"]),
            broken=frozenset((line, place) for line, place in told["broken"]),
            is_hidden=told["is_hidden"],
        )


@dataclass(frozen=True)
class RawTable:
    """A file with its sheets, or a paste, which is one sheet without a name."""

    name: str
    sheets: tuple[RawSheet, ...] = field(default=())

    @property
    def filled(self) -> tuple[RawSheet, ...]:
        """Return the sheets with anything in them that are shown, or else the hidden ones."""
        told = tuple(sheet for sheet in self.sheets if sheet.rows)
        return tuple(sheet for sheet in told if not sheet.is_hidden) or told

    def sheet(self, name: str) -> RawSheet | None:
        """Return a sheet by its name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def rows_of(lines: Iterable[tuple[int, Iterable[str]]]) -> tuple[RawRow, ...]:
    """Return numbered lines as rows, those left out in which nothing stands; empty cells at the end fall away."""
    rows = []
    for line_no, cells in lines:
        kept = list(cells)
        while kept and not kept[-1].strip():
            kept.pop()
        if kept:
            rows.append(RawRow(line_no, tuple(kept)))
    return tuple(rows)
