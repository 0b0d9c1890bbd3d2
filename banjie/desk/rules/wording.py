"""The prose of a rule as it is edited on the web: each mark stands as its value in brackets, such as 【3：5个工作日】.

The number names the mark, what follows is only shown: whoever edits moves the bracket and changes the value elsewhere.
"""

import re

from banjie.base.errors import InvalidInput
from banjie.rulebook.marks import marks_in
from banjie.rulebook.saying import said_of
from banjie.rulebook.text import Text

_HEAD = re.compile(r"\A\s*# .*\n+")
_BRACKET = re.compile(r"【\s*(\d+)\s*[：:]?[^【】\n]*】")


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


def written_prose(text: Text, typed: str) -> str:
    """Return what was typed with the marks of the text in place of the brackets. Raises InvalidInput."""
    marks = [text.prose[mark.start : mark.end] for mark in marks_in(text.prose)]

    def mark_of(found: re.Match[str]) -> str:
        number = int(found[1])
        if not 1 <= number <= len(marks):
            message = f"方括号里的编号{number}不是本文的数值。请从原文里复制整个方括号，不要改编号。"
            raise InvalidInput(message, fields={"prose": message})
        return marks[number - 1]

    prose = _head(text) + _BRACKET.sub(mark_of, typed.replace("\r\n", "\n"))
    _check_whole(text, prose)
    return prose


def _check_whole(text: Text, prose: str) -> None:
    """Raise InvalidInput where a value of the text stands nowhere in the prose any more."""
    left = {mark.name for mark in marks_in(prose)}
    lacking = [
        f"【{place}：{said_of(text, mark.name)}】"
        for place, mark in enumerate(marks_in(text.prose), start=1)
        if mark.name in text.parameters and mark.name not in left
    ]
    if lacking:
        message = f"正文里少了{'、'.join(lacking)}。系统仍在用这些数，正文里必须写出来。"
        raise InvalidInput(message, fields={"prose": message})
