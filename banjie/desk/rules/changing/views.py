"""Take a value out with its sentence, give another title, confirm at once what waits for the town."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from banjie.base.clock import local_day, now
from banjie.base.errors import NotFound
from banjie.desk.access import needs
from banjie.desk.deeds import at_work, posted, stamp_of
from banjie.desk.office.pages import FormPage
from banjie.desk.rules.differing import used_in
from banjie.desk.rules.drafts.answering import answer
from banjie.desk.rules.drafts.forms import ConfirmAllForm, DropForm, PaperForm, TitleForm
from banjie.desk.rules.wording import lines_with, with_lines, written_prose
from banjie.rulebook import actions
from banjie.rulebook.models import RuleDraft
from banjie.rulebook.queries import draft_for, drafts_of, waiting_for_town
from banjie.rulebook.text import Section

MANAGE = "rulebook.manage_rules"
OURS = "the actor's own town"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(MANAGE, scope=OURS)
def drop(request: HttpRequest, draft_id: UUID, name: str) -> HttpResponseBase:
    """Take a value out of a draft with the words that print it."""
    actor, stamp = at_work(request), stamp_of(request, at_work(request))
    text = draft_for(actor, draft_id).read
    if name not in text.parameters:
        raise NotFound("草案里没有这个数值。请回到草案重新选。")
    form = DropForm(posted(request), lines=lines_with(text, name))

    def act(_: object) -> object:
        prose = written_prose(text, with_lines(text, form.lines), without=name)
        return actions.drop_value(actor, stamp, draft_id=draft_id, name=name, prose=prose)

    words = FormPage(
        f"删数值：{text.title}",
        "删去这个数值",
        reverse("rulebook:draft", args=[draft_id]),
        note=f"删去“{used_in(text, name)}”的数值。写着它的话也要改：下面是去掉以后的样子，可以再改。",
        done="数值和句子已从草案里删去。",
        kind="danger",
    )
    return answer(request, form, act, words)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(MANAGE, scope=OURS)
def title(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """Give a draft another title."""
    actor, stamp = at_work(request), stamp_of(request, at_work(request))
    found = draft_for(actor, draft_id)
    words = FormPage(
        f"改名称：{found.title}",
        "保存到草案",
        reverse("rulebook:draft", args=[draft_id]),
        done="名称已保存到草案。",
    )
    return answer(
        request,
        TitleForm(posted(request), initial={"title": found.title}),
        lambda typed: actions.set_title(actor, stamp, draft_id=draft_id, title=typed["title"]),
        words,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(MANAGE, scope=OURS)
def confirm(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """Confirm every value of a draft that waits for the town as it stands, by a meeting and its paper."""
    actor, stamp = at_work(request), stamp_of(request, at_work(request))
    text = draft_for(actor, draft_id).read
    count = sum(1 for one in text.parameters.values() if one.until_decided)
    if not count:
        raise NotFound("这份草案里没有待镇里确定的数值。请回到草案核对。")
    words = FormPage(
        f"确认待定的数值：{text.title}",
        f"确认 {count} 个数值",
        reverse("rulebook:draft", args=[draft_id]),
        note="数值都不变，依据里写上会议和文号，“待镇里确定”去掉。要改的数，先逐个改好再确认其余的。",
        done=f"{count}个数值已按会议确认，存在草案里。",
    )
    return answer(
        request,
        PaperForm(posted(request)),
        lambda typed: actions.confirm_values(actor, stamp, draft_id=draft_id, **typed),
        words,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(MANAGE, scope=OURS)
def confirm_all(request: HttpRequest) -> HttpResponseBase:
    """Confirm at once, as one batch of drafts, what waits for the town in all its texts."""
    actor, stamp = at_work(request), stamp_of(request, at_work(request))
    held = set(drafts_of(actor).values_list("section", "key"))
    waiting = [
        one
        for one in waiting_for_town(actor.town, local_day(now()))
        if (one.edition.section.value, one.edition.key) not in held
    ]
    if not waiting:
        raise NotFound("没有待镇里确定的数值，或者都在没有了结的草案里。请打开那些草案。")
    form = ConfirmAllForm(posted(request), waiting=waiting)
    words = FormPage(
        "确认待定的数值",
        "写成一批草案",
        reverse("rulebook:drafts"),
        note="选中的各篇，数值都不变，依据里写上会议和文号，“待镇里确定”去掉。要改数的一篇先不选，另外起草。",
        done="已写成一批草案，一起送审、审查、决定。",
    )

    def act(typed: dict[str, Any]) -> RuleDraft:
        places = [
            (Section(section), key) for section, _, key in (one.partition("/") for one in typed["texts"])
        ]
        told = {"meeting": typed["meeting"], "document": typed["document"]}
        return actions.confirm_everywhere(actor, stamp, places=places, **told)

    return answer(request, form, act, words)
