"""Who acts on the registers kept by village in the tests of their rooms: two villages, 李 with every right, 赵 of one."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from banjie.ledger.record import Stamp
from banjie.places.actions import add_division

TOWN, OTHER_TOWN = "980011101", "980011102"
WEST, EAST = "980011101201", "980011101202"
MOMENT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Worker:
    """Someone at work, as far as these rooms know; without `deeds` he may do anything."""

    id: UUID
    town: str = TOWN
    scope: str = TOWN
    deeds: frozenset[str] | None = None

    def may(self, deed: str) -> bool:
        return self.deeds is None or deed in self.deeds


LI = Worker(UUID(int=7))
ZHAO = Worker(UUID(int=9), scope=EAST)
STRANGER = Worker(UUID(int=10), town=OTHER_TOWN, scope=OTHER_TOWN)


def stamp(by: Worker = LI, *, client_key: str = "", content: object = None) -> Stamp:
    return Stamp(by=by.id, happened_at=MOMENT, recorded_at=MOMENT, client_key=client_key, content=content)


def make_villages():
    add_division(LI, stamp(), code=TOWN, name="青石镇")
    add_division(LI, stamp(), code=WEST, name="西沟村")
    add_division(LI, stamp(), code=EAST, name="东岭村")
