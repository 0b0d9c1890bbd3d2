"""Cases found by what is written in them: candidates of the index, as far as the actor may see them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from banjie.cases.models import Case
from banjie.cases.queries.lists import in_rows
from banjie.cases.queries.scope import cases_by_id
from banjie.cases.words import KIND, pieces
from banjie.people.queries import StaffActor
from banjie.search.bigrams import Wanted, holds
from banjie.search.queries import MOST, matching

FIRST, WIDER = 2, 2000
"""Candidates for each case that is wanted, and how many at most are looked through for whoever sees only a few."""
READ_OF_RESIDENTS = 1000
"""So many cases at most are read to find the newest of the residents that a name may mean."""
PROVED = 300
"""So many texts at most are read to prove that the pairs of a term stand together."""


@dataclass(frozen=True)
class Hit:
    """A case, read by `in_rows`, with its texts in which the words stand."""

    case: Case
    texts: Sequence[str]


@dataclass(frozen=True)
class FoundCases:
    """The newest cases that hold the words; `has_more` says that there may be others."""

    hits: Sequence[Hit]
    has_more: bool


def found_by_words(actor: StaffActor, query: Wanted, *, limit: int) -> FoundCases:
    """Return the newest cases that the actor may see and whose words hold the query, at most `limit`.

    Only a bounded number of candidates is looked through, so that no word and no reach makes it slow (U8).
    """
    looking = _Looking(actor, query, limit + 1)
    found = list(islice(looking.run(), limit + 1))
    wanted = found[:limit]
    rows = {row.pk: row for row in in_rows(Case.objects.filter(pk__in=[pk for pk, _ in wanted]))}
    hits = [Hit(rows[pk], texts) for pk, texts in wanted if pk in rows]
    return FoundCases(hits, len(found) > limit or looking.gave_up)


def newest_of_residents(
    actor: StaffActor, resident_ids: Collection[UUID], *, limit: int
) -> list[tuple[UUID, Case]]:
    """Return whose and which the newest cases of these residents are, as far as the actor may see them.

    Read by their residents alone and put in order here: asked for an order or for the town too, a database may walk
    all cases to find these few. Of residents with more cases than are read some may be missing.
    """
    keys = Case.objects.filter(resident_id__in=resident_ids).values_list("registered_at", "pk", "resident_id")
    whose = {pk: resident_id for _, pk, resident_id in sorted(keys[:READ_OF_RESIDENTS], reverse=True)}
    newest = list(whose)[: FIRST * limit]
    rows = {row.pk: row for row in in_rows(cases_by_id(actor, newest))}
    return [(resident_id, rows[pk]) for pk in newest if pk in rows and (resident_id := whose[pk])][:limit]


class _Looking:
    """One walk through the candidates, newest first."""

    def __init__(self, actor: StaffActor, query: Wanted, many: int) -> None:
        self.actor, self.query, self.many = actor, query, many
        self.read, self.gave_up = 0, False

    def run(self) -> Iterator[tuple[UUID, Sequence[str]]]:
        """Yield the cases that hold the query, with their texts."""
        for candidates in self._candidates():
            seen = set(cases_by_id(self.actor, candidates).values_list("pk", flat=True))
            order = iter([pk for pk in candidates if pk in seen])
            while chunk := list(islice(order, self.many)):
                if self.query.wants_proof and self.read >= PROVED:
                    self.gave_up = True
                    return
                yield from self._proved(chunk)

    def _candidates(self) -> Iterator[list[UUID]]:
        """Yield the newest candidates, and as long as they are as many as were asked for, those before them."""
        known: set[UUID] = set()
        for most in (FIRST * self.many, MOST, WIDER):
            found = matching(KIND, self.actor.town, self.query, most=most)
            yield [pk for pk in found if pk not in known]
            if len(found) < most:
                return
            known.update(found)
        self.gave_up = True

    def _proved(self, chunk: Sequence[UUID]) -> Iterator[tuple[UUID, Sequence[str]]]:
        self.read += len(chunk)
        told = pieces(chunk)
        for pk in chunk:
            if pk in told and (not self.query.wants_proof or holds(told[pk].texts, self.query)):
                yield pk, told[pk].texts
