"""换人移交 in three steps: choose, see everything that will move, confirm; then the 移交清单 on paper (U50)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from banjie.base.clock import now
from banjie.base.errors import NotFound
from banjie.base.page import page
from banjie.desk.access import needs
from banjie.desk.deeds import at_work, attempt, posted, stamp_of
from banjie.desk.office.choices import staff_choices
from banjie.desk.office.handover.forms import HandOver
from banjie.ledger.queries import entries_of, told
from banjie.people.actions import hand_over
from banjie.people.queries import preview_handover, staff_for, staff_names

DEED = "people.hand_over"
HANDED_OVER = "staff.handed_over"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(DEED, scope="those for whose posts the actor answers")
def handover(request: HttpRequest) -> HttpResponseBase:
    """Choose who hands over to whom, preview it, and do it."""
    actor, stamp = at_work(request), stamp_of(request, at_work(request))
    asked = posted(request) or (request.GET if "from_id" in request.GET else None)
    people = staff_choices(actor.town)
    form = HandOver(asked, choices={"from_id": people, "to_id": people})
    if request.method != "POST":
        return _handover_page(request, form)
    done = attempt(form, lambda typed: hand_over(actor, stamp, **typed))
    if not done.is_done:
        return _handover_page(request, form, status=done.status)
    giver = staff_for(actor, form.cleaned_data["from_id"])
    last = entries_of(giver).filter(deed=HANDED_OVER).last()
    messages.success(request, "已移交，下面是移交清单，请打印签字。")
    return redirect("office:handover_paper", giver.pk, last.seq if last else 0)


@require_safe
@needs(DEED, scope="the actor's own town")
def paper(request: HttpRequest, staff_id: UUID, seq: int) -> HttpResponseBase:
    """Print the list of what was handed over, for three signatures."""
    giver = staff_for(at_work(request), staff_id)
    entry = entries_of(giver).filter(deed=HANDED_OVER, seq=seq).first()
    if entry is None:
        raise NotFound("没有找到这次移交。请从“换人移交”重新打开。")
    head, _, listed = told([entry])[0].words.partition("：")
    context = {
        "giver": giver,
        "taker_name": head.removeprefix("移交给"),
        "lines": [line for line in listed.split("；") if line],
        "entry": entry,
        "by_name": staff_names([entry.by]).get(entry.by, ""),
    }
    return page(request, "desk/office/handover_paper.html", context)


def _handover_page(request: HttpRequest, form: HandOver, *, status: int = 200) -> HttpResponse:
    context: dict[str, object] = {"form": form, "preview": None}
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        context["preview"] = preview_handover(at_work(request), at=now(), **typed)
    elif form.is_bound and status == 200:
        status = 422
    return page(request, "desk/office/handover.html", context, status=status)
