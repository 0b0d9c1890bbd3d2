"""List and find enterprises, show one with its contact covered, register, amend, shut and merge."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from banjie.base.clock import now
from banjie.base.errors import InvalidInput
from banjie.base.keyset import count_to
from banjie.base.page import page
from banjie.cases.queries import visible_to as cases_visible_to
from banjie.desk.access import needs
from banjie.desk.deeds import at_work, attempt, posted, stamp_of
from banjie.desk.enterprises.forms import (
    AmendForm,
    CloseForm,
    EnterpriseForm,
    GroundForm,
    MergeForm,
    RevealForm,
    places_of,
)
from banjie.desk.enterprises.looks import KINDS, LONGEST_TYPED, asked_in, looks_at, options_of, records_of
from banjie.desk.office.pages import FormPage, answer_form, counted
from banjie.enterprises import actions
from banjie.enterprises.lists import Status
from banjie.enterprises.models import Enterprise
from banjie.enterprises.particulars import LABELS, Amendment, Particulars
from banjie.enterprises.queries import (
    enterprise_for,
    enterprises_asked,
    find_enterprises,
    ids_of,
    list_enterprises,
)
from banjie.people.queries import StaffActor
from banjie.places.queries import place_name, place_names

FEW, CASES, MOST_COUNTED = 8, 20, 10_000
KEPT = ("name", "uscc", "short_name", "division_code", "place_words", "size", "industry", "since_on")


@never_cache
@require_safe
@needs("enterprises.find_enterprise", scope="the actor's villages")
def enterprises(request: HttpRequest) -> HttpResponseBase:
    """List the enterprises in reach by name, narrowed by what is asked."""
    actor = at_work(request)
    villages = places_of(actor)
    asked = asked_in(request.GET, villages)
    shown = list_enterprises(actor, asked, after=request.GET.get("after", ""))
    total = count_to(enterprises_asked(actor, asked), MOST_COUNTED)
    names = place_names(row.division_code for row in shown.rows)
    context = {
        "asked": asked,
        "rows": [(row, names[row.division_code]) for row in shown.rows],
        "pager": counted(request, shown, total=total),
        "villages": villages,
        "kinds": {name: list(kinds.items()) for name, kinds in KINDS.items()},
        "may_register": actor.may("enterprises.register_enterprise"),
        "query": request.GET.urlencode(),
        "is_narrowed": asked != asked_in({}, villages),
    }
    return page(request, "desk/enterprises/list.html", context)


@never_cache
@require_safe
@needs("enterprises.find_enterprise", scope="the actor's villages")
def options(request: HttpRequest) -> HttpResponseBase:
    """Answer the find box as one types (U2); with `open` a row leads to the enterprise's page."""
    typed = request.GET.get("q", "").replace("\0", "")[:LONGEST_TYPED].strip()
    hits = find_enterprises(at_work(request), typed, limit=FEW)
    leads = request.GET.get("open") == "1"
    return page(request, "desk/parts/find_options.html", {"options": options_of(hits, leads=leads)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("enterprises.register_enterprise", scope="the actor's villages")
def new(request: HttpRequest) -> HttpResponseBase:
    """Register an enterprise; a credit code that stands already names who bears it."""
    actor = at_work(request)
    places = places_of(actor)
    first = {"division_code": places[0][0]} if len(places) == 1 else {}
    return answer_form(
        request,
        EnterpriseForm(posted(request), choices={"division_code": places}, initial=first),
        lambda told: actions.register_enterprise(
            Particulars(**told), actor=actor, stamp=stamp_of(request, actor)
        ),
        FormPage(
            title="登记企业",
            submit="登记",
            back=reverse("enterprises:list"),
            note="名称和村必填，其余有就填。联系人和电话加密保存，平时遮盖。",
            done="企业已登记。",
            leads=_address,
        ),
    )


@never_cache
@require_safe
@needs("enterprises.find_enterprise", scope="the actor's villages")
def enterprise_page(request: HttpRequest, enterprise_id: UUID) -> HttpResponseBase:
    """Show an enterprise, its contact covered; a merged double leads to the one that stands."""
    row = enterprise_for(at_work(request), enterprise_id)
    if row.pk != enterprise_id:
        return redirect("enterprises:page", enterprise_id=row.pk)
    return _page(request, row, RevealForm())


@never_cache
@require_POST
@needs("enterprises.reveal_contact", scope="the actor's villages")
def reveal(request: HttpRequest, enterprise_id: UUID) -> HttpResponseBase:
    """Show the contact once, in the answer itself; who looked and why is entered (T19)."""
    actor = at_work(request)
    row, form = enterprise_for(actor, enterprise_id), RevealForm(request.POST)
    done = attempt(
        form,
        lambda told: actions.reveal_contact(
            row, reason=told["reason"], actor=actor, stamp=stamp_of(request, actor)
        ),
    )
    shown = [{"label": LABELS[part], "value": value or "—"} for part, value in (done.result or {}).items()]
    return _page(request, row, form, shown=shown, status=done.status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("enterprises.amend_enterprise", scope="the actor's villages")
def amend(request: HttpRequest, enterprise_id: UUID) -> HttpResponseBase:
    """Amend what was told wrongly or has changed."""
    actor = at_work(request)
    row = enterprise_for(actor, enterprise_id)
    form = AmendForm(
        posted(request),
        choices={"division_code": places_of(actor)},
        initial={name: getattr(row, name) for name in KEPT},
    )
    words = _words(row, title=f"变更 {row.name}", submit="变更", done="已变更。")
    return answer_form(
        request,
        form,
        lambda told: actions.amend_enterprise(
            row.pk, _amendment(told), actor=actor, stamp=stamp_of(request, actor), words=told["why"]
        ),
        words,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("enterprises.close_enterprise", scope="the actor's villages")
def close(request: HttpRequest, enterprise_id: UUID) -> HttpResponseBase:
    """Say that an enterprise is shut or struck off."""
    actor = at_work(request)
    row = enterprise_for(actor, enterprise_id)
    return answer_form(
        request,
        CloseForm(posted(request)),
        lambda told: actions.close_enterprise(
            row.pk,
            Status(told["status"]),
            on=told["on"],
            actor=actor,
            stamp=stamp_of(request, actor),
            words=told["words"],
        ),
        _words(row, title=f"停业或注销 {row.name}", submit="登记", done="已登记。"),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("enterprises.close_enterprise", scope="the actor's villages")
def reopen(request: HttpRequest, enterprise_id: UUID) -> HttpResponseBase:
    """Say that an enterprise is in business again."""
    actor = at_work(request)
    row = enterprise_for(actor, enterprise_id)
    return answer_form(
        request,
        GroundForm(posted(request)),
        lambda told: actions.reopen_enterprise(
            row.pk, actor=actor, stamp=stamp_of(request, actor), words=told["words"]
        ),
        _words(row, title=f"恢复经营 {row.name}", submit="恢复经营", done="已恢复为在业。"),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("enterprises.merge_enterprises", scope="the actor's villages")
def merge(request: HttpRequest, enterprise_id: UUID) -> HttpResponseBase:
    """Merge a double into the enterprise that stands."""
    actor = at_work(request)
    row = enterprise_for(actor, enterprise_id)
    words = _words(row, title="合并重复登记", submit="合并", done="已合并。")
    return answer_form(
        request,
        MergeForm(posted(request)),
        lambda told: actions.merge_enterprises(
            row.pk,
            into_id=told["into_id"] or _meant(actor, told["into"], besides=row),
            actor=actor,
            stamp=stamp_of(request, actor),
            words=told["words"],
        ),
        replace(words, template="desk/enterprises/merge.html", leads=_address),
        row=row,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("enterprises.merge_enterprises", scope="the actor's villages")
def unmerge(request: HttpRequest, enterprise_id: UUID) -> HttpResponseBase:
    """Let a merged double stand by itself again."""
    actor = at_work(request)
    row = enterprise_for(actor, enterprise_id)
    return answer_form(
        request,
        GroundForm(posted(request)),
        lambda told: actions.unmerge_enterprise(
            enterprise_id, actor=actor, stamp=stamp_of(request, actor), words=told["words"]
        ),
        _words(row, title="撤销合并", submit="分开", done="已分开。", note=f"现在并入的是：{row.name}。"),
    )


def _meant(actor: StaffActor, typed: str, *, besides: Enterprise) -> UUID:
    """Return which enterprise was typed where no script picked one; raises InvalidInput unless it is one alone."""
    hits = [hit for hit in find_enterprises(actor, typed) if hit.id != besides.pk]
    exact = [hit for hit in hits if typed.strip() in (hit.name, hit.uscc)] or hits
    if len(exact) != 1:
        told = "没有找到这家企业" if not exact else f"符合的有{len(exact)}家"
        raise InvalidInput(
            f"{told}，请填全称或统一社会信用代码。", fields={"into": f"{told}，请填全称或代码。"}
        )
    return exact[0].id


def _words(row: Enterprise, *, title: str, submit: str, done: str, note: str = "") -> FormPage:
    return FormPage(title=title, submit=submit, back=_address(row), done=done, note=note)


def _address(row: Enterprise) -> str:
    return reverse("enterprises:page", args=[row.pk])


def _amendment(told: dict[str, Any]) -> Amendment:
    """Return what the form changes: a contact that is left empty stays, one that is ticked for clearing is cleared."""
    changed = {name: told[name] for name in (*KEPT, "is_as_licensed")}
    for name in ("contact", "phone"):
        if told[name] or name in told["clear"]:
            changed[name] = told[name]
    return Amendment(**changed)


def _page(
    request: HttpRequest,
    row: Enterprise,
    form: RevealForm,
    *,
    shown: list[dict[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = at_work(request)
    doubles = row.doubles.order_by("name", "pk")
    asked = cases_visible_to(actor).filter(enterprise__in=ids_of(row))
    cases = list(asked.order_by("-registered_at", "-id")[: CASES + 1])
    context = {
        "row": row,
        "village": place_name(row.division_code),
        "form": form,
        "shown": shown or [],
        "looks": looks_at(row),
        "doubles": list(doubles),
        "cases": cases[:CASES],
        "has_more": len(cases) > CASES,
        "records": records_of(actor, row, at=now()),
        **{
            f"may_{deed}": actor.may(f"enterprises.{deed}_enterprise{'s' if deed == 'merge' else ''}")
            for deed in ("amend", "close", "merge")
        },
        "may_reveal": actor.may("enterprises.reveal_contact"),
    }
    return page(request, "desk/enterprises/page.html", context, status=status)
