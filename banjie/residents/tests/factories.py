"""People who act on residents, two villages to live in, and residents made up from short lists."""

from dataclasses import replace
from uuid import UUID

from banjie.fields.citizen import check_digit
from banjie.places.actions import add_grid
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
from banjie.residents.actions import register_resident
from banjie.residents.facts import ResidentFacts

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
    "facts",
    "id_number",
    "make_grid",
    "make_resident",
    "make_villages",
    "stamp",
]

WANG = Worker(UUID(int=8), deeds=frozenset({"residents.find_resident"}))


def make_grid(division_code: str = WEST, name: str = "一网格"):
    return add_grid(LI, stamp(), division_code=division_code, name=name)


def id_number(serial: int = 1, *, birth: str = "19880704") -> str:
    first_17 = f"340099{birth}{serial:03d}"
    return first_17 + check_digit(first_17)


def facts(name: str = "张三", **more) -> ResidentFacts:
    return replace(ResidentFacts(name=name, division_code=WEST), **more)


def make_resident(name: str = "张三", by: Worker = LI, **more):
    return register_resident(facts(name, **more), actor=by, stamp=stamp(by))
