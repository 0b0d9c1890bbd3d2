"""An .xlsx read as grids and filled in place: styles, formulas, merged cells and everything unknown stay as they are.

Only the child process imports this, since lxml is large.
"""

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from banjie.base.errors import InvalidInput
from banjie.reports.asked.answers import Answer
from banjie.reports.asked.blanks import gaps_in
from banjie.reports.asked.form import Cell, Form, Grid
from banjie.reports.asked.growing import grow, grow_names
from banjie.reports.asked.limits import MOST_CELLS, TOO_LARGE, UNREADABLE
from banjie.reports.asked.package import (
    Element,
    beside,
    child,
    children,
    named,
    parsed,
    relation_of,
    rewrite,
    targets_of,
    written,
)

BOOK = "xl/workbook.xml"
PERCENT_FORMATS = frozenset({9, 10})
_REF = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_SIDES = ("left", "right", "top", "bottom")


@dataclass
class _Styles:
    """Which styles of a workbook draw lines round a cell, and which show per cent."""

    boxed: frozenset[int] = frozenset()
    percent: frozenset[int] = frozenset()


@dataclass
class _Book:
    """An opened workbook."""

    package: zipfile.ZipFile
    texts: list[str] = field(default_factory=list)
    styles: _Styles = field(default_factory=_Styles)

    def sheets(self) -> Iterator[tuple[str, str]]:
        """Yield name and part of each sheet that is shown, in their order."""
        targets = targets_of(self.package, BOOK)
        listed = child(parsed(self.package.read(BOOK)), "sheets")
        for one in children(listed, "sheet"):
            part = targets.get(relation_of(one), "")
            if one.get("state", "visible") == "visible" and part in self.package.namelist():
                yield str(one.get("name")), part


def read_workbook(path: Path) -> Form:
    """Return the sheets that are shown as grids; raises InvalidInput for one that cannot be read or is too large."""
    with _opened(path) as package:
        book = _book(package)
        return Form(tuple(Grid(name, tuple(_cells(book, part))) for name, part in book.sheets()))


def fill_workbook(
    path: Path, answers: Iterable[Answer], out: Path, *, grown: Iterable[tuple[int, int, int]] = ()
) -> None:
    """Write the workbook anew with its answers; sums are worked out by whoever opens it.

    `grown` are a sheet, a line, and how many lines in its looks are added behind it first.
    """
    more = sorted(grown, reverse=True)
    with _opened(path) as package:
        book = _book(package)
        by_grid: dict[int, list[Answer]] = {}
        for answer in answers:
            by_grid.setdefault(answer.spot.grid, []).append(answer)
        changed = {
            part: _filled(book, part, by_grid[number], [one[1:] for one in more if one[0] == number])
            for number, (_, part) in enumerate(book.sheets())
            if number in by_grid
        }
        changed[BOOK] = _worked_out_anew(package.read(BOOK), more)
    rewrite(path, out, changed)


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        package = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError) as broken:
        raise InvalidInput(UNREADABLE) from broken
    if BOOK not in package.namelist():
        raise InvalidInput(UNREADABLE)
    return package


def _book(package: zipfile.ZipFile) -> _Book:
    names = package.namelist()
    texts, styles = [], _Styles()
    if "xl/sharedStrings.xml" in names:
        texts = [_text(one) for one in children(parsed(package.read("xl/sharedStrings.xml")), "si")]
    if "xl/styles.xml" in names:
        styles = _styles(parsed(package.read("xl/styles.xml")))
    return _Book(package, texts, styles)


def _styles(root: Element) -> _Styles:
    borders = [any(_is_drawn(one) for one in border) for border in children(child(root, "borders"), "border")]
    shown = {
        int(one.get("numFmtId", "0")) for one in children(child(root, "numFmts"), "numFmt")
        if "%" in one.get("formatCode", "")
    } | PERCENT_FORMATS  # fmt: skip
    boxed, percent = set(), set()
    for number, style in enumerate(children(child(root, "cellXfs"), "xf")):
        border = int(style.get("borderId", "0"))
        if border < len(borders) and borders[border]:
            boxed.add(number)
        if int(style.get("numFmtId", "0")) in shown:
            percent.add(number)
    return _Styles(frozenset(boxed), frozenset(percent))


def _is_drawn(side: Element) -> bool:
    return named(side) in _SIDES and side.get("style", "none") != "none"


def _text(element: Element) -> str:
    """Return the words of a string, without the reading aids (拼音) beside it."""
    return "".join(
        one.text or "" for one in element.iter() if named(one) == "t" and named(one.getparent()) != "rPh"
    )


def _cells(book: _Book, part: str) -> Iterator[Cell]:
    root = parsed(book.package.read(part))
    spans = _merged(root)
    covered = {
        (line + down, place + right)
        for (line, place), (lines, places) in spans.items()
        for down in range(lines)
        for right in range(places)
    } - spans.keys()
    hidden = {n for one in children(child(root, "cols"), "col") if one.get("hidden") in ("1", "true")
              for n in range(int(one.get("min", "1")) - 1, min(int(one.get("max", "1")), 500))}  # fmt: skip
    count = 0
    for row in children(child(root, "sheetData"), "row"):
        if row.get("hidden") in ("1", "true"):
            continue
        for one in children(row, "c"):
            at = _at(one.get("r", ""))
            if at in covered or at[1] in hidden:
                continue
            count += 1
            if count > MOST_CELLS:
                raise InvalidInput(TOO_LARGE)
            yield _cell(book, one, at, spans.get(at, (1, 1)))


def _cell(book: _Book, element: Element, at: tuple[int, int], span: tuple[int, int]) -> Cell:
    style = int(element.get("s", "0"))
    return Cell(
        *at,
        words=_said(book, element),
        lines=span[0],
        places=span[1],
        is_boxed=style in book.styles.boxed,
        is_formula=child(element, "f") is not None,
        is_percent=style in book.styles.percent,
    )


def _said(book: _Book, element: Element) -> str:
    kind, value = element.get("t", "n"), child(element, "v")
    if kind == "inlineStr":
        return _text(element)
    told = (value.text or "") if value is not None else ""
    if kind == "s":
        return book.texts[int(told)] if told.isdigit() and int(told) < len(book.texts) else ""
    return told


def _merged(root: Element) -> dict[tuple[int, int], tuple[int, int]]:
    """Return the first cell of what is merged → how many lines and columns it takes."""
    found = {}
    for one in children(child(root, "mergeCells"), "mergeCell"):
        first, _, last = one.get("ref", "").partition(":")
        (top, left), (bottom, right) = _at(first), _at(last or first)
        found[top, left] = (min(bottom - top, 2000) + 1, min(right - left, 500) + 1)
    return found


def _at(ref: str) -> tuple[int, int]:
    told = _REF.fullmatch(ref)
    if told is None:
        raise InvalidInput(UNREADABLE)
    place = 0
    for letter in told[1]:
        place = place * 26 + ord(letter) - ord("A") + 1
    return int(told[2]), place - 1


def _ref(line: int, place: int) -> str:
    letters, left = "", place + 1
    while left:
        left, rest = divmod(left - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{line}"


def _filled(
    book: _Book, part: str, answers: Iterable[Answer], grown: Iterable[tuple[int, int]] = ()
) -> bytes:
    root = parsed(book.package.read(part))
    data = child(root, "sheetData")
    assert data is not None  # noqa: S101  a worksheet has rows
    for one in data.iter():
        if named(one) == "c" and child(one, "f") is not None:
            _forget_value(one)
    for line, count in grown:
        grow(root, line, count)
    by_cell: dict[tuple[int, int], dict[int, Answer]] = {}
    for answer in answers:
        by_cell.setdefault((answer.spot.line, answer.spot.place), {})[answer.spot.gap] = answer
    for (line, place), told in by_cell.items():
        _put(book, _cell_at(data, line, place), told)
    return written(root)


def _forget_value(element: Element) -> None:
    """Drop what a formula was worked out to be: it is of before the answers."""
    value = child(element, "v")
    if value is not None:
        element.remove(value)
    element.attrib.pop("t", None)


def _cell_at(data: Element, line: int, place: int) -> Element:
    """Return a cell, made in its order where the file has none."""
    row = _in_order(data, "row", line, lambda one: int(one.get("r", "0")))
    row.set("r", str(line))
    cell = _in_order(row, "c", place, lambda one: _at(one.get("r", ""))[1])
    cell.set("r", _ref(line, place))
    return cell


def _in_order(parent: Element, name: str, wanted: int, number: Callable[[Element], int]) -> Element:
    for one in children(parent, name):
        if number(one) == wanted:
            return one
        if number(one) > wanted:
            made = one.makeelement(beside(parent, name), {})
            one.addprevious(made)
            return made
    made = parent.makeelement(beside(parent, name), {})
    parent.append(made)
    return made


def _put(book: _Book, cell: Element, told: Mapping[int, Answer]) -> None:
    words = _said(book, cell)
    for one in list(cell):
        cell.remove(one)
    cell.attrib.pop("t", None)
    whole = told.get(0)
    if whole is not None and whole.number:
        value = cell.makeelement(beside(cell, "v"), {})
        value.text = f"{Decimal(whole.number):f}"
        cell.append(value)
        return
    text = whole.words if whole is not None else _with_gaps(words, told)
    cell.set("t", "inlineStr")
    inline = cell.makeelement(beside(cell, "is"), {})
    run = inline.makeelement(beside(cell, "t"), {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    run.text = text
    inline.append(run)
    cell.append(inline)


def _with_gaps(words: str, told: Mapping[int, Answer]) -> str:
    for number, gap in reversed(list(enumerate(gaps_in(words), start=1))):
        if number in told:
            words = words[: gap.start] + told[number].words + words[gap.end :]
    return words


def _worked_out_anew(xml: bytes, grown: Iterable[tuple[int, int, int]]) -> bytes:
    """Have whoever opens the file work out its sums, and print the lines that were added."""
    root = parsed(xml)
    for grid, line, count in grown:
        grow_names(root, grid, line, count)
    told = child(root, "calcPr")
    if told is None:
        told = root.makeelement(beside(root, "calcPr"), {})
        before = [
            one
            for one in root
            if named(one) in ("sheets", "functionGroups", "externalReferences", "definedNames")
        ]
        before[-1].addnext(told)
    told.set("fullCalcOnLoad", "1")
    return written(root)
