"""Cases of the sample town as stencils, from which very many are stamped with rows, entries and an unbroken chain.

The stencils are the sample town's own (`banjie/sample/stencils.py`); here they are stamped as often as a measure asks.
"""

import random
import secrets
from collections.abc import Callable, Sequence
from datetime import timedelta

from django.db import transaction

from banjie.base.ids import new_id
from banjie.cases.models import Case, Clock
from banjie.ledger.models import ChainHead, Counter
from banjie.sample.stencils import Sheet, Stamped, Stencil, stencil_of
from benchmarks.years import stand_all

BATCH = 2000
PREFIX = "QZ2000-"
"""How the number of a stamped case begins: a year in which the town had no ledger."""


def stencils_of(town: str, *, whole_lives: bool) -> list[Stencil]:
    """Return a stencil for each ordinary request of the town: with every entry of its life, or with a single one.

    What was paused is left out: the spans of a pause are written otherwise than moments are.
    """
    cases = Case.objects.filter(town=town, kind="resident_request", sensitivity="ordinary")
    cases = cases.exclude(number__startswith=PREFIX)
    paused = Clock.objects.exclude(pauses=[]).values("case_id")
    return [stencil_of(case, whole_lives=whole_lives) for case in cases.exclude(pk__in=paused).order_by("id")]


class Press:
    """Stamps cases in batches, each a transaction that moves the head of the chain."""

    def __init__(self, town: str, stencils: Sequence[Stencil], *, chance: random.Random) -> None:
        self.town, self.stencils, self.chance = town, stencils, chance
        self.sheet = Sheet()

    def run(
        self, *, cases: int = 0, entries: int = 0, progress: Callable[[int], None] = lambda done: None
    ) -> int:
        """Stamp so many cases, or cases until there are so many entries; return how many cases were stamped."""
        done = 0
        while done < cases or (entries and ChainHead.objects.get(town=self.town).seq < entries):
            with transaction.atomic():
                head = ChainHead.objects.select_for_update().get(town=self.town)
                counter, _ = Counter.objects.get_or_create(
                    town=self.town, series="resident_request", year=2000
                )
                size = min(BATCH, cases - done) if cases else BATCH
                for number in range(counter.last + 1, counter.last + size + 1):
                    self._stamp(self.chance.choice(self.stencils), f"{PREFIX}{number:05d}", head)
                self.sheet.write()
                Counter.objects.filter(pk=counter.pk).update(last=counter.last + size)
                ChainHead.objects.filter(town=self.town).update(seq=head.seq, hash=head.hash)
            done += size
            progress(done)
        stand_all(self.town)
        return done

    def _stamp(self, stencil: Stencil, number: str, head: ChainHead) -> None:
        own: dict[object, object] = {pk: new_id() for pk in stencil.ids}
        own |= {"number": number, "token": secrets.token_urlsafe(16)}
        stamped = Stamped(stencil, own, timedelta(minutes=-self.chance.randrange(60 * 24 * 60)))
        self.sheet.add_rows(stencil, stamped)
        for entry in stencil.entries:
            self.sheet.append(entry, stamped, own[stencil.ids[0]], head)
