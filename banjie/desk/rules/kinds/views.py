"""Make a new kind of case with its limits, and change what a draft of a kind declares."""

import re
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from banjie.base.clock import local_day, now
from banjie.base.errors import InvalidInput
from banjie.desk.access import needs
from banjie.desk.deeds import at_work, posted, stamp_of
from banjie.desk.office.pages import FormPage
from banjie.desk.rules.drafts.answering import answer, draft_of, to_draft
from banjie.desk.rules.kinds.forms import KindForm, NewKindForm
from banjie.rulebook import actions
from banjie.rulebook.models import RuleDraft
from banjie.rulebook.queries import editions_of, rules_on
from banjie.rulebook.text import Section
from banjie.rulebook.writing import kind_prose, limits_of_kind, written_text

MANAGE = "rulebook.manage_rules"
OURS = "the actor's own town"
KIND = "desk/rules/kind.html"
_NOT_KEY = re.compile(r"[^\w]")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(MANAGE, scope=OURS)
def new_kind(request: HttpRequest) -> HttpResponseBase:
    """Start drafts of a kind of case that there was none of, and of its time limits."""
    actor, stamp, today = at_work(request), stamp_of(request, at_work(request)), local_day(now())
    form = NewKindForm(posted(request), rules=rules_on(actor.town, today), items={}, today=today)

    def act(typed: dict[str, Any]) -> RuleDraft:
        title = str(typed["title"]).strip()
        key = _NOT_KEY.sub("", title)
        if editions_of(actor.town, Section.KINDS, key):
            message = f"已经有过“{title}”。请换个名称。"
            raise InvalidInput(message, fields={"title": message})
        kind = written_text(form.declared, kind_prose(title, typed["about"]))
        texts = [actions.Drafted(Section.KINDS, key, kind)]
        if form.limits:
            limits = limits_of_kind(key, title, form.limits)
            texts.append(actions.Drafted(Section.REGULATIONS, f"{key}时限规定", limits))
        return actions.start_together(actor, stamp, texts=texts)

    words = FormPage(
        "新定一类件",
        "存为草案",
        reverse("rulebook:drafts"),
        note="声明和时限各成一份草案，同批送审、审查、决定；到施行日期，登记页上就有这一类件。",
        done="已存为草案。",
        leads=to_draft,
    )
    return answer(request, form, act, words, template=KIND, is_new=True)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(MANAGE, scope=OURS)
def declaration(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """Change what a draft of a kind declares: who asks, who registers, clocks, endings, fields, grounds of a pause."""
    actor, stamp, today = at_work(request), stamp_of(request, at_work(request)), local_day(now())
    found = draft_of(actor, draft_id, Section.KINDS)
    text = found.read
    form = KindForm(posted(request), rules=rules_on(actor.town, today), items=text.items, today=today)

    def act(typed: dict[str, Any]) -> RuleDraft:
        source = written_text(form.declared, text.prose)
        return actions.set_source(actor, stamp, draft_id=draft_id, source=source)

    words = FormPage(
        f"改声明：{found.title}",
        "保存到草案",
        reverse("rulebook:draft", args=[draft_id]),
        note="延期的次数和天数、正文在草案页上改。已有的字段只能改名称、改选项或者停用，不换种类：旧件仍按原样显示。",
        done="声明已保存到草案。",
        leads=to_draft,
    )
    return answer(request, form, act, words, template=KIND, is_new=False)
