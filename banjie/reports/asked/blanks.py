"""Find the places of a form that want an answer, and the words that say what is wanted. Pure.

In a table the words are the heads of row and column, in running text what stands before and behind the gap.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from banjie.fields.plain_text import half_width
from banjie.reports.asked.form import TEXT, Cell, Form, Grid

MOST_LIST_LINES = 1
"""Lines without a head of their own that still are one answer; more of them are a list of people or matters."""
UNITS = "件次|件|批次|批|人次|人|次|户|个|起|宗|条|处|名|天|项|场|篇|份|万元|亿元|元|亩|公里|%"
DAY = "日期"
_NUMBER = re.compile(r"[\d.,%()+\-—/ 年月日:]+")
_ORDINAL = re.compile(r"\d{1,3}|序号|编号|[一二三四五六七八九十]{1,3}|[甲乙丙丁戊己庚辛]|\(\d{1,2}\)|[①-⑳]")
_ORDINALS = re.compile("序号|编号|序")
_UNIT_IN_HEAD = re.compile(rf"[(\[]\s*(?:单位[:：]\s*)?({UNITS}|‰)\s*[)\]]|[/、,]({UNITS})$")
_UNIT_OF_TABLE = re.compile(rf"单位[:：]\s*({UNITS})(?![\u4e00-\u9fff])")
_GAP = re.compile(
    r"(?P<day>[ \u3000_]*年[ \u3000_]+月[ \u3000_]+日)"
    r"|(?P<line>_{2,}|＿+|﹍+|﹏+)"
    rf"|(?P<stars>[×＊*]{{1,9}}|[xX]{{2,9}})(?=\s*(?:{UNITS}|％))"
    rf"|(?P<space>(?<=[\u4e00-\u9fff:：为])[ \u3000]{{2,}}(?=(?:{UNITS}|％)))"
    r"|(?P<brackets>(?<=[(（])[ \u3000]{2,}(?=[)）]))"
    r"|(?P<end>(?<=[:：])[ \u3000]*(?=$|[ \u3000]{4,}))"
)
_UNIT_BEHIND = re.compile(rf"\s*({UNITS}|％)")
_CLAUSE = re.compile(r"[,，。;；、:：!！?？\n]")
_SENTENCE = re.compile(r"[。;；!！?？\n]")
_LONGEST_LABEL = 16


@dataclass(frozen=True, order=True)
class Spot:
    """Where an answer goes: a cell of a grid, or the so-many-th gap in the words of a cell or line."""

    grid: int
    line: int
    place: int
    gap: int = 0


@dataclass(frozen=True)
class Gap:
    """A gap in running words: from where to where, and what stands before and behind it."""

    start: int
    end: int
    before: str
    unit: str
    context: str
    is_day: bool = False


@dataclass(frozen=True)
class Blank:
    """A place that wants an answer, with the heads of its row and column and the unit that is asked for.

    `context` are further words that may name a period: what stood in the same sentence.
    """

    spot: Spot
    row: tuple[str, ...]
    column: tuple[str, ...]
    unit: str = ""
    context: str = ""
    is_percent: bool = False

    @property
    def label(self) -> str:
        """Return the words of the blank as they are shown: 民生办｜受理数."""
        return "｜".join("／".join(part) for part in (self.row, self.column) if part)


def blanks_in(form: Form) -> tuple[Blank, ...]:
    """Return every blank of a form, grid after grid and then the lines of text."""
    found: list[Blank] = []
    for number, grid in enumerate(form.grids):
        found += _Finder(number, grid).blanks()
    for number, words in enumerate(form.lines):
        found += _gaps_as_blanks(words, grid=TEXT, line=number, place=0)
    return tuple(sorted(found, key=lambda blank: (blank.spot.grid == TEXT, blank.spot)))


def gaps_in(words: str) -> tuple[Gap, ...]:
    """Return the gaps in running words: lines to write on, stars, and blanks before a unit."""
    found: list[Gap] = []
    last = 0
    for match in _GAP.finditer(words):
        before = words[last : match.start()]
        if (
            match.lastgroup == "end"
            and len(_CLAUSE.split(before.rstrip(":： "))[-1].strip()) > _LONGEST_LABEL
        ):
            continue
        behind = _UNIT_BEHIND.match(words, match.end())
        sentence = _SENTENCE.split(words[: match.start()])[-1]
        clause = [part.strip() for part in _CLAUSE.split(before) if part.strip()]
        unit = half_width(behind[1]) if behind else ""
        told = Gap(
            match.start(),
            match.end(),
            clause[-1] if clause else "",
            unit,
            sentence,
            match.lastgroup == "day",
        )
        last = behind.end() if behind else match.end()
        if told.before or told.is_day:
            found.append(told)
    return tuple(found)


def unit_in(head: str) -> str:
    """Return the unit that a head says in brackets: 受理数（件） is 件."""
    found = _UNIT_IN_HEAD.search(half_width(head))
    return (found[1] or found[2]) if found else ""


def without_unit(head: str) -> str:
    """Return a head without the unit in brackets."""
    return _UNIT_IN_HEAD.sub("", half_width(head))


def _gaps_as_blanks(words: str, *, grid: int, line: int, place: int) -> Iterator[Blank]:
    for number, gap in enumerate(gaps_in(words), start=1):
        yield Blank(
            Spot(grid, line, place, number),
            row=(gap.before,) if gap.before else (),
            column=(),
            unit=DAY if gap.is_day else gap.unit,
            context=gap.context,
        )


@dataclass(frozen=True)
class FormList:
    """A list to be filled row by row: its first and last empty line, and the head of each of its columns."""

    grid: int
    first: int
    last: int
    heads: Mapping[int, str]
    ordinals: frozenset[int] = frozenset()

    @property
    def key(self) -> str:
        """Return what tells it from the other lists of the form."""
        return f"{self.grid}:{self.first}"

    @property
    def lines(self) -> int:
        """Return how many empty lines it has."""
        return self.last - self.first + 1


def lists_in(form: Form) -> tuple[FormList, ...]:
    """Return the lists of a form: two or more lines beneath each other without a head of their own."""
    found: list[FormList] = []
    for number, grid in enumerate(form.grids):
        found += _Finder(number, grid).lists()
    return tuple(found)


@dataclass
class _Finder:
    """Finds the blanks of one grid."""

    number: int
    grid: Grid

    def __post_init__(self) -> None:
        self.has_boxes = any(cell.is_boxed for cell in self.grid.cells)
        filled = [cell for cell in self.grid.cells if cell.words.strip()]
        self.first = min((cell.line for cell in filled if self._is_inside(cell)), default=0)
        self.last = max((cell.line for cell in filled), default=0)
        words = (*self.grid.above, *(cell.words for cell in filled))
        told = _UNIT_OF_TABLE.search(half_width(" ".join(words)))
        self.unit = told[1] if told else ""
        self.body = {line for line in self.grid.by_line if self._is_body(line)}

    def blanks(self) -> Iterator[Blank]:
        """Yield the blanks, those of lists left out."""
        for cell in self.grid.cells:
            if cell.words.strip() and not cell.is_formula:
                yield from _gaps_as_blanks(cell.words, grid=self.number, line=cell.line, place=cell.place)
        bare = [line for line in sorted(self.grid.by_line) if self._is_bare(line)]
        for line, cells in sorted(self.grid.by_line.items()):
            if line in bare and (len(bare) > MOST_LIST_LINES or not self._heads_above(cells[-1])):
                continue
            yield from (blank for cell in cells if self._is_open(cell) and (blank := self._blank(cell)))

    def lists(self) -> Iterator[FormList]:
        """Yield the lists of people or matters."""
        bare = [line for line in sorted(self.grid.by_line) if self._is_bare(line)]
        starts = [line for line in bare if line - 1 not in bare]
        for first in starts:
            last = first
            while last + 1 in bare:
                last += 1
            heads, ordinals = {}, set()
            for cell in self.grid.by_line[first]:
                told = "／".join(_one_line(one.words) for one in self._heads_above(cell))
                above = self.grid.owners.get((first - 1, cell.place))
                if above is not None and _ORDINALS.fullmatch(_one_line(above.words)):
                    ordinals.add(cell.place)
                elif told and self._is_open(cell):
                    heads[cell.place] = told
            if last > first and len(heads) > 1:
                yield FormList(self.number, first, last, heads, frozenset(ordinals))

    def _is_inside(self, cell: Cell) -> bool:
        return cell.is_boxed or not self.has_boxes

    def _is_open(self, cell: Cell) -> bool:
        return cell.is_empty and self._is_inside(cell)

    def _is_body(self, line: int) -> bool:
        """Tell a line with answers from a line of heads: a value, a sum, or an empty cell with words before it."""
        seen = False
        for cell in self.grid.by_line[line]:
            if cell.is_formula or (cell.words.strip() and _is_value(cell.words)):
                return True
            if self._is_open(cell) and seen:
                return True
            seen = seen or _is_head(cell.words)
        return all(self._is_open(cell) for cell in self.grid.by_line[line])

    def _is_bare(self, line: int) -> bool:
        """Tell whether a line has empty cells and no word that says what it is of."""
        cells = self.grid.by_line[line]
        covered = [
            owner for place in range(self.grid.width) if (owner := self.grid.owners.get((line, place)))
        ]
        return any(self._is_open(cell) for cell in cells) and not any(_is_head(one.words) for one in covered)

    def _blank(self, cell: Cell) -> Blank | None:
        left, column = self._heads_left(cell), self._heads_above(cell)
        beside = self.grid.owners.get((cell.line, cell.place - 1))
        if beside is not None and _is_head(beside.words) and beside not in left:
            left, column = [beside], []  # 姓名 | __ | 电话 | __: the words beside it, whatever stands above
        elif not column:
            left = left[-1:]
        row, heads = (tuple(_one_line(one.words) for one in some) for some in (left, column))
        if not row and not heads:
            return None
        unit = next((told for head in reversed((*row, *heads)) if (told := unit_in(head))), "")
        return Blank(
            Spot(self.number, cell.line, cell.place),
            row=row,
            column=heads,
            unit=unit or self.unit,
            is_percent=cell.is_percent,
        )

    def _heads_left(self, cell: Cell) -> list[Cell]:
        """Return the words that begin the line, in their order, numbers of lines left out."""
        found: list[Cell] = []
        for place in range(cell.place):
            owner = self.grid.owners.get((cell.line, place))
            if owner is None or owner in found:
                continue
            if owner.is_empty or _is_value(owner.words) or owner.is_formula:
                if found:
                    break
                continue
            if _is_head(owner.words):
                found.append(owner)
        return found

    def _heads_above(self, cell: Cell) -> list[Cell]:
        """Return the heads of the column, the upper one first."""
        found: list[Cell] = []
        for line in range(cell.line - 1, self.first - 1, -1):
            owner = self.grid.owners.get((line, cell.place))
            if line in self.body:
                if found:
                    break
                continue
            if owner is None or owner.is_empty or owner in found:
                continue
            if not self._is_inside(owner) or self.grid.is_wide(owner) or not _is_head(owner.words):
                break
            found.append(owner)
        return found[::-1]


def _is_value(words: str) -> bool:
    return bool(_NUMBER.fullmatch(half_width(words).strip()))


def _is_head(words: str) -> bool:
    told = "".join(half_width(words).split())
    return bool(told) and not _NUMBER.fullmatch(told) and not _ORDINAL.fullmatch(told)


def _one_line(words: str) -> str:
    return "".join(words.split())
