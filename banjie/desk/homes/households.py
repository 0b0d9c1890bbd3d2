"""A resident joins a household or begins one, and leaves it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from banjie.base.clock import local_day, now
from banjie.desk.access import needs
from banjie.desk.deeds import at_work, posted, stamp_of
from banjie.desk.homes.forms import EndForm, JoinForm
from banjie.desk.homes.meant import person_meant
from banjie.desk.office.pages import FormPage, answer_form
from banjie.people.queries import StaffActor
from banjie.residents import actions
from banjie.residents.actions.households import Joining
from banjie.residents.home_words import Relation
from banjie.residents.models import Household
from banjie.residents.queries import hits_of, resident_for

SCOPE = "the actor's villages"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("residents.change_household", scope=SCOPE)
def join(request: HttpRequest, resident_id: UUID) -> HttpResponseBase:
    """Let a resident join the household of another, or begin one of his own as its head."""
    actor = at_work(request)
    resident = resident_for(actor, resident_id)
    return answer_form(
        request,
        JoinForm(posted(request)),
        lambda told: _join(request, actor, resident.pk, told),
        FormPage(
            title=f"入户 {hits_of([resident])[0].name}",
            submit="登记",
            back=reverse("residents:page", args=[resident.pk]),
            note="选同一户里的任何一个人；自己立户的不用选人，与户主关系选户主。",
            done="已记到户里。",
            template="desk/homes/with_person.html",
        ),
        find_label="和谁一户",
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("residents.change_household", scope=SCOPE)
def leave(request: HttpRequest, resident_id: UUID) -> HttpResponseBase:
    """Say that a resident belongs to his household no longer."""
    actor = at_work(request)
    resident = resident_for(actor, resident_id)
    return answer_form(
        request,
        EndForm(posted(request), initial={"on": local_day(now())}),
        lambda told: actions.leave_household(
            resident.pk, on=told["on"], actor=actor, stamp=stamp_of(request, actor), words=told["words"]
        ),
        FormPage(
            title=f"离户 {hits_of([resident])[0].name}",
            submit="登记离户",
            back=reverse("residents:page", args=[resident.pk]),
            done="已登记离户。",
        ),
    )


def _join(request: HttpRequest, actor: StaffActor, resident_id: UUID, told: dict[str, Any]) -> Household:
    is_alone = told["person_id"] is None and not told["person"].strip()
    return actions.join_household(
        resident_id,
        Joining(Relation(told["relation"]), from_on=told["from_on"], code=told["code"]),
        with_id=None if is_alone else person_meant(actor, told["person_id"], told["person"]),
        actor=actor,
        stamp=stamp_of(request, actor),
    )
