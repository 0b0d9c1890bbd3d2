"""What fills a list of a superior's form: the columns as fields of a book, the rows as answers, lines added. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from banjie.books.book import Book, BookField
from banjie.fields.spec import NUMBERS, FieldType
from banjie.reports.asked.answers import Answer
from banjie.reports.asked.blanks import FormList, Spot
from banjie.reports.asked.form import Form
from banjie.reports.asked.words import plain

LEAST = 2
"""Columns that must be fields of a book before it is offered."""
PERSONS = (FieldType.RESIDENT, FieldType.STAFF)
NAMES = frozenset({"姓名", "人员姓名", "群众姓名", "居民姓名", "人员"})
NO_ROOM = (
    "“{title}”有{count}条，表上只有{lines}行，而且{why}，系统不能自动加行。请在原表里先加够行，再传一次。"
)


@dataclass(frozen=True)
class Row:
    """A record as a list shows it: place → words, and the digits of a number."""

    cells: Mapping[int, tuple[str, str]]


@dataclass(frozen=True)
class Grown:
    """Lines that are added to a table behind one, in its looks."""

    grid: int
    line: int
    count: int

    def plain(self) -> list[int]:
        """Return it as JSON holds it."""
        return [self.grid, self.line, self.count]


def fields_for(found: FormList, book: Book, specs: Iterable[BookField]) -> dict[int, str]:
    """Return place → field of a book for the columns that mean one by their heads; too few are none at all.

    姓名 is whom the record names, where it names one person alone: of a visit it would be either.
    """
    known = list(specs)
    by_label = {plain(spec.label): spec.key for spec in known}
    persons = [spec.key for spec in known if spec.type in PERSONS]
    person = persons[0] if len(persons) == 1 else ""
    matched: dict[int, str] = {}
    for place, head in found.heads.items():
        told = plain(head.rpartition("／")[2])
        key = by_label.get(told) or (person if told in NAMES else "")
        if key and key not in matched.values():
            matched[place] = key
    is_enough = len(matched) >= LEAST and len(matched) * 2 >= len(found.heads)
    return matched if is_enough else {}


def row_of(words: Mapping[int, str], fields: Mapping[int, BookField], stored: Mapping[str, object]) -> Row:
    """Return a row; a number is written as one where nothing qualifies it."""
    cells = {}
    for place, said in words.items():
        spec = fields[place]
        told = stored.get(spec.key)
        is_number = spec.type in NUMBERS and spec.type is not FieldType.MONEY
        is_exact = told is not None and spec.bound_key not in stored
        cells[place] = (said, str(told) if is_number and is_exact else "")
    return Row(cells)


def answers_of(found: FormList, rows: Sequence[Row], *, below: int) -> list[Answer]:
    """Return the rows as answers in their places; `below` lines were added above this list."""
    answers = []
    for number, row in enumerate(rows):
        line = found.first + below + number
        told = {place: (str(number + 1), str(number + 1)) for place in found.ordinals} | dict(row.cells)
        answers += [
            Answer(Spot(found.grid, line, place), words, digits)
            for place, (words, digits) in told.items()
            if words
        ]
    return answers


def grown_for(found: FormList, count: int) -> Grown | None:
    """Return the lines that a list lacks for so many rows."""
    lacking = count - found.lines
    return Grown(found.grid, found.last, lacking) if lacking > 0 else None


def shifted(spot: Spot, grown: Iterable[Grown]) -> Spot:
    """Return where a place stands once lines were added above it."""
    more = sum(one.count for one in grown if one.grid == spot.grid and one.line < spot.line)
    return Spot(spot.grid, spot.line + more, spot.place, spot.gap)


def why_not_grown(form: Form, found: FormList) -> str:
    """Return why no lines can be added to a table, "" where they can."""
    if any(cell.is_formula for grid in form.grids for cell in grid.cells):
        return "表里有公式"
    cells = form.grids[found.grid].cells
    if any(cell.lines > 1 and cell.line <= found.last < cell.line + cell.lines for cell in cells):
        return "最后一行有上下合并的格"
    return ""
