"""Who may see which case: a person's reach, and what passes through his own hands."""

from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from banjie.base.errors import NotFound
from banjie.base.written_once import WrittenOnce
from banjie.cases.models import Case
from banjie.cases.vocabulary import Sensitivity
from banjie.people.queries import StaffActor, within_reach
from banjie.people.rights import Reach

NOT_THERE = "没有找到这一件，或它不在您的管辖范围内。请核对编号。"
VIEW = "cases.view_case"
ROUTES = "cases.redirect_case"
"""Whoever sends cases on must read even those that only handlers may read."""

ACTORS = 256
"""How many people's ways of asking for a case are kept written; an actor whose rights change is another one."""


def visible_to(actor: StaffActor) -> QuerySet[Case]:
    """Return the cases that `actor` may see: his posts' reach, and whatever passes through his own hands.

    What only handlers may read stays with those it passes through and with whoever sends cases on.
    """
    if not actor.may(VIEW):
        return Case.objects.filter(_through(actor.id), town=actor.town)
    reach = _reach(actor)
    seen = Q(town=actor.town) & (reach | _through(actor.id)) if _is_bounded(actor) else reach
    return _readable(actor, Case.objects.filter(seen))


def visible_apart(actor: StaffActor) -> tuple[QuerySet[Case], ...]:
    """Return what `actor` may see in parts that share no case, each of which is counted in an index (ADR 0091).

    They are what lies within a bounded reach, and what passes through his own hands beyond it. The town is asked for by
    its beginning there: where SQLite has no statistics yet, it would seek the town rather than the hands.
    """
    if not actor.may(VIEW) or not _is_bounded(actor):
        return (visible_to(actor),)
    reach = _reach(actor)
    beyond = Case.objects.filter(_through(actor.id), town__startswith=actor.town).exclude(reach)
    return _readable(actor, Case.objects.filter(reach)), beyond


def case_for(actor: StaffActor, number: str) -> Case:
    """Return one case by its number. Raises NotFound outside the actor's scope."""
    found = _by_number(actor).first(number)
    if found is None:
        raise NotFound(NOT_THERE)
    return found


def locked_case(actor: StaffActor, case_id: UUID) -> Case:
    """Return one case as it stands now, locked until the transaction ends. Raises NotFound outside his scope."""
    found = _locked(actor).first(case_id)
    if found is None:
        raise NotFound(NOT_THERE)
    return found


def case_by_token(actor: StaffActor, token: str) -> Case:
    """Return the case that a printed QR names (U20). Raises NotFound outside the actor's scope."""
    found = visible_to(actor).select_related("resident").filter(token=token).first()
    if found is None:
        raise NotFound(NOT_THERE)
    return found


def town_of_token(token: str) -> str:
    """Return the town whose hall a stranger with a printed QR is to phone, or an empty string; nothing else is told."""
    return Case.objects.filter(token=token).values_list("town", flat=True).first() or ""


def cases_by_id(actor: StaffActor, ids: Iterable[UUID]) -> QuerySet[Case]:
    """Return those of `ids` that the actor may see, each looked up by its key and asked for by itself.

    Asked in one breath for the town and for many keys, SQLite without statistics reads the whole town.
    """
    by_key = visible_to(actor).filter(pk=OuterRef("pk"))
    return Case.objects.filter(Exists(by_key), pk__in=list(ids))


@lru_cache(maxsize=ACTORS)
def _by_number(actor: StaffActor) -> WrittenOnce[Case]:
    return WrittenOnce(lambda number: visible_to(actor).filter(number=number), str)


@lru_cache(maxsize=ACTORS)
def _locked(actor: StaffActor) -> WrittenOnce[Case]:
    def query(case_id: UUID) -> QuerySet[Case]:
        return visible_to(actor).select_for_update(of=("self",), no_key=True).filter(pk=case_id)

    return WrittenOnce(query, UUID)


def _through(staff_id: UUID) -> Q:
    return Q(responsible_id=staff_id) | Q(handler_id=staff_id) | Q(first_asker_id=staff_id)


def _reach(actor: StaffActor) -> Q:
    return within_reach(actor, sent_down="is_sent_down")


def _readable(actor: StaffActor, cases: QuerySet[Case]) -> QuerySet[Case]:
    """Leave out what only handlers may read, but for those it passes through and whoever sends cases on."""
    if actor.may(ROUTES):
        return cases
    return cases.filter(~Q(sensitivity=Sensitivity.HANDLERS_ONLY) | _through(actor.id))


def _is_bounded(actor: StaffActor) -> bool:
    """Tell whether some case of the town may lie outside the actor's reach, so that his own must be added."""
    return Reach(division=actor.town) not in actor.reaches
