"""Houses and households in the residents' sheet: what a line tells of them, and what of that stands already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from banjie.base.errors import InvalidInput
from banjie.fields.spec import FieldSpec
from banjie.places.codes import VILLAGE_DIGITS
from banjie.residents.actions import Arrival, Home
from banjie.residents.facts import ResidentFacts
from banjie.residents.home_words import (
    RELATIONS,
    TENURES,
    USES,
    HouseFacts,
    Relation,
    address_key,
    checked_code,
    checked_house,
    read_relation,
)
from banjie.residents.models import Household, HouseholdMember, HouseLink, Resident
from banjie.residents.queries.homes import STANDS, homes_of
from banjie.sheets.declared import Column, Row
from banjie.sheets.queries import subjects_of

AT_ONCE = 500
HOME_COLUMNS = (
    Column("dwelling", "门牌号", FieldSpec("dwelling", "门牌号", longest=80),
           ("房屋地址", "房屋", "门牌", "房号", "楼栋房号", "房屋门牌"), example="三组12号",
           help="写到一处房屋为止。填了就登记这处房屋，并记他住在里面"),
    Column("house_use", "房屋用途", None, ("房屋性质", "房屋类型", "房屋状态"),
           options=tuple((key.value, title) for key, title in USES.items())),
    Column("tenure", "居住方式", None, ("居住性质", "住房性质"),
           options=tuple((key.value, title) for key, title in TENURES.items())),
    Column("household", "户编号", FieldSpec("household", "户编号", longest=40), ("户号", "户籍号", "家庭编号"),
           help="同一户填一样的。没有户编号的，同一处房屋算一户"),
    Column("relation", "与户主关系", FieldSpec("relation", "与户主关系", longest=20),
           ("关系", "与户主的关系", "家庭关系"), help=f"可填：{'、'.join(RELATIONS.values())}；妻、长子这样写也认得"),
)  # fmt: skip
NO_HOUSEHOLD = "写了与户主关系，还要有户编号或门牌号，才知道是哪一户"
NO_VILLAGE = "要登记房屋或户，所在村要具体到村（社区）"


@dataclass(frozen=True)
class Standing:
    """What stands of the homes of the residents whom a sheet means, and who heads which household."""

    links: dict[UUID, HouseLink]
    members: dict[UUID, HouseholdMember]
    heads: dict[object, UUID]

    @staticmethod
    def of(ids: Sequence[UUID], *, town: str) -> "Standing":
        """Read the homes of these residents, and the heads of the town's numbered households."""
        links: dict[UUID, HouseLink] = {}
        members: dict[UUID, HouseholdMember] = {}
        for start in range(0, len(ids), AT_ONCE):
            some = ids[start : start + AT_ONCE]
            living, belonging = homes_of(some)
            links |= living
            members |= belonging
        headed = HouseholdMember.objects.filter(STANDS, town=town, relation=Relation.HEAD)
        rows = headed.values_list(
            "household__division_code", "household__code", "household__house__address_key", "resident_id"
        )
        heads: dict[object, UUID] = {
            (division, code) if code else key: who for division, code, key, who in rows
        }
        return Standing(links, members, heads)

    def checked(self, home: Home, facts: ResidentFacts) -> Home:
        """Return the home of someone new; raises InvalidInput where he would be the second head of a household."""
        if home.relation is Relation.HEAD and _household_key(home, facts) in self.heads:
            raise InvalidInput("", fields={"relation": "系统里这一户已经有户主，请核对"})
        return home

    def left_of(self, known: Resident, home: Home, facts: ResidentFacts) -> Home:
        """Return what of a home does not stand yet for someone who does; raises InvalidInput where it contradicts."""
        left = home
        if home.house is not None and (link := self.links.get(known.pk)) is not None:
            if link.house.address_key != address_key(home.house.division_code, home.house.address):
                problem = "他已登记住在另一处房屋。搬家请到群众页面办，再删去这一行"
                raise InvalidInput("", fields={"address": problem})
            left = replace(left, house=None, tenure="")
        if home.relation is not None and (member := self.members.get(known.pk)) is not None:
            self._refuse_other_household(member, home)
            left = replace(left, relation=None, code="")
        return self.checked(left, facts)

    def _refuse_other_household(self, member: HouseholdMember, home: Home) -> None:
        if home.code and member.household.code != home.code:
            raise InvalidInput("", fields={"household": "他已登记在另一户。要改请到群众页面办，再删去这一行"})
        if member.relation != home.relation:
            raise InvalidInput("", fields={"relation": f"他登记的是{member.get_relation_display()}，请核对"})


def home_told(row: Row, facts: ResidentFacts) -> Home:
    """Return what a line tells of someone's house and household; raises InvalidInput by column."""
    words = row.text("dwelling") or (facts.house if row.text("house_use") else "")
    code, relation = row.text("household"), row.text("relation")
    if not (words or code or relation):
        return Home()
    if len(facts.division_code) != VILLAGE_DIGITS:
        raise InvalidInput("", fields={"division_code": NO_VILLAGE})
    house = _house(row, words, facts) if words else None
    if relation and not code and house is None:
        raise InvalidInput("", fields={"relation": NO_HOUSEHOLD})
    return Home(
        house=house,
        tenure=row.text("tenure") if house else "",
        relation=_relation(relation) if relation else (Relation.OTHER if code else None),
        code=_code(code),
    )


def is_address(home: Home, facts: ResidentFacts) -> bool:
    """Tell whether the words for where someone lives are the address of his house, which its link stands for."""
    if home.house is None or not facts.house:
        return False
    place = facts.division_code
    return address_key(place, facts.house) == address_key(place, home.house.address)


def refuse_second_head(home: Home, facts: ResidentFacts, line_no: int, heads: dict[object, int]) -> None:
    """Raise InvalidInput where two lines would head one household."""
    if home.relation is not Relation.HEAD:
        return
    first = heads.setdefault(_household_key(home, facts), line_no)
    if first != line_no:
        raise InvalidInput("", fields={"relation": f"这一户的户主已在第{first}行，一户只有一位户主"})


def home_notes(arrivals: Iterable[Arrival]) -> list[str]:
    """Return what the preview says of houses and households."""
    told = [arrival.home for arrival in arrivals if arrival.home != Home()]
    houses = {
        address_key(home.house.division_code, home.house.address) for home in told if home.house is not None
    }
    linked = sum(1 for home in told if home.house is not None)
    joined = sum(1 for home in told if home.relation is not None)
    notes = [f"将把{linked}人关联到{len(houses)}处房屋。"] if linked else []
    return [*notes, f"将把{joined}人记到户里。"] if joined else notes


def linked_residents(ids: Sequence[UUID]) -> list[UUID]:
    """Return the residents who stood before a batch and to whom its links belong."""
    found = set(HouseLink.objects.filter(pk__in=ids).values_list("resident_id", flat=True))
    found |= set(HouseholdMember.objects.filter(pk__in=ids).values_list("resident_id", flat=True))
    return sorted(found - set(ids), key=str)


def used_by_others(ids: Sequence[UUID], batch_id: UUID) -> set[UUID]:
    """Return those houses and households of a batch in which someone stands whom the batch did not bring."""
    ours = subjects_of(batch_id)
    links = HouseLink.objects.filter(house__in=ids, is_withdrawn=False)
    members = HouseholdMember.objects.filter(household__in=ids, is_withdrawn=False)
    used = {
        place
        for rows in (links.values_list("house_id", "resident_id", "pk"),
                     members.values_list("household_id", "resident_id", "pk"))
        for place, resident, pk in rows
        if resident not in ours and pk not in ours
    }  # fmt: skip
    others = Household.objects.filter(house__in=ids, is_withdrawn=False).exclude(pk__in=ours)
    return used | {house for house in others.values_list("house_id", flat=True) if house}


def _household_key(home: Home, facts: ResidentFacts) -> object:
    """Return what tells one household from another: its number within the village, or its house."""
    if home.code or home.house is None:
        return facts.division_code, home.code
    return address_key(home.house.division_code, home.house.address)


def _house(row: Row, words: str, facts: ResidentFacts) -> HouseFacts:
    told = HouseFacts(facts.division_code, words, use=row.text("house_use"), grid_id=facts.grid_id)
    return checked_house(told)


def _relation(words: str) -> Relation:
    try:
        return read_relation(words)
    except InvalidInput as wrong:
        raise InvalidInput("", fields={"relation": wrong.message}) from wrong


def _code(words: str) -> str:
    try:
        return checked_code(words)
    except InvalidInput as wrong:
        raise InvalidInput("", fields={"household": wrong.message}) from wrong
