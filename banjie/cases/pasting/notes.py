"""Plain text without heads: a text message, a note on the phone, a numbered list."""

import re
from collections.abc import Iterator

from banjie.cases.pasting.pieces import Piece, title_of
from banjie.cases.pasting.telling import is_chatter, name_in, phone_in

_NUMBERED = re.compile(r"[ \t\u3000]*[(（]?(\d{1,3})[、.．)）][ \t\u3000]*(?=[^\s\d])", re.MULTILINE)
_PART = re.compile(r"\n[ \t\u3000]*\n[ \t\u3000]*\n\s*|\n[ \t]*[-—=─*]{3,}[ \t]*(?:\n|$)")
LONGEST_PREAMBLE = 40


def read_notes(text: str) -> tuple[Piece, ...]:
    """Return one piece per point of a numbered list, or per part between two empty lines; else the whole text."""
    spans = list(_points(text)) or list(_parts(text))
    return tuple(
        _piece(text, start, end, is_preamble=p) for start, end, p in spans if text[start:end].strip()
    )


def _points(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield the spans of 1、2、3、 at the beginnings of lines, and what stands before them."""
    starts: list[int] = []
    for match in re.finditer(r"^[^\n]*", text, re.MULTILINE):
        number = _NUMBERED.match(match.group())
        if number and int(number.group(1)) == len(starts) + 1:
            starts.append(match.start())
    if len(starts) < 2:
        return
    if text[: starts[0]].strip():
        yield 0, starts[0], True
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield start, end, False


def _parts(text: str) -> Iterator[tuple[int, int, bool]]:
    start = 0
    for match in _PART.finditer(text):
        yield start, match.start(), False
        start = match.end()
    yield start, len(text), False


def _piece(text: str, start: int, end: int, *, is_preamble: bool) -> Piece:
    words = text[start:end].strip()
    is_idle = is_chatter(words) or (is_preamble and len(words) <= LONGEST_PREAMBLE)
    bare = words[number.end() :] if (number := _NUMBERED.match(words)) and not is_preamble else words
    return Piece(
        text=words,
        start=start,
        title=title_of(bare),
        name=name_in(words),
        phone=phone_in(words),
        is_chatter=is_idle,
    )
