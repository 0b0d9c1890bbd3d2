"""One way to answer a plain write form: shown, refused with its complaints, or done and led on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from banjie.base.keyset import Slice
from banjie.base.page import page
from banjie.desk.deeds import attempt

Result = TypeVar("Result")


@dataclass(frozen=True)
class FormPage:
    """The words around a form: its title, the button, where 取消 and success lead, and what to know beforehand.

    `leads` returns where success leads where that depends on what was done.
    """

    title: str
    submit: str
    back: str
    note: str = ""
    done: str = "已保存。"
    kind: str = "primary"
    template: str = "desk/office/form.html"
    leads: Callable[[Any], str] | None = None


def answer_form(
    request: HttpRequest,
    form: BaseForm,
    act: Callable[[dict[str, Any]], object],
    words: FormPage,
    **beside: object,
) -> HttpResponseBase:
    """Show `form`, or run `act` on what it says and lead on; a refusal comes back with its complaints.

    `beside` is what a template of its own shows besides.
    """
    status = 200
    if request.method == "POST":
        done = attempt(form, act)
        if done.is_done:
            messages.success(request, words.done)
            return redirect(words.leads(done.result) if words.leads else words.back)
        status = done.status
    return page(request, words.template, {"form": form, "words": words, **beside}, status=status)


@dataclass(frozen=True)
class Pager:
    """What the foot of a list says and where it leads."""

    count_words: str
    next_href: str
    first_href: str


def counted(request: HttpRequest, shown: Slice[Any], *, total: int, limit: int = 10_000) -> Pager:
    """Return the foot of a list paged by keyset; above the limit the count is said as 1万以上."""
    query = request.GET.copy()
    query.pop("after", None)
    first = f"?{query.urlencode()}"
    query["after"] = shown.next_token
    return Pager(
        count_words=f"共 {total} 条" if total <= limit else "1万条以上",
        next_href=f"?{query.urlencode()}" if shown.next_token else "",
        first_href="" if shown.first else first,
    )
