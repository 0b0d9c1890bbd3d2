"""Units: list, set up, change, give up."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from banjie.base.clock import local_day, now
from banjie.base.page import page
from banjie.desk.access import needs
from banjie.desk.deeds import at_work, posted, stamp_of
from banjie.desk.office.choices import staff_choices, unit_choices
from banjie.desk.office.pages import FormPage, answer_form
from banjie.desk.office.units.forms import AddUnit, ChangeUnit, GiveUpUnit
from banjie.people.actions import add_unit, change_unit, give_up_unit
from banjie.people.queries import unit_for, units_visible_to

DEED = "people.manage_units"
OWN_TOWN = "the actor's own town"


@require_safe
@needs("desk.use", scope=OWN_TOWN)
def units(request: HttpRequest) -> HttpResponseBase:
    """List the units with phone and leader in charge; those given up stand last."""
    actor = at_work(request)
    rows = units_visible_to(actor).select_related("leader", "successor")
    ordered = sorted(rows, key=lambda unit: (unit.valid_until is not None, unit.kind, unit.key))
    return page(request, "desk/office/units.html", {"rows": ordered, "may_change": actor.may(DEED)})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(DEED, scope=OWN_TOWN)
def add(request: HttpRequest) -> HttpResponseBase:
    """Set up a unit."""
    actor, stamp = at_work(request), stamp_of(request, at_work(request))
    form = AddUnit(posted(request), choices={"leader_id": staff_choices(actor.town)})
    return answer_form(
        request,
        form,
        lambda typed: add_unit(actor, stamp, **typed),
        FormPage("设单位", "设立", reverse("office:units"), done="单位已设立。"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(DEED, scope=OWN_TOWN)
def change(request: HttpRequest, unit_id: UUID) -> HttpResponseBase:
    """Change a unit."""
    actor, stamp = at_work(request), stamp_of(request, at_work(request))
    unit = unit_for(actor, unit_id)
    kept = {name: getattr(unit, name) for name in ("name", "short_name", "kind", "phone", "leader_id")}
    form = ChangeUnit(posted(request), choices={"leader_id": staff_choices(actor.town)}, initial=kept)
    return answer_form(
        request,
        form,
        lambda typed: change_unit(actor, stamp, unit_id=unit_id, **typed),
        FormPage(unit.name, "保存", reverse("office:units")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(DEED, scope=OWN_TOWN)
def give_up(request: HttpRequest, unit_id: UUID) -> HttpResponseBase:
    """Give up a unit in favour of its successor."""
    actor, stamp = at_work(request), stamp_of(request, at_work(request))
    unit = unit_for(actor, unit_id)
    others = [choice for choice in unit_choices(actor.town) if choice[0] != str(unit_id)]
    form = GiveUpUnit(posted(request), choices={"successor_id": others}, initial={"on": local_day(now())})
    return answer_form(
        request,
        form,
        lambda typed: give_up_unit(actor, stamp, unit_id=unit_id, **typed),
        FormPage(
            f"撤销{unit.name}",
            "撤销单位",
            reverse("office:units"),
            note="撤销后不能再派件给它；以前的件和留痕照旧看得到。",
            kind="danger",
        ),
    )
