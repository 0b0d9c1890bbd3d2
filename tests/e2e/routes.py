"""The pages of the town, from the table of addresses itself: no page can be forgotten (U30: 100 % of them)."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from banjie.people.rights import RIGHTS, Role

SITTING = {
    "chen": Role.WINDOW_CLERK,
    "he": Role.DISPATCHER,
    "li": Role.HANDLER,
    "wu": Role.UNIT_HEAD,
    "sun": Role.SUPERVISOR,
    "guan": Role.ADMINISTRATOR,
    "an": Role.SECURITY_ADMINISTRATOR,
    "ji": Role.AUDIT_ADMINISTRATOR,
}
"""Who may sit down, in the order in which they are asked."""


@dataclass(frozen=True)
class Route:
    """An address that takes nothing, and who may open it; "" is anybody."""

    path: str
    name: str
    login: str


def routes() -> list[Route]:
    """Return every address without a number or a key in it."""
    return [route for route in _walk(get_resolver().url_patterns, "/", "") if "<" not in route.path]


def _walk(patterns: list[URLPattern | URLResolver], path: str, namespace: str) -> Iterator[Route]:
    for pattern in patterns:
        here = path + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inside = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, here, inside)
        else:
            yield Route(here, f"{namespace}{pattern.name}", _who(pattern.callback))


def _who(view: object) -> str:
    if getattr(view, "public_reason", ""):
        return ""
    deed = getattr(view, "permission", None)
    return next(login for login, role in SITTING.items() if deed is None or deed in RIGHTS[role])
