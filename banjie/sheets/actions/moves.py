"""From one state of a batch to the next: a move asks for the state it starts from, so that none is done twice."""

from collections.abc import Iterable
from datetime import datetime

from banjie.base.actor import Actor
from banjie.base.errors import Conflict, NotAllowed
from banjie.sheets.declared import known_importer
from banjie.sheets.models import Batch, State

NOT_NOW = "这一批现在是“{state}”，不能这样做。请刷新页面看最新的情况。"


def move(batch: Batch, to: State, *, of: Iterable[State], at: datetime, **columns: object) -> None:
    """Bring a batch from one of the states `of` to `to`, with some columns beside; raises Conflict elsewhere."""
    changes = {"state": to, "moved_at": at, **columns}
    moved = Batch.objects.filter(pk=batch.pk, state__in=list(of)).update(**changes)
    if not moved:
        batch.refresh_from_db()
        raise Conflict(NOT_NOW.format(state=batch.get_state_display()))
    for column, value in changes.items():
        setattr(batch, column, value)


def require_right(actor: Actor, batch: Batch) -> None:
    """Raise NotAllowed for someone who may not import this kind any more."""
    permission = known_importer(batch.importer).permission
    if not actor.may(permission):
        raise NotAllowed("您的岗位不能导入这一种表。请联系系统管理员。", ground=permission)
