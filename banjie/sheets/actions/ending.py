"""取消、撤销: stop a batch that is on its way, undo one that is in, and forget those that nobody went on with."""

from datetime import datetime
from uuid import UUID

from banjie.base.actor import Actor
from banjie.base.errors import Conflict
from banjie.sheets.actions.moves import move, require_right
from banjie.sheets.kept import drop_content
from banjie.sheets.models import WAITING, Batch, BatchContent, State
from banjie.sheets.queries import batch_for, own_batch

STOPPED = "已取消，没有写入任何数据。"
FORGOTTEN = "超过7天没有确认，内容已清除，没有写入任何数据。"


def stop_batch(actor: Actor, batch_id: UUID, *, at: datetime) -> Batch:
    """Stop a batch before or while it is written; what was written is taken back by the worker."""
    batch = own_batch(actor, batch_id)
    try:
        move(batch, State.STOPPED, of=(*WAITING, State.CHECKING), at=at, words=STOPPED)
    except Conflict:
        move(batch, State.VOIDING, of=(State.RUNNING,), at=at, asked_by=actor.id, ending=State.STOPPED)
        return batch
    drop_content(batch)
    return batch


def undo_batch(actor: Actor, batch_id: UUID, *, at: datetime) -> Batch:
    """Have a batch that is in taken back as a whole; rows touched since refuse it, and are named (U11, U15)."""
    batch = batch_for(actor, batch_id)
    require_right(actor, batch)
    move(batch, State.VOIDING, of=(State.DONE,), at=at, asked_by=actor.id, ending=State.UNDONE, words="")
    return batch


def expire_batches(town: str, *, before: datetime, at: datetime) -> int:
    """Forget the content of batches that have waited since `before`; return how many there were."""
    waiting = Batch.objects.filter(town=town, state__in=WAITING, moved_at__lt=before)
    ids = list(waiting.values_list("pk", flat=True))
    expired = Batch.objects.filter(pk__in=ids, state__in=WAITING)
    expired.update(state=State.STOPPED, moved_at=at, words=FORGOTTEN)
    BatchContent.objects.filter(pk__in=ids, batch__state=State.STOPPED).delete()
    return len(ids)
