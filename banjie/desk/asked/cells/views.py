"""One cell of a form: look at what it is and where it was reported, say otherwise, open the records behind it."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from banjie.base.clock import local_day, now
from banjie.base.errors import NotFound
from banjie.base.page import page
from banjie.books.queries import books_of, can_see
from banjie.cases.models import Case
from banjie.desk.access import needs
from banjie.desk.asked.cells.forms import CellForm, figure_choices, first_told
from banjie.desk.asked.cells.groups import group_choices
from banjie.desk.asked.cells.reach import spread
from banjie.desk.asked.sight import Sight
from banjie.desk.deeds import at_work, attempt, posted, stamp_of
from banjie.desk.reports.answers import case_list
from banjie.figures.queries import catalogue_on, opened
from banjie.people.queries import StaffActor
from banjie.reports.actions import match_form
from banjie.reports.asked.matching import Source
from banjie.reports.asked.quoting import BOOK
from banjie.reports.models import AskedCell, AskedForm
from banjie.reports.queries.asked import Asked, form_for, reported_before, spread_of
from banjie.rulebook.in_force import say_ref

TOWN = "the forms of the actor's own town"
READ = "reports.read_paper"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(READ, scope=TOWN)
def cell(request: HttpRequest, form_id: UUID, cell_id: UUID) -> HttpResponseBase:
    """Show what a cell is and take what a person says instead."""
    actor, at = at_work(request), now()
    asked = form_for(actor, form_id)
    sight = Sight(asked, actor, at)
    found = _cell(sight, cell_id)
    catalogue = catalogue_on(actor.town, local_day(at))
    form = CellForm(
        posted(request),
        initial=first_told(found.choice),
        figures=figure_choices(catalogue),
        groups=group_choices(actor.town, local_day(at)),
        span=found.span,
    )
    status = 200
    if request.method == "POST":

        def act(told: dict[str, str]) -> AskedForm:
            choices = spread(found, form.choice, told["reach"], sight.cells)
            return match_form(actor, stamp_of(request, actor), form_id, choices=choices)

        done = attempt(form, act)
        if done.is_done:
            messages.success(request, "已记下。下次同样的表照这样填。")
            return redirect("asked:form", form_id=form_id)
        status = done.status
    figure = catalogue.figures.get(found.figure)
    choice = found.choice
    told = {
        "asked": asked,
        "cell": found,
        "shown": sight.shown[found.pk],
        "form": form,
        "note": figure.note if figure else "",
        "article": say_ref(catalogue.articles[figure.key]) if figure else "",
        "reported": reported_before(
            actor.town, [Asked(choice, asked.period)], besides=asked.pk
        ).get(Asked(choice, asked.period), []),
        "records": _records(asked, found, catalogue.fact(figure.key).opens if figure else ""),
        "record": _quoted(actor, found, local_day(at)),
        "may_match": actor.may("reports.match_form") and asked.is_open,
    }  # fmt: skip
    return page(request, "desk/asked/cell.html", told, status=status)


@require_safe
@needs(READ, scope="visible_to; what lies beyond the reader is only counted")
def records(request: HttpRequest, form_id: UUID, cell_id: UUID) -> HttpResponseBase:
    """List the cases behind the number of a cell (U16)."""
    actor, at = at_work(request), now()
    asked = form_for(actor, form_id)
    sight = Sight(asked, actor, at)
    found = _cell(sight, cell_id)
    today = local_day(at)
    catalogue = catalogue_on(actor.town, today)
    if found.source != Source.FIGURE or found.figure not in catalogue.figures:
        raise NotFound("这一格不是从台账数出来的，没有明细可以打开。")
    if catalogue.fact(found.figure).opens != "case":
        raise NotFound("这个指标的明细还不能打开。请看它的定义。")
    days = Asked(found.choice, asked.period).days
    cases = Q()
    for value in spread_of(actor.town, found.choice, on=today):
        behind = opened(actor.town, found.figure, days, group=found.group or None, value=value, today=today)
        cases |= Q(pk__in=behind.ids)
    title = f"{sight.naming.title(found.choice)}：{found.label}"
    back = reverse("asked:cell", args=[asked.pk, found.pk])
    return case_list(request, title, Case.objects.filter(cases, town=actor.town), back=back)


def _cell(sight: Sight, cell_id: UUID) -> AskedCell:
    found = next((one for one in sight.cells if one.pk == cell_id), None)
    if found is None:
        raise NotFound("表里没有这一格。请从表的页面重新打开。")
    return found


def _quoted(actor: StaffActor, found: AskedCell, on: date) -> str:
    """Return the address of the record that a typed number became, "" where there is none to show."""
    books = books_of(actor.town, on)
    if found.record_id is None or BOOK not in books or not can_see(actor, books.book(BOOK)):
        return ""
    return reverse("books:record", args=[BOOK, found.record_id])


def _records(asked: AskedForm, found: AskedCell, opens: str) -> str:
    """Return the address of the rows behind a number, "" where no list shows them."""
    is_open = found.source == Source.FIGURE and opens == "case"
    return reverse("asked:records", args=[asked.pk, found.pk]) if is_open else ""
