"""Entries behind a number: those about what the reader sees, each leading to what it is about."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.urls import reverse

from banjie.cases import queries as cases
from banjie.cases.models import Case
from banjie.desk.cases.line import TITLES
from banjie.desk.cases.rows import address_of_case
from banjie.desk.cases.watch import say_moment
from banjie.desk.enterprises.looks import DEEDS as OF_ENTERPRISES
from banjie.desk.homes.sight import DEEDS as OF_HOUSES
from banjie.desk.residents.looks import DEEDS as OF_RESIDENTS
from banjie.enterprises import queries as enterprises
from banjie.enterprises.models import Enterprise
from banjie.ledger.models import Entry
from banjie.people.queries import StaffActor, staff_names
from banjie.residents import queries as residents
from banjie.residents.models import House, Resident

DEED_TITLES = {**TITLES, **OF_RESIDENTS, **OF_HOUSES, **OF_ENTERPRISES}


@dataclass(frozen=True)
class _About:
    """One sort of subject: who sees which, what one is called and where it stands."""

    model: type[Model]
    seen: Callable[[StaffActor], "QuerySet[Any]"]
    told: Callable[[Any], tuple[str, str]]
    right: str = ""

    @property
    def kind(self) -> str:
        return self.model._meta.label_lower


ABOUT = (
    _About(Case, cases.visible_to, lambda row: (f"{row.number} {row.title}", address_of_case(row.number))),
    _About(
        Resident,
        residents.visible_to,
        lambda row: (row.masked_name, reverse("residents:page", args=[row.pk])),
        "residents.find_resident",
    ),
    _About(
        House,
        residents.houses_visible_to,
        lambda row: (row.address, reverse("homes:page", args=[row.pk])),
        "residents.find_resident",
    ),
    _About(
        Enterprise,
        enterprises.visible_to,
        lambda row: (row.name, reverse("enterprises:page", args=[row.pk])),
        "enterprises.find_enterprise",
    ),
)


def entries_seen(actor: StaffActor) -> QuerySet[Entry]:
    """Return the entries about what the reader sees: each is asked for by the key of its subject."""
    about = Q(pk=None)
    for one in _reached(actor):
        about |= Q(Exists(one.seen(actor).filter(pk=OuterRef("subject_id"))), subject_type=one.kind)
    return Entry.objects.filter(about, town=actor.town)


def entry_rows(actor: StaffActor, rows: Sequence[Entry]) -> Iterator[tuple[str, list[str]]]:
    """Yield where each entry leads and what a table tells of it."""
    subjects = dict(_subjects(actor, rows))
    names = staff_names(row.by for row in rows)
    for row in rows:
        words, href = subjects[row.subject_id]
        deed = DEED_TITLES.get(row.deed, "系统记录")
        yield href, [say_moment(row.recorded_at), deed, words, names.get(row.by, "系统")]


def _reached(actor: StaffActor) -> list[_About]:
    return [one for one in ABOUT if not one.right or actor.may(one.right)]


def _subjects(actor: StaffActor, rows: Sequence[Entry]) -> Iterator[tuple[UUID, tuple[str, str]]]:
    for one in _reached(actor):
        ids = {row.subject_id for row in rows if row.subject_type == one.kind}
        for subject in one.seen(actor).filter(pk__in=ids) if ids else ():
            yield subject.pk, one.told(subject)
