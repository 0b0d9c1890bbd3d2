"""A draft from its first value to the day on which it is in force, and the repeal of a town's own text."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from banjie.base.clock import local_day, now
from banjie.base.errors import BanjieError, NotFound, RuleMissing
from banjie.base.page import page
from banjie.desk.access import needs
from banjie.desk.deeds import at_work, posted, stamp_of
from banjie.desk.office.pages import FormPage
from banjie.desk.rules.differing import used_in
from banjie.desk.rules.drafts.answering import answer, plainly
from banjie.desk.rules.drafts.forms import AdviceForm, DecideForm, ProseForm, RepealForm, ReviewForm
from banjie.desk.rules.drafts.sight import DECIDE, MANAGE, REVIEW, DraftSight, draft_lines
from banjie.desk.rules.inputs import ValueForm, names_offered
from banjie.desk.rules.wording import shown_prose, written_prose
from banjie.files.actions import admit
from banjie.files.queries import open_file, stored_for
from banjie.people.queries import names_of
from banjie.rulebook import actions
from banjie.rulebook.marks import provision_of
from banjie.rulebook.models import RuleDraft
from banjie.rulebook.queries import (
    draft_for,
    drafts_of,
    quotas_on,
    rules_on,
    starting_point,
    waiting_for_town,
)
from banjie.rulebook.saying import said_parameter
from banjie.rulebook.text import SECTION_WORDS, Section, Text

OURS = "the actor's own town"
SHOWN = 50


@require_safe
@needs("rulebook.read_rules", scope=OURS)
def drafts(request: HttpRequest) -> HttpResponseBase:
    """List the drafts that are open, and the latest of those that are settled."""
    actor = at_work(request)
    names = names_of(actor.town).staff
    told = {
        "may_draft": actor.may(MANAGE),
        "waiting": sum(one.count for one in waiting_for_town(actor.town, local_day(now()))),
        "open": list(draft_lines(drafts_of(actor)[:SHOWN], names)),
        "settled": list(draft_lines(drafts_of(actor, are_open=False)[:SHOWN], names)),
    }
    return page(request, "desk/rules/drafts.html", told)


@require_POST
@needs(MANAGE, scope=OURS)
def start(request: HttpRequest, section: str, key: str) -> HttpResponseBase:
    """Start a draft of a text from what rules, and lead to it."""
    actor = at_work(request)
    if (
        section not in SECTION_WORDS
        or starting_point(actor.town, Section(section), key, on=local_day(now())) is None
    ):
        raise NotFound("没有这一篇。请从制度列表里选。")
    draft = actions.start_draft(actor, stamp_of(request, actor), section=Section(section), key=key)
    return redirect("rulebook:draft", draft.pk)


@require_safe
@needs("rulebook.read_rules", scope=OURS)
def draft(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """Show a draft: how far it is, what it changes, its values, and what is to be done next."""
    return _page_of(request, draft_for(at_work(request), draft_id))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(MANAGE, scope=OURS)
def value(request: HttpRequest, draft_id: UUID, name: str) -> HttpResponseBase:
    """Change one value of a draft, asked for by its sort."""
    actor, stamp = at_work(request), stamp_of(request, at_work(request))
    found = draft_for(actor, draft_id)
    text = found.read
    if name not in text.parameters:
        raise NotFound("草案里没有这个数值。请回到草案重新选。")
    parameter = text.parameters[name]
    offered = names_offered(actor, rules_on(actor.town, local_day(now())))
    form = ValueForm(posted(request), text=text, parameter=parameter, offered=offered)
    words = FormPage(
        f"改数值：{text.title}{provision_of(text.prose, name)}",
        "保存到草案",
        _address(found),
        note=_about(text, name),
        done="已保存到草案；决定并到施行日期以前，现行的不变。",
    )
    return answer(
        request,
        form,
        lambda typed: actions.set_value(
            actor, stamp, draft_id=draft_id, name=name, raw=form.raw, basis=typed["basis"]
        ),
        words,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(MANAGE, scope=OURS)
def prose(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """Change the words of a draft, its values in brackets."""
    actor, stamp = at_work(request), stamp_of(request, at_work(request))
    found = draft_for(actor, draft_id)
    text = found.read
    if text.section is Section.PAPERS:
        return redirect("rulebook:paper-text", draft_id)
    form = ProseForm(posted(request), initial={"prose": shown_prose(text)})
    return answer(
        request,
        form,
        lambda typed: actions.set_prose(
            actor, stamp, draft_id=draft_id, prose=written_prose(text, typed["prose"])
        ),
        FormPage(f"改正文：{text.title}", "保存到草案", _address(found), done="正文已保存到草案。"),
    )


@require_POST
@needs(MANAGE, scope=OURS)
def submit(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """Send a draft to legality review."""
    actor, stamp = at_work(request), stamp_of(request, at_work(request))
    return _done(
        request,
        draft_id,
        lambda: actions.submit_draft(actor, stamp, draft_id=draft_id),
        "已送合法性审查，请另一人审查。",
    )


@require_POST
@needs(MANAGE, scope=OURS)
def withdraw(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """Take a draft back."""
    actor, stamp = at_work(request), stamp_of(request, at_work(request))
    return _done(
        request,
        draft_id,
        lambda: actions.withdraw_draft(actor, stamp, draft_id=draft_id),
        "草案已撤回，现行的不变。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(REVIEW, scope=OURS)
def review(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """Say what one's own legality review of another's draft came to."""
    actor, stamp = at_work(request), stamp_of(request, at_work(request))
    found = draft_for(actor, draft_id)
    form = ReviewForm(posted(request))
    return answer(
        request,
        form,
        lambda typed: actions.review_draft(
            actor, stamp, draft_id=draft_id, is_passed=form.is_passed, words=typed["words"]
        ),
        FormPage(f"合法性审查：{found.title}", "提交审查结论", _address(found), done="审查结论已记下。"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(MANAGE, scope=OURS)
def advice(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """Put down what an adviser's paper says (代录), with the paper itself."""
    actor, stamp = at_work(request), stamp_of(request, at_work(request))
    found = draft_for(actor, draft_id)
    form = AdviceForm(posted(request), request.FILES if request.method == "POST" else None)

    def act(typed: dict[str, object]) -> RuleDraft:
        quotas = quotas_on(actor.town, local_day(now()))
        paper = admit(form.cleaned_data["paper"], town=actor.town, quotas=quotas)
        given = actions.Advice(str(typed["adviser"]), paper)
        return actions.review_draft(
            actor,
            stamp,
            draft_id=draft_id,
            is_passed=form.is_passed,
            words=str(typed["words"]),
            advice=given,
        )

    words = FormPage(
        f"代录审查意见：{found.title}",
        "记下审查意见",
        _address(found),
        note="法律顾问、司法所不登录系统的，由您照书面意见记下，并附上意见书。",
        done="审查意见已记下。",
    )
    return answer(request, form, act, words)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(DECIDE, scope=OURS)
def decide(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """Write down the meeting's decision and the day from which the draft is in force."""
    actor, stamp = at_work(request), stamp_of(request, at_work(request))
    found = draft_for(actor, draft_id)
    form = DecideForm(posted(request), initial={"from_on": local_day(now())})
    return answer(
        request,
        form,
        lambda typed: actions.decide_draft(actor, stamp, draft_id=draft_id, **typed),
        FormPage(
            f"登记决定：{found.title}", "登记决定", _address(found), done="决定已登记，到施行日期自动生效。"
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(DECIDE, scope=OURS)
def repeal(request: HttpRequest, section: str, key: str) -> HttpResponseBase:
    """Repeal the town's own text, so that the county's or the shipped one rules again."""
    actor, stamp = at_work(request), stamp_of(request, at_work(request))
    today = local_day(now())
    base = starting_point(actor.town, Section(section), key, on=today) if section in SECTION_WORDS else None
    if base is None or base.owner_code != actor.town:
        raise NotFound("本镇没有自己的这一篇，不用废止。请从制度列表里选。")
    words = FormPage(
        f"废止：{base.edition.text.title}（{base.edition.version}）",
        "登记废止",
        reverse("rulebook:version", args=[section, key, base.edition.version]),
        kind="danger",
        done="废止已登记。",
    )
    return answer(
        request,
        RepealForm(posted(request), initial={"from_on": today}),
        lambda typed: actions.repeal_text(actor, stamp, section=Section(section), key=key, **typed),
        words,
    )


@require_safe
@needs("rulebook.read_rules", scope=OURS)
def paper(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """Send the adviser's paper as a download."""
    found = draft_for(at_work(request), draft_id)
    if found.review_file_id is None:
        raise NotFound("这份草案没有附书面意见。请回到草案核对。")
    stored = stored_for(found.town, found.review_file_id)
    sent = FileResponse(
        open_file(stored), as_attachment=True, filename=stored.name, content_type=stored.media_type
    )
    sent["X-Content-Type-Options"] = "nosniff"
    sent["Cache-Control"] = "private, no-store"
    return sent


def _about(text: Text, name: str) -> str:
    """Return where a value is used and what it is now."""
    said = said_parameter(text, text.parameters[name])
    return f"用在“{used_in(text, name)}”。草案里现在是{said}。"


def _done(request: HttpRequest, draft_id: UUID, act: Callable[[], object], words: str) -> HttpResponseBase:
    """Do what one press asks for; a refusal is told on the page of the draft."""
    found = draft_for(at_work(request), draft_id)
    try:
        plainly(act)
    except (NotFound, RuleMissing):
        raise
    except BanjieError as refusal:
        problems = [{"words": line} for line in refusal.message.split("\n")]
        return _page_of(request, found, problems=problems, status=refusal.status)
    messages.success(request, words)
    return redirect("rulebook:draft", draft_id)


def _page_of(
    request: HttpRequest,
    found: RuleDraft,
    *,
    problems: list[dict[str, str]] | None = None,
    status: int = 200,
) -> HttpResponseBase:
    sight = DraftSight(at_work(request), found)
    return page(request, "desk/rules/draft.html", {"sight": sight, "problems": problems or []}, status=status)


def _address(found: RuleDraft) -> str:
    return reverse("rulebook:draft", args=[found.pk])
