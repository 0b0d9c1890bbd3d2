"""登记 on one screen, and what it asks while one types: proposals from the text, categories by their words."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from banjie.base.clock import now
from banjie.base.page import page
from banjie.cases.models import Case
from banjie.desk.access import needs
from banjie.desk.cases.sorting import path_and_unit
from banjie.desk.deeds import acting_actor, at_work, attempt, occasion_of
from banjie.desk.drafts.keeping import draft_of, draft_url, drop_draft
from banjie.desk.intake.counter import Counter
from banjie.desk.intake.filing import Then, file_case
from banjie.desk.intake.forms import RegisterForm
from banjie.desk.intake.paste.pictures import attach_pictures, pictures_with
from banjie.desk.intake.proposals import categories_in, doubles_in, places_in
from banjie.people.queries import actor_for
from banjie.residents.actions import AlreadyRegistered

DRAFT = "register"
PROPOSING = ("title", "text", "place_words", "place", "category", "resident_id", "asker_code")
"""Fields whose words propose a category, a place and doubles; the first two are not proposed once they are chosen."""
MOST_READ = 4000
"""So many characters of a text are looked through for proposals while it is being typed."""
DONE = {
    Then.REGISTER: "已登记，编号{number}。可以打印回执交给诉求人。",
    Then.ACCEPT: "已登记并受理，编号{number}。可以打印回执交给诉求人。",
    Then.SETTLE: "已当场办结，编号{number}。",
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases.register_case", scope="kinds by role, places by reach", by_pin=True)
def register(request: HttpRequest) -> HttpResponseBase:
    """Show the form with what was typed before (U5), or register what it tells and lead to the case."""
    counter, key = Counter(at_work(request), now()), _draft_key(request)
    if request.method != "POST":
        return _form_page(request, RegisterForm(counter, initial=_kept(request, key)), key)
    if request.POST.get("then") == "kind":
        return _form_page(request, RegisterForm(counter, initial=request.POST.dict()), key)
    form = RegisterForm(counter, request.POST)
    then = Then(request.POST.get("then", "")) if request.POST.get("then") in list(Then) else Then.REGISTER
    done = attempt(form, lambda told: _file(request, form, told, then, key))
    if done.result is None:
        return _form_page(request, form, key, status=done.status)
    drop_draft(request, key)
    messages.success(request, _done(form, done.result, then))
    return redirect("cases:page", number=done.result.number)


@never_cache
@require_POST
@needs("cases.register_case", scope="places by reach", by_pin=True)
def propose(request: HttpRequest) -> HttpResponseBase:
    """Propose category and place from the words of a text (U3)."""
    counter = Counter(at_work(request), now())
    context = _proposed(counter, request.POST, not_same=request.POST.getlist("not_same"))
    return page(request, "desk/intake/proposals.html", context)


@require_safe
@needs("cases.register_case", scope="the town's own tree", by_pin=True)
def categories(request: HttpRequest) -> HttpResponseBase:
    """Answer the find box of categories: leaves by title, path or usual words."""
    counter = Counter(at_work(request), now())
    tree = counter.rules.categories
    found = tree.search(request.GET.get("q", "")[:80])
    options = [
        {
            "value": leaf.key,
            "text": leaf.title,
            "label": leaf.title,
            "note": path_and_unit(tree, leaf),
        }
        for leaf in found
    ]
    none = "没有这个说法的类别。可以换个词，或先不归类。"
    return page(request, "desk/parts/find_options.html", {"options": options, "none": none})


def _file(request: HttpRequest, form: RegisterForm, told: dict[str, Any], then: Then, key: str) -> Case:
    """File what the form tells with the draft's pictures; whom the town knows already is offered to be picked."""
    by = acting_actor(request)
    for_whom = told.get("for_whom")
    occasion = occasion_of(
        request,
        by,
        happened_at=told.get("happened_at"),
        for_whom=actor_for(for_whom, at=now()) if for_whom else None,
        ground=told.get("ground", ""),
    )
    try:
        case = file_case(form.counter, occasion, told=told, then=then)
    except AlreadyRegistered as known:
        form.hits = [known.hit] if known.hit else []
        raise
    return attach_pictures(form.counter, case, replace(occasion, happened_at=None), key=key)


def _done(form: RegisterForm, case: Case, then: Then) -> str:
    """Say what was done, and that a merger can be taken back on the page that follows."""
    into = form.cleaned_data.get("merge_into", "")
    if into:
        return f"已登记{case.number}并入{into}。不是一件事的，在这一页“撤销并案”。"
    return DONE[then].format(number=case.number)


def _form_page(request: HttpRequest, form: RegisterForm, key: str, *, status: int = 200) -> HttpResponse:
    actor = form.counter.actor
    told = {name: str(form[name].value() or "") for name in PROPOSING}
    context = {
        "form": form,
        "kinds": [
            {"value": kind.key, "label": kind.title, "is_chosen": kind == form.chosen}
            for kind in form.counter.kinds
        ],
        "draft_url": draft_url(key),
        "draft_key": f"{actor.id}:{key}",
        "draft": key.partition(":")[2],
        "pictures": pictures_with(actor.id, key),
        "may_accept": actor.may("cases.accept_case"),
        "may_settle": actor.may("cases.settle_case"),
        "may_find": actor.may("residents.find_resident"),
        "may_record": actor.may("cases.record_for_another"),
        **_proposed(form.counter, told, not_same=form["not_same"].value() or ()),
    }
    return page(request, "desk/intake/register.html", context, partials=["kind-fields"], status=status)


def _proposed(counter: Counter, told: Mapping[str, str], *, not_same: Collection[str]) -> dict[str, Any]:
    """Return the proposals of a text, but for fields that are filled already."""
    title, text = told.get("title", ""), told.get("text", "")[:MOST_READ]
    words = "\n".join((title, told.get("place_words", ""), text))
    return {
        "category_proposals": []
        if told.get("category")
        else categories_in(counter, title=title, text=f"{told.get('place_words', '')}\n{text}".strip()),
        "place_proposals": [] if told.get("place") else places_in(counter, words),
        "doubles": doubles_in(counter, told),
        "not_same": not_same,
        "may_merge": counter.actor.may("cases.merge_case"),
        "may_distinguish": counter.actor.may("cases.distinguish_case"),
    }


def _draft_key(request: HttpRequest) -> str:
    """Return the key of the draft that the form works on: the plain one, or one made by the paste box."""
    pasted = request.POST.get("draft") or request.GET.get("draft") or ""
    is_key = len(pasted) <= 40 and all(c in "0123456789abcdef-" for c in pasted)
    return f"{DRAFT}:{pasted}" if pasted and is_key else DRAFT


def _kept(request: HttpRequest, key: str) -> dict[str, Any]:
    """Return what was typed before, under the kind that is asked for now."""
    kept = draft_of(request, key) or QueryDict()
    initial: dict[str, Any] = {name: value for name, value in kept.dict().items() if value}
    initial["not_same"] = kept.getlist("not_same")
    if request.GET.get("kind"):
        initial["kind"] = request.GET["kind"]
    return initial
