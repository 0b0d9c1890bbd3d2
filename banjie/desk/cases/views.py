"""The work list, the page of one case, and the small question whether something is new."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from banjie.base.clock import now
from banjie.base.page import page
from banjie.cases.queries import case_for, count_of, newer_entry, page_of
from banjie.cases.settings import setting
from banjie.desk.access import QUIET_HEADER, needs
from banjie.desk.cases.bulk.choosing import offers_on
from banjie.desk.cases.line import title_of
from banjie.desk.cases.rows import row_of
from banjie.desk.cases.sifting import say_count, sifting_of
from banjie.desk.cases.sight import sight_of, tabs_of
from banjie.desk.cases.watch import watch_of
from banjie.desk.deeds import at_work
from banjie.desk.residents.looks import full_views_of
from banjie.ledger.record import SYSTEM
from banjie.people.queries import staff_names, unit_labels
from banjie.rulebook.setting_keys import SettingKey

ROWS = 25
"""Rows of a page of the list."""


@require_safe
@needs("cases.list_cases", scope="visible_to")
def case_list(request: HttpRequest) -> HttpResponseBase:
    """List the cases that the filters keep, in the order of their due time or the newest first."""
    actor, at = at_work(request), now()
    watch = watch_of(actor.town, at=at)
    units = unit_labels(actor.town)
    sifting = sifting_of(request.GET.dict(), units=units, villages=watch.villages, rules=watch.rules, at=at)
    limit = setting(watch.rules, SettingKey.LIST_COUNT_LIMIT, int)
    after = request.GET.get("after", "")
    shown = page_of(actor, sifting.sift, sifting.order, token=after, size=ROWS, at=at)
    count = len(shown.rows) if shown.is_whole else count_of(actor, sifting.sift, limit=limit, at=at)
    most = setting(watch.rules, SettingKey.BULK_MOST, int)
    told = {
        "sifting": sifting,
        "rows": [row_of(case, watch) for case in shown.rows],
        "count_words": say_count(count, limit=limit),
        "bulk": offers_on(actor, sifting, count=count, most=most, asked=sifting.told),
        "export_href": f"{reverse('exports:cases')}{sifting.href()}" if shown.rows else "",
        "next_href": sifting.href(after=shown.next_token) if shown.next_token else "",
        "first_href": "" if shown.first else sifting.href(),
        "may_register": actor.may("cases.register_case"),
    }
    return page(request, "desk/cases/list.html", told)


@require_safe
@needs("cases.view_case", scope="case_for")
def case_page(request: HttpRequest, number: str) -> HttpResponseBase:
    """Show one case with its line of entries and exactly the deeds that this person may do now."""
    sight = sight_of(at_work(request), number, at=now())
    return page(request, "desk/cases/page.html", {"sight": sight}, partials=["deed"])


@require_safe
@needs("cases.view_case", scope="case_for")
def full_views(request: HttpRequest, number: str) -> HttpResponseBase:
    """Show who opened the asker's name, phone, document or house in full, and what for (U12)."""
    case = case_for(at_work(request), number)
    told = {
        "case": case,
        "tabs": tabs_of(number, is_looks=True),
        "looks": full_views_of(case.resident) if case.resident else [],
    }
    return page(request, "desk/cases/looks.html", told)


@require_safe
@needs("cases.view_case", scope="visible_to")
def newer(request: HttpRequest, number: str) -> HttpResponseBase:
    """Answer 204, or with a notice of what a colleague just did to the case (U10)."""
    actor, seen = at_work(request), request.GET.get("seen", "")
    case = case_for(actor, number)
    if not request.headers.get(QUIET_HEADER):
        return redirect("cases:page", number=number)
    entry = newer_entry(case, seen=int(seen), besides=actor.id) if seen.isdecimal() else None
    if entry is None:
        return HttpResponse(status=204)
    name = "系统" if entry.by == SYSTEM else staff_names([entry.by]).get(entry.by, "同事")
    told = {"words": f"刚被{name}办了：{title_of(entry.deed)}。", "number": number}
    return render(request, "desk/cases/newer.html", told)
