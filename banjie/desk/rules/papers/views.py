"""Write a paper's text on the web, and see what it would say of a period."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from banjie.base.clock import local_day, now
from banjie.base.errors import InvalidInput
from banjie.base.page import page
from banjie.desk.access import needs
from banjie.desk.deeds import at_work, posted, stamp_of
from banjie.desk.office.pages import FormPage
from banjie.desk.reports.periods import chosen_from
from banjie.desk.reports.showing import lines_of, parts_of
from banjie.desk.rules.drafts.answering import answer, draft_of, to_draft
from banjie.desk.rules.papers.forms import NewPaperForm, PaperTextForm
from banjie.reports import actions
from banjie.reports.brackets import shown_in_brackets, written_from_brackets
from banjie.reports.queries import begins_on, composed_draft, findings_of, mark_names, marks_offered
from banjie.reports.rules import Rhythm, rhythm_of
from banjie.rulebook.models import RuleDraft
from banjie.rulebook.queries import editions_of
from banjie.rulebook.text import Section

MANAGE = "rulebook.manage_rules"
OURS = "the actor's own town"
SAMPLE = """# 关于【统计时段】 / 群众诉求办理情况的通报

【统计时段】，全镇收到群众诉求【收到】，办结【办结】。
"""
_NOT_KEY = re.compile(r"[^\w-]")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(MANAGE, scope=OURS)
def new_paper(request: HttpRequest) -> HttpResponseBase:
    """Start a draft of a paper that there was none of."""
    actor, stamp, today = at_work(request), stamp_of(request, at_work(request)), local_day(now())

    def act(typed: dict[str, Any]) -> RuleDraft:
        title = str(typed["title"]).strip()
        key = _NOT_KEY.sub("", title)
        if editions_of(actor.town, Section.PAPERS, key):
            message = f"已经有“{title}”。请打开它起草修改，或者换个名称。"
            raise InvalidInput(message, fields={"title": message})
        prose = written_from_brackets(typed["prose"], mark_names(actor.town, today))
        told: dict[str, Any] = {"key": key, "title": title, "rhythm": Rhythm(typed["rhythm"]), "prose": prose}
        return actions.draft_paper(actor, stamp, **told)

    words = FormPage(
        "新写一篇文稿",
        "存为草案",
        reverse("rulebook:drafts"),
        note="文稿里的数都从台账里数出来，不用手填。审查、决定、施行以后，在“文稿”里每期自动成文。",
        done="已存为草案。",
        leads=to_draft,
    )
    return _answer(request, NewPaperForm(posted(request), initial={"prose": SAMPLE}), act, words)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(MANAGE, scope=OURS)
def paper_text(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """Change the words of a draft of a paper."""
    actor, stamp, today = at_work(request), stamp_of(request, at_work(request)), local_day(now())
    found = draft_of(actor, draft_id, Section.PAPERS)
    names = mark_names(actor.town, today)
    initial = {"prose": shown_in_brackets(found.read.prose, names), "rhythm": rhythm_of(found.read).value}

    def act(typed: dict[str, Any]) -> RuleDraft:
        prose = written_from_brackets(typed["prose"], names)
        return actions.write_paper(
            actor, stamp, draft_id=draft_id, rhythm=Rhythm(typed["rhythm"]), prose=prose
        )

    words = FormPage(
        f"改文稿：{found.title}",
        "核对并保存到草案",
        reverse("rulebook:draft", args=[draft_id]),
        note="保存时逐处核对：写不出来的数、读不懂的方括号会指出来。保存以后可以“看看成文”。",
        done="正文已核对，存在草案里。",
        leads=to_draft,
    )
    return _answer(request, PaperTextForm(posted(request), initial=initial), act, words)


@require_safe
@needs(MANAGE, scope=OURS)
def paper_preview(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """Show what a draft of a paper would say of a period."""
    actor, at = at_work(request), now()
    found = draft_of(actor, draft_id, Section.PAPERS)
    told: dict[str, object] = {"draft": found}
    if wrong := findings_of(actor.town, found.read, local_day(at)):
        told["problems"] = [{"words": f"{one.fault}。{one.remedy}。"} for one in wrong]
        return page(request, "desk/rules/paper_preview.html", told, status=422)
    rhythm, since = rhythm_of(found.read), begins_on(actor.town)
    asked = (request.GET.get("month", ""), request.GET.get("span", ""))
    chosen = chosen_from(*asked, rhythm=rhythm, today=local_day(at), since=since)
    made = composed_draft(actor.town, found.read, chosen.period, at)
    told |= {
        "paper": made,
        "chosen": chosen,
        "lines": list(lines_of(made)),
        "parts": parts_of(made, open_topic=lambda _: ""),
    }
    return page(request, "desk/rules/paper_preview.html", told)


def _answer(
    request: HttpRequest, form: PaperTextForm, act: Callable[[dict[str, Any]], RuleDraft], words: FormPage
) -> HttpResponseBase:
    shelves = partial(
        marks_offered, at_work(request).town, local_day(now())
    )  # asked only where the form is shown
    return answer(request, form, act, words, template="desk/rules/paper_text.html", shelves=shelves)
