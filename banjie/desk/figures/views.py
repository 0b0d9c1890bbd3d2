"""The catalogue for a period, one figure, and the records behind a number."""

from datetime import date, datetime

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from banjie.base.clock import local, local_day, now
from banjie.base.declarations import FACTS
from banjie.base.errors import NotFound
from banjie.base.keyset import slice_after
from banjie.base.page import page
from banjie.books.queries import books_of
from banjie.cases.queries import in_rows, visible_to
from banjie.cases.settings import setting
from banjie.desk.access import needs
from banjie.desk.cases.watch import watch_of
from banjie.desk.deeds import at_work
from banjie.desk.figures.asking import Asked, asked_in
from banjie.desk.figures.books import book_behind, keys_kept, records_behind
from banjie.desk.figures.listings import LISTINGS, counts_of, listed
from banjie.desk.figures.records import record_of
from banjie.desk.figures.showing import (
    CARD,
    column_of,
    group_names,
    groups_of,
    line_of,
    months_of,
    shelves_of,
    table_of,
)
from banjie.figures.catalogue import Figure, Measure
from banjie.figures.comparing import Against
from banjie.figures.levels import with_levels
from banjie.figures.queries import ALL, Catalogue, Opened, catalogue_on, computed_over, opened
from banjie.people.queries import StaffActor
from banjie.rulebook.in_force import say_ref
from banjie.rulebook.queries import rules_on
from banjie.rulebook.setting_keys import SettingKey

ROWS = 25
OPENS_CASE = "case"
COUNTED = (Measure.COUNT, Measure.DISTINCT)
"""Figures whose number is that of the rows behind them, so that both bear one unit."""
PARTS = {"base": "分母", "top": "分子", "rest": "其余"}


@require_safe
@needs("figures.read_figures", scope="figures of the actor's town")
def catalogue(request: HttpRequest) -> HttpResponseBase:
    """Show every figure of a period beside the earlier one, or a few of them by group."""
    actor, at = at_work(request), now()
    today = local_day(at)
    found = catalogue_on(actor.town, today)
    columns = with_levels(FACTS["case"].groups, rules_on(actor.town, today).categories)
    asked = asked_in(request.GET.dict(), today=today, columns=columns)
    least = _least(actor.town, asked.today)
    told: dict[str, object] = {
        "asked": asked,
        "groups": asked.groups(columns),
        "at": local(at),
    }
    if asked.group:
        figures, lines, total = table_of(found, CARD, asked, town=actor.town, least=least)
        heads = [(figure.title, reverse("figures:figure", args=[figure.key])) for figure in figures]
        told |= {
            "heads": heads,
            "lines": lines,
            "total": total,
            "group": column_of(FACTS["case"], asked.group),
        }
    else:
        keys = keys_kept(found, books_of(actor.town, today))
        told["shelves"] = shelves_of(found, asked, keys=keys, town=actor.town, least=least)
    told["least"] = least
    return page(request, "desk/figures/catalogue.html", told)


@require_safe
@needs("figures.read_figures", scope="figures of the actor's town")
def figure(request: HttpRequest, key: str) -> HttpResponseBase:
    """Show one figure: what it counts, how it stands to both earlier periods, by month or by group."""
    actor, at = at_work(request), now()
    found = catalogue_on(actor.town, local_day(at))
    asked_for = _figure(found, key)
    columns = groups_of(found, key, town=actor.town, on=local_day(at))
    asked = asked_in(request.GET.dict(), today=local_day(at), columns=columns)
    least = _least(actor.town, asked.today)
    periods = [asked.period, asked.period.same_last_year, asked.period.previous]
    values = computed_over(actor.town, [key], list(dict.fromkeys(periods)), today=asked.today)
    this, last_year, previous = (values[period, key, ALL] for period in periods)
    against = ((last_year, Against.LAST_YEAR), (previous, Against.PREVIOUS))
    held = [line_of(asked_for, this, base, asked, least=least, against=one) for base, one in against]
    if asked.group:
        _, lines, _ = table_of(found, [key], asked, town=actor.town, least=least)
        group = column_of(found.fact(key), asked.group).title
    else:
        lines, group = months_of(asked_for, asked, town=actor.town, least=least), "月份"
    told = {
        "figure": asked_for,
        "asked": asked,
        "groups": asked.groups(columns),
        "held": held,
        "line": held[0],
        "lines": lines,
        "group": group,
        "least": least,
        "article": say_ref(found.articles[key]),
        "fact": found.fact(key),
        "at": local(at),
    }
    return page(request, "desk/figures/figure.html", told)


@require_safe
@needs("figures.read_figures", scope="visible_to")
def records(request: HttpRequest) -> HttpResponseBase:
    """List the very records behind a number, as far as the reader may see them; their number is told whole (U16)."""
    actor, at = at_work(request), now()
    found = catalogue_on(actor.town, local_day(at))
    key = request.GET.get("figure", "")
    asked_for = _figure(found, key)
    columns = groups_of(found, key, town=actor.town, on=local_day(at))
    asked = asked_in(request.GET.dict(), today=local_day(at), columns=columns)
    part = request.GET.get("part", "base")
    part = part if part in PARTS else "base"
    value = request.GET.get("value", "") if asked.group else ALL
    behind = opened(
        actor.town, key, asked.period, group=asked.group or None, value=value, part=part, today=asked.today
    )
    after = request.GET.get("after", "")
    if behind.opens == OPENS_CASE:
        beside = _cases_behind(actor, behind, after, at=at)
    elif behind.opens in LISTINGS:
        beside = listed(actor, LISTINGS[behind.opens], behind, after=after, size=ROWS)
    else:
        book = book_behind(found, key, town=actor.town, on=local_day(at))
        beside = records_behind(actor, book, behind, after=after, size=ROWS)
    more = {"group": asked.group, "value": value} if asked.group else {}
    told = {
        "figure": asked_for,
        "asked": asked,
        "part_words": PARTS[part] if _has_parts(asked_for) else "",
        "tabs": _tabs(asked_for, asked, part, more) if _has_parts(asked_for) else [],
        "group_words": _group_words(found, actor, key, asked.group, value, asked.today)
        if asked.group
        else "",
        "count": behind.count,
        "unit": asked_for.unit if asked_for.measure in COUNTED else found.fact(key).unit,
        "next_href": _again(request, str(beside["next_token"])) if beside["next_token"] else "",
        "first_href": "" if beside["is_first"] else _again(request, ""),
        "back": f"{reverse('figures:figure', args=[key])}?{asked.query()}",
        "at": local(at),
        **beside,
    }
    return page(request, "desk/figures/records.html", told)


def _cases_behind(actor: StaffActor, behind: Opened, after: str, *, at: datetime) -> dict[str, object]:
    """Return what the page tells of the cases behind a figure, as far as the reader may see them."""
    seen = in_rows(visible_to(actor).filter(pk__in=behind.ids), "happened_at")
    found = slice_after(seen, by=("-registered_at", "-id"), token=after, size=ROWS)
    watch = watch_of(actor.town, at=at)
    return {
        "rows": [record_of(case, watch) for case in found.rows],
        "next_token": found.next_token,
        "is_first": found.first,
        **counts_of(behind, seen, "件"),
    }


def _figure(found: Catalogue, key: str) -> Figure:
    if key not in found.figures:
        raise NotFound("没有这个数据指标，或它现在不生效。请从数据指标页选。")
    return found.figures[key]


def _least(town: str, on: date) -> int:
    return setting(rules_on(town, on), SettingKey.SMALL_BASE, int)


def _has_parts(asked_for: Figure) -> bool:
    return asked_for.measure in (Measure.RATE, Measure.OF)


def _tabs(asked_for: Figure, asked: Asked, part: str, more: dict[str, str]) -> list[dict[str, object]]:
    known = PARTS if asked_for.measure is Measure.RATE else {name: PARTS[name] for name in ("base", "top")}
    return [
        {
            "label": label,
            "href": asked.records(asked_for.key, more={**more, "part": name}),
            "is_current": name == part,
        }
        for name, label in known.items()
    ]


def _group_words(found: Catalogue, actor: StaffActor, key: str, group: str, value: str, on: date) -> str:
    column = column_of(found.fact(key), group)
    return f"{column.title}：{group_names(actor.town, column, [value], on=on)[value]}"


def _again(request: HttpRequest, after: str) -> str:
    told = request.GET.copy()
    told.pop("after", None)
    if after:
        told["after"] = after
    return f"?{told.urlencode()}"
