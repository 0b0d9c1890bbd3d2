"""What the page of a form shows: the form itself with its answers in place, and for each cell its source."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.urls import reverse

from banjie.base.clock import local, local_day
from banjie.desk.asked.naming import Naming
from banjie.figures.queries import catalogue_on
from banjie.people.queries import StaffActor
from banjie.reports.actions.asked.answering import Seen, needs_look, seen_of
from banjie.reports.asked.blanks import Spot, gaps_in
from banjie.reports.asked.form import TEXT, Form, Grid
from banjie.reports.asked.matching import Source
from banjie.reports.models import AskedCell, AskedForm, FormState
from banjie.reports.queries.asked import (
    Answered,
    Asked,
    Filled,
    Quoted,
    Reported,
    answers_to,
    cells_of,
    form_before,
    lists_of,
    quoted_before,
    reported_before,
)

FROZEN = (FormState.ANSWERED, FormState.SENT)
FEW = 12


@dataclass(frozen=True)
class Shown:
    """A cell: what is written, or what is missing, where it comes from, what it was, and whether it was reported."""

    label: str
    href: str
    words: str
    state: str
    source: str
    why: str
    before: str
    reported: str
    is_other: bool
    fraction: str
    drift: str


@dataclass(frozen=True)
class Piece:
    """Words as they are printed, or a cell in their midst."""

    words: str
    shown: Shown | None = None


@dataclass(frozen=True)
class Box:
    """A cell of a table of the page."""

    pieces: tuple[Piece, ...]
    lines: int
    places: int
    is_sum: bool


@dataclass(frozen=True)
class Sheet:
    """A grid as rows of boxes."""

    name: str
    rows: tuple[tuple[Box, ...], ...]


@dataclass(frozen=True)
class Sight:
    """Everything that the page of a form shows of its cells."""

    form: AskedForm
    by: StaffActor
    at: datetime

    @cached_property
    def cells(self) -> list[AskedCell]:
        """Return the cells in their order."""
        return cells_of(self.form)

    @cached_property
    def read(self) -> Form:
        """Return what was read of the file."""
        return self.form.form

    @cached_property
    def seen(self) -> Seen:
        """Return what would be written now."""
        return seen_of(self.form, self.cells, by=self.by, today=local_day(self.at))

    @cached_property
    def lists(self) -> list[Filled]:
        """Return the lists of the form, with the books that may fill them and what does."""
        return lists_of(self.by, self.form, today=local_day(self.at))

    @cached_property
    def naming(self) -> Naming:
        """Return the names of what the cells are."""
        catalogue = catalogue_on(self.form.town, local_day(self.at))
        return Naming(
            self.form.town, local_day(self.at), catalogue, tuple(cell.choice for cell in self.cells)
        )

    @cached_property
    def shown(self) -> dict[UUID, Shown]:
        """Return each cell as it is shown."""
        return {cell.pk: self._shown(cell) for cell in self.cells}

    @cached_property
    def to_look_at(self) -> list[Shown]:
        """Return the cells that a person has still to look at, and those that have no answer."""
        return [one for one in self.shown.values() if one.state in ("look", "missing")]

    @property
    def has_much_to_look_at(self) -> bool:
        """Tell whether the list of what is to be looked at is better folded up."""
        return len(self.to_look_at) > FEW

    @cached_property
    def drifted(self) -> list[Shown]:
        """Return the cells whose number is no longer what was frozen."""
        return [one for one in self.shown.values() if one.drift]

    @property
    def counts(self) -> Mapping[str, int]:
        """Return how many cells are filled, missing, to be looked at, and left empty on purpose."""
        states = [one.state for one in self.shown.values()]
        filled = sum(1 for state in states if state in ("number", "typed", "told"))
        return {
            "all": len(states),
            "filled": filled,
            "look": states.count("look"),
            "missing": states.count("missing"),
            "blank": states.count("blank"),
        }

    @cached_property
    def sheets(self) -> list[Sheet]:
        """Return the grids with their answers in place."""
        return [
            Sheet(grid.name, tuple(self._rows(number, grid))) for number, grid in enumerate(self.read.grids)
        ]

    @cached_property
    def lines(self) -> list[tuple[Piece, ...]]:
        """Return the lines of text with their answers in place, those without words left out."""
        found = (
            self._pieces(words, Spot(TEXT, n, 0)) for n, words in enumerate(self.read.lines) if words.strip()
        )
        return [tuple(pieces) for pieces in found]

    @cached_property
    def _by_spot(self) -> Mapping[Spot, AskedCell]:
        return {cell.spot: cell for cell in self.cells}

    @cached_property
    def _before(self) -> Mapping[object, str]:
        """Return spot, or else label → what the form before this one said."""
        last = form_before(self.form)
        if last is None or last.period == self.form.period:
            return {}
        is_same = last.layout == self.form.layout
        return {
            cell.spot if is_same else cell.label: f"上次报 {cell.printed}"
            for cell in cells_of(last)
            if cell.printed
        }

    @cached_property
    def _counted_before(self) -> Mapping[Asked, Answered]:
        lacking = [cell.choice for cell in self.cells if not self._said_before(cell)]
        asked = [(Asked(one, self.form.period), Asked(one, self.form.period.previous)) for one in lacking]
        others = [before for now, before in asked if before.days != now.days]
        return answers_to(self.form.town, others, today=local_day(self.at))

    @cached_property
    def _quoted_before(self) -> Mapping[str, Quoted]:
        lacking = [
            cell.label
            for cell in self.cells
            if cell.source in (Source.TYPED, Source.NONE) and not self._said_before(cell)
        ]
        return quoted_before(self.form, lacking)

    @cached_property
    def _reported(self) -> Mapping[Asked, list[Reported]]:
        asked = [Asked(cell.choice, self.form.period) for cell in self.cells]
        return reported_before(self.form.town, asked, besides=self.form.pk)

    def _said_before(self, cell: AskedCell) -> str:
        return self._before.get(cell.spot) or self._before.get(cell.label, "")

    def _shown(self, cell: AskedCell) -> Shown:
        choice = cell.choice
        asked = Asked(choice, self.form.period)
        answer, number = self.seen.answers.get(cell.pk), self.seen.numbers.get(asked)
        now = answer.words if answer else ""
        words = cell.printed if self.form.state in FROZEN else now
        reported = self._reported.get(asked, [])[:1]
        return Shown(
            label=cell.label,
            href=reverse("asked:cell", args=[self.form.pk, cell.pk]),
            words=words,
            state=_state(cell, words),
            source=self.naming.source(choice, self.form.period),
            why=choice.why or (f"缺：{number.missing}" if number and number.missing else ""),
            before=self._grey(cell),
            reported="".join(_say_reported(one) for one in reported),
            is_other=any(one.printed != words for one in reported),
            fraction=number.fraction if number else "",
            drift=(now or "没有了") if choice.source is Source.FIGURE and now != words else "",
        )

    def _grey(self, cell: AskedCell) -> str:
        """Return what stood there the last time: as it was reported, else as the ledger counts it."""
        if said := self._said_before(cell):
            return said
        number = self._counted_before.get(Asked(cell.choice, self.form.period.previous))
        if number and number.printed:
            return f"上期 {number.printed}"
        quoted = self._quoted_before.get(cell.label)
        return f"上期 {quoted.text}（{quoted.said_by}）" if quoted else ""

    def _rows(self, number: int, grid: Grid) -> Iterator[tuple[Box, ...]]:
        for line in sorted(grid.by_line):
            boxes = tuple(self._boxes(number, grid, line))
            if any(box.pieces for box in boxes):
                yield boxes

    def _boxes(self, number: int, grid: Grid, line: int) -> Iterator[Box]:
        place = 0
        while place < grid.width:
            owner = grid.owners.get((line, place))
            if owner is None:
                yield Box((), 1, 1, False)
                place += 1
            elif (owner.line, owner.place) == (line, place):
                pieces = tuple(self._pieces(owner.words, Spot(number, line, place)))
                yield Box(pieces, owner.lines, owner.places, owner.is_formula)
                place += owner.places
            else:
                place += 1

    def _pieces(self, words: str, spot: Spot) -> Iterator[Piece]:
        """Yield the words with the cells in their gaps; an empty cell is the cell itself."""
        whole = self._by_spot.get(spot)
        if whole is not None:
            yield Piece("", self.shown[whole.pk])
            return
        at = 0
        for number, gap in enumerate(gaps_in(words), start=1):
            cell = self._by_spot.get(Spot(spot.grid, spot.line, spot.place, number))
            if cell is not None:
                yield Piece(words[at : gap.start])
                yield Piece("", self.shown[cell.pk])
                at = gap.end
        if words[at:].strip():
            yield Piece(words[at:])


def _state(cell: AskedCell, words: str) -> str:
    if needs_look(cell):
        return "look"
    if cell.source == Source.BLANK:
        return "blank"
    if not words:
        return "missing"
    return {Source.FIGURE.value: "number", Source.TYPED.value: "typed"}.get(cell.source, "told")


def _say_reported(one: Reported) -> str:
    day = local(one.sent_at)
    return f"{day.month}月{day.day}日已报{one.sent_to}：{one.printed}"
