"""People who act on enterprises, two villages, and enterprises made up from short lists."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from banjie.enterprises.actions import register_enterprise
from banjie.enterprises.particulars import Particulars
from banjie.fields.uscc import check_character
from banjie.ledger.record import Stamp
from banjie.places.actions import add_division

TOWN, OTHER_TOWN = "980011101", "980011102"
WEST, EAST = "980011101201", "980011101202"
MOMENT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
DEEDS = frozenset(
    {
        "places.manage_places",
        "enterprises.find_enterprise",
        "enterprises.register_enterprise",
        "enterprises.amend_enterprise",
        "enterprises.close_enterprise",
        "enterprises.merge_enterprises",
        "enterprises.reveal_contact",
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
WANG = Worker(UUID(int=8), deeds=frozenset({"enterprises.find_enterprise"}))
ZHAO = Worker(UUID(int=9), scope=EAST)
STRANGER = Worker(UUID(int=10), town=OTHER_TOWN, scope=OTHER_TOWN)


def stamp(by: Worker = LI, *, client_key: str = "", content: object = None) -> Stamp:
    return Stamp(by=by.id, happened_at=MOMENT, recorded_at=MOMENT, client_key=client_key, content=content)


def make_villages():
    add_division(LI, stamp(), code=TOWN, name="青石镇")
    add_division(LI, stamp(), code=WEST, name="西沟村")
    add_division(LI, stamp(), code=EAST, name="东岭村")


def uscc(serial: int = 1) -> str:
    first_17 = f"91980011MA{serial:07d}"
    return first_17 + check_character(first_17)


def told(name: str = "青石农机有限公司", **more) -> Particulars:
    return replace(Particulars(name=name, division_code=WEST), **more)


def make_enterprise(name: str = "青石农机有限公司", by: Worker = LI, **more):
    return register_enterprise(told(name, **more), actor=by, stamp=stamp(by))
