"""A shelf of plain texts, so that the room is tested without the rooms above it."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction

from banjie.base.ids import new_id
from banjie.search.actions import index_many
from banjie.search.declared import SHELVES, Piece, Shelf, declare

TOWN, OTHER_TOWN = "990011101", "990011102"
KIND = "note"


class Notes:
    """Texts by id, in the order in which they were written."""

    def __init__(self) -> None:
        self.kept: dict[UUID, Piece] = {}

    def write(self, *texts: str, town: str = TOWN, is_past: bool = False) -> UUID:
        """Keep a text and let it be found, in one transaction as a deed would."""
        piece = Piece(new_id(), town, texts, is_past)
        with transaction.atomic():
            self.kept[piece.subject_id] = piece
            index_many(KIND, [piece])
        return piece.subject_id

    @property
    def shelf(self) -> Shelf:
        """Return what the room declares."""
        return Shelf(
            kind=KIND,
            title="便条",
            chunks=lambda: [[pk] for pk in self.kept],
            pieces=lambda ids: {pk: self.kept[pk] for pk in ids if pk in self.kept},
        )


@contextmanager
def notes() -> Iterator[Notes]:
    """Declare a shelf for a while, and it alone."""
    before = dict(SHELVES)
    SHELVES.clear()
    kept = Notes()
    declare(kept.shelf)
    try:
        yield kept
    finally:
        SHELVES.clear()
        SHELVES.update(before)
