"""撤回: take back what a batch has written, chunk by chunk from the last, after a failure, a stop or an undo."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from banjie.base.actor import Actor
from banjie.base.errors import Conflict
from banjie.ledger.actions import record
from banjie.ledger.record import Deed, Stamp
from banjie.sheets.actions.moves import move
from banjie.sheets.declared import Setting
from banjie.sheets.kept import drop_content
from banjie.sheets.models import Batch, BatchChunk, State
from banjie.sheets.queries import Sheet, sheet_of

MOST_NAMED = 10
TOUCHED = "这一批里有{count}条导入后已被改动或使用，不能整批撤销：{names}。请先处理这几条，或逐条更正。"
RACED = "撤到一半时有一条刚被改动：{words}其余的已撤回，请处理后再点一次“撤销”。"


def void_batch(batch: Batch, *, by: Actor, clock: Callable[[], datetime]) -> None:
    """Take back every chunk that stands; an undo is refused as a whole when any row was touched since.

    A row that is touched between that look and its own chunk stops the undo there; what is left stays, and is said.
    """
    sheet = sheet_of(batch, by=by, at=clock())
    standing = list(batch.chunks.filter(is_undone=False).order_by("-number"))
    is_undo = batch.ending == State.UNDONE
    touched = _touched(sheet, standing) if is_undo else []
    if touched:
        return _keep(batch, _say_touched(touched), at=clock())
    for chunk in standing:
        try:
            _undo_chunk(sheet, chunk, at=clock())
        except Conflict as refusal:
            return _keep(batch, RACED.format(words=refusal.message), at=clock())
    return _end(batch, by=by, at=clock())


def _touched(sheet: Sheet, chunks: list[BatchChunk]) -> list[str]:
    return [
        name
        for chunk in chunks
        for name in sheet.importer.touched(sheet.setting, sheet.batch.pk, _ids(chunk))
    ]


def _undo_chunk(sheet: Sheet, chunk: BatchChunk, *, at: datetime) -> None:
    setting = Setting(sheet.setting.by, sheet.setting.town, at, sheet.setting.options)
    with transaction.atomic():
        fresh = BatchChunk.objects.select_for_update().get(pk=chunk.pk)
        if fresh.is_undone:
            return
        if ids := _ids(fresh):
            sheet.importer.undo(setting, sheet.batch.pk, ids)
        BatchChunk.objects.filter(pk=chunk.pk).update(is_undone=True)
        done = sheet.batch.chunks.filter(is_undone=False).values_list("rows", flat=True)
        Batch.objects.filter(pk=sheet.batch.pk).update(rows_done=sum(done))


def _keep(batch: Batch, words: str, *, at: datetime) -> None:
    """Leave the batch imported, with the reason why it could not be taken back."""
    move(batch, State.DONE, of=(State.VOIDING,), at=at, words=words, rows_done=batch.rows)


def _end(batch: Batch, *, by: Actor, at: datetime) -> None:
    ending = State(batch.ending)
    stamp = Stamp(by=by.id, happened_at=at, recorded_at=at)
    with transaction.atomic():
        locked = Batch.objects.select_for_update().get(pk=batch.pk)
        if locked.state != State.VOIDING:
            return
        words = locked.words if ending is State.FAILED else ""
        deed = Deed(f"sheet.{ending}", locked, changes={"rows_written": 0}, words=words)
        record(deed, stamp)
        move(locked, ending, of=(State.VOIDING,), at=at, rows_done=0)
        drop_content(locked)


def _ids(chunk: BatchChunk) -> list[UUID]:
    return [UUID(told) for told in chunk.subject_ids]


def _say_touched(names: list[str]) -> str:
    more = f"等{len(names)}条" if len(names) > MOST_NAMED else ""
    return TOUCHED.format(count=len(names), names="、".join(names[:MOST_NAMED]) + more)
