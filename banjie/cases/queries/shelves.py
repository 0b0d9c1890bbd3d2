"""What the workbench lays out: bounded lists in the order of their due time, each on an index (U7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from banjie.cases.models import Case, Extension
from banjie.cases.queries.lists import in_rows
from banjie.cases.queries.scope import visible_to
from banjie.cases.workflow import STANDING_STILL, State
from banjie.people.queries import StaffActor


@dataclass(frozen=True)
class OfficeLine:
    """One office's open cases; the four counts are of at most so many cases as were asked for."""

    unit_id: UUID | None
    name: str
    open: int
    late: int
    today: int
    week: int


def owned_by(actor: StaffActor) -> QuerySet[Case]:
    """Return the open cases that this person answers for; on a shared device those of its village."""
    if actor.is_shared_device or not actor.may("cases.comment_case"):
        return _shown(visible_to(actor).filter(is_open=True))
    return _shown(Case.objects.filter(responsible_id=actor.id, is_open=True))


def handled_under_a_leader(actor: StaffActor) -> QuerySet[Case]:
    """Return the cases in this person's hands for which a leader answers (包案)."""
    return _shown(Case.objects.filter(handler_id=actor.id, led_by__isnull=False, state=State.HANDLING))


def awaited_of(actor: StaffActor) -> QuerySet[Case]:
    """Return the open cases that this person asked first and that are in others' hands now."""
    asked = Case.objects.filter(town=actor.town, is_open=True, first_asker_id=actor.id)
    return _shown(asked.exclude(responsible_id=actor.id))


def to_sign_for(actor: StaffActor) -> QuerySet[Case]:
    """Return what waits for this person's signature: assigned to him, or to a unit of his and to nobody."""
    own = Q(handler_id=actor.id) | Q(handler_id__isnull=True, unit_id__in=actor.unit_ids)
    return _shown(Case.objects.filter(own, town=actor.town, state=State.ASSIGNED))


def to_take_up(actor: StaffActor, states: Iterable[State]) -> QuerySet[Case]:
    """Return what waits in the given states for whoever sees it: to accept, to assign, to call back."""
    waiting = visible_to(actor).filter(state__in=list(states))
    return _shown(waiting.exclude(state=State.REPLIED, handler_id=actor.id))


def extensions_to_decide(actor: StaffActor) -> QuerySet[Case]:
    """Return the cases whose extension waits for another than this person, with the term as `asked_term`."""
    waiting = Extension.objects.filter(town=actor.town, decided_at__isnull=True).exclude(asked_by=actor.id)
    asked = waiting.filter(case=OuterRef("pk")).order_by("asked_at").values("term")[:1]
    movable = Q(state__in=[State.HANDLING, *STANDING_STILL], round=1)
    cases = visible_to(actor).filter(movable, pk__in=waiting.values("case")).exclude(handler_id=actor.id)
    shown: QuerySet[Case] = _shown(cases).annotate(asked_term=Subquery(asked))
    return shown


def to_recheck(actor: StaffActor, *, on: date) -> QuerySet[Case]:
    """Return the closed cases that are to be looked at again by a day, for another than their handler (回头看)."""
    waiting = visible_to(actor).filter(town=actor.town, recheck_on__isnull=False, recheck_on__lte=on)
    return in_rows(waiting.exclude(handler_id=actor.id)).order_by("recheck_on", "id")


def by_office(
    actor: StaffActor, *, at: datetime, today_ends: datetime, week_ends: datetime, limit: int
) -> list[OfficeLine]:
    """Return the open cases by office in one query, over the `limit` + 1 that are due first."""
    first = visible_to(actor).filter(is_open=True).order_by("due_order", "id").values("pk")[: limit + 1]
    lines = (
        Case.objects.filter(pk__in=first)
        .values("unit_id", "unit__name")
        .annotate(
            open=Count("pk"),
            late=Count("pk", filter=Q(due_order__lt=at)),
            today=Count("pk", filter=Q(due_order__gte=at, due_order__lte=today_ends)),
            week=Count("pk", filter=Q(due_order__gt=today_ends, due_order__lte=week_ends)),
        )
        .order_by("-late", "-today", "unit__name")
    )
    return [
        OfficeLine(
            unit_id=line["unit_id"],
            name=line["unit__name"] or "",
            open=line["open"],
            late=line["late"],
            today=line["today"],
            week=line["week"],
        )
        for line in lines
    ]


def _shown(cases: QuerySet[Case]) -> QuerySet[Case]:
    return in_rows(cases).order_by("due_order", "id")
