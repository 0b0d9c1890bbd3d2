"""The design page and its two companions: a paper and a page that stands alone."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from banjie.base.page import page
from banjie.desk.access import needs
from banjie.desk.design import forms, samples


@require_safe
@needs(None, scope="nothing of the town is shown")
def design(request: HttpRequest) -> HttpResponseBase:
    """Show every component in every state."""
    return page(
        request,
        "desk/design/design.html",
        {"samples": samples, "good": forms.filled(), "bad": forms.refused(), "crowd": samples.ROWS * 3},
    )


@require_safe
@needs(None, scope="nothing of the town is shown")
def paper(request: HttpRequest) -> HttpResponseBase:
    """Show a receipt and a list as they come out of the printer."""
    return page(request, "desk/design/paper.html", {"samples": samples, "crowd": samples.ROWS * 9})


@require_safe
@needs(None, scope="nothing of the town is shown")
def plain(request: HttpRequest) -> HttpResponseBase:
    """Show the page that stands alone, as log-in and strangers' pages do."""
    return page(request, "desk/design/plain.html", {"good": forms.filled()})
