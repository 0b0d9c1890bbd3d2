"""List what is past its retention and write down what is decided of it; nothing is deleted here."""

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
from banjie.cases.actions import Appraisal, appraise_cases
from banjie.cases.queries import past_retention
from banjie.desk.access import needs
from banjie.desk.archives.forms import AppraisalForm
from banjie.desk.deeds import at_work, attempt, posted, stamp_of
from banjie.desk.office.pages import counted
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
    rules = rules_on(actor.town, today)
    titles = {kind.key: kind.title for kind in rules.kinds}
    tree = rules.categories
    told = {
        "form": form,
        "year": today.year,
        "rows": [
            {
                "case": case,
                "kind": titles.get(case.kind, "停用类型"),
                "category": tree.find(case.category).title if case.category in tree else "",
            }
            for case in shown.rows
        ],
        "ticked": {str(one) for one in _ticked(request)} if status != 200 else set(),
        "pager": counted(request, shown, total=rows[: MOST + 1].count()),
    }
    return page(request, "desk/archives/home.html", told, status=status)


def _ticked(request: HttpRequest) -> list[UUID]:
    """Return the cases that were ticked. Raises InvalidInput for what is no id."""
    try:
        return [UUID(one) for one in request.POST.getlist("case")]
    except ValueError:
        raise InvalidInput("选中的件读不出来。请刷新页面重新选。") from None
