"""List what is past its retention, write down what is decided of it, and erase what another proposed."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from banjie.base.clock import local_day, now
from banjie.base.errors import InvalidInput
from banjie.base.keyset import slice_after
from banjie.base.page import page
from banjie.cases.actions import Appraisal, appraise_cases, erase_cases
from banjie.cases.models import Case
from banjie.cases.queries import Erasure, erasure_of, past_retention, proposed_for_erasing, proposers_of
from banjie.desk.access import needs
from banjie.desk.archives.forms import AppraisalForm, ErasingForm
from banjie.desk.deeds import at_work, attempt, posted, stamp_of
from banjie.desk.drafts.keeping import forget_forms_of
from banjie.desk.office.pages import counted
from banjie.people.queries import names_of
from banjie.rulebook.in_force import Rules
from banjie.rulebook.queries import rules_on

ROWS = 50
MOST = 10_000


@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases.appraise_case", scope="visible_to")
def home(request: HttpRequest) -> HttpResponseBase:
    """Show the proposal of this year, and take down what was decided of the cases that are ticked."""
    actor, today, status = at_work(request), local_day(now()), 200
    form = AppraisalForm(posted(request))
    if request.method == "POST":
        stamp = stamp_of(request, actor)

        def act(typed: dict[str, Any]) -> int:
            told = {"appraisal": Appraisal(typed["appraisal"]), "ground": typed["ground"]}
            return appraise_cases(actor, stamp, ids=_ticked(request), **told)

        done = attempt(form, act)
        if done.is_done:
            messages.success(request, f"{done.result}件的鉴定已记下。")
            return redirect("archives:home")
        status = done.status
    rows = past_retention(actor, on=today)
    shown = slice_after(rows, by=("closed_at", "id"), token=request.GET.get("after", ""), size=ROWS)
    told = {
        "form": form,
        "year": today.year,
        "rows": list(_rows(shown.rows, rules_on(actor.town, today))),
        "proposed": proposed_for_erasing(actor, on=today).count(),
        "ticked": {str(one) for one in _ticked(request)} if status != 200 else set(),
        "pager": counted(request, shown, total=rows[: MOST + 1].count()),
    }
    return page(request, "desk/archives/home.html", told, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases.erase_case", scope="visible_to")
def erasing(request: HttpRequest) -> HttpResponseBase:
    """Show what was proposed for erasing and how much it would take away; erase what is ticked and was approved."""
    actor, today, status = at_work(request), local_day(now()), 200
    form = ErasingForm(posted(request))
    if request.method == "POST":
        stamp, ids = stamp_of(request, actor), _ticked(request)

        def act(typed: dict[str, Any]) -> Erasure:
            approval = {"decided_by": typed["decided_by"], "document": typed["document"]}
            gone = erase_cases(actor, stamp, ids=ids, **approval)
            forget_forms_of(ids)
            return gone

        done = attempt(form, act)
        if done.result is not None:
            messages.success(request, _said(done.result))
            return redirect("archives:erasing")
        status = done.status
    rows = proposed_for_erasing(actor, on=today)
    names = names_of(actor.town).staff
    shown = slice_after(rows, by=("closed_at", "id"), token=request.GET.get("after", ""), size=ROWS)
    ids = [case.pk for case in shown.rows]
    by = proposers_of(ids)
    told = {
        "form": form,
        "rows": [
            {**row, "by": names.get(by[row["case"].pk], "已离任人员")}
            for row in _rows(shown.rows, rules_on(actor.town, today))
        ],
        "whole": erasure_of(ids),
        "ticked": {str(one) for one in _ticked(request)} if status != 200 else set(),
        "pager": counted(request, shown, total=rows[: MOST + 1].count()),
    }
    return page(request, "desk/archives/erasing.html", told, status=status)


def _said(gone: Erasure) -> str:
    return (
        f"已擦除{gone.cases}件：留痕正文{gone.entries}条、附件{gone.files}个、消息{gone.notices}条。"
        "编号、日期、类别和办理结果还在，统计数字不变。"
    )


def _rows(cases: Iterable[Case], rules: Rules) -> Iterator[dict[str, Any]]:
    titles, tree = {kind.key: kind.title for kind in rules.kinds}, rules.categories
    for case in cases:
        yield {
            "case": case,
            "kind": titles.get(case.kind, "停用类型"),
            "category": tree.find(case.category).title if case.category in tree else "",
        }


def _ticked(request: HttpRequest) -> list[UUID]:
    """Return the cases that were ticked. Raises InvalidInput for what is no id."""
    try:
        return [UUID(one) for one in request.POST.getlist("case")]
    except ValueError:
        raise InvalidInput("选中的件读不出来。请刷新页面重新选。") from None
