"""The pages of a bulk deed: what it will do and to which rows, what came of each, and the undo."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from banjie.base.clock import local, now
from banjie.base.errors import Conflict
from banjie.base.page import page
from banjie.cases.settings import setting
from banjie.desk.access import needs
from banjie.desk.cases.bulk.choosing import ASSIGN, DEEDS, URGE, Chosen, chosen_of
from banjie.desk.cases.bulk.doing import Outcome, do_on_all, keep_outcome, kept_outcome, take_back
from banjie.desk.cases.bulk.forms import BulkAssign, BulkForm, BulkUrge
from banjie.desk.cases.watch import watch_of
from banjie.desk.deeds import acting_actor, at_work, attempt, client_key_of, posted
from banjie.rulebook.setting_keys import SettingKey

FORMS: dict[str, type[BulkForm]] = {ASSIGN: BulkAssign, URGE: BulkUrge}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases.assign_case", scope="visible_to; each row by its own deed")
def bulk_assign(request: HttpRequest) -> HttpResponseBase:
    """Assign all cases under a filter to one unit or person."""
    return _answer(request, ASSIGN)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases.urge_case", scope="visible_to; each row by its own deed")
def bulk_urge(request: HttpRequest) -> HttpResponseBase:
    """Urge all cases under a filter."""
    return _answer(request, URGE)


@never_cache
@require_safe
@needs("cases.list_cases", scope="one's own last bulk deed")
def bulk_done(request: HttpRequest) -> HttpResponseBase:
    """Show what came of each row, and the undo as long as it works."""
    outcome = kept_outcome(request)
    if outcome is None:
        return redirect("cases:list")
    until = outcome.undo_until(_span(request))
    may_undo = FORMS[outcome.word].is_undoable and not outcome.is_undone and bool(outcome.done)
    told = {
        "outcome": outcome,
        "title": f"{'撤销' if outcome.is_undone else ''}批量{DEEDS[outcome.word].title}",
        "undo_words": f"到{local(until):%-H:%M}以前可以撤销" if may_undo and now() <= until else "",
    }
    return page(request, "desk/cases/bulk_done.html", told)


@require_POST
@needs("cases.recall_case", scope="one's own last bulk deed; each row by its own deed")
def bulk_undo(request: HttpRequest) -> HttpResponseBase:
    """Take back the last bulk 派办 within its span."""
    outcome, at = kept_outcome(request), now()
    if outcome is None or outcome.is_undone or not FORMS[outcome.word].is_undoable:
        raise Conflict("没有可以撤销的批量办理。单件的请在那一件的页面上收回。")
    if at > outcome.undo_until(_span(request)):
        raise Conflict("已经过了撤销的时间。请在各件的页面上收回派办。")
    undone = take_back(outcome, acting_actor(request), at=at)
    keep_outcome(request, undone)
    messages.success(request, f"已收回{len(undone.done)}件，回到待派办。")
    return redirect("cases:bulk-done")


def _answer(request: HttpRequest, word: str) -> HttpResponseBase:
    at = now()
    chosen = chosen_of(request, watch=watch_of(at_work(request).town, at=at))
    form = FORMS[word](posted(request), actor=chosen.actor, count=chosen.count)
    if request.method != "POST":
        return _page(request, word, chosen, form)
    done = attempt(form, lambda told: _done(request, word, chosen, told))
    if done.result is None:
        return _page(request, word, chosen, form, status=done.status)
    keep_outcome(request, done.result)
    return redirect("cases:bulk-done")


def _done(request: HttpRequest, word: str, chosen: Chosen, told: dict[str, Any]) -> Outcome:
    """Do it on exactly the rows that the page showed. Raises Conflict where the filter finds others by now."""
    if chosen.problem:
        raise Conflict(chosen.problem)
    if request.POST.get("seal") != chosen.seal:
        raise Conflict(f"打开这一页以后，筛出的件变了，现在是{chosen.count}件。请看过再办。")
    by = acting_actor(request)
    return do_on_all(word, chosen.cases, by, told=told, key=client_key_of(request), at=chosen.watch.now)


def _page(
    request: HttpRequest, word: str, chosen: Chosen, form: BulkForm, *, status: int = 200
) -> HttpResponse:
    step = DEEDS[word]
    told = {
        "chosen": chosen,
        "form": form,
        "title": f"批量{step.title}",
        "button": f"{step.title} {chosen.count:,} 件",
        "action": request.get_full_path(),
    }
    return page(request, "desk/cases/bulk.html", told, status=status)


def _span(request: HttpRequest) -> timedelta:
    rules = watch_of(at_work(request).town, at=now()).rules
    return setting(rules, SettingKey.BULK_UNDO_SPAN, timedelta)
