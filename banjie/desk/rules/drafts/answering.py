"""How a form of a draft is answered: findings of the rulebook are told as sentences, without files and lines."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from banjie.base.errors import InvalidInput
from banjie.base.page import page
from banjie.desk.deeds import attempt
from banjie.desk.office.pages import FormPage
from banjie.rulebook.findings import BadText

Result = TypeVar("Result")


def plainly(act: Callable[[], Result]) -> Result:
    """Do a deed of the rulebook; what is wrong in the text is told in sentences. Raises InvalidInput."""
    try:
        return act()
    except BadText as bad:
        told = dict.fromkeys(f"{one.fault}。{one.remedy}。" for one in bad.findings)
        raise InvalidInput("\n".join(told)) from bad


def answer(
    request: HttpRequest, form: BaseForm, act: Callable[[dict[str, Any]], object], words: FormPage
) -> HttpResponseBase:
    """Show a form over the whole width, or do what it says and lead back; a refusal comes back with its complaints."""
    status = 200
    if request.method == "POST":
        done = attempt(form, lambda typed: plainly(lambda: act(typed)))
        if done.is_done:
            messages.success(request, words.done)
            return redirect(words.back)
        status = done.status
    return page(request, "desk/rules/form.html", {"form": form, "words": words}, status=status)
