"""Make a new kind of case with its limits, and change what a draft of a kind declares."""

import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from banjie.base.clock import local_day, now
from banjie.base.errors import InvalidInput, NotFound
from banjie.base.page import page
from banjie.desk.access import needs
from banjie.desk.deeds import at_work, attempt, posted, stamp_of
from banjie.desk.office.pages import FormPage
from banjie.desk.rules.drafts.answering import plainly
from banjie.desk.rules.kinds.forms import KindForm, NewKindForm
from banjie.rulebook import actions
from banjie.rulebook.models import RuleDraft
from banjie.rulebook.queries import draft_for, editions_of, rules_on
from banjie.rulebook.text import Section
from banjie.rulebook.writing import kind_prose, limits_of_kind, written_text

MANAGE = "rulebook.manage_rules"
OURS = "the actor's own town"
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
    )
    return _answer(request, form, act, words)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(MANAGE, scope=OURS)
def declaration(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """Change what a draft of a kind declares: who asks, who registers, clocks, endings, fields, grounds of a pause."""
    actor, stamp, today = at_work(request), stamp_of(request, at_work(request)), local_day(now())
    found = draft_for(actor, draft_id)
    if found.section != Section.KINDS:
        raise NotFound("这份草案不是件的种类。请回到草案核对。")
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
    )
    return _answer(request, form, act, words)


def _answer(request: HttpRequest, form: KindForm, act: Any, words: FormPage) -> HttpResponseBase:
    status = 200
    if request.method == "POST":
        done = attempt(form, lambda typed: plainly(lambda: act(typed)))
        if done.result is not None:
            messages.success(request, words.done)
            return redirect("rulebook:draft", done.result.pk)
        status = done.status
    told = {"form": form, "words": words, "is_new": isinstance(form, NewKindForm)}
    return page(request, "desk/rules/kind.html", told, status=status)
