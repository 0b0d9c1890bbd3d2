"""A form as it was read: grids of cells and lines of text, nothing judged yet. Pure, and JSON on the disk."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from banjie.fields.plain_text import half_width

TEXT = -1
"""Stands in a spot for the lines of text of a Word file, which are in no table."""
_DIGITS = re.compile(r"[\d〇零一二三四五六七八九十×＊*_＿\s]+")
_ANNEX = re.compile(r"^附[件表]?\s*[\d一二三四五六七八九十]*\s*[:：.、]?\s*")
_TITLE_LINES = 8
_LONGEST_TITLE = 60
_BOXED, _FORMULA, _PERCENT = 1, 2, 4


@dataclass(frozen=True)
class Cell:
    """A cell: its line as Excel counts it and its column from 0, what is merged into it, and how it is set.

    `is_boxed` says that it is drawn with lines round it, `is_percent` that a fraction is shown in per cent.
    """

    line: int
    place: int
    words: str = ""
    lines: int = 1
    places: int = 1
    is_boxed: bool = False
    is_formula: bool = False
    is_percent: bool = False

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing stands in it and nothing is worked out in it."""
        return not self.words.strip() and not self.is_formula

    def plain(self) -> list[object]:
        """Return the cell as JSON holds it."""
        flags = _BOXED * self.is_boxed | _FORMULA * self.is_formula | _PERCENT * self.is_percent
        return [self.line, self.place, self.words, self.lines, self.places, flags]

    @classmethod
    def of(cls, told: Sequence[int | str]) -> "Cell":
        """Return the cell that was made plain."""
        line, place, lines, places, flags = (int(told[n]) for n in (0, 1, 3, 4, 5))
        return cls(
            line,
            place,
            str(told[2]),
            lines,
            places,
            is_boxed=bool(flags & _BOXED),
            is_formula=bool(flags & _FORMULA),
            is_percent=bool(flags & _PERCENT),
        )


@dataclass(frozen=True)
class Grid:
    """A sheet of a workbook or a table of a Word file; `above` are the lines of text that stand over a Word table."""

    name: str
    cells: tuple[Cell, ...]
    above: tuple[str, ...] = ()

    @cached_property
    def owners(self) -> Mapping[tuple[int, int], Cell]:
        """Return line and place → the cell that covers it."""
        return {
            (cell.line + down, cell.place + right): cell
            for cell in self.cells
            for down in range(cell.lines)
            for right in range(cell.places)
        }

    @cached_property
    def width(self) -> int:
        """Return how many columns are in use."""
        return max((cell.place + cell.places for cell in self.cells), default=0)

    @cached_property
    def by_line(self) -> Mapping[int, list[Cell]]:
        """Return line → the cells that begin in it, from left to right."""
        found: dict[int, list[Cell]] = {}
        for cell in sorted(self.cells, key=lambda cell: (cell.line, cell.place)):
            found.setdefault(cell.line, []).append(cell)
        return found

    def is_wide(self, cell: Cell) -> bool:
        """Tell whether a cell goes over most of the table, as titles and remarks do."""
        return cell.places > 2 and cell.places * 10 >= self.width * 6

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """Return what stands above the table: its lines of text, and cells that are alone in their line."""
        alone = [
            filled[0].words
            for _, cells in list(self.by_line.items())[:_TITLE_LINES]
            if len(filled := [cell for cell in cells if cell.words.strip()]) == 1
            and (not filled[0].is_boxed or self.is_wide(filled[0]))
        ]
        return tuple("".join(words.split()) for words in (*self.above, *alone) if words.strip())

    @property
    def title(self) -> str:
        """Return what the table calls itself, "" where nothing stands above it."""
        return _title_among(self.titles)


@dataclass(frozen=True)
class Form:
    """A file with its grids, and the lines of text of a Word file."""

    grids: tuple[Grid, ...] = ()
    lines: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Return what the form calls itself: of what stands on top, the longest that is no remark."""
        first = self.grids[0].titles if self.grids else ()
        opening = [line.strip() for line in self.lines[:_TITLE_LINES] if line.strip()]
        return _title_among((*opening, *first))

    def titles_of(self, grid: int) -> tuple[str, ...]:
        """Return what says of a grid what it is about: its own title, in a Word file below that of the whole."""
        own = self.grids[grid].title if 0 <= grid < len(self.grids) else ""
        told = (self.title, own) if self.lines else (own or self.title,)
        return tuple(dict.fromkeys(words for words in told if words))

    @property
    def layout(self) -> str:
        """Return the fingerprint of what is printed and where; a form that differs by year and month has the same."""
        told = [
            f"{number}:{cell.line}:{cell.place}:{_still(cell.words)}"
            for number, grid in enumerate(self.grids)
            for cell in sorted(grid.cells, key=lambda cell: (cell.line, cell.place))
            if _still(cell.words)
        ]
        told += [f"t:{number}:{_still(words)}" for number, words in enumerate(self.lines) if _still(words)]
        return sha256("\x1f".join(told).encode()).hexdigest()

    def plain(self) -> dict[str, object]:
        """Return the form as JSON holds it."""
        grids = [
            {"name": one.name, "above": one.above, "cells": [cell.plain() for cell in one.cells]}
            for one in self.grids
        ]
        return {"grids": grids, "lines": self.lines}


def form_of(told: Mapping[str, object]) -> Form:
    """Return the form that was made plain."""
    grids, lines = told.get("grids"), told.get("lines")
    found = [grid for grid in grids if isinstance(grid, dict)] if isinstance(grids, list) else []
    return Form(
        tuple(
            Grid(str(one["name"]), tuple(Cell.of(cell) for cell in one["cells"]), tuple(one["above"]))
            for one in found
        ),
        tuple(str(line) for line in lines) if isinstance(lines, list | tuple) else (),
    )


def _title_among(found: Iterable[str]) -> str:
    """Return the longest words that are no remark, such as say that they are a table before others."""
    bare = [_ANNEX.sub("", words) for words in found]
    told = [words for words in bare if 4 <= len(words) <= _LONGEST_TITLE]
    named = [words for words in told if not re.search(r"[:：。；;]", words)]
    return max(named, key=lambda words: ("表" in words, len(words)), default="")


def _still(words: str) -> str:
    """Return words without numbers and blanks, which change from month to month."""
    return _DIGITS.sub("", half_width(words))
