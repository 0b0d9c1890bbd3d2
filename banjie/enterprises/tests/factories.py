"""People who act on enterprises, two villages, and enterprises made up from short lists."""

from dataclasses import replace
from uuid import UUID

from banjie.enterprises.actions import register_enterprise
from banjie.enterprises.particulars import Particulars
from banjie.fields.uscc import check_character
from banjie.places.tests.registers import (
    EAST,
    LI,
    MOMENT,
    OTHER_TOWN,
    STRANGER,
    TOWN,
    WEST,
    ZHAO,
    Worker,
    make_villages,
    stamp,
)

__all__ = [
    "EAST",
    "LI",
    "MOMENT",
    "OTHER_TOWN",
    "STRANGER",
    "TOWN",
    "WANG",
    "WEST",
    "ZHAO",
    "Worker",
    "make_enterprise",
    "make_villages",
    "stamp",
    "told",
    "uscc",
]

WANG = Worker(UUID(int=8), deeds=frozenset({"enterprises.find_enterprise"}))


def uscc(serial: int = 1) -> str:
    first_17 = f"91980011MA{serial:07d}"
    return first_17 + check_character(first_17)


def told(name: str = "青石农机有限公司", **more) -> Particulars:
    return replace(Particulars(name=name, division_code=WEST), **more)


def make_enterprise(name: str = "青石农机有限公司", by: Worker = LI, **more):
    return register_enterprise(told(name, **more), actor=by, stamp=stamp(by))
