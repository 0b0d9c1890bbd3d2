"""导入: write the rows of a batch in short transactions; whatever goes wrong takes back what was written.

A run that was broken off, by a power cut or a killed worker, goes on: a chunk's rows and the word that they are
written are one transaction, so that no chunk is written twice and none is left out (T6).
"""

from collections.abc import Sequence
from datetime import datetime
from time import sleep
from uuid import UUID

from django.db import connection, transaction

from banjie.base.actor import Actor
from banjie.base.errors import BanjieError, Conflict
from banjie.ledger.actions import record
from banjie.ledger.models import ChainHead
from banjie.ledger.record import Deed, Stamp
from banjie.sheets.actions.checks import Clock, check_batch, checked_cells
from banjie.sheets.actions.moves import move, require_right
from banjie.sheets.actions.voiding import void_batch
from banjie.sheets.declared import Row
from banjie.sheets.kept import drop_content
from banjie.sheets.models import Batch, BatchChunk, State
from banjie.sheets.queries import Sheet, own_batch, sheet_of

BREATH_SECONDS = 0.12
CHANGED = "预览以后情况有变：第{line}行，{words}已写入的全部撤回，系统里没有留下这批数据。请重新上传核对。"
FAILED = "写到第{line}行时没有成功：{words}已写入的全部撤回，系统里没有留下这批数据。"
BROKEN = "程序出了错，写入没有成功。已写入的全部撤回，系统里没有留下这批数据。请把这一页告诉管理员。"


def start_batch(actor: Actor, batch_id: UUID, *, at: datetime) -> Batch:
    """Release a batch that was checked without a finding to be written in; raises Conflict in any other state."""
    batch = own_batch(actor, batch_id)
    require_right(actor, batch)
    move(batch, State.RUNNING, of=(State.READY,), at=at, asked_by=actor.id, rows_done=0, words="")
    return batch


def advance_batch(batch_id: UUID, *, by: Actor, clock: Clock) -> Batch:
    """Do all that is to be done for a batch now: check it, write it in, or take it back; idempotent at any point.

    `by` is who asked for it (`asked_by`); `clock` gives the present moment to each chunk.
    """
    batch = Batch.objects.get(pk=batch_id)
    if batch.state == State.CHECKING:
        check_batch(sheet_of(batch, by=by, at=clock()), clock=clock)
    if batch.state == State.RUNNING:
        _run(sheet_of(batch, by=by, at=clock()), clock=clock)
    batch.refresh_from_db()
    if batch.state == State.VOIDING:
        void_batch(batch, by=by, clock=clock)
        batch.refresh_from_db()
    return batch


def fail_batch(batch_id: UUID, *, at: datetime) -> Batch:
    """Give up a batch that met a bug: back to where it can be looked at, or on to be taken back."""
    batch = Batch.objects.get(pk=batch_id)
    if batch.state == State.CHECKING:
        move(batch, State.READ, of=(State.CHECKING,), at=at, words="核对时程序出了错。请把这一页告诉管理员。")
    elif batch.state == State.RUNNING:
        _give_up(batch, BROKEN, at=at)
    return batch


def _run(sheet: Sheet, *, clock: Clock) -> None:
    batch, size = sheet.batch, sheet.importer.chunk_rows
    written = set(batch.chunks.values_list("number", flat=True))
    checked = checked_cells(sheet)
    chunks = {n: checked.rows[n * size : (n + 1) * size] for n in range(-(-len(checked.rows) // size))}
    waiting = [row for number, rows in chunks.items() if number not in written for row in rows]
    prepared = sheet.importer.prepare(sheet.setting, waiting)
    findings = [*checked.findings, *prepared.findings]
    if findings:
        words = CHANGED.format(line=findings[0].line_no, words=findings[0].words)
        return _give_up(batch, words, at=clock())
    plan_of = {row.line_no: plan for row, plan in zip(waiting, prepared.plans, strict=True)}
    for number, rows in chunks.items():
        if number in written:
            continue
        if not _write_chunk(sheet, number, rows, plan_of, clock=clock):
            return None
        _let_others_write(last=number == max(chunks))
    _end(sheet, clock=clock)
    return None


def _let_others_write(*, last: bool) -> None:
    """Leave the write lock alone longer than SQLite lets a waiting clerk sleep between two tries for it (0.1 s)."""
    if connection.vendor == "sqlite" and not last:
        sleep(BREATH_SECONDS)


def _write_chunk(
    sheet: Sheet, number: int, rows: Sequence[Row], plan_of: dict[int, object | None], *, clock: Clock
) -> bool:
    """Write one chunk; tell whether to go on. A batch that was stopped meanwhile is left to be taken back."""
    batch = sheet.batch
    plans = [plan for row in rows if (plan := plan_of[row.line_no]) is not None]
    setting = sheet_of(batch, by=sheet.setting.by, at=clock()).setting
    try:
        with transaction.atomic():
            state = Batch.objects.select_for_update().values_list("state", flat=True).get(pk=batch.pk)
            if state != State.RUNNING:
                return False
            if batch.chunks.filter(number=number).exists():
                return True
            ids = sheet.importer.write(setting, batch.pk, plans) if plans else []
            BatchChunk.objects.create(
                batch=batch,
                number=number,
                rows=len(rows),
                subject_ids=[str(subject_id) for subject_id in ids],
                first_id=next(iter(ids), None),
                to_seq=_seq_of(batch.town),
            )
            done = sum(batch.chunks.values_list("rows", flat=True))
            Batch.objects.filter(pk=batch.pk).update(rows_done=done)
    except BanjieError as refusal:
        _give_up(batch, FAILED.format(line=rows[0].line_no, words=refusal.message), at=clock())
        return False
    return True


def _seq_of(town: str) -> int:
    """Return the number of the town's last entry: what comes after it touches the chunk that was just written."""
    return ChainHead.objects.filter(town=town).values_list("seq", flat=True).first() or 0


def _end(sheet: Sheet, *, clock: Clock) -> None:
    """Say that the batch is in, and remove what it held of the sheet."""
    batch, at = sheet.batch, clock()
    with transaction.atomic():
        locked = Batch.objects.select_for_update().get(pk=batch.pk)
        if locked.state != State.RUNNING:
            return
        written = sum(len(ids) for ids in batch.chunks.values_list("subject_ids", flat=True))
        record(
            Deed("sheet.imported", locked, changes={"rows_written": written}),
            Stamp(by=sheet.setting.by.id, happened_at=at, recorded_at=at),
        )
        move(locked, State.DONE, of=(State.RUNNING,), at=at, rows_done=locked.rows)
        drop_content(locked)


def _give_up(batch: Batch, words: str, *, at: datetime) -> None:
    try:
        move(batch, State.VOIDING, of=(State.RUNNING,), at=at, ending=State.FAILED, words=words)
    except Conflict:
        return  # it was stopped in the same moment, and is taken back all the same
