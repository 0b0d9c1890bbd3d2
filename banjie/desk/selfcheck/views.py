"""The page of the self-check."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from banjie.base.clock import now
from banjie.base.page import page
from banjie.desk.access import needs
from banjie.desk.deeds import at_work
from banjie.desk.selfcheck.checking import self_check


@require_safe
@needs("desk.check_timers", scope="the actor's own town")
def home(request: HttpRequest) -> HttpResponseBase:
    """Show what runs and who is told when, and what would pass in silence."""
    at = now()
    return page(
        request, "desk/selfcheck/home.html", {"check": self_check(at_work(request).town, at=at), "at": at}
    )
