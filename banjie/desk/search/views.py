"""The answers of the search box: rows as one types, or a page."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from banjie.base.clock import now
from banjie.base.page import page
from banjie.books.models import Record
from banjie.desk.access import FETCH_HEADER, needs
from banjie.desk.books.rows import address_of
from banjie.desk.cases.watch import watch_of
from banjie.desk.deeds import at_work
from banjie.desk.intake.counter import Counter
from banjie.desk.search.finding import FEW, find_all
from banjie.desk.search.showing import case_address, groups_of, numbered_of, options_of, record_line

LONGEST, MANY = 80, 20
"""Characters of a query that are read, and rows of a group."""


@never_cache
@require_safe
@needs("desk.use", scope="visible_to")
def search(request: HttpRequest) -> HttpResponseBase:
    """Find cases by number, by who asked and by words, records by number, residents and enterprises by what tells
    them apart (U8).

    What can only be one case or record is opened at once.
    """
    asked = request.GET.get("q", "").replace("\0", "").strip()
    typed, actor, at = asked[:LONGEST].strip(), at_work(request), now()
    is_typing = bool(request.headers.get(FETCH_HEADER))
    found = find_all(Counter(actor, at), typed, limit=FEW if is_typing else MANY)
    if is_typing:
        return page(request, "desk/parts/find_options.html", {"options": options_of(found, limit=FEW)})
    if only := found.only:
        return redirect(address_of(only) if isinstance(only, Record) else case_address(only))
    told: dict[str, object] = {
        "query": typed,
        "longest": LONGEST if len(asked) > LONGEST else 0,
        "has_words": bool(found.query),
        "recorded": [record_line(one) for one in found.recorded],
        "residents": found.residents,
        "enterprises": found.enterprises,
        "is_empty": found.is_empty,
    }
    if not found.is_empty:
        watch = watch_of(actor.town, at=at)
        told |= {"numbered": numbered_of(found, watch), "groups": groups_of(found, watch)}
    return page(request, "desk/search/search.html", told)
