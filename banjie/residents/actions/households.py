"""户: a resident joins a household, with his relation to its head, and leaves it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError

from banjie.base.actor import Actor
from banjie.base.clock import local_day
from banjie.base.errors import Conflict, InvalidInput, NotFound
from banjie.ledger.actions import once, record, record_all
from banjie.ledger.record import Deed, Stamp
from banjie.residents.actions.people import require
from banjie.residents.home_words import Relation, checked_code, checked_days
from banjie.residents.models import Household, HouseholdMember, Resident
from banjie.residents.queries import home_of, household_of, resident_for

DEED = "residents.change_household"


@dataclass(frozen=True)
class Joining:
    """How someone joins: his relation to the head, since when, and the number of a household that its head begins."""

    relation: Relation
    from_on: date | None = None
    code: str = ""


def join_household(
    resident_id: UUID,
    joining: Joining,
    *,
    with_id: UUID | None = None,
    actor: Actor,
    stamp: Stamp,
    words: str = "",
) -> Household:
    """入户: a resident joins the household of `with_id`, or as its head begins one of his own; he leaves any other.

    Raises InvalidInput by field, Conflict where the household has a head already or its number stands, NotFound
    outside the scope, NotAllowed without the right.
    """
    require(actor, DEED)
    today = local_day(stamp.recorded_at)
    from_on = checked_days(joining.from_on, on=today)

    def join() -> Household:
        resident = _locked(actor, resident_id)
        household, deeds = _meant(resident, joining, with_id, actor=actor, today=today)
        member = HouseholdMember(town=actor.town, resident=resident)
        columns = member_columns(household.pk, joining.relation, from_on=from_on, today=today)
        parts = [*_ended(resident, from_on), (member, columns)]
        deeds.append(Deed("resident.joined", resident, parts=parts, words=words.strip()))
        record_all(deeds, stamp)
        return household

    try:
        return once(stamp, join, again=lambda _: _household(actor, resident_id))
    except IntegrityError as broken:
        raise Conflict("这一户已经有户主，或这个户编号已登记过。请刷新页面核对。") from broken


def leave_household(resident_id: UUID, *, on: date, actor: Actor, stamp: Stamp, words: str = "") -> Resident:
    """离户: a resident belongs to his household no longer. Raises Conflict where he belongs to none."""
    require(actor, DEED)
    day = checked_days(on, on=local_day(stamp.recorded_at))

    def leave() -> Resident:
        resident = _locked(actor, resident_id)
        ended = _ended(resident, day)
        if not ended:
            raise Conflict("没有登记他在哪一户，不用办离户。请刷新页面核对。")
        record(Deed("resident.left", resident, parts=ended, words=words.strip()), stamp)
        return resident

    return once(stamp, leave, again=lambda earlier: resident_for(actor, earlier))


def member_columns(
    household_id: UUID, relation: Relation, *, from_on: date, today: date
) -> dict[str, object]:
    """Return the columns of a new membership."""
    return {
        "household_id": household_id,
        "relation": relation.value,
        "from_on": from_on,
        "linked_on": today,
    }


def _meant(
    resident: Resident, joining: Joining, with_id: UUID | None, *, actor: Actor, today: date
) -> tuple[Household, list[Deed]]:
    """Return the household that is joined, and the deed that begins it where it is new."""
    if with_id is None:
        if joining.relation is not Relation.HEAD:
            problem = "要选和谁一户；自己立户的，与户主关系选户主"
            raise InvalidInput(problem, fields={"relation": problem})
        home = home_of(resident)
        household = Household(town=actor.town)
        changes: dict[str, object] = {
            "division_code": resident.division_code,
            "code": checked_code(joining.code),
            "house_id": home.house_id if home else None,
            "registered_on": today,
        }
        return household, [Deed("household.registered", household, changes=changes)]
    if with_id == resident.pk:
        raise InvalidInput("请选另一个人", fields={"with_id": "请选另一个人"})
    found = household_of(resident_for(actor, with_id))
    if found is None:
        raise Conflict("他还没有登记在哪一户。请先给他立户，再把这位加进去。")
    return found[0], []


def _ended(resident: Resident, day: date) -> list[tuple[HouseholdMember, dict[str, object]]]:
    """Return the end of the membership that stands, if there is one."""
    standing = HouseholdMember.objects.filter(resident=resident, until_on=None, is_withdrawn=False).first()
    if standing is None:
        return []
    if day < standing.from_on:
        problem = f"早于他进现在这一户的日期（{standing.from_on}），请核对"
        raise InvalidInput(problem, fields={"from_on": problem})
    return [(standing, {"until_on": day})]


def _locked(actor: Actor, resident_id: UUID) -> Resident:
    resident_for(actor, resident_id)
    return Resident.objects.select_for_update(no_key=True).get(pk=resident_id)


def _household(actor: Actor, resident_id: UUID) -> Household:
    found = household_of(resident_for(actor, resident_id))
    if found is None:
        raise NotFound("这一户后来没有他了。请刷新页面核对。")
    return found[0]
