"""查看企业联系人: in clear, with a reason, and entered."""

from collections.abc import Mapping

from banjie.base.actor import Actor
from banjie.base.errors import InvalidInput
from banjie.enterprises.actions.checks import require
from banjie.enterprises.models import SEALED, Enterprise
from banjie.enterprises.queries import enterprise_for
from banjie.ledger.actions import once, record
from banjie.ledger.record import Deed, Stamp

DEED = "enterprises.reveal_contact"


def reveal_contact(enterprise: Enterprise, *, reason: str, actor: Actor, stamp: Stamp) -> Mapping[str, str]:
    """查看联系人: return contact and phone in clear and enter who looked and why (T19, U12).

    Raises InvalidInput without a reason, NotFound outside the scope, NotAllowed without the right.
    """
    require(actor, DEED)
    if not reason.strip():
        raise InvalidInput("查看完整的联系人要写明用途，如：通知开会", fields={"reason": "请写明用途"})
    row = enterprise_for(actor, enterprise.pk)
    shown = {part: row.opened(part) for part in SEALED}

    def reveal() -> Mapping[str, str]:
        record(Deed("enterprise.revealed", row, words=f"查看联系人：{reason.strip()}"), stamp)
        return shown

    return once(stamp, reveal, again=lambda _: shown)
