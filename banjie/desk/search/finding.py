"""What was typed into the search box, and what it may mean."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from banjie.base.clock import local_day
from banjie.cases.models import Case
from banjie.cases.queries import visible_to
from banjie.desk.intake.counter import Counter
from banjie.residents.queries import ResidentHit, find_residents

FEW = 8
_NUMBER = re.compile(r"([A-Za-z]{2,4})\s?-?(\d{4})\s?-\s?(\d{1,7})")
_RUNNING = re.compile(r"#?(\d{1,6})号?")
DIGITS = 5


@dataclass(frozen=True)
class Found:
    """Cases and residents that the typed words may mean."""

    cases: Sequence[Case]
    residents: Sequence[ResidentHit]


def find_all(counter: Counter, typed: str, *, limit: int = FEW) -> Found:
    """Return what the words mean: a full number exactly, 5号 as this and last year's running number, or people."""
    actor = counter.actor
    numbers = numbers_of(counter, typed)
    cases = visible_to(actor).filter(number__in=numbers).order_by("-registered_at", "-id")[:limit]
    people = (
        find_residents(actor, typed, limit=limit) if typed and actor.may("residents.find_resident") else []
    )
    return Found(list(cases) if numbers else [], people)


def numbers_of(counter: Counter, typed: str) -> list[str]:
    """Return the full numbers that may be meant."""
    whole = _NUMBER.fullmatch(typed.strip())
    if whole:
        return [f"{whole[1].upper()}{whole[2]}-{int(whole[3]):0{DIGITS}d}", typed.strip()]
    running = _RUNNING.fullmatch(typed.strip())
    if not running:
        return [typed.strip()] if typed.strip().isascii() and len(typed.strip()) >= DIGITS else []
    year = local_day(counter.at).year
    last = local_day(counter.at - timedelta(days=365)).year
    prefixes = [kind.number_prefix for kind in counter.rules.kinds]
    return [f"{prefix}{y}-{int(running[1]):0{DIGITS}d}" for y in {year, last} for prefix in prefixes]
