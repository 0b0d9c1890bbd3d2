"""What one deed asks the ledger to write: a subject, its changes, and who answers for it."""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid5

from banjie.base.keys import key_for
from banjie.ledger.canonical import plain, written
from banjie.ledger.models import Ledgered

SYSTEM = UUID(int=0)
"""Stands as `by` where no person acted: set-up, schedule, import of what was there before."""

Changes = Mapping[str, object]


@dataclass(frozen=True)
class Stamp:
    """Who did it, for whom, when it happened and when it is written down, and on what ground."""

    by: UUID
    happened_at: datetime
    recorded_at: datetime
    on_behalf_of: UUID | None = None
    ground: str = ""
    article: str = ""
    client_key: str = ""
    content: object = None

    @property
    def content_digest(self) -> str:
        """Return what a repeat of the same client key must agree with."""
        return content_digest(self.content) if self.client_key else ""


@dataclass(frozen=True)
class Series:
    """Ask for the next gapless number: `column` gets `prefix` and the number in at least `digits` digits."""

    name: str
    year: int
    column: str
    prefix: str = ""
    digits: int = 5


@dataclass(frozen=True)
class Deed:
    """One deed: the row that the entry is about, its changes, and those of the rows that belong to it.

    A row that is not saved yet is created; a `number` is given to the subject before it is written.
    """

    name: str
    subject: Ledgered
    changes: Changes = field(default_factory=dict)
    parts: Sequence[tuple[Ledgered, Changes]] = ()
    words: str = ""
    number: Series | None = None

    @property
    def rows(self) -> list[tuple[Ledgered, Changes]]:
        """Return every row that the deed writes once, the subject first, with all that is asked of it."""
        asked: dict[str, tuple[Ledgered, dict[str, object]]] = {}
        for row, changes in ((self.subject, self.changes), *self.parts):
            asked.setdefault(row.ledger_key, (row, {}))[1].update(changes)
        return list(asked.values())


def content_digest(content: object) -> str:
    """Return the digest of what a client sent, to tell a repeat from another request under the same key.

    Under a key outside the database: an entry is never erased, and what was sent may be guessed from a bare digest.
    """
    return hmac.new(key_for("ledger.content"), written(plain(content)).encode(), sha256).hexdigest()


def key_of_step(client_key: str, step: str) -> str:
    """Return the client key of one of the deeds that one form brings about: the same again when it is sent again."""
    return str(uuid5(UUID(client_key), step)) if client_key else ""
