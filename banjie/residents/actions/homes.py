"""房屋和人房关联: register a house, say who lives in it since when, and that he moved out; nothing is deleted."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import IntegrityError

from banjie.base.actor import Actor
from banjie.base.clock import local_day
from banjie.base.errors import Conflict, InvalidInput
from banjie.ledger.actions import once, record
from banjie.ledger.record import Deed, Stamp
from banjie.residents.actions.people import refuse_foreign, require
from banjie.residents.facts import ResidentFacts
from banjie.residents.home_words import HouseFacts, Living, address_key, checked_days, checked_house
from banjie.residents.models import House, HouseLink, Resident
from banjie.residents.queries import home_of, house_at, house_for, resident_for

REGISTER, LINK = "residents.register_house", "residents.link_house"


def register_house(facts: HouseFacts, *, actor: Actor, stamp: Stamp) -> House:
    """登记房屋: create a house of a village.

    Raises InvalidInput by field, Conflict where the village has a house of this address, NotAllowed without the right.
    """
    require(actor, REGISTER)
    told = checked_house(facts)
    _refuse_place(actor, told)

    def register() -> House:
        row = new_house(actor.town, told)
        changes = house_columns(row, told) | {"registered_on": local_day(stamp.recorded_at)}
        record(Deed("house.registered", row, changes=changes), stamp)
        return row

    try:
        return once(stamp, register, again=lambda earlier: house_for(actor, earlier))
    except IntegrityError as broken:
        raise Conflict("这个村已登记过这个门牌的房屋。请查找后直接选用，不要重复登记。") from broken


def correct_house(house_id: UUID, facts: HouseFacts, *, actor: Actor, stamp: Stamp, words: str = "") -> House:
    """更正房屋: change its address, use or grid; the village of a house does not change.

    Raises NotFound outside the scope, InvalidInput by field, Conflict where another house bears the address. What is
    told as it stands writes no entry.
    """
    require(actor, REGISTER)

    def correct() -> House:
        house_for(actor, house_id)
        row = House.objects.select_for_update(no_key=True).get(pk=house_id)
        told = checked_house(replace(facts, division_code=row.division_code))
        _refuse_place(actor, told)
        changes = _house_changes(row, told)
        if not changes:
            return row
        record(Deed("house.corrected", row, changes=changes, words=words.strip()), stamp)
        key = address_key(told.division_code, told.address)
        House.objects.filter(pk=row.pk).update(address_key=key)
        return row

    try:
        return once(stamp, correct, again=lambda earlier: house_for(actor, earlier))
    except IntegrityError as broken:
        raise Conflict("这个村已登记过这个门牌的房屋。请核对门牌。") from broken


def link_house(
    resident_id: UUID, house_id: UUID, living: Living, *, actor: Actor, stamp: Stamp, words: str = ""
) -> HouseLink:
    """人房关联: say that a resident lives in a house; where he lived before ends that day.

    The same house again says that it was checked. Raises NotFound outside the scope, InvalidInput for a day to come or
    before he moved where he lives now, NotAllowed without the right.
    """
    require(actor, LINK)
    today = local_day(stamp.recorded_at)
    from_on = checked_days(living.from_on, on=today)

    def link() -> HouseLink:
        resident, house = _locked(actor, resident_id), house_for(actor, house_id)
        standing = home_of(resident)
        if standing is not None and standing.house_id == house.pk:
            return _check(resident, standing, living, stamp=stamp, words=words)
        parts: list[tuple[HouseLink, Mapping[str, object]]] = []
        if standing is not None:
            _refuse_earlier(standing, from_on)
            parts.append((standing, {"until_on": from_on}))
        row = HouseLink(town=actor.town, resident=resident)
        parts.append((row, link_columns(house.pk, living, from_on=from_on, today=today)))
        record(Deed("resident.housed", resident, parts=parts, words=words.strip()), stamp)
        return row

    return once(stamp, link, again=lambda _: _standing(actor, resident_id))


def move_out(resident_id: UUID, *, on: date, actor: Actor, stamp: Stamp, words: str = "") -> Resident:
    """搬出: end the link of a resident with the house where he lives. Raises Conflict where he lives in none."""
    require(actor, LINK)
    day = checked_days(on, on=local_day(stamp.recorded_at))

    def leave() -> Resident:
        resident = _locked(actor, resident_id)
        standing = home_of(resident)
        if standing is None:
            raise Conflict("没有登记他住在哪处房屋，不用办搬出。请刷新页面核对。")
        _refuse_earlier(standing, day)
        parts = [(standing, {"until_on": day})]
        record(Deed("resident.moved_out", resident, parts=parts, words=words.strip()), stamp)
        return resident

    return once(stamp, leave, again=lambda earlier: resident_for(actor, earlier))


def house_for_address(facts: HouseFacts, *, actor: Actor, stamp: Stamp) -> House:
    """Return the house of a village that bears an address, registered now where it is not yet (登记房屋)."""
    told = checked_house(facts)
    known = house_at(actor, told.division_code, told.address)
    return known or register_house(told, actor=actor, stamp=replace(stamp, client_key="", content=None))


def new_house(town: str, told: HouseFacts) -> House:
    """Return a house that is not written yet."""
    return House(town=town, address_key=address_key(told.division_code, told.address))


def house_columns(row: House, told: HouseFacts) -> dict[str, object]:
    """Return the columns that hold what is told of a house, its address sealed to the row."""
    return {
        "division_code": told.division_code,
        "grid_id": told.grid_id,
        "address_sealed": row.sealed(told.address),
        "use": told.use,
    }


def link_columns(house_id: UUID, living: Living, *, from_on: date, today: date) -> dict[str, object]:
    """Return the columns of a new link."""
    return {
        "house_id": house_id,
        "tenure": living.tenure,
        "source": living.source.value,
        "from_on": from_on,
        "linked_on": today,
        "checked_on": today,
    }


def _house_changes(row: House, told: HouseFacts) -> dict[str, object]:
    changes: dict[str, object] = {}
    if told.address != row.address:
        changes["address_sealed"] = row.sealed(told.address)
    if told.use != row.use:
        changes["use"] = told.use
    if told.grid_id != row.grid_id:
        changes["grid_id"] = told.grid_id
    return changes


def _check(resident: Resident, link: HouseLink, living: Living, *, stamp: Stamp, words: str) -> HouseLink:
    today = local_day(stamp.recorded_at)
    changes: dict[str, object] = {"source": living.source.value, "checked_on": today}
    if living.tenure:
        changes["tenure"] = living.tenure
    if living.from_on is not None:
        changes["from_on"] = living.from_on
    record(Deed("resident.house_checked", resident, parts=[(link, changes)], words=words.strip()), stamp)
    return link


def _locked(actor: Actor, resident_id: UUID) -> Resident:
    resident_for(actor, resident_id)
    return Resident.objects.select_for_update(no_key=True).get(pk=resident_id)


def _standing(actor: Actor, resident_id: UUID) -> HouseLink:
    link = home_of(resident_for(actor, resident_id))
    if link is None:
        raise Conflict("这一次的关联后来已经终止。请刷新页面核对。")
    return link


def _refuse_earlier(link: HouseLink, day: date) -> None:
    if day < link.from_on:
        problem = f"早于他住进现在这处房屋的日期（{link.from_on}），请核对"
        raise InvalidInput(problem, fields={"from_on": problem})


def _refuse_place(actor: Actor, told: HouseFacts) -> None:
    refuse_foreign(actor, [ResidentFacts("", told.division_code, grid_id=told.grid_id)])
