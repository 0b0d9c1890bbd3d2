"""What the address of the compendium asks for: words, a day, the number under which it is issued."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

LONGEST = 80


@dataclass(frozen=True)
class Asked:
    """What is looked for, as of which day, and the document number of the Word file."""

    words: str
    on: date
    number: str
    is_today: bool


def asked_of(query: Mapping[str, str], *, today: date) -> Asked:
    """Return what an address asks for; a day that is none is today."""
    on = _day(query.get("on", "")) or today
    words = query.get("q", "").replace("\0", "").strip()[:LONGEST]
    number = query.get("number", "").replace("\0", "").strip()[:LONGEST]
    return Asked(words, on, number, on == today)


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None
