"""The towns of this installation as the worker serves them: each under its own rule of covering personal values."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime

from banjie.base.clock import local_day
from banjie.base.errors import RuleMissing
from banjie.cases.rules.masking import masks_on
from banjie.fields.masks import Masks, covering
from banjie.ledger.models import ChainHead
from banjie.rulebook.queries import rules_on


def masks_of(town: str, *, at: datetime) -> Masks:
    """Return how personal values are covered in a town; the usual way where no text says so."""
    try:
        return masks_on(rules_on(town, local_day(at)))
    except RuleMissing:
        return Masks()


def covered_as_in(town: str, *, at: datetime) -> AbstractContextManager[None]:
    """Cover by the rule of a town for as long as the block lasts."""
    return covering(lambda: masks_of(town, at=at))


def each_town(at: datetime) -> Iterator[str]:
    """Yield every town of this installation; what is written while it is at hand is covered by its rule."""
    for town in ChainHead.objects.values_list("town", flat=True):
        with covered_as_in(town, at=at):
            yield town
