"""The few tags that pages need beyond Django's own: they format and mark, nothing more."""

from typing import Any
from uuid import UUID

from django import template
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from banjie.base.ids import new_id

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


@register.filter
def dotted(name: object) -> SafeString:
    """Keep each part of a name such as 阿依古丽·买买提 whole, with its dot, so that no dot begins a line (U35)."""
    *before, last = str(name).split("·")
    parts = [f"{part}·" for part in before] + [last]
    return format_html_join("", '<span class="keep">{}</span>', ((part,) for part in parts))
