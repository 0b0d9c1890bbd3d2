"""A .docx read as tables and lines of text, and filled in place. Only the child process imports this."""

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from pathlib import Path

from banjie.base.errors import InvalidInput
from banjie.reports.asked.answers import Answer
from banjie.reports.asked.blanks import gaps_in
from banjie.reports.asked.form import TEXT, Cell, Form, Grid
from banjie.reports.asked.limits import MOST_CELLS, TOO_LARGE, UNREADABLE
from banjie.reports.asked.package import Element, beside, child, children, named, parsed, rewrite, written

BODY = "word/document.xml"
DRAWN_BLANK = "_"
"""Stands for a blank that is underlined, so that it is read as a line to write on."""


def read_document(path: Path) -> Form:
    """Return the tables as grids and the paragraphs between them as lines; raises InvalidInput when it cannot."""
    body = _body(path)
    grids: list[Grid] = []
    lines: list[str] = []
    above: list[str] = []
    for one in _blocks(body):
        if named(one) == "p":
            lines.append(_words(one))
            above.append(_words(one))
        else:
            cells = [cell for cell, _ in _cells(one)]
            if sum(len(grid.cells) for grid in grids) + len(cells) > MOST_CELLS:
                raise InvalidInput(TOO_LARGE)
            grids.append(Grid(f"表{len(grids) + 1}", tuple(cells), tuple(w for w in above[-6:] if w.strip())))
            above = []
    return Form(tuple(grids), tuple(lines))


def fill_document(
    path: Path, answers: Iterable[Answer], out: Path, *, grown: Iterable[tuple[int, int, int]] = ()
) -> None:
    """Write the document anew with its answers in their places, after lines were added to its tables."""
    body = _body(path)
    tables = [block for block in _blocks(body) if named(block) == "tbl"]
    for grid, line, count in sorted(grown, reverse=True):
        _grow(tables[grid], line, count)
    told: dict[tuple[int, int, int], dict[int, Answer]] = {}
    for answer in answers:
        spot = answer.spot
        told.setdefault((spot.grid, spot.line, spot.place), {})[spot.gap] = answer
    blocks = list(_blocks(body))
    for number, one in enumerate(block for block in blocks if named(block) == "p"):
        if (TEXT, number, 0) in told:
            _fill_gaps([one], told[TEXT, number, 0])
    for number, table in enumerate(block for block in blocks if named(block) == "tbl"):
        for cell, element in list(_cells(table)):
            if (number, cell.line, cell.place) in told:
                _fill_cell(element, told[number, cell.line, cell.place])
    rewrite(path, out, {BODY: written(_root(body))})


def _grow(table: Element, line: int, count: int) -> None:
    """Add rows behind one that look like it and are empty."""
    row = children(table, "tr")[line - 1]
    for _ in range(count):
        more = deepcopy(row)
        for one in more.iter():
            if named(one) == "t":
                one.text = ""
            for name in [name for name in one.attrib if name.endswith(("}paraId", "}textId"))]:
                del one.attrib[name]  # Word wants each of them once
        row.addnext(more)


def _body(path: Path) -> Element:
    try:
        with zipfile.ZipFile(path) as package:
            body = child(parsed(package.read(BODY)), "body")
    except (zipfile.BadZipFile, KeyError, OSError) as broken:
        raise InvalidInput(UNREADABLE) from broken
    if body is None:
        raise InvalidInput(UNREADABLE)
    return body


def _root(element: Element) -> Element:
    above = element.getparent()
    return element if above is None else _root(above)


def _blocks(body: Element) -> Iterator[Element]:
    """Yield paragraphs and tables in their order, those inside content controls as well."""
    for one in body:
        if named(one) in ("p", "tbl"):
            yield one
        elif named(one) == "sdt" and (content := child(one, "sdtContent")) is not None:
            yield from _blocks(content)


def _cells(table: Element) -> Iterator[tuple[Cell, Element]]:
    """Yield the cells of a table by line and column; a cell that is merged downwards is yielded once."""
    found: list[tuple[list[int], Element]] = []
    open_at: dict[int, list[int]] = {}
    for line, row in enumerate(children(table, "tr"), start=1):
        place = _skipped(row)
        for element in _row_cells(row):
            span, merge = _span(element), _merge(element)
            if merge == "continue" and place in open_at:
                open_at[place][2] += 1
            else:
                told = [line, place, 1, span]
                found.append((told, element))
                open_at.pop(place, None)
                if merge == "restart":
                    open_at[place] = told
            place += span
    for (line, place, lines, places), element in found:
        paragraphs = children(element, "p")
        words = "\n".join(_words(one) for one in paragraphs)
        yield Cell(line, place, words, lines, places, is_boxed=True), element


def _row_cells(row: Element) -> Iterator[Element]:
    for one in row:
        if named(one) == "tc":
            yield one
        elif named(one) == "sdt" and (content := child(one, "sdtContent")) is not None:
            yield from children(content, "tc")


def _property(element: Element, name: str) -> Element | None:
    properties = child(element, f"{named(element)}Pr")
    return None if properties is None else child(properties, name)


def _value(element: Element | None, default: str = "") -> str:
    if element is None:
        return default
    return next((str(value) for name, value in element.attrib.items() if str(name).endswith("}val")), default)


def _skipped(row: Element) -> int:
    told = _value(_property(row, "gridBefore"), "0")
    return int(told) if told.isdigit() else 0


def _span(cell: Element) -> int:
    told = _value(_property(cell, "gridSpan"), "1")
    return min(int(told), 200) if told.isdigit() else 1


def _merge(cell: Element) -> str:
    merge = _property(cell, "vMerge")
    return "" if merge is None else _value(merge, "continue")


def _texts(paragraph: Element) -> list[Element]:
    """Return the pieces of text of a paragraph in their order."""
    return [one for one in paragraph.iter() if named(one) == "t" and named(one.getparent()) == "r"]


def _words(paragraph: Element) -> str:
    return "".join(_piece(one) for one in _texts(paragraph))


def _piece(text: Element) -> str:
    """Return a piece of text, a blank that is underlined as a line to write on; it keeps its length."""
    words = text.text or ""
    run = text.getparent()
    line = _value(_property(run, "u"), "none") if run is not None else "none"
    return DRAWN_BLANK * len(words) if line != "none" and not words.strip() else words


def _fill_cell(cell: Element, told: Mapping[int, Answer]) -> None:
    paragraphs = children(cell, "p")
    if 0 not in told:
        _fill_gaps(paragraphs, told)
        return
    paragraph = paragraphs[0]
    texts = _texts(paragraph)
    for one in texts[1:]:
        one.text = ""
    if texts:
        texts[0].text = told[0].words
        return
    paragraph.append(_new_run(paragraph, told[0].words))


def _new_run(paragraph: Element, words: str) -> Element:
    """Return a run in the script that the paragraph gives to its end mark."""
    run = paragraph.makeelement(beside(paragraph, "r"), {})
    mark = _property(paragraph, "rPr")
    if mark is not None:
        run.append(deepcopy(mark))
    text = run.makeelement(beside(run, "t"), {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    text.text = words
    run.append(text)
    return run


def _fill_gaps(paragraphs: list[Element], told: Mapping[int, Answer]) -> None:
    """Put words into the gaps of paragraphs, which were read joined by line breaks."""
    pieces: list[tuple[int, Element]] = []
    words = ""
    for number, paragraph in enumerate(paragraphs):
        words += "\n" if number else ""
        for text in _texts(paragraph):
            pieces.append((len(words), text))
            words += _piece(text)
    for number, gap in reversed(list(enumerate(gaps_in(words), start=1))):
        if number in told:
            _replace(paragraphs, pieces, gap.start, gap.end, told[number].words)


def _replace(
    paragraphs: list[Element], pieces: list[tuple[int, Element]], start: int, end: int, words: str
) -> None:
    """Replace a stretch of the words; an empty stretch at the end of a piece goes behind it."""
    is_put = False
    for begins, text in pieces:
        old = text.text or ""
        ends = begins + len(old)
        if ends < start or begins > end or (ends == start != end and old):
            continue
        first, last = max(start - begins, 0), max(min(end, ends) - begins, 0)
        if first > len(old):
            continue
        text.text = old[:first] + ("" if is_put else words) + old[last:]
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        is_put = True
    if not is_put and paragraphs:
        paragraphs[-1].append(_new_run(paragraphs[-1], words))
