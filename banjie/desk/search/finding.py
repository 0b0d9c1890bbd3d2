"""What was typed into the search box, and everything that it may mean: numbers, people, words (U8)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from banjie.base.clock import local_day
from banjie.books.models import Record
from banjie.books.queries import FoundRecord, records_numbered
from banjie.cases.models import Case
from banjie.cases.queries import FoundCases, found_by_words, in_rows, newest_of_residents, visible_to
from banjie.desk.intake.counter import Counter
from banjie.enterprises.queries import EnterpriseHit, find_enterprises
from banjie.people.queries import StaffActor
from banjie.residents.queries import ResidentHit, find_residents
from banjie.search.bigrams import Wanted, wanted

FEW = 8
_NUMBER = re.compile(r"([A-Za-z]{2,4})\s?-?(\d{4})\s?-\s?(\d{1,7})")
_RUNNING = re.compile(r"#?(\d{1,6})号?")
DIGITS, RECORD_DIGITS = 5, 4
"""Digits that a number is filled up to: of a case, of a record."""
SHORTEST = 2
NOTHING = FoundCases((), has_more=False)


@dataclass(frozen=True)
class Found:
    """Cases and records of that number, residents and their newest cases, enterprises, cases that hold the words."""

    query: Wanted
    numbered: Sequence[Case] = ()
    recorded: Sequence[FoundRecord] = ()
    residents: Sequence[ResidentHit] = ()
    asked: Sequence[tuple[UUID, Case]] = ()
    enterprises: Sequence[EnterpriseHit] = ()
    worded: FoundCases = NOTHING

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was found."""
        return not (self.numbered or self.recorded or self.residents or self.enterprises or self.worded.hits)

    @property
    def only(self) -> Case | Record | None:
        """Return the one case or record that can be meant, if it is one."""
        rows: list[Case | Record] = [*self.numbered, *(hit.case for hit in self.worded.hits)]
        rows += [found.record for found in self.recorded]
        return rows[0] if len(rows) == 1 and not (self.residents or self.enterprises) else None


def find_all(counter: Counter, typed: str, *, limit: int = FEW) -> Found:
    """Return what the words mean: a full number or 5号 is that alone, anything else people, enterprises, words too."""
    actor, query = counter.actor, wanted(typed)
    numbers = numbers_of(counter, typed)
    numbered = _numbered(counter, numbers, limit=limit)
    recorded = _recorded(counter, numbers)
    if (numbered or recorded) and not typed.isdigit():
        return Found(query, numbered, recorded)
    may_find = bool(typed) and actor.may("residents.find_resident")
    residents = find_residents(actor, typed, limit=limit) if may_find else []
    asked = newest_of_residents(actor, [hit.id for hit in residents], limit=limit) if residents else []
    known = {case.pk for case in numbered}
    worded = found_by_words(actor, query, limit=limit) if query else NOTHING
    others = [hit for hit in worded.hits if hit.case.pk not in known]
    return Found(
        query,
        numbered,
        recorded,
        residents,
        asked,
        _enterprises(actor, typed, limit=limit),
        FoundCases(others, worded.has_more),
    )


def numbers_of(counter: Counter, typed: str) -> list[str]:
    """Return the full numbers that may be meant."""
    whole = _NUMBER.fullmatch(typed.strip())
    if whole:
        series, number = f"{whole[1].upper()}{whole[2]}-", int(whole[3])
        return [f"{series}{number:0{digits}d}" for digits in (DIGITS, RECORD_DIGITS)] + [typed.strip()]
    running = _RUNNING.fullmatch(typed.strip())
    if not running:
        return [typed.strip()] if typed.strip().isascii() and len(typed.strip()) >= DIGITS else []
    year = local_day(counter.at).year
    last = local_day(counter.at - timedelta(days=365)).year
    prefixes = [kind.number_prefix for kind in counter.rules.kinds]
    return [f"{prefix}{y}-{int(running[1]):0{DIGITS}d}" for y in {year, last} for prefix in prefixes]


def _recorded(counter: Counter, numbers: Sequence[str]) -> list[FoundRecord]:
    """Return the records of books of the numbers."""
    if not numbers or not counter.actor.may("books.see_records"):
        return []
    return records_numbered(counter.actor, numbers, on=local_day(counter.at))


def _enterprises(actor: StaffActor, typed: str, *, limit: int) -> list[EnterpriseHit]:
    """Return the enterprises that may be meant; one letter or digit stands in the spelling of nearly all."""
    is_vague = typed.isascii() and len(typed) < SHORTEST
    if is_vague or not actor.may("enterprises.find_enterprise"):
        return []
    return find_enterprises(actor, typed, limit=limit)


def _numbered(counter: Counter, numbers: Sequence[str], *, limit: int) -> list[Case]:
    """Return the cases of the numbers, which are few: they are put in order here."""
    if not numbers:
        return []
    found = in_rows(visible_to(counter.actor).filter(number__in=numbers))
    return sorted(found, key=lambda case: (case.registered_at, case.pk), reverse=True)[:limit]
