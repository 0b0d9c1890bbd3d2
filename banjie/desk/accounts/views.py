"""Log in, renew in place, log out, change one's own password and PIN."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from banjie.base.clock import now
from banjie.base.page import page
from banjie.desk.access import FETCH_HEADER, actor_of, needs, public
from banjie.desk.accounts.forms import LogIn, NewPassword, NewPin
from banjie.desk.deeds import at_work, attempt, posted, stamp_of
from banjie.desk.middleware import renew_session
from banjie.desk.numbers import password_policy, pin_policy
from banjie.desk.shell import home_of
from banjie.people.actions import set_password, set_pin
from banjie.people.lockout import is_locked_out, policy
from banjie.people.models import Staff
from banjie.people.queries import actor_for, posts_of

WRONG = "用户名或密码不对，请核对后再输。忘记密码的，请联系系统管理员重设。"


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@public("anyone must be able to prove who he is")
def log_in(request: HttpRequest) -> HttpResponseBase:
    """Show the log-in and open a session; the answer to an unknown name is that to a wrong password (T24)."""
    if request.method != "POST":
        return _log_in_page(request, LogIn(initial={"next": request.GET.get("next", "")}))
    form = LogIn(request.POST)
    person = _prove(request, form)
    if person is None:
        return _log_in_page(request, form, status=422)
    _open_session(request, person)
    return _renewed(request) if request.headers.get(FETCH_HEADER) else redirect(_next(request))


@never_cache
@sensitive_post_parameters("password")
@require_POST
@public("whoever's session has run out proves anew who he is, without leaving his page (U5)")
def renew(request: HttpRequest) -> HttpResponseBase:
    """Open the session anew for the very person whose page this is, and answer 204 with a fresh token."""
    form = LogIn(request.POST)
    person = _prove(request, form)
    if person is None:
        return _words(form)
    if request.POST.get("person", str(person.pk)) != str(person.pk):
        words = (
            f"这一页是另一位同事打开的。请用原来的账号登录；换人办理的，请先退出，由{person.name}重新打开。"
        )
        return HttpResponse(words, status=422, content_type="text/plain; charset=utf-8")
    _open_session(request, person)
    return _renewed(request)


@require_POST
@public("whoever is not logged in any more may press the button as well")
def log_out(request: HttpRequest) -> HttpResponseBase:
    """End the session on the server."""
    logout(request)
    messages.success(request, "已退出登录。")
    return redirect(settings.LOGIN_URL)


@never_cache
@require_safe
@needs(None, scope="the session itself")
def alive(request: HttpRequest) -> HttpResponseBase:
    """Answer that the session lives; the request itself has renewed it."""
    return HttpResponse(status=204)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs(None, scope="one's own account")
def account(request: HttpRequest) -> HttpResponseBase:
    """Show one's own posts, and change one's own password; every other session of the person ends with it (T14)."""
    actor = at_work(request)
    form = NewPassword(posted(request))
    if request.method != "POST":
        return _account_page(request, password=form)
    numbers = password_policy(actor.town, at=now())
    done = attempt(
        form,
        lambda typed: set_password(
            actor,
            stamp_of(request, actor),
            staff_id=actor.id,
            password=typed["password"],
            old_password=typed["old_password"],
            policy=numbers,
        ),
    )
    if done.result is None:
        return _account_page(request, password=form, status=done.status)
    update_session_auth_hash(request, done.result)
    messages.success(request, "密码已修改，其他地方的登录都已退出。")
    return redirect(home_of(actor))


@never_cache
@sensitive_post_parameters()
@require_POST
@needs(None, scope="one's own account")
def pin(request: HttpRequest) -> HttpResponseBase:
    """Set one's own PIN for shared devices."""
    actor = at_work(request)
    form = NewPin(request.POST)
    numbers = pin_policy(actor.town, at=now())
    done = attempt(
        form,
        lambda typed: set_pin(
            actor, stamp_of(request, actor), staff_id=actor.id, pin=typed["pin"], policy=numbers
        ),
    )
    if not done.is_done:
        return _account_page(request, pin=form, status=done.status)
    messages.success(request, "办理码已设好。在村里的共用设备上办件时，用它说明是您在办。")
    return redirect("desk:account")


@require_safe
@public("an old browser cannot log in before it is switched")
def old_browser(request: HttpRequest) -> HttpResponseBase:
    """Tell which button of the browser to press (U53)."""
    return page(request, "desk/old_browser.html")


def _prove(request: HttpRequest, form: LogIn) -> Staff | None:
    """Return who the form proves to be, or None with the reason in the form."""
    if not form.is_valid():
        return None
    typed = form.cleaned_data
    person = authenticate(request, username=typed["username"].strip().lower(), password=typed["password"])
    if isinstance(person, Staff):
        return person
    form.add_error(None, policy().words if is_locked_out(request) else WRONG)
    return None


def _open_session(request: HttpRequest, person: Staff) -> None:
    """Open a session under a fresh key, bound to the idle time-out from its first moment."""
    at = now()
    login(request, person)
    renew_session(request, person, at=at, is_new=True)
    vars(request)["actor"] = actor_for(person, at=at)


def _log_in_page(request: HttpRequest, form: LogIn, *, status: int = 200) -> HttpResponse:
    if request.headers.get(FETCH_HEADER) and status != 200:
        return _words(form)
    return page(
        request, "desk/accounts/log_in.html", {"form": form, "is_in": actor_of(request)}, status=status
    )


def _words(form: LogIn) -> HttpResponse:
    words = "".join(str(error) for errors in form.errors.values() for error in errors)
    return HttpResponse(words, status=422, content_type="text/plain; charset=utf-8")


def _account_page(
    request: HttpRequest,
    *,
    password: NewPassword | None = None,
    pin: NewPin | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = at_work(request)
    context = {
        "password": password or NewPassword(),
        "pin": pin or NewPin(),
        "is_device": actor.is_shared_device,
        "must_change": getattr(request.user, "must_change_password", False),
        "policy": password_policy(actor.town, at=now()),
        "pin_policy": pin_policy(actor.town, at=now()),
        "posts": posts_of(actor.id),
        "roles": [role.label for role in sorted(actor.roles)],
    }
    return page(request, "desk/accounts/account.html", context, status=status)


def _renewed(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=204, headers={"X-CSRFToken": get_token(request)})


def _next(request: HttpRequest) -> str:
    """Return where to go after the log-in: a page of this house, else the first page."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else home_of(actor_of(request))
