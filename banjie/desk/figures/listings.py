"""The very rows behind a number as a plain table: residents, houses, households, enterprises and entries (U16).

Each is listed as far as the reader sees it in its own room; what lies beyond is counted and not shown (T13).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse

from banjie.base.keyset import slice_after
from banjie.desk.books.rows import Cell, Head, Row
from banjie.desk.figures.entries import entries_seen, entry_rows
from banjie.enterprises import queries as enterprises
from banjie.enterprises.models import Enterprise
from banjie.figures.queries import Opened
from banjie.people.queries import StaffActor
from banjie.places.queries import place_names
from banjie.residents import queries as residents
from banjie.residents.models import House, Household, Resident

Seen = Callable[[StaffActor], "QuerySet[Any]"]
Rows = Callable[[StaffActor, Sequence[Any]], list[Row]]
NEWEST = ("-id",)
VILLAGE = Head("村（社区）")


@dataclass(frozen=True)
class Listing:
    """How rows of one sort are listed: whose they are, in which order, and what is told of each."""

    title: str
    measure_word: str
    heads: tuple[Head, ...]
    seen: Seen
    rows: Rows
    by: tuple[str, ...] = NEWEST


def listed(
    actor: StaffActor, listing: Listing, behind: Opened, *, after: str, size: int
) -> dict[str, object]:
    """Return what a page tells of the rows behind a figure; their number is told whole."""
    seen = listing.seen(actor).filter(pk__in=behind.ids)
    found = slice_after(seen, by=listing.by, token=after, size=size)
    return {
        "table": listing.title,
        "heads": listing.heads,
        "rows": listing.rows(actor, list(found.rows)),
        "next_token": found.next_token,
        "is_first": found.first,
        **counts_of(behind, seen, listing.measure_word),
    }


def counts_of(behind: Opened, seen: "QuerySet[Any]", measure_word: str) -> dict[str, object]:
    """Return how many rows there are, how many of them the reader sees, and the words for the others."""
    subjects, shown = behind.subject_count, seen.count()
    hidden = subjects - shown
    return {
        "cases": subjects,
        "hidden": hidden,
        "hidden_words": f"其中{hidden}{measure_word}不在您的查看范围，没有列出；总数照实计。",
        "count_words": f"共 {shown} {measure_word}",
        "measure_word": measure_word,
    }


def _for(right: str, model: type[Model], seen: Seen) -> Seen:
    """Return what `seen` returns to whoever has the right, and nothing to others."""

    def reach(actor: StaffActor) -> "QuerySet[Any]":
        return seen(actor) if actor.may(right) else model._default_manager.none()

    return reach


def _row(href: str, heads: Sequence[Head], words: Sequence[object]) -> Row:
    cells = (
        Cell(head.label, str(told or "—"), head.is_figure) for head, told in zip(heads, words, strict=True)
    )
    return Row(href, tuple(cells))


PEOPLE = (Head("姓名"), Head("电话"), VILLAGE)
HOUSES = (Head("门牌"), VILLAGE, Head("用途"), Head("住几人", is_figure=True))
HOUSEHOLDS = (Head("户主"), Head("户编号"), VILLAGE, Head("几口人", is_figure=True))
ENTERPRISES = (Head("企业名称"), Head("统一社会信用代码"), VILLAGE, Head("状态"))
ENTRIES = (Head("记录时间"), Head("办理动作"), Head("关于"), Head("谁记的"))


def _people(_: StaffActor, rows: Sequence[Resident]) -> list[Row]:
    return [
        _row(reverse("residents:page", args=[hit.id]), PEOPLE, [hit.name, hit.phone, hit.village])
        for hit in residents.hits_of(rows)
    ]


def _houses(_: StaffActor, rows: Sequence[House]) -> list[Row]:
    return [
        _row(
            reverse("homes:page", args=[line.house.pk]),
            HOUSES,
            [line.address, line.village, line.house.get_use_display(), str(line.people)],
        )
        for line in residents.lines_of(rows)
    ]


def _households(_: StaffActor, rows: Sequence[Household]) -> list[Row]:
    names = place_names(row.division_code for row in rows)
    members = residents.members_by_household(rows)
    found = []
    for row in rows:
        inside = members.get(row.pk, [])
        head = inside[0].hit if inside else None
        href = reverse("residents:page", args=[head.id]) if head else ""
        told = [head.name if head else "", row.code, names[row.division_code], str(len(inside))]
        found.append(_row(href, HOUSEHOLDS, told))
    return found


def _enterprises(_: StaffActor, rows: Sequence[Enterprise]) -> list[Row]:
    names = place_names(row.division_code for row in rows)
    return [
        _row(
            reverse("enterprises:page", args=[row.pk]),
            ENTERPRISES,
            [row.name, row.uscc, names[row.division_code], row.get_status_display()],
        )
        for row in rows
    ]


LISTINGS = {
    "resident": Listing(
        "群众", "人", PEOPLE, _for("residents.find_resident", Resident, residents.visible_to), _people
    ),
    "house": Listing(
        "房屋", "处", HOUSES, _for("residents.find_resident", House, residents.houses_visible_to), _houses
    ),
    "household": Listing(
        "户",
        "户",
        HOUSEHOLDS,
        _for("residents.find_resident", Household, residents.households_visible_to),
        _households,
    ),
    "enterprise": Listing(
        "企业",
        "家",
        ENTERPRISES,
        _for("enterprises.find_enterprise", Enterprise, enterprises.visible_to),
        _enterprises,
        by=enterprises.BY_NAME,
    ),
    "entry": Listing(
        "留痕",
        "条",
        ENTRIES,
        entries_seen,
        lambda actor, rows: [_row(href, ENTRIES, told) for href, told in entry_rows(actor, rows)],
        by=("-seq",),
    ),
}
"""How each sort of row that a fact opens is listed; cases and records of books have lists of their own."""
