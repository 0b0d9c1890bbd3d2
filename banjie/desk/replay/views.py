"""Try a draft on the past, watch it, read what it would have changed; the result stays on this page (测算)."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from banjie.base.clock import local_day, now
from banjie.base.errors import NotFound
from banjie.base.keyset import slice_after
from banjie.base.page import page
from banjie.cases.models import Case
from banjie.cases.queries import visible_to
from banjie.desk.access import needs
from banjie.desk.deeds import at_work, attempt, posted, stamp_of
from banjie.desk.office.pages import counted
from banjie.desk.replay import sight
from banjie.desk.replay.forms import PeriodForm
from banjie.desk.replay.tasks import count
from banjie.people.queries import StaffActor
from banjie.rulebook.actions import ask_replay, stop_replay
from banjie.rulebook.models import DraftState, Replay, ReplayedChange, ReplayState, RuleDraft
from banjie.rulebook.queries import draft_for, replay_of, replays_of
from banjie.rulebook.replay import JUDGED, REPLAYERS, Outcome, replayed_types

TOWN = "replays of the actor's town"
ROWS, EARLIER = 25, 10


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("rulebook.replay_draft", scope="drafts of the actor's town")
def draft(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """Choose the days over which a draft is tried, and see what was tried before."""
    actor, at = at_work(request), now()
    found = draft_for(actor, draft_id)
    if found.read.type not in REPLAYERS:
        raise NotFound(f"这一类制度不评判过去办的件，不能测算。能测算的有：{replayed_types()}。")
    form = PeriodForm(posted(request), initial=PeriodForm.usual(local_day(at)))
    status = 200
    if request.method == "POST":
        done = attempt(form, lambda told: _ask(request, actor, found, told))
        if done.result is not None:
            return redirect("replay:replay", replay_id=done.result.pk)
        status = done.status
    earlier = replays_of(actor.town).filter(draft_id=draft_id).order_by("-asked_at", "-id")[:EARLIER]
    told = {
        "draft": found,
        "judged": JUDGED[found.read.type],
        "form": form,
        "earlier": [(one, sight.chip_of(one), sight.said_at(one.asked_at)) for one in earlier],
    }
    return page(request, "desk/replay/draft.html", told, status=status)


@never_cache
@require_safe
@needs("rulebook.replay_draft", scope=TOWN)
def replay(request: HttpRequest, replay_id: UUID) -> HttpResponseBase:
    """Show how far a replay is, or what came of it."""
    row = replay_of(at_work(request).town, replay_id)
    told: dict[str, object] = {
        "replay": row,
        "judged": JUDGED[row.rule_type],
        "chip": sight.chip_of(row),
        "at": sight.said_at(row.moved_at),
    }
    if row.is_at_work:
        told["progress"] = sight.progress_of(row, at=now())
    elif row.state == ReplayState.DONE:
        whole = sight.whole_of(row)
        told |= {
            "whole": whole,
            "labels": sight.labels_of(row, whole),
            "due_note": sight.due_note_of(row, whole),
            "tables": list(sight.tables_of(row, is_decided=_is_decided(row))),
            "left_out": sight.left_out_of(row),
        }
    answer = page(request, "desk/replay/replay.html", told, partials=["replay-state"])
    if request.headers.get("HX-Request") and not row.is_at_work:
        answer["HX-Refresh"] = "true"  # the state stands in the page's head too
    return answer


@require_safe
@needs("rulebook.replay_draft", scope="visible_to")
def cases(request: HttpRequest, replay_id: UUID) -> HttpResponseBase:
    """List those that change sides, as far as the reader may see them; all of them are counted."""
    actor = at_work(request)
    row = replay_of(actor.town, replay_id)
    listed = ReplayedChange.objects.filter(replay=row)
    seen = listed.filter(Exists(visible_to(actor).filter(pk=OuterRef("subject_id"))))
    shown = slice_after(seen, by=("-id",), token=request.GET.get("after", ""), size=ROWS)
    ids = [change.subject_id for change in shown.rows]
    numbers = dict(Case.objects.filter(pk__in=ids).values_list("pk", "number"))
    rules, whole = sight.rules_of(row), Outcome.from_plain(row.outcome).whole
    total, visible = whole.becomes_late + whole.becomes_on_time, seen.count()
    told = {
        "replay": row,
        "judged": JUDGED[row.rule_type],
        "labels": sight.labels_of(row),
        "rows": [
            {
                "change": change,
                "number": numbers.get(change.subject_id, ""),
                "limit": sight.limit_title(change.limit, rules, rule_type=row.rule_type),
            }
            for change in shown.rows
        ],
        "total": total,
        "hidden": f"另有{total - visible}个不在您的查看范围，或者太早没有列出；总数照实计。"
        if total > visible
        else "",
        "pager": counted(request, shown, total=visible),
    }
    return page(request, "desk/replay/cases.html", told)


@require_POST
@needs("rulebook.replay_draft", scope=TOWN)
def stop(request: HttpRequest, replay_id: UUID) -> HttpResponseBase:
    """Stop a replay; nothing of it is kept."""
    stop_replay(replay_of(at_work(request).town, replay_id), at=now())
    return redirect("replay:replay", replay_id=replay_id)


@require_POST
@needs("rulebook.replay_draft", scope=TOWN)
def again(request: HttpRequest, replay_id: UUID) -> HttpResponseBase:
    """Have the worker look again at a replay that does not get on."""
    row = replay_of(at_work(request).town, replay_id)
    if row.is_at_work:
        count.enqueue(str(row.pk))
    return redirect("replay:replay", replay_id=replay_id)


def _ask(request: HttpRequest, actor: StaffActor, draft: RuleDraft, told: dict[str, Any]) -> Replay:
    row = ask_replay(
        actor,
        stamp_of(request, actor),
        key=draft.key,
        source=draft.text,
        from_on=told["from_on"],
        to_on=told["to_on"],
        draft_id=draft.pk,
    )
    count.enqueue(str(row.pk))
    return row


def _is_decided(row: Replay) -> bool:
    """Tell whether the draft has become a rule, from when on units go by their names."""
    drafts = RuleDraft.objects.filter(town=row.town, state=DraftState.DECIDED)
    return row.draft_id is not None and drafts.filter(pk=row.draft_id).exists()
