"""Every write of the index: part of the deed that wrote the words, so that neither stands without the other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from banjie.search.bigrams import tokens
from banjie.search.declared import SHELVES, Piece, Shelf
from banjie.search.engines import Slip, engine_of


def index(kind: str, subject_id: UUID, town: str, text: str) -> None:
    """Let a subject be found by `text` too, beside what it is found by already. Belongs inside the deed."""
    index_many(kind, [Piece(subject_id, town, [text])])


def index_many(kind: str, pieces: Iterable[Piece]) -> None:
    """Let many subjects be found by their texts; those of the past take their place behind everything newer."""
    _check_inside_deed()
    slips = [_slip(kind, piece) for piece in pieces]
    engine_of().add(connection, [slip for slip in slips if slip.tokens])


def forget(kind: str, subject_id: UUID) -> None:
    """Take a subject out of the index, before the deed that erases its words does (个人信息保护法 第四十七条)."""
    _check_inside_deed()
    pieces = SHELVES[kind].pieces([subject_id])
    engine_of().remove(connection, [_slip(kind, piece) for piece in pieces.values()])


def squeeze() -> None:
    """Let nothing of what was taken out stay in the index's older parts, in many short writes."""
    engine_of().squeeze(connection)


def reindex(shelves: Sequence[Shelf] | None = None) -> "Iterable[Reindexed]":
    """Empty the index and fill it from the rows, a short transaction a chunk; yield how far it is.

    Deeds go on meanwhile: what they put in joins what is read from the rows.
    """
    with transaction.atomic():
        engine_of().clear(connection)
    for shelf in SHELVES.values() if shelves is None else shelves:
        done = 0
        for chunk in shelf.chunks():
            with transaction.atomic():
                index_many(shelf.kind, shelf.pieces(chunk).values())
            done += len(chunk)
            yield Reindexed(shelf, done)


@dataclass(frozen=True)
class Reindexed:
    """How far the index is filled anew."""

    shelf: Shelf
    done: int


def _slip(kind: str, piece: Piece) -> Slip:
    return Slip(kind, piece.town, piece.subject_id, tokens("\n".join(piece.texts)), piece.is_past)


def _check_inside_deed() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("the index is written inside the transaction of a deed")
