"""The first page after log-in."""

from django.http import HttpRequest, HttpResponseBase
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.views.decorators.http import require_safe

from banjie.base.clock import now
from banjie.base.page import page
from banjie.desk.access import needs
from banjie.desk.cases.watch import watch_of
from banjie.desk.deeds import at_work
from banjie.desk.home.bench import bench_of
from banjie.desk.intake.paste.pictures import may_attach
from banjie.people.rights import Role

PASTE_BOX = "desk/intake/paste_box.html"


@require_safe
@needs("desk.use", scope="visible_to, and what passes through his own hands")
def home(request: HttpRequest) -> HttpResponseBase:
    """Show what this person has to do today."""
    actor = at_work(request)
    watch = watch_of(actor.town, at=now())
    told = {
        "bench": bench_of(actor, watch),
        "may_attach": may_attach(actor),
        "paste_box": paste_box() if actor.may("cases.register_case") else "",
        "leads": Role.TOWN_LEADER in actor.roles,
        "may_register": actor.may("cases.register_case"),
        "sees_cases": actor.may("cases.list_cases"),
    }
    return page(request, "desk/home/home.html", told)


def paste_box() -> str:
    """Return the name of the paste box's template, or nothing where the intake is not installed (U41)."""
    try:
        get_template(PASTE_BOX)
    except TemplateDoesNotExist:
        return ""
    return PASTE_BOX
