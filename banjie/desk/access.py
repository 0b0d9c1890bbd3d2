"""Who may open a page: every view bears either `needs` or `public`, and a test walks the url table for them (T13)."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from banjie.base.actor import Actor
from banjie.base.errors import NotAllowed
from banjie.people.queries import StaffActor
from banjie.people.rights import PIN_RIGHTS

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]

FETCH_HEADER = "X-Banjie-Fetch"
"""Our scripts send it, so that a session that ran out answers 401 in place and not with a log-in page."""
QUIET_HEADER = "X-Banjie-Quiet"
"""A page that only asks whether something is new sends it: nobody is at work for that, so it renews no session."""


def needs(deed: str | None, *, scope: str = "", by_pin: bool = False) -> Callable[[View[Rest]], View[Rest]]:
    """Let in who is logged in and has the right to `deed`, such as "cases.accept_case"; None asks only for the log-in.

    `scope` says in a word how far the view itself narrows what it shows; NotAllowed is raised without the right.
    `by_pin` opens the form on a village's shared device, whose user is known only when it is sent: the view then
    asks `acting_actor`, and the action checks that person's right.
    """

    def mark(view: View[Rest]) -> View[Rest]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
            actor = actor_of(request)
            if actor is None:
                return ask_to_log_in(request)
            if deed is not None and not actor.may(deed) and not (by_pin and _may_prove(actor, deed)):
                raise NotAllowed(
                    "您的岗位没有这一项权限。需要办理的，请联系本单位负责人或系统管理员。", ground=deed
                )
            return view(request, *args, **kwargs)

        _stamp(guarded, permission=deed, scope=scope, public_reason="")
        return guarded

    return mark


def public(reason: str) -> Callable[[View[Rest]], View[Rest]]:
    """Let in anyone; `reason` says in one sentence why nothing is guarded here."""

    def mark(view: View[Rest]) -> View[Rest]:
        @wraps(view)
        def opened(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
            return view(request, *args, **kwargs)

        _stamp(opened, permission=None, scope="", public_reason=reason)
        return opened

    return mark


def actor_of(request: HttpRequest) -> Actor | None:
    """Return the person at work, or None when nobody is logged in."""
    actor: Actor | None = getattr(request, "actor", None)
    return actor


def ask_to_log_in(request: HttpRequest) -> HttpResponse:
    """Send a page to the log-in and back; answer htmx and our scripts with 401, so that the text being typed stays."""
    if request.headers.get("HX-Request") or request.headers.get(FETCH_HEADER):
        return HttpResponse(
            "登录已过期，请重新登录，已填内容不会丢失。", status=401, content_type="text/plain; charset=utf-8"
        )
    return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)


def _may_prove(actor: Actor, deed: str) -> bool:
    """Tell whether this is a shared device on which someone may yet prove his right to `deed` by PIN."""
    return isinstance(actor, StaffActor) and actor.is_shared_device and deed in PIN_RIGHTS


def _stamp(view: object, **marks: Any) -> None:
    for name, value in marks.items():
        setattr(view, name, value)
