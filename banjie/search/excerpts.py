"""The words around what was looked for, with the hits marked: no Django, no database."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from banjie.search.bigrams import PERSONAL, Wanted, normal

WIDTH, BEFORE = 64, 16
"""Characters of an excerpt, and how many of them stand before the first hit."""
LONGEST_PHONE = 12
"""Digits of a landline with its area code; an ID number has more."""


@dataclass(frozen=True)
class Bit:
    """A stretch of an excerpt, and whether it was looked for."""

    text: str
    is_hit: bool = False


def marked(text: str, query: Wanted) -> tuple[Bit, ...]:
    """Return the whole text in bits, persons' numbers covered."""
    line, folded = _folded(text)
    return tuple(_bits(line, folded, query, start=0, end=len(line)))


def excerpt(texts: Sequence[str], query: Wanted, *, width: int = WIDTH) -> tuple[Bit, ...]:
    """Return what stands around the hits: of the text that holds most terms, and of another one for those left.

    Nothing where no text holds any.
    """
    lines = [_folded(text) for text in texts]
    missing = set(query.terms)
    bits: list[Bit] = []
    for _ in range(2):
        line, folded = max(lines, key=lambda line: sum(term in line[1] for term in missing), default=("", ""))
        held = {term for term in missing if term in folded}
        if not held:
            break
        missing -= held
        start = max(0, min(min(map(folded.find, held)) - BEFORE, len(line) - width))
        bits += [Bit(" ")] if bits else []
        bits += _cut(line, folded, query, start=start, end=min(len(line), start + width))
    return tuple(bits)


def _cut(line: str, folded: str, query: Wanted, *, start: int, end: int) -> Iterator[Bit]:
    if start:
        yield Bit("…")
    yield from _bits(line, folded, query, start=start, end=end)
    if end < len(line):
        yield Bit("…")


def _folded(text: str) -> tuple[str, str]:
    """Return the text on one line with persons' numbers covered, and as it is compared, place for place."""
    line = " ".join(text.split())
    folded = normal(line)
    if len(folded) != len(line):  # a ligature or a squared word became longer: then what is compared is shown
        line = folded
    return _covered(line, folded), folded


def _covered(line: str, folded: str) -> str:
    for found in PERSONAL.finditer(folded):
        line = f"{line[: found.start()]}{_mask(line[found.start() : found.end()])}{line[found.end() :]}"
    return line


def _mask(number: str) -> str:
    """Cover a number as the mask table of standards §14 does, place for place."""
    ends = (3, 4) if len(re.sub(r"\D", "", number)) <= LONGEST_PHONE else (1, 1)
    head, tail = number[: ends[0]], number[-ends[1] :]
    return f"{head}{'*' * (len(number) - len(head) - len(tail))}{tail}"


def _bits(line: str, folded: str, query: Wanted, *, start: int, end: int) -> Iterator[Bit]:
    if not query.terms:
        yield Bit(line[start:end])
        return
    longest_first = sorted(query.terms, key=len, reverse=True)
    at = start
    for hit in re.finditer("|".join(map(re.escape, longest_first)), folded[start:end]):
        if start + hit.start() > at:
            yield Bit(line[at : start + hit.start()])
        at = start + hit.end()
        yield Bit(line[start + hit.start() : at], is_hit=True)
    if at < end:
        yield Bit(line[at:end])
