"""What was done about a row of a register, as its page tells it: who, when, what, and the words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from banjie.ledger.models import Ledgered
from banjie.ledger.queries import Told, entries_of, told
from banjie.people.queries import staff_names

MOST = 50


@dataclass(frozen=True)
class Look:
    """One entry: who, when, what, and the words."""

    deed: str
    who: str
    at: datetime
    words: str


def looks_at(row: Ledgered, deeds: Mapping[str, str]) -> list[Look]:
    """Return what was done about a row in the words of `deeds`, looks in full among it, the newest first."""
    return looks_of(list(told(entries_of(row)))[-MOST:][::-1], deeds)


def looks_of(entries: Sequence[Told], deeds: Mapping[str, str]) -> list[Look]:
    """Return entries in the words of `deeds`, in their order."""
    names = staff_names(one.entry.by for one in entries)
    return [
        Look(
            deed=deeds.get(one.entry.deed, one.entry.deed),
            who=names.get(one.entry.by, "系统"),
            at=one.entry.recorded_at,
            words=one.words,
        )
        for one in entries
    ]
