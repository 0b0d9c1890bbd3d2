"""Found the sample town through the actions of the rooms: places, units, staff, posts, residents, enterprises."""

import random
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password

from banjie.base.clock import local_day
from banjie.enterprises.actions import register_enterprise
from banjie.enterprises.particulars import Particulars
from banjie.ledger.actions import record_all
from banjie.ledger.record import SYSTEM, Deed, Stamp
from banjie.people.actions import add_post, add_unit, hire_staff, plan_duty, set_pin, take_leave
from banjie.people.models import AbsenceReason, Staff, Unit, UnitKind
from banjie.people.queries import StaffActor, actor_for, founder_of
from banjie.places.actions import DivisionLine, add_divisions, add_grid
from banjie.places.models import Grid
from banjie.residents.actions import register_residents
from banjie.residents.models import Resident
from banjie.rulebook.actions import load_shipped
from banjie.sample import town as tables
from banjie.sample.matters import FIRMS
from banjie.sample.residents import invented
from banjie.sample.town import TOWN, PostLine
from banjie.worktime.actions import load_published

DUTY_DAYS = 10
LEADERS = {"livelihood": "linxiu", "service_hall": "linxiu", "farming": "dupeng", "construction": "dupeng"}


@dataclass
class Town:
    """The town as founded: its people by log-in, units by key, grids by village and part, and who lives there."""

    founded_at: datetime
    people: dict[str, Staff] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    grids: dict[tuple[str, str], Grid] = field(default_factory=dict)
    residents: dict[str, list[Resident]] = field(default_factory=lambda: defaultdict(list))
    enterprises: dict[str, UUID] = field(default_factory=dict)
    actors: dict[str, StaffActor] = field(default_factory=dict)

    def actor(self, login: str) -> StaffActor:
        """Return who acts; rights do not change while the sample is told."""
        if login not in self.actors:
            self.actors[login] = actor_for(self.people[login], at=self.founded_at)
        return self.actors[login]

    def login_of(self, staff_id: UUID) -> str:
        """Return the log-in of a member of staff."""
        return next(login for login, person in self.people.items() if person.pk == staff_id)


def found_town(at: datetime, chance: random.Random) -> Town:
    """Found the town as of `at`: texts, calendar, places, office and residents."""
    stamp = Stamp(by=SYSTEM, happened_at=at, recorded_at=at)
    load_shipped(stamp)
    load_published(TOWN, stamp)
    town = Town(founded_at=at)
    _settle_places(town, stamp)
    _open_office(town, stamp)
    by_clerk = replace(stamp, by=town.people["chenjing"].pk)
    _take_in_residents(town, by_clerk, chance)
    _take_in_firms(town, by_clerk)
    return town


def plan_days_ahead(town: Town, at: datetime) -> None:
    """Write down who is away now, and who is on duty in the coming days."""
    dispatcher = town.actor("hemin")
    stamp = Stamp(by=dispatcher.id, happened_at=at, recorded_at=at)
    until = at + timedelta(days=3)
    take_leave(
        dispatcher,
        stamp,
        staff_id=town.people[tables.AWAY].pk,
        from_at=at,
        until_at=until,
        reason=AbsenceReason.TRAINING,
    )
    on_duty = [login for login, name in tables.STAFF.items() if login not in (tables.AWAY, "zhouhai")][
        :DUTY_DAYS
    ]
    for days, login in enumerate(on_duty):
        day = local_day(at) + timedelta(days=days)
        plan_duty(dispatcher, stamp, day=day, staff_id=town.people[login].pk)


def _settle_places(town: Town, stamp: Stamp) -> None:
    founder = founder_of(TOWN)
    lines = [
        DivisionLine(tables.COUNTY, tables.COUNTY_NAME),
        DivisionLine(TOWN, tables.TOWN_NAME),
        *(DivisionLine(village.code, village.name, village.aliases) for village in tables.VILLAGES),
    ]
    add_divisions(founder, stamp, lines=lines)
    for village in tables.VILLAGES:
        for number, part in enumerate(village.parts, start=1):
            grid = add_grid(
                founder,
                stamp,
                division_code=village.code,
                name=f"{village.short}第{number}网格",
                aliases=(part,),
            )
            town.grids[village.code, part] = grid


def _open_office(town: Town, stamp: Stamp) -> None:
    founder = founder_of(TOWN)
    _hire(town, stamp)
    villages = {village.code: village for village in tables.VILLAGES}
    for key, name, short_name, kind in [
        *((line.key, line.name, line.short_name, line.kind) for line in tables.UNITS),
        *(
            (key, f"{villages[code].name}民委员会", villages[code].name, UnitKind.VILLAGE)
            if villages[code].name.endswith("村")
            else (key, f"{villages[code].name}居民委员会", villages[code].name, UnitKind.VILLAGE)
            for key, code in tables.VILLAGE_UNITS.items()
        ),
    ]:
        leader = town.people.get(LEADERS.get(key, "zhouhai"))
        town.units[key] = add_unit(
            founder,
            stamp,
            key=key,
            name=name,
            short_name=short_name,
            kind=kind,
            phone=f"0990-61201{len(town.units):02d}",
            leader_id=leader.pk if leader else None,
        )
    for line in tables.POSTS:
        _fill_post(town, line, stamp)
    for login in tables.AT_DEVICE:
        set_pin(founder, stamp, staff_id=town.people[login].pk, pin=tables.PIN)


def _hire(town: Town, stamp: Stamp) -> None:
    founder = founder_of(TOWN)
    places = {line.holder_a: line.village for line in tables.POSTS if line.village}
    for login, name in tables.STAFF.items():
        town.people[login] = hire_staff(
            founder, stamp, login=login, name=name, division_code=places.get(login, TOWN)
        )
    for login, (village, name) in tables.DEVICES.items():
        town.people[login] = hire_staff(
            founder, stamp, login=login, name=name, division_code=village, is_shared_device=True
        )
    _let_in(town, stamp)


def _let_in(town: Town, stamp: Stamp) -> None:
    """Give everyone the sample's one password, hashed once: forty hashes would be half of the loading time."""
    hashed = make_password(tables.PASSWORD)
    people = list(town.people.values())
    Staff.objects.filter(pk__in=[person.pk for person in people]).update(password=hashed)
    opened = {"must_change_password": False}
    record_all([Deed("staff.password_set", person, changes=opened) for person in people], stamp)


def _fill_post(town: Town, line: PostLine, stamp: Stamp) -> None:
    grid = town.grids.get((line.village, line.part))
    holder_b = town.people.get(line.holder_b)
    add_post(
        founder_of(TOWN),
        stamp,
        unit_id=town.units[line.unit].pk,
        title=line.title,
        roles=line.roles,
        division_code=line.village or TOWN,
        grid_id=grid.pk if grid else None,
        holder_a=town.people[line.holder_a].pk,
        holder_b=holder_b.pk if holder_b else None,
    )


def _take_in_residents(town: Town, stamp: Stamp, chance: random.Random) -> None:
    spread = [(code, grid.pk) for (code, _), grid in town.grids.items()]
    for person in register_residents(invented(chance, spread), actor=town.actor("chenjing"), stamp=stamp):
        town.residents[person.division_code].append(person)


def _take_in_firms(town: Town, stamp: Stamp) -> None:
    villages = list(dict.fromkeys(code for code, _ in town.grids))
    for village, (name, industry) in zip(villages, FIRMS.items(), strict=False):
        told = Particulars(name, village, industry=industry, size="micro")
        row = register_enterprise(told, actor=town.actor("chenjing"), stamp=stamp)
        town.enterprises[name] = row.pk
