"""Every read of enterprises: within the actor's town and scope, the contact covered unless a right says otherwise."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from banjie.base.actor import Actor
from banjie.base.errors import NotAllowed, NotFound
from banjie.base.keyset import Slice, slice_after
from banjie.enterprises.models import Enterprise
from banjie.enterprises.spelling import typed_text
from banjie.places.queries import place_name

PAGE = 50
BY_NAME = ("name", "id")
FIND = "enterprises.find_enterprise"
NOT_FOUND = "没有找到这家企业，或它不在您的管辖范围内。请重新查找。"
RANKED = 50
"""So many of those that fit are ranked; what fits beyond that is found by typing on."""


@dataclass(frozen=True)
class EnterpriseHit:
    """An enterprise as a list or a find box shows it."""

    id: UUID
    name: str
    uscc: str
    village: str
    status: str
    division_code: str


@dataclass(frozen=True)
class Asked:
    """What a list of enterprises is narrowed by; what is empty narrows nothing."""

    words: str = ""
    division_code: str = ""
    industry: str = ""
    size: str = ""
    status: str = ""


def visible_to(actor: Actor) -> QuerySet[Enterprise]:
    """Return the enterprises of the actor's town within his scope, doubles that were merged left out."""
    found = Enterprise.objects.filter(town=actor.town, is_withdrawn=False, merged_into=None)
    return found if actor.scope == actor.town else found.filter(division_code__startswith=actor.scope)


def enterprise_for(actor: Actor, enterprise_id: UUID) -> Enterprise:
    """Return an enterprise of the actor's scope, for a merged double the one that stands. Raises NotFound (T13)."""
    mine = Enterprise.objects.filter(
        town=actor.town, division_code__startswith=actor.scope, is_withdrawn=False
    )
    found = mine.filter(pk=enterprise_id).first()
    if found is not None and found.merged_into_id is not None:
        found = mine.filter(pk=found.merged_into_id).first()
    if found is None:
        raise NotFound(NOT_FOUND)
    return found


def ids_of(enterprise: Enterprise) -> list[UUID]:
    """Return the ids under which the enterprise may stand in other rooms: its own and those of its doubles."""
    return [enterprise.pk, *enterprise.doubles.order_by("pk").values_list("pk", flat=True)]


def enterprises_asked(actor: Actor, asked: Asked) -> QuerySet[Enterprise]:
    """Return what the actor sees of what was asked, every word of it, in no order.

    Raises NotAllowed without the right to find.
    """
    _require(actor)
    found = visible_to(actor)
    for column in ("industry", "size", "status"):
        if value := getattr(asked, column):
            found = found.filter(**{column: value})
    if asked.division_code:
        found = found.filter(division_code__startswith=asked.division_code)
    for word in asked.words.split():
        if typed := typed_text(word):
            found = found.filter(found_by__contains=typed)
    return found


def list_enterprises(actor: Actor, asked: Asked, *, after: str = "") -> Slice[Enterprise]:
    """Return a page of enterprises by name."""
    return slice_after(enterprises_asked(actor, asked), by=BY_NAME, token=after, size=PAGE)


def find_enterprises(actor: Actor, typed: str, limit: int = 8) -> list[EnterpriseHit]:
    """Return which enterprises the actor may mean by what he has typed so far: name, pinyin, initials or code (U2).

    Those in business come first, then names that begin with what was typed, then shorter ones.
    """
    _require(actor)
    text = typed_text(typed)
    if not text:
        return []
    found = enterprises_asked(actor, Asked(words=typed)).order_by(*BY_NAME)[:RANKED]
    ranked = sorted(found, key=lambda row: (not row.is_active, not _begins(row, text), len(row.name)))
    return [hit_of(row) for row in ranked[:limit]]


def hit_of(row: Enterprise) -> EnterpriseHit:
    """Return an enterprise as a find box shows it."""
    return EnterpriseHit(
        id=row.pk,
        name=row.name,
        uscc=row.uscc,
        village=place_name(row.division_code),
        status=row.get_status_display(),
        division_code=row.division_code,
    )


def enterprise_names(town: str, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names of enterprises of a town by id, of a double the name of the one that stands."""
    rows = Enterprise.objects.filter(town=town, pk__in=set(ids)).values_list(
        "pk", "name", "merged_into__name"
    )
    return {pk: standing or name for pk, name, standing in rows}


def holders_of(town: str, codes: Sequence[str]) -> dict[str, Enterprise]:
    """Return which enterprises of a town stand under which of these credit codes, whatever the actor's scope."""
    rows = Enterprise.objects.filter(town=town, is_withdrawn=False, merged_into=None)
    return {
        row.uscc: row
        for start in range(0, len(codes), 500)
        for row in rows.filter(uscc__in=codes[start : start + 500]).exclude(uscc="")
    }


def _begins(row: Enterprise, text: str) -> bool:
    return any(line.startswith(text) for line in row.found_by.split("\n"))


def _require(actor: Actor) -> None:
    if not actor.may(FIND):
        raise NotAllowed("您的岗位不能查找企业。需要时请联系党政办。", ground=FIND)
