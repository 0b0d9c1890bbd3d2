"""停业、注销、恢复经营: when an enterprise stopped, and that it goes on again."""

from datetime import date
from uuid import UUID

from banjie.base.actor import Actor
from banjie.base.clock import local_day
from banjie.base.errors import Conflict, InvalidInput
from banjie.enterprises.actions.checks import locked, require
from banjie.enterprises.lists import Status
from banjie.enterprises.models import Enterprise
from banjie.enterprises.queries import enterprise_for
from banjie.ledger.actions import once, record
from banjie.ledger.record import Deed, Stamp

DEED = "enterprises.close_enterprise"
ENDS = (Status.SUSPENDED, Status.DEREGISTERED)


def close_enterprise(
    enterprise_id: UUID, to: Status, *, on: date, actor: Actor, stamp: Stamp, words: str
) -> Enterprise:
    """停业或注销: say since which day an enterprise is shut or struck off the register, and how one knows.

    Raises InvalidInput for a day to come, before its founding, or without a ground; Conflict where it is so already.
    """
    require(actor, DEED)
    if to not in ENDS:
        raise InvalidInput("请选择停业或注销", fields={"status": "请选择停业或注销"})
    if not words.strip():
        raise InvalidInput("请写明依据，如：走访核实、市场监管所告知", fields={"words": "请写明依据"})

    def close() -> Enterprise:
        row = locked(actor, enterprise_id)
        _refuse_day(row, on, today=local_day(stamp.recorded_at))
        if row.status == to:
            raise Conflict(f"该企业已登记为{to.label}，没有变化。请刷新页面核对。")
        changes = {"status": to.value, "closed_on": on}
        record(Deed("enterprise.closed", row, changes=changes, words=words.strip()), stamp)
        return row

    return once(stamp, close, again=lambda earlier: enterprise_for(actor, earlier))


def reopen_enterprise(enterprise_id: UUID, *, actor: Actor, stamp: Stamp, words: str) -> Enterprise:
    """恢复经营: an enterprise that was shut is in business again.

    Raises Conflict where it is in business, InvalidInput without a ground.
    """
    require(actor, DEED)
    if not words.strip():
        raise InvalidInput("请写明依据，如：走访核实", fields={"words": "请写明依据"})

    def reopen() -> Enterprise:
        row = locked(actor, enterprise_id)
        if row.is_active:
            raise Conflict("该企业本来就在业。请刷新页面核对。")
        changes = {"status": Status.ACTIVE.value, "closed_on": None}
        record(Deed("enterprise.reopened", row, changes=changes, words=words.strip()), stamp)
        return row

    return once(stamp, reopen, again=lambda earlier: enterprise_for(actor, earlier))


def _refuse_day(row: Enterprise, on: date, *, today: date) -> None:
    if on > today:
        raise InvalidInput("停业或注销日期在今天以后，请核对", fields={"on": "日期在今天以后，请核对"})
    if row.since_on is not None and on < row.since_on:
        problem = f"早于成立日期（{row.since_on}），请核对"
        raise InvalidInput(f"停业或注销日期{problem}", fields={"on": f"日期{problem}"})
