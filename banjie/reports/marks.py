"""Marks of a paper: `{{ figure by group : style }}` and `{% when figure > 3 %} … {% end %}`, read by our own code."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_PIECE = re.compile(r"\{\{(?P<mark>[^{}\n]*)\}\}|\{%(?P<tag>[^{}\n]*?)%\}")
_STRAY = re.compile(r"\{\{|\}\}|\{%|%\}")
_STYLE = r"(?P<style>[a-z_]+)(?:\s+(?P<count>\d{1,2}))?"
_NAMED = rf"(?P<name>[A-Za-z][\w.]*)(?:\s+by\s+(?P<group>\w+(?:\.[1-9])?))?(?:\s*:\s*{_STYLE})?"
_MARK = re.compile(rf"\s*{_NAMED}\s*")
_WHEN = re.compile(rf"\s*when\s+(?P<denied>not\s+)?{_NAMED}(?:\s*(?P<sign><=|>=|<|>|=)\s*(?P<limit>\d+))?\s*")
_END = re.compile(r"\s*end\s*")


class Style(StrEnum):
    """How a figure is written."""

    PLAIN = "plain"
    DIGITS = "digits"
    BASE = "base"
    BEFORE = "before"
    CHANGE = "change"
    STEP = "step"
    TOP = "top"
    EACH = "each"


STYLE_WORDS = {
    Style.PLAIN: "照常，带单位",
    Style.DIGITS: "只写数字",
    Style.BASE: "分子和分母，如55/57",
    Style.BEFORE: "上年同期的数",
    Style.CHANGE: "与上年同期比",
    Style.STEP: "与上期比",
    Style.TOP: "最多的几项，如 top 3",
    Style.EACH: "表里每组一行，如 unit : each，或 category : each 10",
}


GROUPS = {
    "unit": "unit_id",
    "village": "division_code",
    "category": "category.1",
    "matter": "category",
}
"""Short words for the groups that every paper asks for: of categories the first level, matters are the last."""


@dataclass(frozen=True)
class Mark:
    """A mark as written: what it names, by which group, in which style, how many of a list, on which line."""

    name: str
    style: str = Style.PLAIN
    group: str = ""
    count: int = 0
    line: int = 0
    is_strong: bool = False


@dataclass(frozen=True)
class Condition:
    """What a `when` asks: the figure is known and not zero, is denied (known and zero), or keeps within a limit."""

    mark: Mark
    is_denied: bool = False
    sign: str = ""
    limit: int = 0


@dataclass(frozen=True)
class End:
    """The `{% end %}` of a `when`."""

    line: int


@dataclass(frozen=True)
class Fault:
    """What is wrong on a line of the prose (counted from 0), and how to put it right."""

    line: int
    fault: str
    remedy: str


Piece = str | Mark | Condition | End | Fault


def pieces_of(text: str, *, line: int, is_strong: bool = False) -> Iterator[Piece]:
    """Yield the words, marks and tags of one line of prose in order; what is no mark comes as a fault."""
    after = 0
    for found in _PIECE.finditer(text):
        yield from _words(text[after : found.start()], line)
        yield _mark(found, line, is_strong) if found["mark"] is not None else _tag(found["tag"], line)
        after = found.end()
    yield from _words(text[after:], line)


def tag_alone(text: str) -> str | None:
    """Return the inside of a tag that has a line to itself, as it opens or ends a part of the paper; else None."""
    found = _PIECE.fullmatch(text.strip())
    return found["tag"] if found else None


def read_tag(inside: str, line: int) -> Condition | End | Fault:
    """Return the tag that stands between `{%` and `%}`."""
    return _tag(inside, line)


def _words(words: str, line: int) -> Iterator[str | Fault]:
    if words:
        yield words
    if _STRAY.search(words):
        yield Fault(line, "这里的大括号不是完整的记号", "请写成 {{ 指标 }} 或 {{ 指标 : 样式 }}，不要换行")


def _mark(found: re.Match[str], line: int, is_strong: bool) -> Mark | Fault:
    inside = _MARK.fullmatch(found["mark"])
    if inside is None:
        return Fault(
            line, f"记号 {found[0]} 读不懂", "请写成 {{ 指标 }}、{{ 指标 by 分组 : top 3 }} 这样的形式"
        )
    return _named(inside, line, is_strong)


def _tag(inside: str, line: int) -> Condition | End | Fault:
    if _END.fullmatch(inside):
        return End(line)
    if found := _WHEN.fullmatch(inside):
        mark = _named(found, line, False)
        return Condition(mark, bool(found["denied"]), found["sign"] or "", int(found["limit"] or 0))
    remedy = "请写 {% when 指标 %}、{% when not 指标 %}、{% when 指标 > 3 %} 或 {% end %}"
    return Fault(line, f"{{%{inside}%}} 读不懂", remedy)


def _named(found: re.Match[str], line: int, is_strong: bool) -> Mark:
    name, group = found["name"], found["group"] or ""
    return Mark(
        name=GROUPS.get(name, name),
        style=found["style"] or Style.PLAIN,
        group=GROUPS.get(group, group),
        count=int(found["count"] or 0),
        line=line,
        is_strong=is_strong,
    )
