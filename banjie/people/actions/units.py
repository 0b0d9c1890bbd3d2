"""Units: set up, changed, given up in favour of a successor."""

import re
from datetime import date
from uuid import UUID

from django.db import transaction

from banjie.base.actor import Actor
from banjie.base.errors import Conflict, InvalidInput
from banjie.ledger.actions import once, record
from banjie.ledger.record import Deed, Stamp
from banjie.people.actions.permits import check_in_office, lock_staff, or_conflict, require, tidy_name
from banjie.people.models import Post, Unit, UnitKind
from banjie.people.queries.offices import unit_for

DEED = "people.manage_units"
REFUSED = "您的岗位不能维护单位。请联系系统管理员。"
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


def add_unit(
    actor: Actor,
    stamp: Stamp,
    *,
    key: str,
    name: str,
    short_name: str = "",
    phone: str = "",
    kind: UnitKind = UnitKind.OFFICE,
    leader_id: UUID | None = None,
    valid_from: date | None = None,
) -> Unit:
    """Set up a unit; `key` is how the rulebook's categories name it. Raises Conflict for a key in use."""
    require(actor, DEED, message=REFUSED)

    def act() -> Unit:
        if not _KEY.fullmatch(key):
            message = "代号用小写字母开头，只含小写字母、数字和下划线，如 civil_affairs。"
            raise InvalidInput(message, fields={"key": message})
        _check_leader(actor, leader_id)
        unit = Unit(
            town=actor.town, key=key, name=tidy_name(name, limit=60), kind=kind, valid_from=valid_from
        )
        unit.short_name, unit.phone, unit.leader_id = short_name.strip(), phone.strip(), leader_id
        record(Deed("unit.added", unit), stamp)
        return unit

    taken = f"代号“{key}”已经用于本乡镇另一个单位。请换一个。"
    return or_conflict(taken, lambda: once(stamp, act, again=lambda unit_id: Unit.objects.get(pk=unit_id)))


def change_unit(
    actor: Actor,
    stamp: Stamp,
    *,
    unit_id: UUID,
    name: str,
    short_name: str,
    phone: str,
    kind: UnitKind,
    leader_id: UUID | None,
) -> Unit:
    """Change what a unit is called, its phone, its kind and the leader in charge (分管领导); its key stays."""
    require(actor, DEED, message=REFUSED)
    with transaction.atomic():
        unit = _lock_unit(actor, unit_id)
        if leader_id != unit.leader_id:
            _check_leader(actor, leader_id)
        changes = {
            "name": tidy_name(name, limit=60),
            "short_name": short_name.strip(),
            "phone": phone.strip(),
            "kind": kind,
            "leader_id": leader_id,
        }
        record(Deed("unit.changed", unit, changes=changes), stamp)
    return unit


def give_up_unit(
    actor: Actor, stamp: Stamp, *, unit_id: UUID, on: date, successor_id: UUID | None = None
) -> Unit:
    """Give up a unit from a day, naming its successor. Raises Conflict while a post of it has a holder."""
    require(actor, DEED, message=REFUSED)
    with transaction.atomic():
        unit = _lock_unit(actor, unit_id)
        if unit.valid_until is not None:
            raise Conflict(f"{unit.name}已经撤销，不必再撤。")
        held = Post.objects.filter(unit=unit, valid_until__isnull=True).exclude(holder_a=None, holder_b=None)
        if held.exists():
            titles = "、".join(held.values_list("title", flat=True))
            raise Conflict(f"{unit.name}还有在任的岗位：{titles}。请先移交或撤销这些岗位，再撤单位。")
        successor = unit_for(actor, successor_id) if successor_id else None
        if successor and (successor.pk == unit.pk or successor.valid_until is not None):
            raise Conflict("承接单位要另选一个在用的单位。")
        changes = {"valid_until": on, "successor_id": successor.pk if successor else None}
        record(Deed("unit.given_up", unit, changes=changes), stamp)
    return unit


def restore_unit(actor: Actor, stamp: Stamp, *, unit_id: UUID) -> Unit:
    """Set up a unit again that was given up without a successor. Raises Conflict for any other."""
    require(actor, DEED, message=REFUSED)
    with transaction.atomic():
        unit = _lock_unit(actor, unit_id)
        if unit.valid_until is None or unit.successor_id:
            raise Conflict(f"{unit.name}在用，或已有承接单位，不能恢复。请核对名称。")
        record(Deed("unit.restored", unit, changes={"valid_until": None}), stamp)
    return unit


def _lock_unit(actor: Actor, unit_id: UUID) -> Unit:
    return Unit.objects.select_for_update(no_key=True).get(pk=unit_for(actor, unit_id).pk)


def _check_leader(actor: Actor, leader_id: UUID | None) -> None:
    if leader_id:
        check_in_office(lock_staff(actor, [leader_id])[leader_id], to_do="分管单位")
