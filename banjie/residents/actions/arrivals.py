"""按名册登记: many residents with their houses and households at once, all or none, an entry for each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.db import transaction

from banjie.base.actor import Actor
from banjie.base.clock import local_day
from banjie.base.errors import Conflict
from banjie.ledger.actions import record_all
from banjie.ledger.models import Ledgered
from banjie.ledger.record import Deed, Stamp
from banjie.residents.actions.homes import house_columns, link_columns, new_house
from banjie.residents.actions.households import member_columns
from banjie.residents.actions.people import (
    columns_of,
    refuse_doubles,
    refuse_foreign,
    require,
)
from banjie.residents.facts import ResidentFacts
from banjie.residents.home_words import (
    HouseFacts,
    LinkSource,
    Living,
    Relation,
    address_key,
)
from banjie.residents.key_rows import drop_all_keys, facts_of, write_keys
from banjie.residents.models import SEALED, House, Household, HouseholdMember, HouseLink, Resident

WITHDRAWN: Mapping[str, object] = {
    **dict.fromkeys(SEALED.values(), ""),
    "id_kind": "",
    "outer_code": "",
    "is_withdrawn": True,
}
AT_ONCE = 500
GONE: Mapping[str, object] = {"is_withdrawn": True}
Parts = list[tuple[Ledgered, Mapping[str, object]]]


@dataclass(frozen=True)
class Home:
    """Where someone lives and of which household he is; a household without a number is known by its house."""

    house: HouseFacts | None = None
    tenure: str = ""
    relation: Relation | None = None
    code: str = ""


@dataclass(frozen=True)
class Arrival:
    """One line of a register: a new resident, or with `resident_id` one who stands, and his home."""

    facts: ResidentFacts
    home: Home = Home()
    resident_id: UUID | None = None


@dataclass
class _Homes:
    """The houses and households of a chunk: those that stand, and those that its deeds begin."""

    town: str
    day: date
    houses: dict[int, House]
    numbered: dict[tuple[str, str], Household]
    housed: dict[UUID, Household]
    deeds: list[Deed] = field(default_factory=list)


def register_arrivals(arrivals: Sequence[Arrival], *, actor: Actor, stamp: Stamp) -> list[UUID]:
    """按名册登记: write residents, houses, households and who lives where; return the ids of all that is new.

    The facts are taken as checked; of a resident who stands only the links are new. The stamp's client key is not
    used. Raises InvalidInput for a place out of the scope, AlreadyRegistered for an ID number that stands.
    """
    require(actor, "residents.register_resident")
    new = [arrival.facts for arrival in arrivals if arrival.resident_id is None]
    with transaction.atomic():
        refuse_foreign(actor, [arrival.facts for arrival in arrivals])
        refuse_doubles(actor, new)
        homes = _homes(arrivals, actor=actor, day=local_day(stamp.recorded_at))
        standing = Resident.objects.in_bulk([one.resident_id for one in arrivals if one.resident_id])
        told = [(_row(arrival, standing, actor), arrival) for arrival in arrivals]
        deeds = [deed for row, arrival in told for deed in _deeds(row, arrival, homes)]
        write_keys((row, arrival.facts) for row, arrival in told if arrival.resident_id is None)
        all_deeds = [*homes.deeds, *deeds]
        record_all(all_deeds, replace(stamp, client_key="", content=None))
    return [row.pk for row in _new_rows(homes.deeds, told, deeds)]


def withdraw_arrivals(ids: Sequence[UUID], *, actor: Actor, stamp: Stamp) -> None:
    """撤回名册登记: take back residents with all that links them, and then houses and households that are empty.

    Nothing that tells who they are stays. Raises Conflict where someone else lives in one of the houses meanwhile.
    """
    require(actor, "residents.register_resident")
    with transaction.atomic():
        found = Resident.objects.select_for_update(no_key=True).filter(pk__in=ids, is_withdrawn=False)
        residents = list(found.filter(town=actor.town, division_code__startswith=actor.scope).order_by("pk"))
        drop_all_keys([(row, facts_of(row)) for row in residents])
        theirs = _parts_of(residents, ids)
        deeds = [
            Deed("resident.withdrawn", row, changes=WITHDRAWN, parts=theirs.pop(row.pk, []))
            for row in residents
        ]
        others = Resident.objects.in_bulk(list(theirs))
        deeds += [Deed("resident.unlinked", others[pk], parts=parts) for pk, parts in theirs.items()]
        record_all(deeds, stamp)
        record_all(list(_emptied(ids)), stamp)


def _homes(arrivals: Sequence[Arrival], *, actor: Actor, day: date) -> _Homes:
    """Read the houses and households that the lines name and that stand, each table asked once for many."""
    keys = {
        address_key(one.home.house.division_code, one.home.house.address)
        for one in arrivals
        if one.home.house
    }
    houses = {row.address_key: row for row in _of_keys(actor.town, sorted(keys))}
    households = Household.objects.filter(town=actor.town, is_withdrawn=False)
    codes = {one.home.code for one in arrivals if one.home.code}
    numbered = {(row.division_code, row.code): row for row in households.filter(code__in=codes)}
    ids = [house.pk for house in houses.values()]
    housed = {row.house_id: row for row in households.filter(house__in=ids, code="") if row.house_id}
    return _Homes(actor.town, day, houses, numbered, housed)


def _of_keys(town: str, keys: Sequence[int]) -> Iterable[House]:
    for start in range(0, len(keys), AT_ONCE):
        wanted = keys[start : start + AT_ONCE]
        yield from House.objects.filter(town=town, is_withdrawn=False, address_key__in=wanted)


def _row(arrival: Arrival, standing: Mapping[UUID, Resident], actor: Actor) -> Resident:
    return standing[arrival.resident_id] if arrival.resident_id else Resident(town=actor.town)


def _deeds(row: Resident, arrival: Arrival, homes: _Homes) -> list[Deed]:
    """Return the deed of one line: a resident registered with his links, or the links of one who stands."""
    parts = _links(row, arrival, homes)
    if arrival.resident_id is None:
        return [Deed("resident.registered", row, changes=columns_of(row, arrival.facts), parts=parts)]
    return [Deed("resident.housed", row, parts=parts)] if parts else []


def _links(row: Resident, arrival: Arrival, homes: _Homes) -> Parts:
    home, parts = arrival.home, Parts()
    house = _house(home.house, homes) if home.house else None
    if house is not None:
        link = HouseLink(town=homes.town, resident=row)
        living = Living(LinkSource.SHEET, tenure=home.tenure)
        parts.append((link, link_columns(house.pk, living, from_on=homes.day, today=homes.day)))
    if home.relation is not None:
        household = _household(arrival, house, homes)
        member = HouseholdMember(town=homes.town, resident=row)
        columns = member_columns(household.pk, home.relation, from_on=homes.day, today=homes.day)
        parts.append((member, columns))
    return parts


def _house(facts: HouseFacts, homes: _Homes) -> House:
    """Return the house of an address, begun by a deed of its own where none stands."""
    key = address_key(facts.division_code, facts.address)
    if key not in homes.houses:
        row = new_house(homes.town, facts)
        homes.houses[key] = row
        changes = house_columns(row, facts) | {"registered_on": homes.day}
        homes.deeds.append(Deed("house.registered", row, changes=changes))
    return homes.houses[key]


def _household(arrival: Arrival, house: House | None, homes: _Homes) -> Household:
    """Return the household of a line by its number, or by its house, begun where none stands."""
    code, division_code = arrival.home.code, arrival.facts.division_code
    known = homes.numbered.get((division_code, code)) if code else None
    if known is None and not code and house is not None:
        known = homes.housed.get(house.pk)
    if known is not None:
        return known
    row = Household(town=homes.town)
    if code:
        homes.numbered[division_code, code] = row
    elif house is not None:
        homes.housed[house.pk] = row
    changes = {
        "division_code": division_code,
        "code": code,
        "house_id": house.pk if house else None,
        "registered_on": homes.day,
    }
    homes.deeds.append(Deed("household.registered", row, changes=changes))
    return row


def _new_rows(
    begun: Sequence[Deed], told: Sequence[tuple[Resident, Arrival]], deeds: Sequence[Deed]
) -> Iterable[Ledgered]:
    """Yield what a chunk made: houses, households, residents, and the links of those who stood already."""
    yield from (deed.subject for deed in begun)
    yield from (row for row, arrival in told if arrival.resident_id is None)
    yield from (part for deed in deeds if deed.name == "resident.housed" for part, _ in deed.parts)


def _parts_of(residents: Sequence[Resident], ids: Sequence[UUID]) -> dict[UUID, Parts]:
    """Return the links to take back, by resident: all of those withdrawn, and the named ones of others."""
    parts: dict[UUID, Parts] = {}
    mine = [row.pk for row in residents]
    for model in (HouseLink, HouseholdMember):
        standing = model._default_manager.filter(is_withdrawn=False)
        for row in [*standing.filter(resident__in=mine), *standing.filter(pk__in=ids)]:
            theirs = parts.setdefault(row.resident_id, [])
            if all(row.pk != known.pk for known, _ in theirs):
                theirs.append((row, GONE))
    return parts


def _emptied(ids: Sequence[UUID]) -> Iterable[Deed]:
    """Yield the end of the households and houses among the ids; raises Conflict where someone is left in one."""
    households = list(Household.objects.filter(pk__in=ids, is_withdrawn=False).order_by("pk"))
    houses = list(House.objects.filter(pk__in=ids, is_withdrawn=False).order_by("pk"))
    members = HouseholdMember.objects.filter(household__in=households, is_withdrawn=False)
    links = HouseLink.objects.filter(house__in=houses, is_withdrawn=False)
    others = Household.objects.filter(house__in=houses, is_withdrawn=False).exclude(pk__in=ids)
    if members.exists() or links.exists() or others.exists():
        raise Conflict("这一批登记的房屋或户里，刚登记了别的人。")
    yield from (Deed("household.withdrawn", row, changes=GONE) for row in households)
    yield from (Deed("house.withdrawn", row, changes={**GONE, "address_sealed": ""}) for row in houses)
