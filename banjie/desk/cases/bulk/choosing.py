"""Exactly the cases that a list shows under its filters, and the deeds that are offered on all of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from banjie.cases.models import Case
from banjie.cases.queries import Group, in_rows, listed
from banjie.cases.settings import setting
from banjie.cases.workflow import STEPS
from banjie.desk.cases.rows import Row, row_of
from banjie.desk.cases.sifting import Sifting, sifting_of
from banjie.desk.cases.watch import Watch
from banjie.desk.deeds import at_work
from banjie.people.queries import StaffActor, unit_labels
from banjie.rulebook.setting_keys import SettingKey

ASSIGN, URGE = "assign", "urge"
DEEDS = {ASSIGN: STEPS["assign_case"], URGE: STEPS["urge_case"]}
ON = {
    ASSIGN: frozenset({Group.TO_ASSIGN}),
    URGE: frozenset({Group.OPEN, Group.TO_ACCEPT, Group.TO_ASSIGN, Group.TO_SIGN, Group.HANDLING}),
}
"""The groups of the list on which each deed is offered for all of its rows."""
SHOWN = 10


@dataclass(frozen=True)
class Chosen:
    """The cases under one filter at one moment, in the order of the list."""

    actor: StaffActor
    watch: Watch
    sifting: Sifting

    @cached_property
    def most(self) -> int:
        """Return how many one bulk deed takes."""
        return setting(self.watch.rules, SettingKey.BULK_MOST, int)

    @cached_property
    def ids(self) -> list[UUID]:
        """Return the ids, one more than a bulk deed takes where there are more."""
        found = listed(self.actor, self.sifting.sift, at=self.watch.now)
        ordered = found.order_by(*self.sifting.order.columns).values_list("pk", flat=True)
        return list(ordered[: self.most + 1])

    @property
    def count(self) -> int:
        """Return how many there are, as far as a bulk deed counts."""
        return len(self.ids)

    @property
    def problem(self) -> str:
        """Say why nothing can be done on all of these, or nothing."""
        if not self.ids:
            return "这些条件下没有件了。请回到列表重新筛选。"
        if self.count > self.most:
            return f"一次最多{self.most}件，现在筛出的不止这些。请加条件，分几次办。"
        return ""

    @cached_property
    def seal(self) -> str:
        """Return what tells whether the filter still finds the very same cases in the same order."""
        return sha256("".join(map(str, self.ids)).encode()).hexdigest()[:16]

    @cached_property
    def cases(self) -> list[Case]:
        """Return the cases in the order of the list."""
        found = in_rows(Case.objects.filter(pk__in=self.ids)).in_bulk()
        return [found[pk] for pk in self.ids if pk in found]

    @property
    def sample(self) -> list[Row]:
        """Return the first of them as rows."""
        return [row_of(case, self.watch) for case in self.cases[:SHOWN]]

    @property
    def more(self) -> int:
        """Return how many are not among the sample."""
        return max(0, self.count - SHOWN)

    @property
    def list_href(self) -> str:
        """Return the list with these filters."""
        return f"{reverse('cases:list')}{self.sifting.href()}"


def chosen_of(request: HttpRequest, *, watch: Watch) -> Chosen:
    """Return what the filters of the address choose now."""
    actor = at_work(request)
    sifting = sifting_of(
        request.GET.dict(),
        units=unit_labels(actor.town),
        villages=watch.villages,
        rules=watch.rules,
        at=watch.now,
    )
    return Chosen(actor, watch, sifting)


def offers_on(
    actor: StaffActor, sifting: Sifting, *, count: int, most: int, asked: Mapping[str, str]
) -> list[dict[str, str]]:
    """Return the buttons of a list: the deed and how many rows it takes, or why not so many (派办 37 件)."""
    if not count or actor.is_shared_device:
        return []
    query = urlencode({name: value for name, value in asked.items() if value and name != "after"})
    return [
        {
            "label": f"{step.title} {count:,} 件" if count <= most else f"批量{step.title}",
            "href": f"{reverse(f'cases:bulk-{word}')}?{query}" if count <= most else "",
            "shut": "" if count <= most else f"一次最多{most}件，请加条件筛选。",
        }
        for word, step in DEEDS.items()
        if sifting.group in ON[word] and actor.may(step.permission) and not sifting.number
    ]
