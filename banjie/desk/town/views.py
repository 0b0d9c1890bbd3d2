"""The town's working calendar, its villages and its grids."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from banjie.base.clock import local_day, now
from banjie.base.page import page
from banjie.cases.actions.upkeep import rework_clocks
from banjie.cases.queries import provisional_count
from banjie.desk.access import needs
from banjie.desk.deeds import at_work, attempt, occasion_of, posted, stamp_of
from banjie.desk.office.choices import village_choices
from banjie.desk.office.pages import FormPage, answer_form
from banjie.desk.town.forms import GridForm, NoticeForm, PlaceForm, VillageForm
from banjie.desk.town.year import WORDS, months_of
from banjie.places.actions import add_division, add_grid, rename_division, rename_grid
from banjie.places.queries import division_for, grid_for, grids_of, villages_of
from banjie.worktime.actions import Loaded, load_notice
from banjie.worktime.notice import FIRST_YEAR, LAST_YEAR
from banjie.worktime.queries import calendar_of, notice_warning, notices_of


@require_safe
@needs("desk.use", scope="the actor's town")
def calendar(request: HttpRequest) -> HttpResponseBase:
    """Show a year of workdays, days off and make-up days, and which notice says so."""
    town, today = at_work(request).town, local_day(now())
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else today.year
    year = min(max(year, FIRST_YEAR), LAST_YEAR)
    notices = {row.year: row for row in notices_of(town)}
    context = {
        "year": year,
        "months": list(months_of(year, calendar_of(town), today=today)),
        "notice": notices.get(year),
        "may_change": at_work(request).may("worktime.manage_calendar"),
        "warning": notice_warning(town, today),
        "words": WORDS,
    }
    return page(request, "desk/town/calendar.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("worktime.manage_calendar", scope="the actor's town")
def notice(request: HttpRequest) -> HttpResponseBase:
    """Take in the yearly notice: read what was pasted, show it day by day, save it once it was seen so (U40)."""
    form = NoticeForm(posted(request), initial={"year": local_day(now()).year + 1})
    if request.method != "POST" or "save" not in request.POST or not form.is_valid():
        is_refused = request.method == "POST" and not form.is_valid()
        return _notice_page(request, form, status=422 if is_refused else 200)
    done = attempt(form, lambda _: _load(request, form))
    if done.result is None:
        return _notice_page(request, form, status=done.status)
    reworked = _rework(request) if done.result.changed_from else 0
    messages.success(
        request, f"{form.cleaned_data['year']}年放假安排已保存，{reworked}件暂定的到期日已重新推算。"
    )
    return redirect(f"{reverse('town:calendar')}?year={form.cleaned_data['year']}")


@require_safe
@needs("desk.use", scope="the actor's own town")
def places(request: HttpRequest) -> HttpResponseBase:
    """List the town's villages and communities with their grids."""
    actor = at_work(request)
    by_village: dict[str, list[object]] = {}
    for grid in grids_of(actor.town):
        by_village.setdefault(grid.division_code, []).append(grid)
    rows = [(village, by_village.get(village.code, [])) for village in villages_of(actor.town)]
    may_change = actor.may("places.manage_places")
    return page(request, "desk/town/places.html", {"rows": rows, "may_change": may_change})


@require_http_methods(["GET", "HEAD", "POST"])
@needs("places.manage_places", scope="the actor's own town")
def add_village(request: HttpRequest) -> HttpResponseBase:
    """Take in a village under its national code."""
    actor, stamp = at_work(request), stamp_of(request, at_work(request))
    form = VillageForm(posted(request), initial={"code": actor.town})
    return answer_form(
        request,
        form,
        lambda typed: add_division(actor, stamp, **typed),
        FormPage("登记村（社区）", "登记", reverse("town:places")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs("places.manage_places", scope="the actor's own town")
def rename_village(request: HttpRequest, code: str) -> HttpResponseBase:
    """Give a village or community its new name and its usual ones."""
    actor, stamp = at_work(request), stamp_of(request, at_work(request))
    village = division_for(actor, code)
    kept = {"name": village.name, "aliases": "、".join(village.aliases)}
    return answer_form(
        request,
        PlaceForm(posted(request), initial=kept),
        lambda typed: rename_division(actor, stamp, code=code, **_with_old_name(typed, village.name)),
        FormPage(f"更名：{village.name}", "保存", reverse("town:places"), note=_RENAMED),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs("places.manage_places", scope="the actor's own town")
def new_grid(request: HttpRequest) -> HttpResponseBase:
    """Set up a grid in a village."""
    actor, stamp = at_work(request), stamp_of(request, at_work(request))
    form = GridForm(
        posted(request),
        choices={"division_code": village_choices(actor.town)},
        initial={"division_code": request.GET.get("village", "")},
    )
    return answer_form(
        request,
        form,
        lambda typed: add_grid(actor, stamp, **typed),
        FormPage("设网格", "设立", reverse("town:places")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs("places.manage_places", scope="the actor's own town")
def change_grid(request: HttpRequest, grid_id: UUID) -> HttpResponseBase:
    """Give a grid its new name and its usual ones."""
    actor, stamp = at_work(request), stamp_of(request, at_work(request))
    grid = grid_for(actor, grid_id)
    kept = {"name": grid.name, "aliases": "、".join(grid.aliases)}
    return answer_form(
        request,
        PlaceForm(posted(request), initial=kept),
        lambda typed: rename_grid(actor, stamp, grid_id=grid_id, **_with_old_name(typed, grid.name)),
        FormPage(f"更名：{grid.name}", "保存", reverse("town:places"), note=_RENAMED),
    )


_RENAMED = "原来的名称会留作俗称，群众照旧说也找得到。"


def _with_old_name(typed: dict[str, Any], old: str) -> dict[str, Any]:
    """Return what was typed with the old name kept among the usual ones, since people go on saying it."""
    aliases = typed["aliases"]
    return {**typed, "aliases": [*(aliases if isinstance(aliases, list) else []), old]}


def _load(request: HttpRequest, form: NoticeForm) -> Loaded:
    actor, told = at_work(request), form.cleaned_data["notice"]
    return load_notice(
        actor.town, told.year, days=told.days, source=told.source, stamp=stamp_of(request, actor)
    )


def _rework(request: HttpRequest) -> int:
    actor = at_work(request)
    return rework_clocks(actor.town, occasion_of(request, actor).followed())


def _notice_page(request: HttpRequest, form: NoticeForm, *, status: int = 200) -> HttpResponse:
    seen = form.notice if form.is_bound and form.is_valid() else None
    moved = provisional_count(at_work(request).town) if seen else 0
    told = {"form": form, "seen": seen, "words": WORDS, "consequence": _consequence(moved)}
    return page(request, "desk/town/notice.html", told, status=status)


def _consequence(moved: int) -> str:
    """Say before it is saved what the notice will do to the cases under way (U40)."""
    if not moved:
        return "保存后马上按新的日历算时限；现在没有暂定的到期日要重新推算。"
    return f"保存后马上按新的日历算时限，将影响{moved:,}件在办事项：暂定的到期日重新推算，只会往后顺延，不会提前。"
