"""The box, the drafts that came of it, and registering or discarding those that are ticked."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from banjie.base.clock import now
from banjie.base.errors import InvalidInput
from banjie.base.page import page
from banjie.cases.pasting import illustrated, mark_of
from banjie.desk.access import needs
from banjie.desk.deeds import acting_actor, at_work
from banjie.desk.intake.counter import Counter
from banjie.desk.intake.paste.cards import cards_of
from banjie.desk.intake.paste.forms import PasteBox, PastedForm
from banjie.desk.intake.paste.keeping import MOST_PASTED, drop_pasted, keep_pasted, pasted_of
from banjie.desk.intake.paste.making import drafts_of_paste, read_box
from banjie.desk.intake.paste.pictures import FIELD as PICTURES
from banjie.desk.intake.paste.pictures import (
    drop_pictures,
    keep_pictures,
    may_attach,
    picture_for,
    pictures_in,
)
from banjie.desk.intake.paste.registering import DEFAULT_GROUND, ForAll, is_back_dated, register_all
from banjie.desk.intake.proposals import is_uuid
from banjie.desk.sending import guarded
from banjie.places.queries import finder_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("cases.register_case", scope="one's own drafts", by_pin=True)
def paste(request: HttpRequest) -> HttpResponseBase:
    """Show the box with the drafts that wait, or make drafts of what was pasted."""
    counter = Counter(at_work(request), now())
    if request.method != "POST":
        return _paste_page(request, counter, PasteBox())
    box = PasteBox(request.POST)
    try:
        pictures = pictures_in(counter, request.FILES.getlist(PICTURES))
        marks = " ".join(mark_of(number) for number in range(1, len(pictures) + 1))
        pasted, text = read_box(counter, request.POST.get("pasted", "") or marks)
    except InvalidInput as refusal:
        box.is_valid()
        if not box.errors:
            box.add_error("pasted", refusal.message)
        return _paste_page(request, counter, box, status=422)
    told = illustrated(pasted.pieces, len(pictures))
    pasted = replace(pasted, pieces=tuple(one.piece for one in told))
    ids = keep_pasted(counter.actor.id, drafts_of_paste(counter, pasted), at=counter.at)
    for draft_id, one in zip(ids, told, strict=False):
        keep_pictures(draft_id, [pictures[place] for place in one.pictures])
    kept = len(ids)
    if rest := pasted.beyond(text, kept):
        return _paste_page(request, counter, _box_with_rest(rest, kept, len(pasted.pieces)), status=422)
    messages.success(request, f"已分成{kept}件草稿，还没有登记。请核对后登记打勾的。")
    return redirect("intake:paste")


@never_cache
@require_POST
@needs("cases.register_case", scope="one's own drafts", by_pin=True)
def register_ticked(request: HttpRequest) -> HttpResponseBase:
    """Register the ticked drafts one by one; what was refused comes back with its complaint."""
    counter = Counter(at_work(request), now())
    refused = _take_pictures(request, counter)
    forms = [form for form in _forms(request, counter) if form.draft.mark not in refused]
    ticked = [form for form in forms if form["ticked"].value()]
    by = acting_actor(request)
    for_all = ForAll(request.POST.get("ground", "").strip()[:200], request.POST.get("place", ""))
    done = register_all(counter, by, ticked, owner=counter.actor.id, for_all=for_all)
    refused |= done.refused
    if done.numbers:
        span = done.numbers[0] if len(done.numbers) == 1 else f"{done.numbers[0]} 至 {done.numbers[-1]}"
        messages.success(request, f"已登记{len(done.numbers)}件：{span}。")
    if not ticked and not refused:
        messages.warning(request, "没有打勾的草稿，没有登记。请先勾选。")
    if not refused:
        return redirect("intake:paste")
    return _paste_page(request, counter, PasteBox(), refused=refused, status=422)


@require_POST
@needs("cases.register_case", scope="one's own drafts", by_pin=True)
def discard_ticked(request: HttpRequest) -> HttpResponseBase:
    """Discard drafts: those ticked or, of a finished paste, those left unticked; they were nobody's record."""
    counter = Counter(at_work(request), now())
    is_rest = request.POST.get("which") == "unticked"
    marks = [form.draft.mark for form in _forms(request, counter) if bool(form["ticked"].value()) != is_rest]
    count = drop_pasted(counter.actor.id, marks)
    messages.success(request, f"已放弃{count}件草稿。")
    return redirect("intake:paste")


@require_safe
@needs("cases.register_case", scope="one's own drafts", by_pin=True)
def picture(request: HttpRequest, picture_id: UUID) -> HttpResponseBase:
    """Show a picture of one's own draft; only what was written anew here is ever kept (T16)."""
    found = picture_for(at_work(request).id, picture_id)
    return guarded(HttpResponse(found.content, content_type=found.media_type))


def _take_pictures(request: HttpRequest, counter: Counter) -> dict[str, str]:
    """Put what was added to drafts with them and drop what was crossed out; return draft → why it was refused."""
    drop_pictures(
        counter.actor.id, [UUID(one) for one in request.POST.getlist("drop_picture") if is_uuid(one)]
    )
    refused = {}
    for draft in pasted_of(counter.actor.id):
        try:
            keep_pictures(draft.id, pictures_in(counter, request.FILES.getlist(f"{draft.mark}-{PICTURES}")))
        except InvalidInput as refusal:
            refused[draft.mark] = refusal.message
    return refused


def _forms(request: HttpRequest, counter: Counter) -> list[PastedForm]:
    finder = finder_of(counter.actor.town)
    drafts = pasted_of(counter.actor.id)
    return [PastedForm(counter, draft, request.POST, finder=finder) for draft in drafts]


def _box_with_rest(rest: str, kept: int, total: int) -> PasteBox:
    box = PasteBox({"pasted": rest})
    box.is_valid()
    words = (
        f"一次最多{MOST_PASTED}件草稿。前{kept}件已成草稿，其余{total - kept}件还留在框里："
        "请先登记或放弃一些草稿，再按“分成草稿”。"
    )
    box.add_error("pasted", words)
    return box


def _paste_page(
    request: HttpRequest,
    counter: Counter,
    box: PasteBox,
    *,
    refused: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    drafts = pasted_of(counter.actor.id)
    told = request.POST if refused is not None else None
    cards = cards_of(counter, drafts, told=told, refused=refused or {})
    context = {
        "box": box,
        "cards": cards,
        "ticked_count": sum(bool(card.form["ticked"].value()) for card in cards),
        "back_dated_count": sum(is_back_dated(counter, draft) for draft in drafts),
        "ground": request.POST.get("ground", DEFAULT_GROUND),
        "placeless_count": sum(not card.form["place"].value() for card in cards),
        "places": counter.villages,
        "place": request.POST.get("place", ""),
        "may_attach": may_attach(counter.actor),
        "problems": [
            {"href": f"#draft-{card.mark}", "words": f"{card.title}：{card.problem}"}
            for card in cards
            if card.problem
        ],
    }
    return page(request, "desk/intake/paste.html", context, status=status)
