"""Keep a draft as it is typed, show what is kept, discard it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from banjie.base.clock import now
from banjie.base.page import page
from banjie.desk.access import FETCH_HEADER, needs
from banjie.desk.deeds import at_work
from banjie.desk.drafts.keeping import drafts_of, forget, keep_draft


@never_cache
@require_http_methods(["POST", "DELETE"])
@needs("desk.use", scope="one's own drafts")
def keep(request: HttpRequest, key: str) -> HttpResponseBase:
    """Keep what a form holds, or discard it."""
    actor = at_work(request)
    if request.method == "DELETE":
        forget(actor.id, key)
    else:
        keep_draft(actor.id, key, request.POST, at=now())
    return HttpResponse(status=204)


@require_POST
@needs("desk.use", scope="one's own drafts")
def discard(request: HttpRequest, key: str) -> HttpResponseBase:
    """Discard a draft by a plain button."""
    forget(at_work(request).id, key)
    if request.headers.get(FETCH_HEADER):
        return HttpResponse(status=204)
    messages.success(request, "草稿已放弃。")
    return redirect("drafts:list")


@never_cache
@require_safe
@needs("desk.use", scope="one's own drafts")
def drafts(request: HttpRequest) -> HttpResponseBase:
    """List one's own drafts."""
    kept = drafts_of(at_work(request).id)
    return page(request, "desk/drafts/list.html", {"drafts": kept})
