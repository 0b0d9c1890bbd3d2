"""How a form of a draft is answered: findings of the rulebook are told as sentences, without files and lines."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from banjie.base.errors import InvalidInput, NotFound
from banjie.desk.office.pages import FormPage, answer_form
from banjie.people.queries import StaffActor
from banjie.rulebook.findings import BadText
from banjie.rulebook.models import RuleDraft
from banjie.rulebook.queries import draft_for
from banjie.rulebook.text import Section

Result = TypeVar("Result")
_CALLED = {
    Section.KINDS: "件的种类",
    Section.CATEGORIES: "事项分类",
    Section.FIGURES: "数据指标",
    Section.PAPERS: "文稿",
}
"""How the refusals call a draft of a section that has pages of its own."""


def plainly(act: Callable[[], Result]) -> Result:
    """Do a deed of the rulebook; what is wrong in the text is told in sentences. Raises InvalidInput."""
    try:
        return act()
    except BadText as bad:
        told = dict.fromkeys(f"{one.fault}。{one.remedy}。" for one in bad.findings)
        raise InvalidInput("\n".join(told)) from bad


def answer(
    request: HttpRequest,
    form: BaseForm,
    act: Callable[[dict[str, Any]], object],
    words: FormPage,
    *,
    template: str = "desk/rules/form.html",
    **beside: object,
) -> HttpResponseBase:
    """Answer a form of a draft as any other, over the whole width, with what is wrong in the text told plainly."""
    words = replace(words, template=template)
    return answer_form(request, form, lambda typed: plainly(lambda: act(typed)), words, **beside)


def to_draft(draft: RuleDraft) -> str:
    """Return the address of a draft, for a form whose success leads there."""
    return reverse("rulebook:draft", args=[draft.pk])


def draft_of(actor: StaffActor, draft_id: UUID, section: Section) -> RuleDraft:
    """Return a draft of one section. Raises NotFound, also for a draft of another."""
    found = draft_for(actor, draft_id)
    if found.section != section:
        raise NotFound(f"这份草案不是{_CALLED[section]}。请回到草案核对。")
    return found
