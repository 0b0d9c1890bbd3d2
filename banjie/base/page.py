"""page(): one way to answer with a page or, to htmx, with the partial that it asked for."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    partials: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    """Render `template`, or of it the partial that bears the id of htmx's target if the view offers it."""
    target = request.headers.get("HX-Target", "") if request.headers.get("HX-Request") else ""
    name = f"{template}#{target}" if target in partials else template
    response = render(request, name, dict(context or {}), status=status)
    if partials:
        response["Vary"] = "HX-Request, HX-Target"
    return response
