"""Papers that went out: as they went out, and what the ledger would say today."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from banjie.base.clock import local, now
from banjie.base.errors import NotFound
from banjie.base.page import page
from banjie.cases.models import Case
from banjie.desk.access import needs
from banjie.desk.deeds import at_work
from banjie.desk.reports.answers import case_list, print_sheet, word_file
from banjie.desk.reports.showing import Part, lines_of, parts_of, records_of, topic_numbers
from banjie.people.queries import names_of
from banjie.reports.models import FinalPaper
from banjie.reports.paper import Paper, noted
from banjie.reports.queries import drift_of, final_for, say_day


@require_safe
@needs("reports.read_paper", scope="final_for")
def final(request: HttpRequest, final_id: UUID) -> HttpResponseBase:
    """Show a paper as it went out, and the numbers that are no longer what they were."""
    actor = at_work(request)
    found = final_for(actor, final_id)
    drifts = drift_of(found, at=now()) if found.is_whole else []
    told = {
        "final": found,
        "paper": found.paper,
        "lines": list(lines_of(found.paper)),
        "parts": _parts(found),
        "drifts": [(one, records_of(one.number)) for one in drifts],
        "by": names_of(actor.town).staff.get(found.finalised_by, ""),
    }
    return page(request, "desk/reports/final.html", told)


@require_safe
@needs("reports.read_paper", scope="final_for")
def final_word(request: HttpRequest, final_id: UUID) -> HttpResponseBase:
    """Answer with the Word file of a paper that went out: the same bytes each time."""
    return word_file(_whole(final_for(at_work(request), final_id)))


@require_safe
@needs("reports.read_paper", scope="final_for")
def final_print(request: HttpRequest, final_id: UUID) -> HttpResponseBase:
    """Show a paper that went out as it is printed."""
    found = final_for(at_work(request), final_id)
    back = reverse("reports:final", args=[final_id])
    word = reverse("reports:final-word", args=[final_id])
    return print_sheet(request, _whole(found), _parts(found), back=back, word=word)


@require_safe
@needs("reports.read_paper", scope="final_for, then visible_to")
def final_topic(request: HttpRequest, final_id: UUID, place: int) -> HttpResponseBase:
    """List the cases behind a hot topic of a paper that went out."""
    actor = at_work(request)
    found = topic_numbers(final_for(actor, final_id).paper, place)
    if found is None:
        raise NotFound("这份定稿里没有这个热点。请回到定稿重新打开。")
    title, numbers = found
    cases = Case.objects.filter(town=actor.town, number__in=numbers)
    return case_list(request, title, cases, back=reverse("reports:final", args=[final_id]))


def _whole(found: FinalPaper) -> Paper:
    """Return the paper with its draft number, day and code on the last page."""
    moment = local(found.finalised_at)
    said = (
        f"5.本文已定稿：第{found.number}稿，{say_day(moment.date())}{moment:%H:%M}，定稿校验码{found.code}。"
    )
    return noted(found.paper, said)


def _parts(found: FinalPaper) -> list[Part]:
    def open_topic(place: int) -> str:
        return reverse("reports:final-topic", args=[found.pk, place])

    return parts_of(_whole(found), open_topic=open_topic)
