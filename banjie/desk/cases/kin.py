"""What one case has to do with others: what it was merged into, what was merged into it, what may be the same (U4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from banjie.cases.actions.distinguishing import BESIDE
from banjie.cases.actions.merging import MERGED_IN
from banjie.cases.models import Case
from banjie.cases.queries import (
    Alike,
    CaseFile,
    cases_by_id,
    category_proposals,
    duplicates_of,
    told_apart_from,
    visible_to,
)
from banjie.cases.saying import say_state
from banjie.cases.vocabulary import Sensitivity
from banjie.cases.workflow import STEPS, State, Step
from banjie.desk.cases.offers import address_of
from banjie.desk.cases.sorting import CategoryOffer, offered
from banjie.desk.cases.watch import Watch, say_day
from banjie.people.queries import StaffActor

EARLY = frozenset({State.REGISTERED, State.ACCEPTED, State.ASSIGNED})
"""While nobody has signed for a case, what may be the same is looked for."""

TOLD_APART = frozenset({STEPS["distinguish_case"].entry, BESIDE["distinguish_case"]})
"""Entries that say of the case that another one is not the same matter."""


@dataclass(frozen=True)
class Relative:
    """Another case as a line: what it is, where it stands, and why it is shown."""

    number: str
    title: str
    href: str
    state: str
    day: str
    why: str
    may_stand: bool = False


@dataclass(frozen=True)
class SortingOffer:
    """A category that one press accepts together with the case."""

    offer: CategoryOffer
    action: str


@dataclass(frozen=True)
class Kin:
    """The relatives of one case as one person sees them."""

    actor: StaffActor
    file: CaseFile
    watch: Watch
    deeds: Sequence[Step]

    @cached_property
    def standing(self) -> Relative | None:
        """Return the case that stands for this one."""
        case = self.file.case
        if case.merged_into_id is None:
            return None
        found = visible_to(self.actor).filter(pk=case.merged_into_id).first()
        return _relative(found, why="") if found else None

    @cached_property
    def merged(self) -> list[Relative]:
        """Return what was merged into this case, whose askers are told by it; asked only where its line says so.

        Whoever handles the case must know whom to tell, also beyond his reach; he opens only what lies within it.
        """
        if not any(told.entry.deed == MERGED_IN for told in self.file.entries):
            return []
        found = Case.objects.filter(merged_into=self.file.case).select_related("resident")
        cases = list(found.order_by("registered_at", "id"))
        seen = set(cases_by_id(self.actor, [case.pk for case in cases]).values_list("pk", flat=True))
        told = [case for case in cases if case.pk in seen or case.sensitivity == Sensitivity.ORDINARY]
        return [_relative(case, why=_asker(case), is_open_to=case.pk in seen) for case in told]

    @cached_property
    def doubles(self) -> list[Relative]:
        """Return what may be the same matter, while nobody has signed for the case."""
        case = self.file.case
        if State(case.state) not in EARLY or not self.merge_href:
            return []
        found = duplicates_of(self.actor, case, rules=self.watch.rules, at=self.watch.now)
        return [relative_of(one) for one in found]

    @cached_property
    def apart(self) -> list[Relative]:
        """Return what someone said is another matter; asked only where the line of the case says so."""
        if not any(told.entry.deed in TOLD_APART for told in self.file.entries):
            return []
        return [_relative(case, why="") for case in told_apart_from(self.actor, self.file.case)]

    @cached_property
    def merge_href(self) -> str:
        """Return where this case may be merged into another, for whoever may."""
        return self._href("merge_case")

    @cached_property
    def distinguish_href(self) -> str:
        """Return where it is said that another case is not the same matter, for whoever may."""
        return self._href("distinguish_case")

    @cached_property
    def undistinguish_href(self) -> str:
        """Return where that is taken back, for whoever may."""
        return self._href("undistinguish_case")

    def _href(self, deed: str) -> str:
        may = any(step.deed == deed for step in self.deeds)
        return address_of(deed, self.file.case) if may else ""

    @cached_property
    def sorting(self) -> list[SortingOffer]:
        """Return the categories that the words of a case without one speak for, each accepted with one press."""
        case = self.file.case
        if case.category or not any(step.deed == "accept_case" for step in self.deeds):
            return []
        rules = self.watch.rules
        found = category_proposals(case.town, case.title, case.text, rules=rules)
        offers = offered(rules.categories, found)
        return [SortingOffer(offer, address_of("accept_case", case)) for offer in offers]

    @property
    def urged_words(self) -> str:
        """Say how often the case was urged, and when last without an answer."""
        times = sum(told.entry.deed == "case.urged" for told in self.file.entries)
        if not times:
            return ""
        waiting = self.file.case.urged_at
        return f"催办{times}次" + (f"，{say_day(waiting)}催后还没有回应" if waiting else "，已回应")


def relative_of(alike: Alike) -> Relative:
    """Return a likely double as a line, with why it is shown."""
    grounds = [
        "同一个人" if alike.is_same_person else "",
        "同一个村" if alike.is_same_place else "",
        f"文字相像{alike.share:.0%}" if alike.share >= 0.1 else "",
    ]
    return _relative(alike.case, why="、".join(filter(None, grounds)), may_stand=alike.may_stand)


def _relative(case: Case, *, why: str, may_stand: bool = False, is_open_to: bool = True) -> Relative:
    return Relative(
        number=case.number,
        title=case.title,
        href=reverse("cases:page", args=[case.number]) if is_open_to else "",
        state=say_state(case),
        day=say_day(case.registered_at),
        why=why,
        may_stand=may_stand,
    )


def _asker(case: Case) -> str:
    if case.resident:
        return f"{case.resident.masked_name} {case.resident.masked_phone}".strip()
    return case.asker_code or "没有留名"
