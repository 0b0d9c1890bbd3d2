"""Where the pictures of a paste belong: [图片2] stands where the second picture was pasted. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from banjie.cases.pasting.pieces import Piece

_MARK = re.compile(r"[ \t]*\[图片(?P<number>\d{0,3})\]")


@dataclass(frozen=True)
class Illustrated:
    """A piece without the marks of its pictures, and which of the pictures that came along are its own."""

    piece: Piece
    pictures: tuple[int, ...] = ()


def mark_of(number: int) -> str:
    """Return the mark of a picture, counted from one."""
    return f"[图片{number}]"


def illustrated(pieces: Sequence[Piece], count: int) -> list[Illustrated]:
    """Return the pieces with their pictures; with none of these, the pieces as they are.

    A chat that was copied marks each picture as [图片]: as many pictures as marks belong to these in their order. A
    message that is a picture alone goes to what the same person said before it. What no mark places is the first's.
    """
    if not count or not pieces:
        return [Illustrated(piece) for piece in pieces]
    bare = sum(not found["number"] for piece in pieces for found in _MARK.finditer(piece.text))
    waiting = list(range(count)) if bare == count else []
    found: list[Illustrated] = []
    for piece in pieces:
        one = _taken(piece, count, waiting)
        said = [place for place, other in enumerate(found) if other.piece.sender == piece.sender]
        if one.pictures and not one.piece.text and said:
            before = found[said[-1]]
            found[said[-1]] = replace(before, pictures=before.pictures + one.pictures)
        else:
            found.append(one)
    return _with_rest(found, count)


def _taken(piece: Piece, count: int, waiting: list[int]) -> Illustrated:
    """Take the marks of pictures that came out of a piece; others are words like any."""
    taken: list[int] = []

    def take(mark: re.Match[str]) -> str:
        number = int(mark["number"] or 0)
        if not mark["number"] and waiting:
            taken.append(waiting.pop(0))
        elif 0 < number <= count:
            taken.append(number - 1)
        else:
            return mark[0]
        return ""

    text = _MARK.sub(take, piece.text).strip()
    title = _MARK.sub("", piece.title).strip() if taken else piece.title
    return Illustrated(replace(piece, text=text if taken else piece.text, title=title), tuple(taken))


def _with_rest(found: list[Illustrated], count: int) -> list[Illustrated]:
    placed = {place for one in found for place in one.pictures}
    rest = tuple(place for place in range(count) if place not in placed)
    first = next((place for place, one in enumerate(found) if not one.piece.is_chatter), 0)
    return [
        replace(one, pictures=one.pictures + rest) if place == first else one
        for place, one in enumerate(found)
    ]
