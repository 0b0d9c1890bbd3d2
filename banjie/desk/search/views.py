"""The answers of the search box: rows as one types, or a page."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from banjie.base.clock import now
from banjie.base.page import page
from banjie.desk.access import FETCH_HEADER, needs
from banjie.desk.deeds import at_work
from banjie.desk.intake.counter import Counter
from banjie.desk.search.finding import FEW, Found, find_all

LONGEST, MANY = 80, 30


@never_cache
@require_safe
@needs("desk.use", scope="visible_to")
def search(request: HttpRequest) -> HttpResponseBase:
    """Find cases by number and residents by whatever tells them apart; a single case is opened at once (U8)."""
    typed = request.GET.get("q", "").replace("\0", "")[:LONGEST].strip()
    is_typing = bool(request.headers.get(FETCH_HEADER))
    found = find_all(Counter(at_work(request), now()), typed, limit=FEW if is_typing else MANY)
    if is_typing:
        return page(request, "desk/parts/find_options.html", {"options": _options(found)})
    if len(found.cases) == 1 and not found.residents:
        return redirect("cases:page", number=found.cases[0].number)
    return page(request, "desk/search/search.html", {"query": typed, "found": found})


def _options(found: Found) -> list[dict[str, object]]:
    cases: list[dict[str, object]] = [
        {
            "value": case.number,
            "label": case.number,
            "note": case.title,
            "href": reverse("cases:page", args=[case.number]),
        }
        for case in found.cases
    ]
    people: list[dict[str, object]] = [
        {
            "value": hit.id,
            "label": hit.name,
            "note": " · ".join(part for part in (hit.phone, hit.village) if part),
            "href": reverse("residents:page", args=[hit.id]),
        }
        for hit in found.residents
    ]
    return [*cases, *people]
