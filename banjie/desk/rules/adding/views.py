"""Make a regulation of the town's own, and give a draft a value that it did not have."""

import re
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from banjie.base.clock import local_day, now
from banjie.base.errors import InvalidInput, NotFound
from banjie.base.page import page
from banjie.desk.access import needs
from banjie.desk.deeds import at_work, posted, stamp_of
from banjie.desk.office.choices import village_choices
from banjie.desk.office.pages import FormPage
from banjie.desk.rules.adding.choosing import addables
from banjie.desk.rules.adding.forms import AddValueForm, NewTextForm, parts_named
from banjie.desk.rules.drafts.answering import answer
from banjie.desk.rules.inputs import names_offered
from banjie.rulebook import actions
from banjie.rulebook.editing import written_value
from banjie.rulebook.models import RuleDraft
from banjie.rulebook.queries import draft_for, editions_of, rules_on
from banjie.rulebook.rules import TEXT
from banjie.rulebook.text import Section

MANAGE = "rulebook.manage_rules"
OURS = "the actor's own town"
_NOT_KEY = re.compile(r"[^\w-]")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(MANAGE, scope=OURS)
def new_text(request: HttpRequest) -> HttpResponseBase:
    """Start a draft of a regulation that there was none of."""
    actor, stamp = at_work(request), stamp_of(request, at_work(request))

    def act(typed: dict[str, Any]) -> RuleDraft:
        title = str(typed["title"]).strip()
        key = _NOT_KEY.sub("", title)
        ruling = rules_on(actor.town, local_day(now())).texts(Section.REGULATIONS)
        is_taken = any(one.text.title == title for one in ruling)
        if is_taken or editions_of(actor.town, Section.REGULATIONS, key):
            message = f"已经有“{title}”。请打开它起草修改，或者换个名称。"
            raise InvalidInput(message, fields={"title": message})
        head = f"+++\ntitle = {written_value(title)}\ntype = {written_value(TEXT.name)}\n+++\n"
        prose = str(typed["prose"]).replace("\r\n", "\n").strip()
        source = f"{head}# {title}\n\n{prose}\n"
        return actions.start_draft(actor, stamp, section=Section.REGULATIONS, key=key, source=source)

    words = FormPage(
        "新定一项制度",
        "存为草案",
        reverse("rulebook:drafts"),
        note="系统管它的文本、版本、数值和依据，由人照着执行。以后同样要审查、决定才施行。",
        done="已存为草案。",
    )
    return answer(request, NewTextForm(posted(request)), act, words)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(MANAGE, scope=OURS)
def new_value(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """Choose what can be added to a draft, then give it the value with the sentence that prints it."""
    actor, stamp = at_work(request), stamp_of(request, at_work(request))
    found = draft_for(actor, draft_id)
    text = found.read
    offers = addables(text)
    if not offers:
        raise NotFound("这一篇不能加数值。请回到草案核对。")
    asked = request.GET.get("what", offers[0].code if len(offers) == 1 else "")
    adding = next((one for one in offers if one.code == asked), None)
    if adding is None:
        return page(request, "desk/rules/addable.html", {"draft": found, "offers": offers})
    rules = rules_on(actor.town, local_day(now()))
    named = parts_named(rules, village_choices(actor.town))
    offered = names_offered(actor, rules)
    form = AddValueForm(posted(request), text=text, adding=adding, named=named, offered=offered)

    def act(typed: dict[str, Any]) -> RuleDraft:
        told = {"name": form.name, "raw": form.raw, "basis": typed["basis"], "prose": form.prose}
        return actions.add_value(actor, stamp, draft_id=draft_id, **told)

    words = FormPage(
        f"加数值：{adding.title}",
        "加到草案",
        reverse("rulebook:draft", args=[draft_id]),
        note=f"写进《{text.title}》。一个数值配一句话：系统用这个数，正文里印这句话。",
        done="数值和句子已加到草案。",
    )
    return answer(request, form, act, words)
