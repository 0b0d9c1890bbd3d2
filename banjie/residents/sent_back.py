"""A line of an export that comes back (U14): whom it means by his 记录号, and that it says what stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from banjie.base.actor import Actor
from banjie.base.errors import InvalidInput
from banjie.fields.plain_text import half_width
from banjie.fields.spec import FieldSpec
from banjie.residents.home_words import address_key, read_relation
from banjie.residents.models import HouseholdMember, HouseLink, Resident
from banjie.residents.queries import homes_of, visible_to
from banjie.sheets.declared import Column, Finding, Row

IDENTITY = "record_id__"
COLUMN = Column(
    IDENTITY, "记录号", FieldSpec(IDENTITY, "记录号", longest=40), help="系统导出时带出，新登记的不用填"
)
NOBODY = "系统里没有这个记录号。新登记的，请把这一格清空。"
OTHERWISE = "系统里这一位登记的是别的，导入只登记新的；要改，请到群众页面更正，再删去这一行。"
COVERED = ("name", "phone", "id_number", "house")


@dataclass(frozen=True)
class SentBack:
    """The residents whom lines name by their 记录号, with their homes."""

    people: dict[str, Resident]
    links: dict[UUID, HouseLink]
    members: dict[UUID, HouseholdMember]

    @staticmethod
    def of(actor: Actor, rows: Sequence[Row]) -> "SentBack":
        """Read whom the lines name, within what the actor may see."""
        ids = [UUID(told) for row in rows if _is_key(told := row.text(IDENTITY))]
        people = list(visible_to(actor).filter(pk__in=ids).select_related("grid"))
        links, members = homes_of([person.pk for person in people])
        return SentBack({person.pk.hex: person for person in people}, links, members)

    def findings(self, row: Row) -> Iterator[Finding]:
        """Yield the cells of a line that say something else than what stands; covered and empty ones say nothing."""
        person = self.people.get(row.text(IDENTITY))
        if person is None:
            yield Finding(row.line_no, IDENTITY, NOBODY)
            return
        stands = self._stands(person)
        for key, stood in stands.items():
            told = row.name(key) if key in ("grid", "name") else row.text(key)
            if (
                told
                and not (key in COVERED and "*" in half_width(told))
                and self._read(person, key, told) != stood
            ):
                yield Finding(row.line_no, key, OTHERWISE)

    def _stands(self, person: Resident) -> dict[str, object]:
        link, member = self.links.get(person.pk), self.members.get(person.pk)
        return {
            "name": person.name,
            "village": person.division_code,
            "id_number": person.id_number,
            "phone": person.phone,
            "grid": person.grid.name if person.grid else "",
            "house": person.house,
            "outer_code": person.outer_code,
            "dwelling": link.house.address_key if link else "",
            "house_use": link.house.use if link else "",
            "tenure": link.tenure if link else "",
            "household": member.household.code if member else "",
            "relation": member.relation if member else "",
        }

    def _read(self, person: Resident, key: str, told: str) -> object:
        """Return a cell in the form in which it stands."""
        if key == "dwelling":
            return address_key(person.division_code, told)
        if key != "relation":
            return told
        try:
            return read_relation(told)
        except InvalidInput:
            return told


def home_cells(link: HouseLink | None, member: HouseholdMember | None) -> list[str]:
    """Return house, its use, by what right, household and relation, as the residents' sheet has them."""
    house = (
        [link.house.address, link.house.get_use_display(), link.get_tenure_display()] if link else [""] * 3
    )
    return [*house, *([member.household.code, member.get_relation_display()] if member else ["", ""])]


def _is_key(told: str) -> bool:
    return len(told) == 32 and all(letter in "0123456789abcdef" for letter in told)
