"""A text of the catalogue changed figure by figure: one added, put anew or taken out. No Django here."""

import re
from collections.abc import Mapping

from banjie.base.errors import InvalidInput, NotFound
from banjie.figures.catalogue import DIGITS, UNITS, Better, Figure, Measure, read_figures
from banjie.rulebook.editing import written_value
from banjie.rulebook.findings import BadText
from banjie.rulebook.front import FENCE, read_front
from banjie.rulebook.text import Text, parse_text

Table = Mapping[str, object]
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def table_of(figure: Figure) -> dict[str, object]:
    """Return a figure as the table that writes it, without what goes without saying."""
    measured: object = True if figure.measure is Measure.COUNT else figure.over
    told: dict[str, object] = {
        "title": figure.title,
        "fact": figure.fact,
        "where": figure.where,
        figure.measure.value: measured,
        "by": figure.by,
        "unit": figure.unit if figure.unit != UNITS.get(figure.measure, "件") else "",
        "digits": figure.digits if figure.digits != DIGITS.get(figure.measure, 0) else "",
        "note": figure.note,
        "better": figure.better.value if figure.better is not Better.NEITHER else "",
    }
    return {item: value for item, value in told.items() if value != ""}


def figures_of(text: Text) -> dict[str, Figure]:
    """Return the figures of a text by key, as far as they can be read."""
    return {figure.key: figure for figure in read_figures(text)[0]}


def with_figure(text: Text, key: str, table: Table) -> str:
    """Return the source with a figure put anew, or as the last one. Raises InvalidInput for an unusual spelling."""
    lines = text.source.split("\n")
    written = [f"[{_header(key)}]", *(f"{item} = {written_value(value)}" for item, value in table.items())]
    if key in _standing(text):
        first, last = _block(text, lines, key)
        lines[first:last] = written
    else:
        end = text.front.prose_line - 2
        gap = [] if not lines[end - 1].strip() else [""]
        lines[end:end] = [*gap, *written]
    return _proved(text, "\n".join(lines), key, table)


def without_figure(text: Text, key: str) -> str:
    """Return the source without a figure. Raises NotFound, InvalidInput as above."""
    if key not in _standing(text):
        raise NotFound("草案里没有这个指标。请回到指标列表重新选。")
    lines = text.source.split("\n")
    first, last = _block(text, lines, key)
    while not lines[first - 1].strip():
        first -= 1
    return _proved(text, "\n".join([*lines[:first], *lines[last:]]), key, None)


def _standing(text: Text) -> dict[str, Table]:
    return {key: table_of(figure) for key, figure in figures_of(text).items()}


def _block(text: Text, lines: list[str], key: str) -> tuple[int, int]:
    """Return where the lines of a figure begin and end, counted from 0, blank ones behind it left out."""
    first = text.front.lines.get(key, 0) - 1
    if first < 0 or not lines[first].lstrip().startswith("["):
        raise InvalidInput(f"指标 {key} 的写法网页上改不了。请导出文件修改后载入。")
    last = first + 1
    while not lines[last].lstrip().startswith("[") and lines[last].strip() != FENCE:
        last += 1
    while not lines[last - 1].strip():
        last -= 1
    return first, last


def _header(key: str) -> str:
    parts = key.split(".")
    return ".".join(part if _BARE.fullmatch(part) else written_value(part) for part in parts)


def _proved(text: Text, source: str, key: str, table: Table | None) -> str:
    """Return the new source if it differs from the old in this one figure alone, else refuse it."""
    try:
        after = parse_text(text.section, text.key, source=source, file=text.file)
    except BadText:
        after = None
    told = figures_of(after) if after else {}
    others = {one: figure for one, figure in _standing(text).items() if one != key}
    is_so = after is not None and {one: table_of(f) for one, f in told.items() if one != key} == others
    if (
        not is_so
        or (key in told) != (table is not None)
        or read_front(source, file=text.file).prose != text.prose
    ):
        raise InvalidInput(f"指标 {key} 的写法网页上改不了。请导出文件修改后载入。")
    return source
