"""What was pasted, cut into pieces: each is one thing told, with whatever was said of who told it and when."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

LONGEST_TITLE = 30
_GREETING = re.compile(
    r"(?:尊敬的[^，,：:。!！\s]{0,14}|各位[^，,：:。!！\s]{0,6}|领导们?|书记|镇长|您好|你们?好|大家好)[，,：:。!！、\s]+"
)
_STOP = re.compile(r"[。！？!?；;\n]")


class Source(StrEnum):
    """Where a paste came from, told by its form."""

    CHAT = "chat"
    CELLS = "cells"
    NOTES = "notes"


@dataclass(frozen=True)
class Piece:
    """One thing told. `start` is where it begins in the paste; `sender` and `times` stand as they were written.

    `is_chatter` marks what asks for nothing, such as 收到 or [图片]: it is proposed unticked.
    """

    text: str
    start: int = 0
    title: str = ""
    name: str = ""
    sender: str = ""
    phone: str = ""
    code: str = ""
    id_number: str = ""
    outer_number: str = ""
    place_words: str = ""
    category_words: str = ""
    told_at: datetime | None = None
    times: tuple[str, ...] = ()
    is_chatter: bool = False


@dataclass(frozen=True)
class Pasted:
    """A paste that was read: its pieces in order, and the head row of cells."""

    source: Source
    pieces: tuple[Piece, ...] = field(default=())
    heads: str = ""

    def beyond(self, text: str, count: int) -> str:
        """Return what is left of the pasted `text` after `count` pieces, with its head row, ready to paste again."""
        if len(self.pieces) <= count:
            return ""
        head = f"{self.heads}\n" if self.heads else ""
        return head + text[self.pieces[count].start :]


def title_of(text: str) -> str:
    """Return the first words of a text without its greeting, enough to know it by.

    >>> title_of("尊敬的领导：您好！西沟组路灯坏了。请派人来修。")
    '西沟组路灯坏了'
    """
    line = text.strip()
    while (match := _GREETING.match(line)) and match.end() < len(line):
        line = line[match.end() :]
    first = _STOP.split(line, maxsplit=1)[0].strip() or " ".join(line.split())
    return first if len(first) <= LONGEST_TITLE else f"{first[: LONGEST_TITLE - 1]}…"
