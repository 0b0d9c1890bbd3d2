"""The papers in force, one of them for a chosen period, and finalising it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from banjie.base.clock import local_day, now
from banjie.base.errors import NotFound
from banjie.base.page import page
from banjie.cases.models import Case
from banjie.desk.access import needs
from banjie.desk.deeds import at_work, attempt, stamp_of
from banjie.desk.reports.answers import case_list, print_sheet, word_file
from banjie.desk.reports.forms import FinaliseForm
from banjie.desk.reports.periods import Chosen, chosen_from
from banjie.desk.reports.showing import Part, lines_of, parts_of, topic_numbers
from banjie.people.queries import StaffActor, names_of
from banjie.reports.actions import finalise_paper
from banjie.reports.paper import Paper, noted, numbers_digest
from banjie.reports.queries import begins_on, composed, final_of, finals_of, leaders_of, papers_on, say_day
from banjie.reports.rules import RHYTHM_WORDS, Rhythm, rhythm_of
from banjie.reports.word import FONTS

DRAFT = "5.本文是草稿，没有定稿；台账更正、补录以后，数字会随着变。"
FINALS_SHOWN = 50


@require_safe
@needs("reports.read_paper", scope="what binds the actor's town, and its own papers")
def papers(request: HttpRequest) -> HttpResponseBase:
    """List the papers in force, those that went out, and the leaders whose sheet of the day can be printed."""
    actor, at = at_work(request), now()
    editions = papers_on(actor.town, local_day(at))
    names = names_of(actor.town).staff
    finals = list(finals_of(actor)[:FINALS_SHOWN])
    told = {
        "papers": [(one, RHYTHM_WORDS[rhythm_of(one.text)]) for one in editions],
        "finals": [(one, names.get(one.finalised_by, "")) for one in finals],
        "leaders": leaders_of(actor.town, at=at) if actor.may("reports.print_today") else [],
    }
    return page(request, "desk/reports/list.html", told)


@require_safe
@needs("reports.read_paper", scope="the actor's own town")
def paper(request: HttpRequest, key: str) -> HttpResponseBase:
    """Show a paper of the chosen period, each number of which opens its records (U16)."""
    return _preview(request, key, FinaliseForm(), status=200)


@require_safe
@needs("reports.read_paper", scope="the actor's own town")
def paper_word(request: HttpRequest, key: str) -> HttpResponseBase:
    """Answer with the paper as a Word file (U18), marked on its last page as a draft."""
    chosen = _chosen(request, key)
    return word_file(noted(composed(at_work(request).town, key, chosen.period, now()), DRAFT))


@require_safe
@needs("reports.read_paper", scope="the actor's own town")
def paper_print(request: HttpRequest, key: str) -> HttpResponseBase:
    """Show the paper as it is printed (U19)."""
    chosen = _chosen(request, key)
    made = noted(composed(at_work(request).town, key, chosen.period, now()), DRAFT)
    back = f"{reverse('reports:paper', args=[key])}?{chosen.query}"
    word = f"{reverse('reports:word', args=[key])}?{chosen.query}"
    return print_sheet(request, made, _parts(made, key, chosen), back=back, word=word)


@require_POST
@needs("reports.finalise_paper", scope="the actor's own town")
def finalise(request: HttpRequest, key: str) -> HttpResponseBase:
    """Freeze a paper of a period whose numbers are still those that the page showed."""
    actor, chosen = at_work(request), _chosen(request, key)
    form = FinaliseForm(request.POST)
    stamp = stamp_of(request, actor)
    done = attempt(
        form,
        lambda typed: finalise_paper(actor, stamp, key=key, period=chosen.whole, seen=typed["seen"]),
    )
    if done.result is None:
        return _preview(request, key, form, status=done.status)
    messages.success(
        request, f"已定稿（第{done.result.number}稿）。数字从现在起固定，台账以后的变动在这里另行列出。"
    )
    return redirect("reports:final", final_id=done.result.pk)


@require_safe
@needs("reports.read_paper", scope="visible_to; what lies beyond the reader is only counted")
def topic(request: HttpRequest, key: str, place: int) -> HttpResponseBase:
    """List the cases behind the number of a hot topic."""
    actor, chosen = at_work(request), _chosen(request, key)
    found = topic_numbers(composed(actor.town, key, chosen.period, now()), place)
    if found is None:
        raise NotFound("这一期没有这个热点，可能台账刚有变动。请回到文稿重新打开。")
    title, numbers = found
    back = f"{reverse('reports:paper', args=[key])}?{chosen.query}"
    return case_list(request, title, Case.objects.filter(town=actor.town, number__in=numbers), back=back)


def _chosen(request: HttpRequest, key: str) -> Chosen:
    """Return the period that the address asks for. Raises NotFound for a paper that is not in force."""
    actor, today = at_work(request), local_day(now())
    edition = next((one for one in papers_on(actor.town, today) if one.key == key), None)
    if edition is None:
        raise NotFound("没有这一篇文稿，或它现在不生效。请从文稿列表里选。")
    asked = request.POST if request.method == "POST" else request.GET
    rhythm: Rhythm = rhythm_of(edition.text)
    since = begins_on(actor.town)
    return chosen_from(asked.get("month", ""), asked.get("span", ""), rhythm=rhythm, today=today, since=since)


def _preview(request: HttpRequest, key: str, form: FinaliseForm, *, status: int) -> HttpResponse:
    actor, chosen, at = at_work(request), _chosen(request, key), now()
    made = composed(actor.town, key, chosen.period, at)
    is_beside = request.GET.get("beside") == "1"
    before = composed(actor.town, key, chosen.before, at) if is_beside else None
    final = final_of(actor.town, key, from_on=chosen.whole.from_on, to_on=chosen.whole.to_on)
    told = {
        "paper": made,
        "lines": list(lines_of(made)),
        "parts": _parts(noted(made, DRAFT), key, chosen, before=before),
        "chosen": chosen,
        "beside": is_beside,
        "before_words": chosen.before.words,
        "final": final,
        "seen": numbers_digest(made),
        "form": form,
        "fonts": FONTS,
        "shut": _why_not(actor, chosen),
        "may_finalise": actor.may("reports.finalise_paper"),
    }
    return page(request, "desk/reports/paper.html", told, status=status)


def _parts(made: Paper, key: str, chosen: Chosen, *, before: Paper | None = None) -> list[Part]:
    def open_topic(place: int) -> str:
        return f"{reverse('reports:topic', args=[key, place])}?{chosen.query}"

    return parts_of(made, open_topic=open_topic, before=before)


def _why_not(actor: StaffActor, chosen: Chosen) -> str:
    """Return why the paper cannot be finalised now, "" when it can."""
    if not chosen.is_over:
        return f"这一期到{say_day(chosen.whole.to_on)}才结束，过后才能定稿。"
    return ""
