"""The table of a category text changed row by row: a matter added, changed or closed. No Django here.

Every line that is not meant stays byte for byte, so that a text made on the web is the one that an engineer would file.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from banjie.base.errors import InvalidInput, NotFound
from banjie.rulebook.categories import (
    BASIS,
    CLOSED,
    DUTY,
    KEY,
    UNIT,
    WORDS,
    Row,
    cells_of,
    is_level,
    rows_of,
)
from banjie.rulebook.editing import Written, with_prose, written_value
from banjie.rulebook.findings import BadText
from banjie.rulebook.text import Text
from banjie.rulebook.vocabulary import DUTY_WORDS, Duty

UNITS = "units"
_OUTSIDE_KEY = re.compile(r"[^\w-]")
_DUTIES = {words: duty for duty, words in DUTY_WORDS.items()}


@dataclass(frozen=True)
class Matter:
    """What a row says of its own; empty is as its upper level has it."""

    title: str
    unit: str = ""
    duty: Duty | None = None
    basis: str = ""
    words: tuple[str, ...] = ()
    is_closed: bool = False


def without_columns(prose: str, heads: Sequence[str]) -> str:
    """Return prose with columns of its tables left out."""
    gone: list[int] = []
    lines = []
    for line in prose.split("\n"):
        if not line.startswith("|"):
            gone = []
            lines.append(line)
            continue
        cells = cells_of(line)
        gone = gone or [place for place, cell in enumerate(cells) if cell in heads]
        lines.append(_as_line([cell for place, cell in enumerate(cells) if place not in gone]))
    return "\n".join(lines)


def matter_in(text: Text, key: str) -> Matter:
    """Return what the row of a category says of its own. Raises NotFound."""
    row = _row(text, key)
    cells = row.cells
    return Matter(
        title=row.path[-1],
        unit=cells.get(UNIT, ""),
        duty=_DUTIES.get(cells.get(DUTY, "")),
        basis=cells.get(BASIS, ""),
        words=tuple(re.split(r"[\s、，,]+", cells[WORDS])) if cells.get(WORDS) else (),
        is_closed=cells.get(CLOSED) == CLOSED,
    )


def deepest(text: Text) -> int:
    """Return how many levels the table has."""
    return max((sum(1 for head in row.cells if is_level(head)) for row in rows_of(text)[0]), default=0)


def with_matter(text: Text, matter: Matter, *, under: str = "") -> str:
    """Return the source with a new category as the last one under `under`, or of the first level.

    Raises NotFound, and InvalidInput where the table has no such level.
    """
    rows, _ = rows_of(text)
    above = _row(text, under).path if under else ()
    siblings = [row for row in rows if row.path[: len(above)] == above]
    if not siblings:
        raise InvalidInput("这一篇里还没有分类表。请导出文件写好表头再载入。")
    if len(above) >= deepest(text):
        raise InvalidInput("分类表没有更细的一级。请把它加在上一级下面。")
    last = siblings[-1]
    key = key_of((*above, matter.title), {row.cells.get(KEY, "") for row in rows})
    lines = text.prose.split("\n")
    place = _line(text, last)
    heads = _heads(lines, place, matter)
    lines.insert(place + 1, _written(heads, matter, key=key, depth=len(above)))
    return _with_units(text, lines, matter)


def with_matter_changed(text: Text, key: str, matter: Matter) -> str:
    """Return the source with what the row of a category says put anew; its key and its place stay. Raises NotFound."""
    row = _row(text, key)
    lines = text.prose.split("\n")
    heads = _heads(lines, _line(text, row), matter)
    level = len(row.path) - 1
    if matter.title != row.path[-1]:
        for below in rows_of(text)[0]:
            if below.path[: level + 1] == row.path and below.cells != row.cells:
                _retitled(lines, _line(text, below), heads, level=level, title=matter.title)
    lines[_line(text, row)] = _written(heads, matter, key=key, depth=level, before=row.cells)
    return _with_units(text, lines, matter)


def _row(text: Text, key: str) -> Row:
    found = next((row for row in rows_of(text)[0] if row.cells.get(KEY) == key), None)
    if found is None:
        raise NotFound("草案里没有这个事项。请回到事项列表重新选。")
    return found


def _line(text: Text, row: Row) -> int:
    return text.prose.count("\n", 0, row.position)


def _heads(lines: list[str], place: int, matter: Matter) -> list[str]:
    """Return the heads of the table around a line; a column for what is closed is added when it is needed first."""
    first = place
    while first > 0 and lines[first - 1].startswith("|"):
        first -= 1
    heads = cells_of(lines[first])
    wanted = [DUTY, UNIT, BASIS, WORDS, *([CLOSED] if matter.is_closed else [])]
    for head in (one for one in wanted if one not in heads):
        heads.append(head)
        lines[first], lines[first + 1] = (
            f"{lines[first].rstrip()} {head} |",
            f"{lines[first + 1].rstrip()} --- |",
        )
        at = first + 2
        while at < len(lines) and lines[at].startswith("|"):
            lines[at] = f"{lines[at].rstrip()} |"
            at += 1
    return heads


def _written(
    heads: Sequence[str], matter: Matter, *, key: str, depth: int, before: Mapping[str, str] | None = None
) -> str:
    """Return the line of a matter; a level above its own stays as it was written, in a new row empty."""
    told = {
        KEY: key,
        UNIT: matter.unit,
        DUTY: DUTY_WORDS[matter.duty] if matter.duty else "",
        BASIS: matter.basis,
        WORDS: " ".join(matter.words),
        CLOSED: CLOSED if matter.is_closed else "",
    }
    levels = [head for head in heads if is_level(head)]
    told |= {head: (before or {}).get(head, "") for head in levels} | {levels[depth]: matter.title}
    return _as_line([told.get(head, "") for head in heads])


def _retitled(lines: list[str], place: int, heads: Sequence[str], *, level: int, title: str) -> None:
    """Write the new title of an upper level where a row below repeats the old one."""
    cells = cells_of(lines[place])
    column = [number for number, head in enumerate(heads) if is_level(head)][level]
    if cells[column]:
        cells[column] = title
        lines[place] = _as_line(cells)


def _as_line(cells: Sequence[str]) -> str:
    return "|" + "".join(f" {_plain(cell)} |" if cell else " |" for cell in cells)


def _plain(cell: str) -> str:
    return " ".join(cell.replace("|", "／").split())


def _with_units(text: Text, lines: Sequence[str], matter: Matter) -> str:
    """Return the whole source, the unit of the matter among those that its head names."""
    source = text.source
    listed = text.items.get(UNITS)
    known = [str(one) for one in listed] if isinstance(listed, list) else []
    if matter.unit and matter.unit not in known:
        source = _with_listed(source, [*known, matter.unit], file=text.file)
    return with_prose(source, "\n".join(lines), file=text.file)


def _with_listed(source: str, units: Sequence[str], *, file: str) -> str:
    before = Written(source, file)
    lines, at = before.lines, before.front.lines.get(UNITS, 0) - 1
    line = f"{UNITS} = {written_value(list(units))}"
    if at < 0:
        lines.insert(before.front.line("type"), line)
    else:
        lines[at] = line
    after = Written("\n".join(lines), file)
    try:
        is_so = after.front.items == {**before.front.items, UNITS: list(units)}
    except BadText:
        is_so = False
    if not is_so:
        raise InvalidInput("单位名单的写法网页上改不了。请导出文件修改后载入。")
    return after.source


def key_of(path: Sequence[str], taken: set[str]) -> str:
    """Return a key that no other matter has: its title, with as many upper titles before it as are needed."""
    for depth in range(1, len(path) + 1):
        key = "-".join(_OUTSIDE_KEY.sub("", title) for title in path[-depth:])
        if key and key not in taken:
            return key
    return f"{key}-{len(taken)}"
