"""到期鉴定: what the archive officer decides of cases past their retention. Nothing is deleted by it."""

from collections.abc import Collection
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from banjie.base.clock import local_day
from banjie.base.errors import InvalidInput, NotAllowed
from banjie.cases.queries.retention import APPRAISED, PROPOSED, past_retention
from banjie.ledger.actions import record_all
from banjie.ledger.record import Deed, Stamp
from banjie.people.queries import StaffActor

DEED = "cases.appraise_case"
AT_ONCE = 200


class Appraisal(StrEnum):
    """What is decided: it is kept on, or its erasing is put to those who approve it, on paper."""

    KEEP = "keep"
    PROPOSE = "propose"


APPRAISAL_WORDS = {Appraisal.KEEP: "继续保存", Appraisal.PROPOSE: "同意报批擦除"}


def appraise_cases(
    actor: StaffActor, stamp: Stamp, *, ids: Collection[UUID], appraisal: Appraisal, ground: str
) -> int:
    """鉴定: write down for each case what was decided of it; return how many there were.

    Only what is past its retention and visible counts; the rest is passed over. Raises NotAllowed without the right,
    InvalidInput without cases or the ground of the appraisal.
    """
    if not actor.may(DEED):
        raise NotAllowed("您的岗位不能作到期鉴定。请由党政办办理。", ground=DEED)
    if not ground.strip():
        message = "没有写鉴定的依据。请写鉴定小组的会议或者文号。"
        raise InvalidInput(message, fields={"ground": message})
    if not ids or len(ids) > AT_ONCE:
        raise InvalidInput(f"请选1到{AT_ONCE}件再提交。")
    words = f"{APPRAISAL_WORDS[appraisal]}：{ground.strip()}"
    with transaction.atomic():
        cases = list(past_retention(actor, on=local_day(stamp.recorded_at)).filter(pk__in=list(ids)))
        if not cases:
            raise InvalidInput("选中的件都不在到期清单里，可能刚鉴定过。请刷新页面。")
        deed = PROPOSED if appraisal is Appraisal.PROPOSE else APPRAISED
        record_all([Deed(deed, case, words=words) for case in cases], stamp)
    return len(cases)
