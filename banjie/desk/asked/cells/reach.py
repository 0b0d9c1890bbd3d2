"""Which other cells are what one cell is: a column of the same figure, a row of the same unit."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from banjie.desk.asked.cells.forms import GROUP_COLUMN, ONE, SAME_COLUMN, SAME_ROW
from banjie.reports.asked.matching import Choice, Source
from banjie.reports.models import AskedCell


def spread(cell: AskedCell, choice: Choice, reach: str, cells: Iterable[AskedCell]) -> dict[UUID, Choice]:
    """Return the cell and those it reaches with what each becomes.

    A figure takes its days and way of writing along and leaves each cell its own group; a group leaves each its figure.
    """
    found = {cell.pk: choice}
    if reach == ONE:
        return found
    for other in cells:
        if other.pk != cell.pk and _is_reached(cell, other, reach):
            told = _told(choice, other.choice, reach)
            if told is not None:
                found[other.pk] = told
    return found


def _is_reached(cell: AskedCell, other: AskedCell, reach: str) -> bool:
    if (other.grid, other.gap) != (cell.grid, 0) or cell.gap:
        return False
    if reach in (SAME_COLUMN, GROUP_COLUMN):
        return other.place == cell.place
    return other.line == cell.line


def _told(choice: Choice, other: Choice, reach: str) -> Choice | None:
    """Return what another cell becomes, None where it stays as it is."""
    if choice.source is not Source.FIGURE:
        return choice if reach in (SAME_COLUMN, SAME_ROW) and choice.source is Source.BLANK else None
    if reach in (SAME_COLUMN, SAME_ROW):
        return replace(choice, group=other.group, value=other.value)
    if other.source is Source.TYPED or not other.figure:
        return None
    return replace(other, source=Source.FIGURE, group=choice.group, value=choice.value)
