"""Which column of a sheet is which of ours: as remembered, by title, by the other names, or by likeness."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from hashlib import sha256

from banjie.sheets.declared import Column
from banjie.sheets.layout import Head, plain_head

TOLD_HEAD = "问题提示"
"""The head of the last column of a file that we have marked; it says what was wrong and is never taken in."""
LEFT_OUT = "-"
"""Remembered of a column that is not taken in."""


class Ground(IntEnum):
    """Why a column is taken for one of ours, the surest first."""

    TOLD = 1
    REMEMBERED = 2
    TITLE = 3
    ALIAS = 4
    LIKENESS = 5


@dataclass(frozen=True)
class Matching:
    """Place in the sheet → key of our column, with the ground of each; what is in neither is left out."""

    keys: Mapping[int, str] = field(default_factory=dict)
    grounds: Mapping[int, Ground] = field(default_factory=dict)
    unknown: tuple[int, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Tell whether nothing of it is a guess, so that nobody need be asked."""
        return not self.unknown and Ground.LIKENESS not in self.grounds.values()

    def place_of(self, key: str) -> int | None:
        """Return where a column of ours stands in the sheet."""
        return next((place for place, told in self.keys.items() if told == key), None)

    def missing(self, columns: Sequence[Column]) -> tuple[Column, ...]:
        """Return the columns that must be there and are not."""
        told = set(self.keys.values())
        return tuple(column for column in columns if column.is_required and column.key not in told)


def known_heads(columns: Sequence[Column]) -> frozenset[str]:
    """Return every plain head by which these columns go."""
    return frozenset(name for column in columns for name in names_of(column))


def names_of(column: Column) -> tuple[str, ...]:
    """Return the plain heads of one column, its title first."""
    return tuple(dict.fromkeys(plain_head(name) for name in (column.title, *column.aliases)))


def match(heads: Sequence[Head], columns: Sequence[Column], remembered: Mapping[str, str]) -> Matching:
    """Return which head is which column; `remembered` is plain head → key, or LEFT_OUT, as confirmed before.

    Each column is given once: to the head with the surest ground, of two alike to the one further left.
    """
    claims = sorted(claim for head in heads for claim in _claims(head, columns, remembered))
    keys: dict[int, str] = {}
    grounds: dict[int, Ground] = {}
    for ground, place, _, key in claims:
        if place not in keys and key not in keys.values():
            keys[place], grounds[place] = key, ground
    left_out = {head.place for head in heads if head.title == TOLD_HEAD}
    left_out |= {head.place for head in heads if remembered.get(plain_head(head.words)) == LEFT_OUT}
    unknown = tuple(head.place for head in heads if head.place not in keys and head.place not in left_out)
    return Matching(keys, grounds, unknown)


def told_matching(told: Mapping[int, str]) -> Matching:
    """Return the matching that a person has chosen, place → key, "" for a column that is left out."""
    keys = {place: key for place, key in told.items() if key}
    return Matching(keys, dict.fromkeys(keys, Ground.TOLD))


def to_remember(heads: Sequence[Head], matching: Matching) -> dict[str, str]:
    """Return plain head → key, or LEFT_OUT, for the next sheet of this kind from this office."""
    told = [head for head in heads if head.title != TOLD_HEAD]
    return {plain_head(head.words): matching.keys.get(head.place, LEFT_OUT) for head in told}


def head_digest(heads: Sequence[Head]) -> str:
    """Return the short name of a head, by which an office's own sheet is known again."""
    words = "\x1f".join(plain_head(head.words) for head in heads if head.title != TOLD_HEAD)
    return sha256(words.encode()).hexdigest()[:32]


def _claims(
    head: Head, columns: Sequence[Column], remembered: Mapping[str, str]
) -> list[tuple[Ground, int, int, str]]:
    told = remembered.get(plain_head(head.words))
    if told == LEFT_OUT:
        return []
    own, whole = plain_head(head.title), plain_head(head.group + head.title)
    claims: list[tuple[Ground, int, int, str]] = []
    for order, column in enumerate(columns):
        if (ground := _ground(column, own, whole, is_remembered=told == column.key)) is not None:
            claims.append((ground, head.place, order, column.key))
    return claims


def _ground(column: Column, own: str, whole: str, *, is_remembered: bool) -> Ground | None:
    names = names_of(column)
    if is_remembered:
        return Ground.REMEMBERED
    if names[0] in (own, whole):
        return Ground.TITLE
    if own in names or whole in names:
        return Ground.ALIAS
    alike = any(len(a) >= 2 and len(b) >= 2 and (a in b or b in a) for a in names for b in (own,))
    return Ground.LIKENESS if alike else None
