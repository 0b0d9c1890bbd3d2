"""The few tags that pages need beyond Django's own: they format and mark, nothing more."""

from collections.abc import Hashable
from functools import lru_cache
from typing import Any
from uuid import UUID

from django import template
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from banjie.base.ids import new_id
from banjie.desk.deeds import PIN, WHO
from banjie.people.queries import staff_at_device

register = template.Library()


@register.simple_tag(takes_context=True)
def client_key(context: dict[str, Any]) -> SafeString:
    """Write the hidden field that makes a repeated submit harmless; a form that comes back keeps its key."""
    request: HttpRequest | None = context.get("request")
    sent = request.POST.get("client_key", "") if request is not None else ""
    return format_html('<input type="hidden" name="client_key" value="{}">', _key(sent) or new_id())


def _key(sent: str) -> UUID | None:
    try:
        return UUID(sent)
    except ValueError:
        return None


@register.simple_tag
def drawn(template_name: str, shown: Hashable = None) -> SafeString:
    """Draw `shown`, a frozen value or nothing, by a part that knows nothing else; equal content is drawn once.

    Frame, filters and rows look the same in most requests, and drawing them was half of what a page cost.
    """
    return _drawn(template_name, shown)


@lru_cache(maxsize=2048)
def _drawn(template_name: str, shown: Hashable) -> SafeString:
    return render_to_string(template_name, {"shown": shown})


@register.inclusion_tag("desk/parts/who_acts.html", takes_context=True)
def who_acts(context: dict[str, Any]) -> dict[str, Any]:
    """Ask 谁在办 on a village's shared device: name and PIN; write nothing for an ordinary log-in."""
    request: HttpRequest | None = context.get("request")
    actor = getattr(request, "actor", None)
    if request is None or actor is None or not actor.is_shared_device:
        return {"people": ()}
    return {"people": staff_at_device(actor), "who": WHO, "pin": PIN, "chosen": request.POST.get(WHO, "")}


@register.filter
def dotted(name: object) -> SafeString:
    """Keep each part of a name such as 阿依古丽·买买提 whole, with its dot, so that no dot begins a line (U35)."""
    *before, last = str(name).split("·")
    parts = [f"{part}·" for part in before] + [last]
    return format_html_join("", '<span class="keep">{}</span>', ((part,) for part in parts))
