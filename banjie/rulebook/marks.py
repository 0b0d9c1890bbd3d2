"""Marks in prose: `{{ name }}` and `{{ name : style }}`, found and replaced by our own code."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from banjie.rulebook.numerals import digits_to_characters

_MARK = re.compile(r"\{\{(?P<inside>[^{}\n]*)\}\}")
_INSIDE = re.compile(r"\s*(?P<name>[\w.*·-]+)\s*(?::\s*(?P<style>\w+)\s*)?")
_STRAY = re.compile(r"\{\{|\}\}")
_ENDS = "。；\n"
_LEAD = re.compile(r"^[#\s-]*(第[零〇一二三四五六七八九十百]+条)?")
_PROVISION = re.compile(r"^#*\s*(第[零〇一二三四五六七八九十百]+条)", re.MULTILINE)


class Style(StrEnum):
    """How a value is written in prose."""

    PLAIN = "plain"
    DIGITS = "digits"
    CHARACTERS = "characters"


STYLE_WORDS = {Style.PLAIN: "照常", Style.DIGITS: "只写数字", Style.CHARACTERS: "用汉字数字"}


@dataclass(frozen=True)
class Mark:
    """A mark as written: the parameter it names, its style, and where in the prose it stands."""

    name: str
    style: str
    start: int
    end: int


def marks_in(prose: str) -> Iterator[Mark]:
    """Yield the marks of `prose` in order; what is not well formed is left to `stray_marks`."""
    for found in _MARK.finditer(prose):
        if inside := _INSIDE.fullmatch(found["inside"]):
            yield Mark(inside["name"], inside["style"] or Style.PLAIN, found.start(), found.end())


def stray_marks(prose: str) -> list[int]:
    """Return where braces stand that belong to no well-formed mark."""
    good = {place for mark in marks_in(prose) for place in range(mark.start, mark.end)}
    return [found.start() for found in _STRAY.finditer(prose) if found.start() not in good]


def fill(prose: str, say: Callable[[str], str]) -> str:
    """Return `prose` with each mark replaced by what `say` tells of its parameter, in the mark's style."""
    parts, after = [], 0
    for mark in marks_in(prose):
        parts += [prose[after : mark.start], styled(say(mark.name), mark.style)]
        after = mark.end
    return "".join([*parts, prose[after:]])


def styled(said: str, style: str) -> str:
    """Write a said value in a style: 5个工作日, 5, or 五个工作日."""
    if style == Style.DIGITS:
        return "".join(re.findall(r"\d+", said)[:1])
    if style == Style.CHARACTERS:
        return digits_to_characters(said)
    return said


def provision_at(prose: str, position: int) -> str:
    """Return the provision that governs a position, such as 第三条; empty above the first one."""
    before = [found for found in _PROVISION.finditer(prose) if found.start() <= position]
    return before[-1].group(1) if before else ""


def provision_of(prose: str, name: str) -> str:
    """Return the provision in which the parameter `name` is printed first; empty when it is not."""
    mark = next((mark for mark in marks_in(prose) if mark.name == name), None)
    return provision_at(prose, mark.start) if mark else ""


def sentence_of(prose: str, name: str) -> str:
    """Return the sentence around the first mark of `name`, without the mark; empty when it is printed nowhere."""
    mark = next((mark for mark in marks_in(prose) if mark.name == name), None)
    if mark is None:
        return ""
    start = max(prose.rfind(end, 0, mark.start) for end in _ENDS) + 1
    ends = [place for end in _ENDS if (place := prose.find(end, mark.end)) >= 0]
    sentence = prose[start : min(ends, default=len(prose))]
    return _LEAD.sub("", _MARK.sub("", sentence)).strip(" 　，、：:-")


def provisions_in(prose: str) -> Iterator[tuple[str, str]]:
    """Yield the prose cut at its provisions, each with its name, such as 第三条; what stands above has none."""
    found = list(_PROVISION.finditer(prose))
    starts = [0, *(one.start() for one in found)]
    ends = [*starts[1:], len(prose)]
    for name, start, end in zip(["", *(one.group(1) for one in found)], starts, ends, strict=True):
        if prose[start:end].strip():
            yield name, prose[start:end]
