"""People who act on residents, two villages to live in, and residents made up from short lists."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from banjie.fields.citizen import check_digit
from banjie.ledger.record import Stamp
from banjie.places.actions import add_division, add_grid
from banjie.residents.actions import register_resident
from banjie.residents.facts import ResidentFacts

TOWN = "980011101"
OTHER_TOWN = "980011102"
WEST, EAST = "980011101201", "980011101202"
MOMENT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
DEEDS = frozenset(
    {
        "places.manage_places",
        "residents.find_resident",
        "residents.register_resident",
        "residents.correct_resident",
        "residents.reveal_resident",
        "residents.register_house",
        "residents.link_house",
        "residents.change_household",
    }
)


@dataclass(frozen=True)
class Worker:
    """Someone at work, as far as this room knows."""

    id: UUID
    town: str = TOWN
    scope: str = TOWN
    deeds: frozenset[str] = DEEDS

    def may(self, deed: str) -> bool:
        return deed in self.deeds


LI = Worker(UUID(int=7))
WANG = Worker(UUID(int=8), deeds=frozenset({"residents.find_resident"}))
ZHAO = Worker(UUID(int=9), scope=EAST)
ZHAO_OF_OTHER_TOWN = Worker(UUID(int=10), town=OTHER_TOWN, scope=OTHER_TOWN)


def stamp(by: Worker = LI, *, client_key: str = "", content: object = None) -> Stamp:
    return Stamp(by=by.id, happened_at=MOMENT, recorded_at=MOMENT, client_key=client_key, content=content)


def make_villages():
    add_division(LI, stamp(), code=TOWN, name="青石镇")
    add_division(LI, stamp(), code=WEST, name="西沟村")
    add_division(LI, stamp(), code=EAST, name="东岭村")


def make_grid(division_code: str = WEST, name: str = "一网格"):
    return add_grid(LI, stamp(), division_code=division_code, name=name)


def id_number(serial: int = 1, *, birth: str = "19880704") -> str:
    first_17 = f"340099{birth}{serial:03d}"
    return first_17 + check_digit(first_17)


def facts(name: str = "张三", **more) -> ResidentFacts:
    return replace(ResidentFacts(name=name, division_code=WEST), **more)


def make_resident(name: str = "张三", by: Worker = LI, **more):
    return register_resident(facts(name, **more), actor=by, stamp=stamp(by))
