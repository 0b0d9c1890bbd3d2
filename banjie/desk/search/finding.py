"""What was typed into the search box, and everything that it may mean: numbers, people, words (U8)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from banjie.base.clock import local_day
from banjie.cases.models import Case
from banjie.cases.queries import FoundCases, found_by_words, in_rows, newest_of_residents, visible_to
from banjie.desk.intake.counter import Counter
from banjie.residents.queries import ResidentHit, find_residents
from banjie.search.bigrams import Wanted, wanted

FEW = 8
_NUMBER = re.compile(r"([A-Za-z]{2,4})\s?-?(\d{4})\s?-\s?(\d{1,7})")
_RUNNING = re.compile(r"#?(\d{1,6})号?")
DIGITS = 5
NOTHING = FoundCases((), has_more=False)


@dataclass(frozen=True)
class Found:
    """Cases of that number, residents and their newest cases, cases that hold the words; each newest first."""

    query: Wanted
    numbered: Sequence[Case] = ()
    residents: Sequence[ResidentHit] = ()
    asked: Sequence[tuple[UUID, Case]] = ()
    worded: FoundCases = NOTHING

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was found."""
        return not (self.numbered or self.residents or self.worded.hits)

    @property
    def only(self) -> Case | None:
        """Return the one case that can be meant, if it is one."""
        cases = [*self.numbered, *(hit.case for hit in self.worded.hits)]
        return cases[0] if len(cases) == 1 and not self.residents else None


def find_all(counter: Counter, typed: str, *, limit: int = FEW) -> Found:
    """Return what the words mean: a full number or 5号 is that case alone, anything else people and words too."""
    actor, query = counter.actor, wanted(typed)
    numbered = _numbered(counter, typed, limit=limit)
    if numbered and not typed.isdigit():
        return Found(query, numbered)
    may_find = bool(typed) and actor.may("residents.find_resident")
    residents = find_residents(actor, typed, limit=limit) if may_find else []
    asked = newest_of_residents(actor, [hit.id for hit in residents], limit=limit) if residents else []
    known = {case.pk for case in numbered}
    worded = found_by_words(actor, query, limit=limit) if query else NOTHING
    others = [hit for hit in worded.hits if hit.case.pk not in known]
    return Found(query, numbered, residents, asked, FoundCases(others, worded.has_more))


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


def _numbered(counter: Counter, typed: str, *, limit: int) -> list[Case]:
    """Return the cases of the numbers, which are few: they are put in order here."""
    numbers = numbers_of(counter, typed)
    if not numbers:
        return []
    found = in_rows(visible_to(counter.actor).filter(number__in=numbers))
    return sorted(found, key=lambda case: (case.registered_at, case.pk), reverse=True)[:limit]
