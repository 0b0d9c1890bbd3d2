"""Every read of residents: within the actor's town and scope, covered unless a right says otherwise."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from banjie.base.actor import Actor
from banjie.base.errors import NotAllowed, NotFound
from banjie.base.written_once import WrittenOnce
from banjie.places.queries import place_names
from banjie.residents.keys import Sought, digest_of, is_named, likeness, sole_text, sought
from banjie.residents.models import Resident, ResidentKey, open_name

RANKED = 200
"""So many of the residents that fit are ranked; whoever fits beyond that is found by typing on."""
COMPARED = 3000
"""So many names at most are decrypted where keys alone do not decide (张san, very long names)."""


@dataclass(frozen=True)
class ResidentHit:
    """A resident as a list may show him: enough to tell him from others, nothing in full (mask table, §14)."""

    id: UUID
    name: str
    phone: str
    id_number: str
    village: str
    house: str
    outer_code: str
    division_code: str


resident_named_by = WrittenOnce(lambda resident_id: Resident.objects.filter(pk=resident_id), UUID)
"""The resident whom a row names; whether the reader may see that row has been asked before."""


def visible_to(actor: Actor) -> QuerySet[Resident]:
    """Return the residents of the actor's town within his scope."""
    return Resident.objects.filter(town=actor.town, division_code__startswith=actor.scope, is_withdrawn=False)


def resident_for(actor: Actor, resident_id: UUID) -> Resident:
    """Return a resident of the actor's scope. Raises NotFound, also for one of another town (T13)."""
    found = visible_to(actor).filter(pk=resident_id).first()
    if found is None:
        raise NotFound("没有找到这位群众，或他不在您的管辖范围内。请重新查找。")
    return found


def resident_of_outer_code(actor: Actor, outer_code: str) -> Resident | None:
    """Return the resident whom another system knows by this code, or None."""
    return visible_to(actor).filter(outer_code=outer_code.strip()).exclude(outer_code="").first()


def find_residents(actor: Actor, text: str, limit: int = 8) -> list[ResidentHit]:
    """Return whom the actor may mean by what he has typed so far: name, pinyin, initials, phone, ID or code (U2).

    The very name comes first, then shorter ones. Raises NotAllowed without the right residents.find_resident.
    """
    if not actor.may("residents.find_resident"):
        raise NotAllowed("您的岗位不能查找群众。需要时请联系便民服务窗口。")
    wanted = sought(text)
    names = _fitting(actor, wanted)
    if wanted.verify:
        names = {pk: name for pk, name in names.items() if is_named(name, wanted.verify)}
    typed = wanted.verify or next(iter(wanted.words), "")
    chosen = sorted(names, key=lambda pk: likeness(names[pk], typed))[:limit]
    rows = visible_to(actor).in_bulk(chosen)
    return hits_of([rows[pk] for pk in chosen if pk in rows])


def hits_of(residents: Sequence[Resident]) -> list[ResidentHit]:
    """Return residents as lists show them, with the names of their villages in one query."""
    villages = place_names(row.division_code for row in residents)
    return [
        ResidentHit(
            id=row.id,
            name=row.masked_name,
            phone=row.masked_phone,
            id_number=row.masked_id_number,
            village=villages[row.division_code],
            house=row.house,
            outer_code=row.outer_code,
            division_code=row.division_code,
        )
        for row in residents
    ]


def holders_of(town: str, id_numbers: Iterable[str]) -> dict[str, Resident]:
    """Return who of a town is already registered under which of these ID numbers, whatever the actor's scope."""
    digests = {digest_of(town, sole_text(number)): number for number in id_numbers}
    found: dict[str, Resident] = {}
    wanted = list(digests)
    for start in range(0, len(wanted), 500):
        keys = ResidentKey.objects.filter(is_sole=True, digest__in=wanted[start : start + 500])
        for key in keys.select_related("resident"):
            found[digests[key.digest]] = key.resident
    return found


def _fitting(actor: Actor, wanted: Sought) -> dict[UUID, str]:
    """Return candidates and their names by one equality on the index of keys, narrowed by each number."""
    leading = wanted.words or wanted.numbers[:1]
    if not leading:
        return {}
    keys = ResidentKey.objects.filter(
        digest__in=[digest_of(actor.town, text) for text in leading],
        resident__town=actor.town,
        resident__division_code__startswith=actor.scope,
    )
    for number in wanted.numbers if wanted.words else wanted.numbers[1:]:
        others = ResidentKey.objects.filter(digest=digest_of(actor.town, number))
        keys = keys.filter(resident_id__in=others.values("resident_id"))
    most = COMPARED if wanted.verify else RANKED
    rows = keys.order_by("digest", "id").values_list("resident_id", "resident__name_sealed")[:most]
    return {pk: open_name(pk, sealed) for pk, sealed in dict(rows).items()}
