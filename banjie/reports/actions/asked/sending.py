"""报出、作废: an answer has left the house, and its numbers count as reported; or the form was none of ours."""

from uuid import UUID

from banjie.base.actor import Actor
from banjie.base.errors import Conflict, InvalidInput, NotAllowed
from banjie.ledger.actions import once, record
from banjie.ledger.record import Deed, Stamp
from banjie.reports.actions.asked.receiving import RECEIVE
from banjie.reports.models import AskedForm, FormState
from banjie.reports.models.asked import Sending
from banjie.reports.queries.asked import form_for

SEND = "reports.send_form"
NOT_ANSWERED = "这张表还没有生成答表。请先核对各格，生成答表以后再记报出。"
SENT = "这张表已经记过报出，不用再记。"
NO_REASON = "没有写作废的原因。请写一句，如“收重了”。"
NOT_VOIDED = "已经报出或者已经作废的表，不能再作废。要更正的，请把更正后的表重新收一次。"
NO_ONE = "没有写报给谁。请写收表的单位，如“县信访局”。"


def void_form(actor: Actor, stamp: Stamp, form_id: UUID, *, reason: str) -> AskedForm:
    """Void a form that was received by mistake or twice, with the reason; it stays in the list (U12).

    Raises NotFound, NotAllowed, Conflict for a form that was sent, InvalidInput without a reason.
    """
    form = form_for(actor, form_id)
    if not actor.may(RECEIVE):
        raise NotAllowed("您的岗位不能作废上级要表。请交给党政办或单位负责人。", ground=RECEIVE)
    if not reason.strip():
        raise InvalidInput(NO_REASON, fields={"reason": NO_REASON})

    def act() -> AskedForm:
        if form.state in (FormState.SENT, FormState.VOID):
            raise Conflict(NOT_VOIDED)
        changes = {"state": FormState.VOID, "words": reason.strip()[:300]}
        record(Deed("form.voided", form, changes=changes, words=f"作废：{reason.strip()[:100]}"), stamp)
        return form

    return once(stamp, act, again=lambda found: AskedForm.objects.get(pk=found))


def send_form(actor: Actor, stamp: Stamp, form_id: UUID, *, sent_to: str, way: str) -> AskedForm:
    """Record that an answer was sent, to whom and by which way; `happened_at` of the stamp says when.

    Raises NotFound, NotAllowed, Conflict for a form that is not answered, InvalidInput without a receiver or way.
    """
    form = form_for(actor, form_id)
    if not actor.may(SEND):
        raise NotAllowed("您的岗位不能报出上级要表。请交给党政办或单位负责人。", ground=SEND)
    if not sent_to.strip():
        raise InvalidInput(NO_ONE, fields={"sent_to": NO_ONE})
    if way not in set(Sending):
        said = "没有选报送方式。请从列表里选。"
        raise InvalidInput(said, fields={"way": said})

    def act() -> AskedForm:
        if form.state != FormState.ANSWERED:
            raise Conflict(SENT if form.state == FormState.SENT else NOT_ANSWERED)
        changes = {
            "state": FormState.SENT,
            "sent_by": actor.id,
            "sent_at": stamp.happened_at,
            "sent_to": sent_to.strip(),
            "sent_way": way,
        }
        record(Deed("form.sent", form, changes=changes, words=f"报给{sent_to.strip()}"), stamp)
        return form

    return once(stamp, act, again=lambda found: AskedForm.objects.get(pk=found))
