"""A made-up town office: 李 handles, 王 is his colleague and B, 赵 belongs to another village or town."""

from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

from banjie.ledger.record import Stamp
from banjie.people import actions
from banjie.people.models import Staff
from banjie.people.queries import actor_for, founder_of
from banjie.people.rights import Role
from banjie.places.actions import add_division, add_grid

TOWN, OTHER_TOWN = "980011101", "980011102"
VILLAGE, OTHER_VILLAGE = f"{TOWN}201", f"{TOWN}202"
MOMENT = datetime(2026, 3, 5, 1, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FOUNDER = founder_of(TOWN)
LONG_PASSWORD = "sunflower-copper-kettle"
_serial = count(1)


def stamp(by=FOUNDER, at=MOMENT, **more):
    return Stamp(by=by.id, happened_at=at, recorded_at=at, **more)


def make_villages():
    add_division(FOUNDER, stamp(), code=VILLAGE, name="高山村")
    add_division(FOUNDER, stamp(), code=OTHER_VILLAGE, name="松林村")


def make_grid(code=VILLAGE, name="第一网格"):
    return add_grid(FOUNDER, stamp(), division_code=code, name=name)


def make_staff(name="李明", town=TOWN, **more):
    more.setdefault("login", f"staff{next(_serial)}")
    founder = founder_of(town)
    return actions.hire_staff(founder, stamp(founder), name=name, **more)


def make_device(village=VILLAGE, name="高山村电脑"):
    return make_staff(name=name, division_code=village, is_shared_device=True)


def make_unit(key="", town=TOWN, **more):
    founder = founder_of(town)
    named = key or f"unit_{next(_serial)}"
    more.setdefault("name", f"单位{named}")
    return actions.add_unit(founder, stamp(founder), key=named, **more)


def make_post(*roles, unit=None, a=None, b=None, town=TOWN, **more):
    founder = founder_of(town)
    place = unit or make_unit(town=town)
    more.setdefault("title", f"岗位{next(_serial)}")
    holders = {"holder_a": a.pk if a else None, "holder_b": b.pk if b else None}
    wanted = [role.value for role in roles or (Role.HANDLER,)]
    return actions.add_post(founder, stamp(founder), unit_id=place.pk, roles=wanted, **holders, **more)


def acting(staff: Staff | UUID, at=MOMENT):
    return actor_for(staff, at=at)


def make_actor(*roles, name="李明", unit=None, town=TOWN, **more):
    person = make_staff(name=name, town=town)
    make_post(*roles, unit=unit, a=person, town=town, **more)
    return acting(person)


def on_leave(staff, from_at=MOMENT, until_at=None, **more):
    return actions.take_leave(
        FOUNDER,
        stamp(),
        staff_id=staff.pk,
        from_at=from_at,
        until_at=until_at,
        is_both_away_accepted=True,
        **more,
    )
