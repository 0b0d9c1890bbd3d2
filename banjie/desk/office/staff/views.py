"""Staff: find, open an account, change it, give it a new first password, disable and open it again."""

from uuid import UUID

from axes.utils import reset
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from banjie.base.clock import now
from banjie.base.keyset import count_to, slice_after
from banjie.base.page import page
from banjie.desk.access import needs
from banjie.desk.deeds import at_work, attempt, posted, stamp_of
from banjie.desk.numbers import password_policy
from banjie.desk.office.choices import workplace_choices
from banjie.desk.office.pages import FormPage, answer_form, counted
from banjie.desk.office.staff.first_password import first_password
from banjie.desk.office.staff.forms import ChangeStaff, HireStaff
from banjie.people.actions import change_staff, deactivate, hire_staff, reactivate, set_password
from banjie.people.models import Staff
from banjie.people.queries import belongings_of, posts_of, staff_for, staff_visible_to
from banjie.places.queries import place_name, place_names

DEED = "people.manage_staff"
OWN_TOWN = "the actor's own town"
PAGE = 30
COUNTED = 10_000


@require_safe
@needs("desk.use", scope=OWN_TOWN)
def staff(request: HttpRequest) -> HttpResponseBase:
    """List colleagues with phone and place of work, found by name, pinyin or log-in."""
    actor = at_work(request)
    typed = "".join(request.GET.get("q", "").split()).lower()[:40]
    letters = Q(pinyin__startswith=typed) | Q(initials__startswith=typed) | Q(login__startswith=typed)
    found = staff_visible_to(actor).filter(Q(name__contains=typed) | letters)
    if not actor.may(DEED):
        found = found.filter(is_active=True)
    shown = slice_after(found, by=("pinyin", "id"), token=request.GET.get("after", ""), size=PAGE)
    names = place_names(person.division_code for person in shown.rows)
    context = {
        "rows": [(person, names[person.division_code]) for person in shown.rows],
        "pager": counted(request, shown, total=count_to(found, COUNTED)),
        "query": typed,
        "may_change": actor.may(DEED),
    }
    return page(request, "desk/office/staff.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(DEED, scope=OWN_TOWN)
def hire(request: HttpRequest) -> HttpResponseBase:
    """Open an account and show its first password, this once."""
    actor, stamp = at_work(request), stamp_of(request, at_work(request))
    offered = {"division_code": workplace_choices(actor.town)}
    form = HireStaff(posted(request), choices=offered, initial={"division_code": actor.town})
    words = FormPage("开账号", "开账号", reverse("office:staff"), note="岗位和权限由安全管理员另行设置。")
    if request.method != "POST":
        return page(request, "desk/office/form.html", {"form": form, "words": words})
    password, numbers = first_password(), password_policy(actor.town, at=now())
    done = attempt(form, lambda typed: hire_staff(actor, stamp, password=password, policy=numbers, **typed))
    if done.result is None:
        return page(request, "desk/office/form.html", {"form": form, "words": words}, status=done.status)
    if not done.result.check_password(password):  # a repeat of the same submit: the account stood already
        messages.warning(request, "这个账号已经开好。没有记下初始密码的，请在下面重设。")
        return redirect("office:person", done.result.pk)
    return _password_page(request, done.result, password)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(DEED, scope=OWN_TOWN)
def person(request: HttpRequest, staff_id: UUID) -> HttpResponseBase:
    """Show an account with what the person owns, and change it."""
    actor, stamp = at_work(request), stamp_of(request, at_work(request))
    row = staff_for(actor, staff_id)
    kept = {name: getattr(row, name) for name in ("name", "work_phone", "division_code")}
    offered = {"division_code": workplace_choices(actor.town)}
    form = ChangeStaff(posted(request), choices=offered, initial=kept)
    if request.method == "POST":
        words = FormPage(row.name, "保存", reverse("office:person", args=[staff_id]))
        return answer_form(
            request, form, lambda typed: change_staff(actor, stamp, staff_id=staff_id, **typed), words
        )
    return _person_page(request, row, form)


@never_cache
@require_POST
@needs(DEED, scope=OWN_TOWN)
def new_password(request: HttpRequest, staff_id: UUID) -> HttpResponseBase:
    """Give someone a new first password and show it this once; his sessions and his lock-out end."""
    actor, password = at_work(request), first_password()
    row = set_password(
        actor,
        stamp_of(request, actor),
        staff_id=staff_id,
        password=password,
        policy=password_policy(actor.town, at=now()),
    )
    reset(username=row.login)
    return _password_page(request, row, password)


@require_POST
@needs(DEED, scope=OWN_TOWN)
def disable(request: HttpRequest, staff_id: UUID) -> HttpResponseBase:
    """Disable an account that owns nothing any more (U50)."""
    actor = at_work(request)
    row = deactivate(actor, stamp_of(request, actor), staff_id=staff_id)
    messages.success(request, f"{row.name}的账号已停用，现有登录马上失效。")
    return redirect("office:person", staff_id)


@require_POST
@needs(DEED, scope=OWN_TOWN)
def enable(request: HttpRequest, staff_id: UUID) -> HttpResponseBase:
    """Open a disabled account again."""
    actor = at_work(request)
    row = reactivate(actor, stamp_of(request, actor), staff_id=staff_id)
    messages.success(request, f"{row.name}的账号已恢复，下次登录须改密码。")
    return redirect("office:person", staff_id)


def _password_page(request: HttpRequest, row: Staff, password: str) -> HttpResponse:
    response = page(request, "desk/office/first_password.html", {"person": row, "password": password})
    response["Cache-Control"] = "no-store"
    return response


def _person_page(request: HttpRequest, row: Staff, form: ChangeStaff) -> HttpResponse:
    context = {
        "person": row,
        "form": form,
        "workplace": place_name(row.division_code),
        "posts": posts_of(row),
        "owned": belongings_of(row.pk, at=now()),
        "is_self": row.pk == at_work(request).id,
    }
    return page(request, "desk/office/person.html", context)
