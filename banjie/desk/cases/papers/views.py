"""Print a receipt or the registration form, and answer whoever scans the QR."""

from contextlib import suppress

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from banjie.base.clock import local_day, now
from banjie.base.errors import NotAllowed, NotFound
from banjie.base.page import page
from banjie.cases.queries import case_by_token, may_print_receipt, town_of_token
from banjie.cases.settings import office_hours
from banjie.desk.access import actor_of, needs, public
from banjie.desk.cases.papers.letters import letter_of
from banjie.desk.cases.papers.receipts import hall_of, qr_of, receipt_of, say_long, say_office_hours
from banjie.desk.cases.sight import sight_of
from banjie.desk.deeds import at_work
from banjie.rulebook.queries import rules_on


@require_safe
@never_cache
@needs("cases.view_case", scope="case_for; whoever leads the case may print it too")
def receipt(request: HttpRequest, number: str) -> HttpResponseBase:
    """Show the receipt in two copies on one A4 sheet (U47)."""
    sight = sight_of(at_work(request), number, at=now())
    if not may_print_receipt(sight.actor, sight.case):
        raise NotAllowed("您的岗位不能打印回执。请由窗口打印。")
    told = {"sight": sight, "receipt": receipt_of(request, sight), "copies": ("存根", "交本人")}
    return page(request, "desk/cases/receipt.html", told)


@require_safe
@never_cache
@needs("cases.view_case", scope="case_for")
def print_form(request: HttpRequest, number: str) -> HttpResponseBase:
    """Show the case on one sheet for the file (登记表, U19)."""
    sight = sight_of(at_work(request), number, at=now())
    told = {"sight": sight, "qr": qr_of(request, sight.case), "printed": say_long(sight.watch.now)}
    return page(request, "desk/cases/print.html", told)


@require_safe
@never_cache
@needs("cases.view_case", scope="case_for")
def letter(request: HttpRequest, number: str) -> HttpResponseBase:
    """Show the letter that goes with an objection (商请函)."""
    sight = sight_of(at_work(request), number, at=now())
    return page(request, "desk/cases/letter.html", {"sight": sight, "letter": letter_of(sight)})


@require_safe
@never_cache
@public("A printed QR leads anyone to a page that names the hall's phone and hours, and nothing of any case.")
def token(request: HttpRequest, token: str) -> HttpResponseBase:
    """Open the case for a clerk who may see it; tell anyone else whom to phone (U20)."""
    if actor_of(request) is not None:
        with suppress(NotFound):
            return redirect("cases:page", number=case_by_token(at_work(request), token).number)
    town = str(getattr(request, "town", "")) or town_of_token(token)
    return page(request, "desk/cases/scanned.html", _hall(town))


def _hall(town: str) -> dict[str, str]:
    """Return the hall's phone and hours: in a town the same for every token, made-up ones included."""
    hall = hall_of(town) if town else None
    hours = say_office_hours(office_hours(rules_on(town, local_day(now())))) if town else ""
    return {
        "hall": hall.name if hall else "",
        "phone": hall.phone if hall else "",
        "hours": hours,
    }
