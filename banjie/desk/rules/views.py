"""The compendium (制度汇编): what is in force on a day, each version of a text, its card for a wall, the Word file."""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from banjie.base.clock import local_day, now
from banjie.base.errors import NotFound
from banjie.base.page import page
from banjie.cases.queries import at_stake
from banjie.desk.access import needs
from banjie.desk.deeds import at_work
from banjie.desk.rules.asking import asked_of
from banjie.desk.rules.cards import card_of
from banjie.desk.rules.reading import provisions_of, running_on, shelves, unit_of, values_of, versions_shown
from banjie.desk.rules.searching import MOST, hits_in
from banjie.people.queries import StaffActor
from banjie.reports.queries import compendium_of
from banjie.reports.word import WORD, write_book
from banjie.rulebook.in_force import Edition, Owner
from banjie.rulebook.laws import bounds_of
from banjie.rulebook.queries import cited, editions_of, rules_on, stored_versions_of
from banjie.rulebook.rules import TEXT
from banjie.rulebook.text import SECTION_WORDS, Section

OURS = "what binds the actor's town"


@require_safe
@needs("rulebook.read_rules", scope=OURS)
def texts(request: HttpRequest) -> HttpResponseBase:
    """Show the contents of the compendium as of a day, or the provisions that hold what was looked for."""
    town, today = at_work(request).town, local_day(now())
    asked = asked_of(request.GET, today=today)
    rules = rules_on(town, asked.on)
    told = {
        "asked": asked,
        "today": today,
        "shelves": shelves(rules, at_stake(town)) if not asked.words else [],
        "hits": hits_in(rules, asked.words),
        "most": MOST,
    }
    return page(request, "desk/rules/list.html", told)


@require_safe
@needs("rulebook.read_rules", scope=OURS)
def text(request: HttpRequest, section: str, key: str) -> HttpResponseBase:
    """Show the version of a text in force today."""
    return _page_of(request, _ruling(at_work(request), section, key))


@require_safe
@needs("rulebook.read_rules", scope=OURS)
def version(request: HttpRequest, section: str, key: str, version: str) -> HttpResponseBase:
    """Show one version of a text, in force or not."""
    town, found = at_work(request).town, None
    if section in SECTION_WORDS:
        versions = editions_of(town, Section(section), key)
        found = next((one for one in versions if one.version == version), None)
    if found is None:
        raise NotFound("这一篇没有这个版本。请从版本列表里选。")
    return _page_of(request, found)


@require_safe
@needs("rulebook.read_rules", scope=OURS)
def cited_text(request: HttpRequest) -> HttpResponseBase:
    """Lead from the reference that a case keeps to that provision of that version."""
    ref = request.GET.get("ref", "")
    edition = cited(at_work(request).town, ref)
    where = reverse("rulebook:version", args=[edition.section.value, edition.key, edition.version])
    provision = ref.rpartition("@")[0].removeprefix(edition.text.title).strip()
    return redirect(f"{where}#{quote(provision)}" if provision else where)


@require_safe
@needs("rulebook.read_rules", scope=OURS)
def card(request: HttpRequest, section: str, key: str) -> HttpResponseBase:
    """Show a text in plain language as a card for the wall."""
    edition = _ruling(at_work(request), section, key)
    return page(request, "desk/rules/card.html", {"edition": edition, "card": card_of(edition)})


@require_safe
@needs("rulebook.read_rules", scope=OURS)
def word(request: HttpRequest) -> HttpResponseBase:
    """Answer with the whole compendium as one Word file by GB/T 9704."""
    at = now()
    asked = asked_of(request.GET, today=local_day(at))
    book = compendium_of(at_work(request).town, asked.on, number=asked.number, at=at)
    answer = HttpResponse(write_book(book), content_type=WORD)
    name = f"{book.title}.docx"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer


def _page_of(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    actor, today = at_work(request), local_day(now())
    stakes = at_stake(actor.town)
    ruling = rules_on(actor.town, today).editions.get((edition.section, edition.key))
    told = {
        "edition": edition,
        "shelf": SECTION_WORDS[edition.section],
        "provisions": provisions_of(edition, stakes),
        "values": list(values_of(edition.text)),
        "is_for_people": edition.text.type == TEXT.name,
        "bounds": bounds_of([edition.text]),
        "running": running_on(edition, stakes),
        "unit": unit_of(edition.section),
        "is_ruling": ruling is not None and ruling.id == edition.id,
        "versions": versions_shown(
            stored_versions_of(actor.town, edition.section, edition.key), ruling, stakes, today=today
        ),
        "may_draft": actor.may("rulebook.manage_rules") and edition.section is not Section.LAWS,
        "may_repeal": actor.may("rulebook.decide_rules") and edition.owner is Owner.TOWN,
    }
    return page(request, "desk/rules/text.html", told)


def _ruling(actor: StaffActor, section: str, key: str) -> Edition:
    """Return the version in force today. Raises NotFound."""
    edition = None
    if section in SECTION_WORDS:
        edition = rules_on(actor.town, local_day(now())).editions.get((Section(section), key))
    if edition is None:
        raise NotFound("没有这一篇，或它现在不生效。请从制度列表里选。")
    return edition
