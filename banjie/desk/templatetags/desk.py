"""The few tags that pages need beyond Django's own: they format and mark, nothing more."""

from typing import Any
from uuid import UUID

from django import template
from django.http import HttpRequest
from django.utils.html import format_html
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
