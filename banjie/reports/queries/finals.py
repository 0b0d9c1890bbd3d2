"""Papers that went out, as they went out, and what their figures would be today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from banjie.base.actor import Actor
from banjie.base.errors import NotFound
from banjie.figures.periods import Period
from banjie.reports.models import FinalPaper
from banjie.reports.paper import Number
from banjie.reports.queries.composing import composed


@dataclass(frozen=True)
class Drift:
    """A number that is no longer what it was when the paper went out; `now` is empty where it is gone."""

    number: Number
    now: str


def finals_of(actor: Actor) -> QuerySet[FinalPaper]:
    """Return the papers that the actor's town has finalised, newest first, without their content."""
    return FinalPaper.objects.filter(town=actor.town).defer("content").order_by("-finalised_at", "-id")


def final_for(actor: Actor, final_id: UUID) -> FinalPaper:
    """Return one paper that went out. Raises NotFound for another town's."""
    found = FinalPaper.objects.filter(town=actor.town, pk=final_id).first()
    if found is None:
        raise NotFound("没有这一份定稿。请从定稿列表里打开。")
    return found


def final_of(town: str, key: str, *, from_on: date, to_on: date) -> FinalPaper | None:
    """Return the last paper of a period that went out, if one did."""
    rows = FinalPaper.objects.filter(town=town, key=key, from_on=from_on, to_on=to_on)
    return rows.defer("content").order_by("-number").first()


def drift_of(final: FinalPaper, *, at: datetime) -> list[Drift]:
    """Return the numbers of a paper that the ledger would give otherwise today, in the order of the paper.

    The days since a case was registered and the lists are as they were: only figures are held against today's.
    """
    now = composed(final.town, final.key, Period(final.from_on, final.to_on), at)
    today = {number.place: number for number in now.numbers() if number.figure}
    changed = []
    for number in _once(final.paper.numbers()):
        held = today.get(number.place)
        if held is None or held.exact != number.exact:
            changed.append(Drift(number, held.text if held else ""))
    return changed


def _once(numbers: Iterable[Number]) -> list[Number]:
    """Return each figure once, however often the paper prints it."""
    found: dict[tuple[str, ...], Number] = {}
    for number in numbers:
        if number.figure:
            found.setdefault(number.place, number)
    return list(found.values())
