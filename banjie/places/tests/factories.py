"""A made-up town with three villages; 98 is no province."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from banjie.ledger.record import Stamp
from banjie.places.actions import add_division, add_grid

TOWN = "980011101"
OTHER_TOWN = "980011102"
HIGH, PINE, RIVER = "980011101201", "980011101202", "980011101001"
DAY = date(2026, 3, 5)
MOMENT = datetime(2026, 3, 5, 1, 0, tzinfo=UTC)
LI_ID = UUID(int=7)


@dataclass(frozen=True)
class Keeper:
    """Someone who may keep places, as far as this room knows."""

    town: str = TOWN
    scope: str = TOWN
    id: UUID = LI_ID
    deeds: frozenset[str] = frozenset({"places.manage_places"})

    def may(self, deed):
        return deed in self.deeds


LI = Keeper()
WANG = Keeper(id=UUID(int=8), deeds=frozenset())
ZHAO = Keeper(id=UUID(int=9), town=OTHER_TOWN, scope=OTHER_TOWN)


def stamp(by=LI, client_key="", content=None):
    return Stamp(by=by.id, happened_at=MOMENT, recorded_at=MOMENT, client_key=client_key, content=content)


def make_division(code, name, **more):
    return add_division(LI, stamp(), code=code, name=name, **more)


def make_grid(code, name, **more):
    return add_grid(LI, stamp(), division_code=code, name=name, **more)


def make_town():
    make_division(TOWN, "青石镇")
    make_division(HIGH, "高山村")
    make_division(PINE, "松林村", aliases=["松树湾"])
    make_division(RIVER, "河街社区")
