"""The floor: a view that only inserts two rows, behind the same middleware, log-in and token as every page."""

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from banjie.base.clock import now
from banjie.desk.access import needs
from banjie.desk.deeds import at_work
from benchmarks.models import BareCase, BareEvent


@require_POST
@needs(None, scope="benchmark")
def insert_two(request: HttpRequest) -> HttpResponseBase:
    """Insert a case and its event in one transaction and lead away, as a deed does."""
    at = now()
    with transaction.atomic():
        case = BareCase(number="", title="", text=request.POST["text"], state="registered", happened_at=at)
        case.save(force_insert=True)
        event = BareEvent(case=case, deed="registered", by=at_work(request).id, at=at)
        event.save(force_insert=True)
    return redirect(f"/cases/{case.pk}")
