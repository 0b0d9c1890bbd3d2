"""Look through the figures of a draft; add one, change one, take one out."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from banjie.base.clock import local_day, now
from banjie.base.declarations import Names
from banjie.base.errors import NotFound
from banjie.base.page import page
from banjie.desk.access import needs
from banjie.desk.cases.sorting import leaves_by_top
from banjie.desk.deeds import at_work, posted, stamp_of
from banjie.desk.forms import DeskForm
from banjie.desk.office.pages import FormPage
from banjie.desk.rules.drafts.answering import answer, draft_of
from banjie.desk.rules.figures.conditions import Choices
from banjie.desk.rules.figures.forms import CountedForm, DividedForm, FigureForm
from banjie.figures import actions
from banjie.figures.catalogue import MEASURE_WORDS, Figure, Measure
from banjie.figures.making import Facts
from banjie.figures.queries import catalogue_on
from banjie.figures.writing import figures_of
from banjie.rulebook.in_force import Rules
from banjie.rulebook.models import RuleDraft
from banjie.rulebook.queries import rules_on
from banjie.rulebook.text import Section

MANAGE = "rulebook.manage_rules"
OURS = "the actor's own town"
DIVIDED = "of"
PLAIN = (Measure.COUNT, Measure.SUM, Measure.DISTINCT)


@dataclass(frozen=True)
class Offer:
    """What a new figure may count, by a code for its address."""

    code: str
    title: str
    help: str


@dataclass(frozen=True)
class FigureLine:
    """One figure of the list."""

    key: str
    title: str
    fact: str
    measure: str
    note: str


@require_http_methods(["GET", "HEAD", "POST"])
@needs(MANAGE, scope=OURS)
def new_figure(request: HttpRequest) -> HttpResponseBase:
    """Add a figure to the town's own catalogue, in the draft of it that is open or in a new one."""
    return _adding(request, None)


@require_safe
@needs(MANAGE, scope=OURS)
def figures(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """List the figures of a draft."""
    found = draft_of(at_work(request), draft_id, Section.FIGURES)
    facts = Facts(rules_on(at_work(request).town, local_day(now())).editions.values())
    lines = [
        FigureLine(
            one.key,
            one.title,
            facts[one.fact].title if one.fact in facts else "",
            MEASURE_WORDS[one.measure],
            one.note,
        )
        for one in figures_of(found.read).values()
    ]
    return page(request, "desk/rules/figures.html", {"draft": found, "lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(MANAGE, scope=OURS)
def add_figure(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """Add a figure to a draft."""
    return _adding(request, draft_of(at_work(request), draft_id, Section.FIGURES))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(MANAGE, scope=OURS)
def figure(request: HttpRequest, draft_id: UUID, name: str) -> HttpResponseBase:
    """Change a figure of a draft."""
    actor, stamp = at_work(request), stamp_of(request, at_work(request))
    found = draft_of(at_work(request), draft_id, Section.FIGURES)
    standing = _standing(found, name)
    rules = rules_on(actor.town, local_day(now()))
    form = _form(
        request, rules, DIVIDED if standing.measure is Measure.OF else standing.fact, found, standing
    )
    kept = not isinstance(form, CountedForm | DividedForm)
    words = FormPage(
        f"改指标：{standing.title}",
        "保存到草案",
        reverse("rulebook:draft-figures", args=[draft_id]),
        note="这个指标的条件写得比表单细，网页上只改名称、口径和写法，条件不变。" if kept else "",
        done="指标已保存到草案。",
    )

    def act(_: object) -> RuleDraft:
        return actions.change_figure(actor, stamp, draft_id=draft_id, figure=form.figure)

    return _answer(request, form, act, words)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(MANAGE, scope=OURS)
def drop_figure(request: HttpRequest, draft_id: UUID, name: str) -> HttpResponseBase:
    """Take a figure out of a draft."""
    actor, stamp = at_work(request), stamp_of(request, at_work(request))
    standing = _standing(draft_of(at_work(request), draft_id, Section.FIGURES), name)
    words = FormPage(
        f"删指标：{standing.title}",
        "删去这个指标",
        reverse("rulebook:draft-figures", args=[draft_id]),
        note="文稿里用着它的，送审时会指出来。施行以前数出来的、已定稿的文稿不受影响。",
        done="指标已从草案里删去。",
        kind="danger",
    )
    return answer(
        request,
        DeskForm(posted(request)),
        lambda _: actions.drop_figure(actor, stamp, draft_id=draft_id, key=name),
        words,
    )


def _adding(request: HttpRequest, draft: RuleDraft | None) -> HttpResponseBase:
    actor, stamp = at_work(request), stamp_of(request, at_work(request))
    rules = rules_on(actor.town, local_day(now()))
    offers = _offers(rules)
    asked = next((one for one in offers if one.code == request.GET.get("what")), None)
    back = reverse("rulebook:draft-figures", args=[draft.pk]) if draft else reverse("rulebook:drafts")
    if asked is None:
        told = {"draft": draft, "offers": offers, "back": back}
        return page(request, "desk/rules/figure_facts.html", told)
    form = _form(request, rules, asked.code, draft, None)

    def act(_: object) -> RuleDraft:
        if draft is None:
            return actions.draft_own_figure(actor, stamp, figure=form.figure)
        return actions.add_figure(actor, stamp, draft_id=draft.pk, figure=form.figure)

    words = FormPage(
        f"新定数据指标：{asked.title}",
        "加到草案",
        back,
        note="施行以后在“数据”页上，能按单位、村、月份等分组看，每个数能点开；文稿里也能用。",
        done="指标已加到草案。",
    )
    return _answer(request, form, act, words)


def _answer(
    request: HttpRequest, form: FigureForm, act: Callable[[object], RuleDraft], words: FormPage
) -> HttpResponseBase:
    words = replace(words, leads=lambda draft: reverse("rulebook:draft-figures", args=[draft.pk]))
    is_counted = isinstance(form, CountedForm)
    return answer(request, form, act, words, template="desk/rules/figure.html", is_counted=is_counted)


def _form(
    request: HttpRequest, rules: Rules, what: str, draft: RuleDraft | None, figure: Figure | None
) -> FigureForm:
    """Return the form over a fact or over two figures; for what a form cannot show, that of its words alone."""
    if what == DIVIDED:
        return DividedForm(posted(request), plain=_plain(request, draft), figure=figure)
    facts = Facts(rules.editions.values())
    if what not in facts:
        return FigureForm(posted(request), figure=figure)
    form = CountedForm(posted(request), fact=facts[what], offered=_offered(rules), figure=figure)
    return form if form.can_show else FigureForm(posted(request), figure=figure)


def _offers(rules: Rules) -> list[Offer]:
    facts = Facts(rules.editions.values())
    books = [one for one in rules.texts(Section.BOOKS) if f"book.{one.key}" in facts]
    of_books = [Offer(f"book.{one.key}", one.text.title, "台账，一条记录算一条") for one in books]
    named = {one.code for one in of_books}
    own = [Offer(name, facts[name].title, f"一{facts[name].unit}算一{facts[name].unit}")
           for name in facts if name not in named]  # fmt: skip
    return [*own, Offer(DIVIDED, "两个指标相除", "如 平均每件走访几次"), *of_books]


def _offered(rules: Rules) -> dict[Names, Choices]:
    return {
        Names.KIND: [(kind.key, kind.title) for kind in rules.kinds],
        Names.CATEGORY: leaves_by_top(rules.categories),
    }


def _plain(request: HttpRequest, draft: RuleDraft | None) -> list[tuple[str, str]]:
    """Return the figures that may be divided: those in force, and those of the draft."""
    ruling = catalogue_on(at_work(request).town, local_day(now())).figures
    known = {**ruling, **(figures_of(draft.read) if draft else {})}
    return [(key, one.title) for key, one in known.items() if one.measure in PLAIN]


def _standing(found: RuleDraft, name: str) -> Figure:
    told = figures_of(found.read)
    if name not in told:
        raise NotFound("草案里没有这个指标。请回到指标列表重新选。")
    return told[name]
