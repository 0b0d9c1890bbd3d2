"""登记、变更企业: what is told of an enterprise is checked, held against who stands already, and written."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from uuid import UUID

from django.db import IntegrityError, transaction

from banjie.base.actor import Actor
from banjie.base.clock import local_day
from banjie.base.errors import Conflict
from banjie.enterprises.actions.checks import locked, refuse_foreign, require
from banjie.enterprises.models import SEALED, Enterprise
from banjie.enterprises.particulars import Amendment, Particulars, checked
from banjie.enterprises.queries import EnterpriseHit, enterprise_for, hit_of, holders_of, visible_to
from banjie.enterprises.spelling import found_by
from banjie.ledger.actions import once, record, record_all
from banjie.ledger.record import Deed, Stamp

REGISTER, AMEND = "enterprises.register_enterprise", "enterprises.amend_enterprise"
COLUMNS = (
    "name",
    "division_code",
    "uscc",
    "short_name",
    "place_words",
    "size",
    "industry",
    "since_on",
    "status",
    "closed_on",
)
WITHDRAWN: Mapping[str, object] = {**dict.fromkeys(SEALED.values(), ""), "is_withdrawn": True}


class AlreadyStanding(Conflict):
    """The credit code stands in this town already; `hit` is who bears it, if the actor may see it."""

    def __init__(self, message: str, *, hit: EnterpriseHit | None) -> None:
        super().__init__(message)
        self.hit = hit


def register_enterprise(told: Particulars, *, actor: Actor, stamp: Stamp) -> Enterprise:
    """登记企业: create an enterprise, in business.

    Raises InvalidInput by field, AlreadyStanding when the town holds the credit code, NotAllowed without the right.
    A repeat of the stamp's client key returns the first enterprise.
    """
    require(actor, REGISTER)
    good = checked(told, on=local_day(stamp.recorded_at))
    try:
        return once(
            stamp,
            lambda: _register([good], actor=actor, stamp=stamp)[0],
            again=lambda earlier: enterprise_for(actor, earlier),
        )
    except IntegrityError:
        _refuse_doubles(actor, [good])
        raise


def register_enterprises(many: Sequence[Particulars], *, actor: Actor, stamp: Stamp) -> list[Enterprise]:
    """Register many enterprises in one transaction, all or none, an entry for each; no client key is used.

    The particulars are taken as checked. Raises AlreadyStanding for the first credit code that stands.
    """
    require(actor, REGISTER)
    try:
        with transaction.atomic():
            return _register(many, actor=actor, stamp=replace(stamp, client_key="", content=None))
    except IntegrityError:
        _refuse_doubles(actor, many)
        raise


def amend_enterprise(
    enterprise_id: UUID, change: Amendment, *, actor: Actor, stamp: Stamp, words: str = ""
) -> Enterprise:
    """变更企业信息: change what was told wrongly or has changed; `words` says why.

    Raises NotFound outside the scope, InvalidInput by field, AlreadyStanding, NotAllowed without the right. What is
    told as it stands already writes no entry.
    """
    require(actor, AMEND)
    try:
        return once(
            stamp,
            lambda: _amend(enterprise_id, change, actor=actor, stamp=stamp, words=words),
            again=lambda earlier: enterprise_for(actor, earlier),
        )
    except IntegrityError as broken:
        raise Conflict("这个统一社会信用代码刚被登记在另一家名下。请重新查找后再变更。") from broken


def withdraw_enterprises(ids: Sequence[UUID], *, actor: Actor, stamp: Stamp) -> int:
    """撤回登记企业: take back enterprises that were registered by mistake, their contacts erased; return how many."""
    require(actor, REGISTER)
    with transaction.atomic():
        rows = Enterprise.objects.select_for_update(no_key=True).filter(pk__in=ids, is_withdrawn=False)
        mine = list(rows.filter(town=actor.town, division_code__startswith=actor.scope).order_by("pk"))
        record_all([Deed("enterprise.withdrawn", row, changes=WITHDRAWN) for row in mine], stamp)
    return len(mine)


def told_of(row: Enterprise) -> Particulars:
    """Return in clear what stands of an enterprise."""
    return Particulars(
        name=row.name,
        division_code=row.division_code,
        uscc=row.uscc,
        short_name=row.short_name,
        place_words=row.place_words,
        contact=row.opened("contact"),
        phone=row.opened("phone"),
        size=row.size,
        industry=row.industry,
        since_on=row.since_on,
        status=row.status,
        closed_on=row.closed_on,
        is_as_licensed=True,
    )


def _register(many: Sequence[Particulars], *, actor: Actor, stamp: Stamp) -> list[Enterprise]:
    for division_code in {told.division_code for told in many}:
        refuse_foreign(actor, division_code)
    _refuse_doubles(actor, many)
    day = local_day(stamp.recorded_at)
    rows = [Enterprise(town=actor.town, found_by=_found_by(told)) for told in many]
    deeds = [
        Deed("enterprise.registered", row, changes=_columns(row, told) | {"registered_on": day})
        for row, told in zip(rows, many, strict=True)
    ]
    record_all(deeds, stamp)
    return rows


def _amend(enterprise_id: UUID, change: Amendment, *, actor: Actor, stamp: Stamp, words: str) -> Enterprise:
    row = locked(actor, enterprise_id)
    before = told_of(row)
    is_same_code = change.uscc in (None, before.uscc)
    wanted = replace(change.applied_to(before), is_as_licensed=is_same_code or change.is_as_licensed)
    after = replace(checked(wanted, on=local_day(stamp.recorded_at)), is_as_licensed=True)
    changed = [
        field.name for field in fields(before) if getattr(before, field.name) != getattr(after, field.name)
    ]
    if not changed:
        return row
    if "division_code" in changed:
        refuse_foreign(actor, after.division_code)
    if "uscc" in changed:
        _refuse_doubles(actor, [after])
    columns = {SEALED.get(name, name) for name in changed}
    told = {column: value for column, value in _columns(row, after).items() if column in columns}
    record(Deed("enterprise.amended", row, changes=told, words=words.strip()), stamp)
    Enterprise.objects.filter(pk=row.pk).update(found_by=_found_by(after))
    return row


def _columns(row: Enterprise, told: Particulars) -> dict[str, object]:
    """Return the columns that hold these particulars, the contact sealed to this row."""
    sealed: dict[str, object] = {
        column: row.sealed(part, getattr(told, part)) for part, column in SEALED.items()
    }
    return sealed | {name: getattr(told, name) for name in COLUMNS}


def _found_by(told: Particulars) -> str:
    return found_by(told.name, short_name=told.short_name, uscc=told.uscc)


def _refuse_doubles(actor: Actor, many: Sequence[Particulars]) -> None:
    """Raise AlreadyStanding where the town holds one of these codes; out of scope it says no more than that."""
    holders = holders_of(actor.town, [told.uscc for told in many if told.uscc])
    if not holders:
        return
    holder = next(iter(holders.values()))
    if not visible_to(actor).filter(pk=holder.pk).exists():
        raise AlreadyStanding("这个统一社会信用代码已在本镇其他村（社区）登记。请联系党政办核对。", hit=None)
    hit = hit_of(holder)
    raise AlreadyStanding(
        f"这个统一社会信用代码已登记在本镇：{hit.name}，{hit.village}。请直接选用，不要重复登记。", hit=hit
    )
