"""Reads of houses and households: whose they are, who lives in them now, and who did before."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from banjie.base.actor import Actor
from banjie.base.errors import NotAllowed, NotFound
from banjie.base.keyset import Slice, slice_after
from banjie.places.queries import place_names
from banjie.residents.home_words import address_key
from banjie.residents.models import House, Household, HouseholdMember, HouseLink, Resident
from banjie.residents.queries.people import ResidentHit, hits_of

FIND = "residents.find_resident"
BY_PLACE = ("division_code", "id")
PAGE = 50
STANDS = Q(until_on=None, is_withdrawn=False)


@dataclass(frozen=True)
class HousesAsked:
    """What a list of houses is narrowed by; what is empty narrows nothing. `address` is a whole address."""

    division_code: str = ""
    grid_id: UUID | None = None
    use: str = ""
    address: str = ""


@dataclass(frozen=True)
class HouseLine:
    """A house as a list shows it, with how many people live in it."""

    house: House
    address: str
    village: str
    people: int


@dataclass(frozen=True)
class Dweller:
    """Someone who lives or lived in a house, covered, with his link and his relation to the head of his household."""

    hit: ResidentHit
    link: HouseLink
    relation: str


@dataclass(frozen=True)
class Membership:
    """A member of a household, covered."""

    hit: ResidentHit
    member: HouseholdMember


def houses_visible_to(actor: Actor) -> QuerySet[House]:
    """Return the houses of the actor's town within his scope."""
    found = House.objects.filter(town=actor.town, is_withdrawn=False)
    return found if actor.scope == actor.town else found.filter(division_code__startswith=actor.scope)


def households_visible_to(actor: Actor) -> QuerySet[Household]:
    """Return the households of the actor's town within his scope."""
    found = Household.objects.filter(town=actor.town, is_withdrawn=False)
    return found if actor.scope == actor.town else found.filter(division_code__startswith=actor.scope)


def house_for(actor: Actor, house_id: UUID) -> House:
    """Return a house of the actor's scope. Raises NotFound, also for one of another town (T13)."""
    found = houses_visible_to(actor).filter(pk=house_id).select_related("grid").first()
    if found is None:
        raise NotFound("没有找到这处房屋，或它不在您的管辖范围内。请重新查找。")
    return found


def house_at(actor: Actor, division_code: str, address: str) -> House | None:
    """Return the house of a village that bears an address, or None; the words must be the same but for blanks."""
    return houses_visible_to(actor).filter(address_key=address_key(division_code, address)).first()


def houses_asked(actor: Actor, asked: HousesAsked) -> QuerySet[House]:
    """Return what the actor sees of what was asked, in no order. Raises NotAllowed without the right to find."""
    if not actor.may(FIND):
        raise NotAllowed("您的岗位不能查看房屋。需要时请联系便民服务窗口。", ground=FIND)
    found = houses_visible_to(actor)
    if asked.division_code:
        found = found.filter(division_code=asked.division_code)
    if asked.grid_id:
        found = found.filter(grid_id=asked.grid_id)
    if asked.use:
        found = found.filter(use=asked.use)
    if asked.address:
        codes = [asked.division_code] if asked.division_code else _villages(actor)
        found = found.filter(address_key__in=[address_key(code, asked.address) for code in codes])
    return found


def list_houses(actor: Actor, asked: HousesAsked, *, after: str = "") -> tuple[Slice[House], list[HouseLine]]:
    """Return a page of houses by village in the order of their registration, and its lines."""
    found = houses_asked(actor, asked).select_related("grid")
    shown = slice_after(found, by=BY_PLACE, token=after, size=PAGE)
    return shown, lines_of(shown.rows)


def lines_of(houses: Sequence[House]) -> list[HouseLine]:
    """Return houses as a list shows them, how many people live in each counted in one query."""
    names = place_names(house.division_code for house in houses)
    links = HouseLink.objects.filter(STANDS, house__in=[house.pk for house in houses])
    people = Counter(links.values_list("house_id", flat=True))
    return [HouseLine(house, house.address, names[house.division_code], people[house.pk]) for house in houses]


def people_in(house: House, *, is_past: bool = False) -> list[Dweller]:
    """Return who lives in a house, or who lived there and moved out, by household, its head first."""
    links = HouseLink.objects.filter(house=house, is_withdrawn=False, until_on__isnull=not is_past)
    rows = list(links.select_related("resident").order_by("from_on", "id"))
    ids = [link.resident_id for link in rows]
    members = {
        member.resident_id: member for member in HouseholdMember.objects.filter(STANDS, resident__in=ids)
    }
    hits = {hit.id: hit for hit in hits_of([link.resident for link in rows])}
    dwellers = [
        Dweller(hits[link.resident_id], link, _relation(members.get(link.resident_id))) for link in rows
    ]
    return sorted(dwellers, key=lambda one: _order(members.get(one.hit.id)))


def homes_of(ids: Sequence[UUID]) -> tuple[dict[UUID, HouseLink], dict[UUID, HouseholdMember]]:
    """Return where each of many residents lives now and which household he belongs to, at two queries."""
    links = HouseLink.objects.filter(STANDS, resident__in=ids).select_related("house")
    members = HouseholdMember.objects.filter(STANDS, resident__in=ids).select_related("household__house")
    return {one.resident_id: one for one in links}, {one.resident_id: one for one in members}


def dwellers_of(houses: Sequence[House]) -> dict[UUID, list[str]]:
    """Return house → the covered names of those who live in it now, in the order of their coming."""
    links = HouseLink.objects.filter(STANDS, house__in=[house.pk for house in houses])
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    for link in links.select_related("resident").order_by("from_on", "id"):
        found[link.house_id].append(link.resident.masked_name)
    return found


def home_of(resident: Resident) -> HouseLink | None:
    """Return where a resident lives now, with the house, or None."""
    return HouseLink.objects.filter(STANDS, resident=resident).select_related("house").first()


def past_homes_of(resident: Resident) -> list[HouseLink]:
    """Return where a resident lived before, the last first."""
    links = HouseLink.objects.filter(resident=resident, is_withdrawn=False, until_on__isnull=False)
    return list(links.select_related("house").order_by("-until_on", "-id"))


def household_of(resident: Resident) -> tuple[Household, list[Membership]] | None:
    """Return the household of a resident with its members, the head first, or None."""
    own = HouseholdMember.objects.filter(STANDS, resident=resident).select_related("household").first()
    if own is None:
        return None
    return own.household, members_of(own.household)


def members_of(household: Household) -> list[Membership]:
    """Return the members of a household now, the head first."""
    return members_by_household([household]).get(household.pk, [])


def members_by_household(households: Sequence[Household]) -> dict[UUID, list[Membership]]:
    """Return the members of each of many households now, its head first."""
    standing = HouseholdMember.objects.filter(STANDS, household__in=[one.pk for one in households])
    rows = sorted(standing.select_related("resident"), key=_order)
    hits = {hit.id: hit for hit in hits_of([row.resident for row in rows])}
    found: defaultdict[UUID, list[Membership]] = defaultdict(list)
    for row in rows:
        found[row.household_id].append(Membership(hits[row.resident_id], row))
    return found


def households_in(house: House) -> list[Household]:
    """Return the households of a house."""
    return list(Household.objects.filter(house=house, is_withdrawn=False).order_by("code", "id"))


def _villages(actor: Actor) -> list[str]:
    from_houses = houses_visible_to(actor).order_by().values_list("division_code", flat=True)
    return list(from_houses.distinct())


def _relation(member: HouseholdMember | None) -> str:
    return member.get_relation_display() if member else ""


def _order(member: HouseholdMember | None) -> tuple[bool, str, bool, str]:
    """Keep households together, the head first, others as they came; who belongs to none stands last."""
    if member is None:
        return True, "", True, ""
    return False, str(member.household_id), member.relation != "head", str(member.pk)
