"""What an index must be able to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True)
class Slip:
    """What goes into the index about one subject."""

    kind: str
    town: str
    subject_id: UUID
    tokens: Sequence[str]
    is_past: bool = False


class Engine(Protocol):
    """The index of one database system; every call is part of the transaction around it."""

    def put_up(self, connection: BaseDatabaseWrapper) -> None:
        """Make the index beside the table of documents."""

    def take_down(self, connection: BaseDatabaseWrapper) -> None:
        """Remove the index."""

    def add(self, connection: BaseDatabaseWrapper, slips: Sequence[Slip]) -> None:
        """Put tokens in, beside those that a subject has already."""

    def remove(self, connection: BaseDatabaseWrapper, slips: Sequence[Slip]) -> None:
        """Take subjects out; their slips bear every token that was ever put in."""

    def squeeze(self, connection: BaseDatabaseWrapper) -> None:
        """Write anew whatever still bears tokens of subjects that were taken out; each step on its own."""

    def find(
        self, connection: BaseDatabaseWrapper, *, kind: str, town: str, tokens: Sequence[str], most: int
    ) -> list[UUID]:
        """Return the subjects that bear every token, the newest first, at most so many."""

    def clear(self, connection: BaseDatabaseWrapper) -> None:
        """Take everything out."""
