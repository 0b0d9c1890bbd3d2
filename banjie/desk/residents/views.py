"""Find residents, show one covered, reveal him once with a reason, register and correct him."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from banjie.base.clock import now
from banjie.base.page import page
from banjie.cases.queries import visible_to as cases_visible_to
from banjie.desk.access import needs
from banjie.desk.deeds import at_work, attempt, stamp_of
from banjie.desk.intake.counter import Counter
from banjie.desk.residents.forms import PLACE, CorrectForm, ResidentForm, RevealForm
from banjie.desk.residents.looks import looks_at, options_of, register_tabs
from banjie.residents.actions import correct_resident, register_resident, reveal_resident
from banjie.residents.facts import LABELS, Correction, ResidentFacts
from banjie.residents.models import Resident
from banjie.residents.queries import (
    find_residents,
    hits_of,
    home_of,
    household_of,
    past_homes_of,
    resident_for,
)

LONGEST_TYPED = 80
FEW, MANY, CASES = 8, 30, 20


@never_cache
@require_safe
@needs("residents.find_resident", scope="the actor's villages")
def find(request: HttpRequest) -> HttpResponseBase:
    """List whom the typed words may mean, covered."""
    typed = request.GET.get("q", "").replace("\0", "")[:LONGEST_TYPED].strip()
    hits = find_residents(at_work(request), typed, limit=MANY) if typed else []
    return page(
        request,
        "desk/residents/find.html",
        {"typed": typed, "hits": hits, "is_full": len(hits) == MANY, "tabs": register_tabs("residents")},
    )


@never_cache
@require_safe
@needs("residents.find_resident", scope="the actor's villages")
def options(request: HttpRequest) -> HttpResponseBase:
    """Answer the find box as one types (U2); with `open` a row leads to the resident's page."""
    typed = request.GET.get("q", "").replace("\0", "")[:LONGEST_TYPED].strip()
    hits = find_residents(at_work(request), typed, limit=FEW) if typed else []
    leads = request.GET.get("open") == "1"
    return page(request, "desk/parts/find_options.html", {"options": options_of(hits, leads=leads)})


@never_cache
@require_safe
@needs("residents.find_resident", scope="the actor's villages")
def resident_page(request: HttpRequest, resident_id: UUID) -> HttpResponseBase:
    """Show a resident covered, with the cases that this person may see."""
    return _page(request, resident_for(at_work(request), resident_id), RevealForm())


@never_cache
@require_POST
@needs("residents.reveal_resident", scope="the actor's villages")
def reveal(request: HttpRequest, resident_id: UUID) -> HttpResponseBase:
    """Show the asked parts once, in the answer itself; who looked and why is entered (T19)."""
    actor = at_work(request)
    row = resident_for(actor, resident_id)
    form = RevealForm(request.POST)
    done = attempt(
        form,
        lambda told: reveal_resident(
            row, told["parts"], reason=told["reason"], actor=actor, stamp=stamp_of(request, actor)
        ),
    )
    shown = [{"label": LABELS[part], "value": value} for part, value in (done.result or {}).items()]
    return _page(request, row, form, shown=shown, status=done.status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("residents.register_resident", scope="the actor's villages")
def new(request: HttpRequest) -> HttpResponseBase:
    """Register a resident; an ID number that stands already names who bears it."""
    actor = at_work(request)
    counter = Counter(actor, now())
    form = ResidentForm(request.POST or None, places=counter.places, initial={PLACE: counter.default_place})
    status = 200
    if request.method == "POST":
        done = attempt(
            form,
            lambda told: register_resident(
                ResidentFacts(**_facts(counter, told)), actor=actor, stamp=stamp_of(request, actor)
            ),
        )
        if done.result is not None:
            messages.success(request, "群众已登记。")
            return redirect("residents:page", resident_id=done.result.pk)
        status = done.status
    return page(request, "desk/residents/new.html", {"form": form}, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("residents.correct_resident", scope="the actor's villages")
def correct(request: HttpRequest, resident_id: UUID) -> HttpResponseBase:
    """Correct what was told wrongly or has changed; nothing that stands is shown in full."""
    actor = at_work(request)
    counter, row = Counter(actor, now()), resident_for(actor, resident_id)
    form = CorrectForm(request.POST or None, places=counter.places)
    status = 200
    if request.method == "POST":
        done = attempt(form, lambda told: _correct(request, row, counter, told))
        if done.is_done:
            messages.success(request, "已更正。")
            return redirect("residents:page", resident_id=row.pk)
        status = done.status
    return page(
        request, "desk/residents/correct.html", {"form": form, "hit": hits_of([row])[0]}, status=status
    )


def _facts(counter: Counter, told: dict[str, Any]) -> dict[str, Any]:
    division_code, grid_id = counter.division_of(told[PLACE])
    return {**told, "division_code": division_code, "grid_id": grid_id}


def _correct(request: HttpRequest, row: Resident, counter: Counter, told: dict[str, Any]) -> Resident:
    """Correct what was filled in; an empty field stays, one that is ticked for clearing is cleared."""
    changed: dict[str, Any] = {
        name: value for name, value in told.items() if value and name not in ("why", "clear", PLACE)
    }
    changed |= dict.fromkeys(told["clear"], "")
    if told[PLACE]:
        changed["division_code"], changed["grid_id"] = counter.division_of(told[PLACE])
    return correct_resident(
        row.pk,
        Correction(**changed),
        actor=counter.actor,
        stamp=stamp_of(request, counter.actor),
        words=told["why"],
    )


def _page(
    request: HttpRequest,
    row: Resident,
    form: RevealForm,
    *,
    shown: list[dict[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = at_work(request)
    cases = cases_visible_to(actor).filter(resident=row).order_by("-registered_at", "-id")[: CASES + 1]
    context = {
        "hit": hits_of([row])[0],
        "grid": row.grid.name if row.grid else "",
        "form": form,
        "shown": shown or [],
        "cases": list(cases)[:CASES],
        "has_more": len(cases) > CASES,
        "looks": looks_at(row),
        **_home(row),
        "may_link": actor.may("residents.link_house"),
        "may_join": actor.may("residents.change_household"),
        "may_reveal": actor.may("residents.reveal_resident"),
        "may_see_records": actor.may("books.see_records"),
        "may_correct": actor.may("residents.correct_resident"),
    }
    return page(request, "desk/residents/page.html", context, status=status)


def _home(row: Resident) -> dict[str, object]:
    """Return where a resident lives and lived, and with whom he keeps house."""
    found = household_of(row)
    return {
        "home": home_of(row),
        "past_homes": past_homes_of(row),
        "household": found[0] if found else None,
        "members": found[1] if found else [],
    }
