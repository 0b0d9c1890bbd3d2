"""The prose of a rule as it is edited on the web: each mark stands as its value in brackets, such as 【3：5个工作日】.

The number names the mark, what follows is only shown: whoever edits moves the bracket and changes the value elsewhere.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from banjie.base.errors import InvalidInput
from banjie.rulebook.marks import marks_in
from banjie.rulebook.saying import said_of
from banjie.rulebook.text import Text

_HEAD = re.compile(r"\A\s*# .*\n+")
_BRACKET = re.compile(r"【\s*(\d+)\s*[：:]?[^【】\n]*】")
_SENTENCE = re.compile(r"(?:【[^】]*】|[^。；【])+[。；]?")
_CLAUSE = re.compile(r"(?:【[^】]*】|[^。；，、【])+[。；，、]?")
_NUMBERED = re.compile(r"\A\s*(?:[-*]\s+|#*\s*第[零〇一二三四五六七八九十百]+条\s*)")
_GAPS = re.compile(r"\n{3,}")


def shown_prose(text: Text) -> str:
    """Return the prose with its marks in brackets, numbered from 1 in the order in which they stand."""
    head, prose = _head(text), text.prose
    after, parts = len(head), []
    for place, mark in enumerate(marks_in(prose), start=1):
        parts += [prose[after : mark.start], f"【{place}：{said_of(text, mark.name)}】"]
        after = mark.end
    return "".join([*parts, prose[after:]])


def _head(text: Text) -> str:
    """Return the heading of the prose, which repeats the title and is not edited."""
    found = _HEAD.match(text.prose)
    return found[0] if found else ""


def written_prose(text: Text, typed: str, *, without: str = "") -> str:
    """Return what was typed with the marks of the text in place of the brackets; `without` is a value to be gone.

    Raises InvalidInput.
    """
    marks = [text.prose[mark.start : mark.end] for mark in marks_in(text.prose)]

    def mark_of(found: re.Match[str]) -> str:
        number = int(found[1])
        if not 1 <= number <= len(marks):
            message = f"方括号里的编号{number}不是本文的数值。请从原文里复制整个方括号，不要改编号。"
            raise InvalidInput(message, fields={"prose": message})
        return marks[number - 1]

    prose = _head(text) + _BRACKET.sub(mark_of, typed.replace("\r\n", "\n"))
    _check_whole(text, prose, without=without)
    return prose


@dataclass(frozen=True)
class Line:
    """A line of the shown prose that prints a value, and what is left of it without the sentence of the value."""

    place: int
    shown: str
    left: str


def lines_with(text: Text, name: str) -> list[Line]:
    """Return the lines of the shown prose in which a value is printed."""
    brackets = {place for place, mark in enumerate(marks_in(text.prose), start=1) if mark.name == name}
    found = []
    for place, line in enumerate(shown_prose(text).split("\n")):
        if any(int(one[1]) in brackets for one in _BRACKET.finditer(line)):
            found.append(Line(place, line, _left_of(line, brackets)))
    return found


def with_lines(text: Text, lines: Mapping[int, str]) -> str:
    """Return the shown prose with lines put in place of others by their number; one that is empty is no more."""
    shown = shown_prose(text).split("\n")
    told = [lines.get(place, line) for place, line in enumerate(shown)]
    kept = [line for place, line in enumerate(told) if line.strip() or place not in lines]
    return _GAPS.sub("\n\n", "\n".join(kept))


def _left_of(line: str, brackets: Collection[int]) -> str:
    """Return a line without the sentence, or the clause, that prints one of the values; "" when nothing is left.

    Other values of the line stay: where every part holds one, only the bracket goes and the words are left to whoever
    edits.
    """
    for pattern in (_SENTENCE, _CLAUSE):
        parts = pattern.findall(line)
        gone = [one for one in parts if _numbers(one) & set(brackets)]
        if all(_numbers(one) <= set(brackets) for one in gone):
            left = "".join(one for one in parts if one not in gone).strip()
            if left and parts[0] in gone and (head := _NUMBERED.match(line)):
                left = head[0] + left
            return left
    return _BRACKET.sub(lambda found: "" if int(found[1]) in brackets else found[0], line)


def _numbers(words: str) -> set[int]:
    return {int(found[1]) for found in _BRACKET.finditer(words)}


def _check_whole(text: Text, prose: str, *, without: str) -> None:
    """Raise InvalidInput where a value of the text stands nowhere in the prose any more, or one still does."""
    left = {mark.name for mark in marks_in(prose)}
    if without and without in left:
        message = "句子里还留着要删的数值。请把它的方括号也去掉。"
        raise InvalidInput(message)
    lacking = [
        f"【{place}：{said_of(text, mark.name)}】"
        for place, mark in enumerate(marks_in(text.prose), start=1)
        if mark.name in text.parameters and mark.name not in left and mark.name != without
    ]
    if lacking:
        message = f"正文里少了{'、'.join(lacking)}。系统仍在用这些数，正文里必须写出来。"
        raise InvalidInput(message, fields={"prose": message})
