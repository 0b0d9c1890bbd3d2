"""What rooms declare to be found: whose texts, and how all of them are read again."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Piece:
    """What one subject is found by: its town and its texts; `is_past` says it is of the time before the ledger."""

    subject_id: UUID
    town: str
    texts: Sequence[str]
    is_past: bool = False


@dataclass(frozen=True)
class Shelf:
    """A kind of subject that can be found by its words.

    `chunks` yields every subject's key, oldest first, in lists of a size that one short transaction takes; `pieces`
    reads what such a list is found by now. The texts read back must be those that were handed to `index` in the deeds.
    """

    kind: str
    title: str
    chunks: Callable[[], Iterable[Sequence[UUID]]]
    pieces: Callable[[Sequence[UUID]], Mapping[UUID, Piece]]


SHELVES: dict[str, Shelf] = {}


def declare(shelf: Shelf) -> None:
    """Take in a shelf; a kind that stands already is a bug."""
    if shelf.kind in SHELVES:
        raise ValueError(f"search knows {shelf.kind} already")
    SHELVES[shelf.kind] = shelf
