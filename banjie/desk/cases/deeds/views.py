"""The view of each deed: its form on GET, on POST the action, and on refusal the case as it stands now."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from banjie.base.clock import now
from banjie.base.errors import Conflict
from banjie.base.page import page
from banjie.cases.actions import Occasion
from banjie.cases.models import Case
from banjie.cases.queries import newer_entry
from banjie.cases.workflow import STEPS, Step
from banjie.desk.access import View, needs
from banjie.desk.cases.deeds.acts import ACTS, phoned
from banjie.desk.cases.deeds.catalogue import FORMS
from banjie.desk.cases.deeds.choices import choices_for
from banjie.desk.cases.deeds.filing import file_uploads
from banjie.desk.cases.deeds.forms import AskExtension, DeedForm, Phone, told_at
from banjie.desk.cases.line import title_of
from banjie.desk.cases.offers import OF_A_PAIR
from banjie.desk.cases.sight import Sight, sight_of
from banjie.desk.deeds import acting_actor, at_work, attempt, client_key_of
from banjie.desk.drafts.keeping import OF_CASE, draft_of, draft_url, drop_draft
from banjie.ledger.record import SYSTEM
from banjie.people.queries import StaffActor, actor_for, staff_for, staff_names

HARMLESS = frozenset({"comment_case", "report_progress", "attach_file", "urge_case"}) | OF_A_PAIR
"""Deeds that add a line and overwrite nothing: they need not have seen what a colleague just did."""
PHONING = "phone"


def view_of(deed: str) -> View[str]:
    """Return the view of a deed of the table."""
    return _guarded(STEPS[deed], FORMS[deed])


def phone_view() -> View[str]:
    """Return the view of 电话问得 (U43)."""
    return _guarded(STEPS["report_progress"], Phone)


def _guarded(step: Step, form_class: type[DeedForm]) -> View[str]:
    def view(request: HttpRequest, number: str) -> HttpResponseBase:
        return _answer(request, number, step, form_class)

    scope = f"case_for; the right to {step.deed} is asked of whoever acts, by the action"
    guarded: View[str] = require_http_methods(["GET", "HEAD", "POST"])(
        needs("cases.view_case", scope=scope)(view)
    )
    return guarded


def _answer(request: HttpRequest, number: str, step: Step, form_class: type[DeedForm]) -> HttpResponseBase:
    sight = sight_of(at_work(request), number, at=now())
    form = _form(request, sight, step, form_class)
    if request.method != "POST":
        return _page(request, sight, step, form)
    done = attempt(form, partial(_act, request, sight, step, form))
    if not done.is_done:
        anew = sight_of(sight.actor, number, at=now())
        return _page(request, anew, step, form, status=done.status)
    drop_draft(request, _draft_key(sight, step))
    messages.success(request, f"{number}：{_said(step, form)}已记入。")
    return redirect(sight.href)


def _form(request: HttpRequest, sight: Sight, step: Step, form_class: type[DeedForm]) -> DeedForm:
    is_for_another = request.GET.get("for") == "another"
    choices = choices_for(step, sight, is_for_another=is_for_another)
    if request.method == "POST":
        return form_class(request.POST, request.FILES, sight=sight, choices=choices)
    kept = draft_of(request, _draft_key(sight, step))
    return form_class(initial=kept.dict() if kept else None, sight=sight, choices=choices)


def _draft_key(sight: Sight, step: Step) -> str:
    return f"{OF_CASE}{sight.case.pk}.{step.deed}"


def _act(request: HttpRequest, sight: Sight, step: Step, form: DeedForm, told: Mapping[str, Any]) -> Case:
    occasion = _occasion(request, sight, form)
    if step.deed not in HARMLESS:
        _check_seen(request, sight, by=occasion.by)
    if step.deed == "attach_file":
        so_far = len(sight.file.attachments)
        rules = sight.watch.rules
        return file_uploads(sight.case, occasion, told["uploads"], rules=rules, files_so_far=so_far)
    said = {**told, "term": form.term} if isinstance(form, AskExtension) else dict(told)
    act: Callable[..., Case] = phoned if isinstance(form, Phone) else ACTS[step.deed]
    return act(sight.case, occasion, said)


def _occasion(request: HttpRequest, sight: Sight, form: DeedForm) -> Occasion:
    at = now()
    for_whom = form.cleaned_data.get("for_whom")
    return Occasion(
        by=acting_actor(request),
        at=at,
        happened_at=told_at(form),
        for_whom=actor_for(staff_for(sight.actor, for_whom), at=at) if for_whom else None,
        ground=form.cleaned_data.get("ground", ""),
        client_key=client_key_of(request),
    )


def _check_seen(request: HttpRequest, sight: Sight, *, by: StaffActor) -> None:
    """Refuse a deed on a case that a colleague changed since its page was opened; show what changed first (U10)."""
    seen = request.POST.get("seen", "")
    if not seen.isdecimal():
        return
    newer = newer_entry(sight.case, seen=int(seen), besides=by.id)
    if newer is None:
        return
    name = "系统" if newer.by == SYSTEM else staff_names([newer.by]).get(newer.by, "同事")
    raise Conflict(
        f"您打开以后，{name}刚办了“{title_of(newer.deed)}”，您的没有存入。"
        "请先看下面的最新情况；填的内容还在，确认后可再提交。"
    )


def _page(
    request: HttpRequest, sight: Sight, step: Step, form: DeedForm, *, status: int = 200
) -> HttpResponseBase:
    """Answer with the case's page, the deed's form open in it; to htmx with the form alone."""
    offered = {one.deed for one in (*sight.deeds, *sight.deeds_for_another)}
    is_offered = step.deed in offered or isinstance(form, Phone)
    told = {
        "sight": sight,
        "step": step,
        "form": form,
        "title": "电话问得" if isinstance(form, Phone) else step.title,
        "is_offered": is_offered,
        "is_upload": step.deed == "attach_file",
        "is_phone": isinstance(form, Phone),
        "action": request.get_full_path(),
        "shut_words": f"这一件现在是“{sight.stage}”，您不能{step.title}。" if not is_offered else "",
        "draft_url": draft_url(_draft_key(sight, step)) if form.own else "",
        "draft_key": f"{sight.actor.id}:{_draft_key(sight, step)}",
    }
    return page(request, "desk/cases/page.html", told, partials=["deed"], status=status)


def _said(step: Step, form: DeedForm) -> str:
    return "电话问得" if isinstance(form, Phone) else step.title
