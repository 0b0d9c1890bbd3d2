"""Every read of cases: who may see which, lists in the order of their due time, one case with what belongs to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from banjie.base.errors import NotFound
from banjie.cases.clocks import Light, light
from banjie.cases.models import Attachment, Case, Clock, Extension, Voice
from banjie.cases.vocabulary import Sensitivity
from banjie.cases.workflow import State, Step, fitting
from banjie.ledger.queries import Told, entries_of, told
from banjie.people.queries import StaffActor, roster_of, within_reach
from banjie.people.rights import LEAD_RIGHTS
from banjie.people.standing import Roster, Standing

NOT_THERE = "没有找到这一件，或它不在您的管辖范围内。请核对编号。"
ROUTES = "cases.redirect_case"
"""Whoever sends cases on must read even those that only handlers may read."""


@dataclass(frozen=True)
class CaseFile:
    """件 with everything that its page shows, read in a fixed number of queries."""

    case: Case
    clocks: tuple[Clock, ...]
    voices: tuple[Voice, ...]
    extensions: tuple[Extension, ...]
    attachments: tuple[Attachment, ...]
    entries: tuple[Told, ...]
    responsible: Standing
    roster: Roster

    @property
    def open_extension(self) -> Extension | None:
        """Return the extension that waits for a decision."""
        return next((asked for asked in self.extensions if asked.decided_at is None), None)


def visible_to(actor: StaffActor) -> QuerySet[Case]:
    """Return the cases that `actor` may see: his posts' reach, and whatever passes through his own hands.

    What only handlers may read stays with those it passes through and with whoever sends cases on.
    """
    if not (actor.may("cases.view_case")):
        return Case.objects.filter(_through(actor.id), town=actor.town)
    reach = within_reach(actor, sent_down="is_sent_down")
    seen = Case.objects.filter(
        Q(town=actor.town) & (reach | _through(actor.id)) if _is_bounded(actor) else reach
    )
    if actor.may(ROUTES):
        return seen
    return seen.filter(~Q(sensitivity=Sensitivity.HANDLERS_ONLY) | _through(actor.id))


def case_for(actor: StaffActor, number: str) -> Case:
    """Return one case by its number. Raises NotFound outside the actor's scope."""
    found = visible_to(actor).select_related(*_NAMED).filter(number=number).first()
    if found is None:
        raise NotFound(NOT_THERE)
    return found


def case_by_token(actor: StaffActor, token: str) -> Case:
    """Return the case that a printed QR names (U20). Raises NotFound outside the actor's scope."""
    found = visible_to(actor).select_related(*_NAMED).filter(token=token).first()
    if found is None:
        raise NotFound(NOT_THERE)
    return found


def case_file(actor: StaffActor, number: str, *, at: datetime) -> CaseFile:
    """Return one case with its clocks, voices, files and entries."""
    case = case_for(actor, number)
    roster = roster_of(case.town, at=at)
    return CaseFile(
        case=case,
        clocks=tuple(Clock.objects.filter(case=case).order_by("started_at", "id")),
        voices=tuple(Voice.objects.filter(case=case).order_by("heard_at", "id")),
        extensions=tuple(Extension.objects.filter(case=case).order_by("asked_at", "id")),
        attachments=tuple(
            Attachment.objects.filter(case=case).select_related("file").order_by("attached_at", "id")
        ),
        entries=tuple(told(entries_of(case))),
        responsible=roster.stands_in(case.responsible_id),
        roster=roster,
    )


def deeds_for(actor: StaffActor, case: Case) -> list[Step]:
    """Return the deeds that fit the case's state and that this person has the right to (checked again on doing)."""
    leads = case.handler_id == actor.id
    steps = fitting(State(case.state))
    return [s for s in steps if actor.may(s.permission) or (leads and s.permission in LEAD_RIGHTS)]


def light_of(case: Case, now: datetime) -> Light:
    """Return the light of a case: a comparison, never a nightly job (U6)."""
    is_paused = case.state == State.PAUSED
    return light(due_at=case.due_at, amber_at=case.amber_at, now=now, is_paused=is_paused)


def cases_by_id(actor: StaffActor, ids: Iterable[UUID]) -> QuerySet[Case]:
    """Return those of `ids` that the actor may see."""
    return visible_to(actor).filter(pk__in=list(ids))


def _through(staff_id: UUID) -> Q:
    return Q(responsible_id=staff_id) | Q(handler_id=staff_id) | Q(first_asker_id=staff_id)


def _is_bounded(actor: StaffActor) -> bool:
    """Tell whether some case of the town may lie outside the actor's reach, so that his own must be added."""
    return not any(r.division == actor.town and not (r.unit_id or r.grid_id) for r in actor.reaches)


_NAMED = ("unit", "handler", "responsible", "first_asker", "asker_staff", "resident", "grid")
