"""对应列: which sheet of the file is meant and what its columns are, settled by memory or by a person."""

from collections.abc import Mapping
from copy import copy
from datetime import datetime
from uuid import UUID

from django.db import transaction

from banjie.base.actor import Actor
from banjie.base.errors import Conflict, InvalidInput, NotFound
from banjie.sheets.actions.moves import move
from banjie.sheets.matching import Matching, head_digest, match, to_remember, told_matching
from banjie.sheets.models import WAITING, Batch, ColumnMemory, State
from banjie.sheets.queries import Sheet, own_batch, remembered, sheet_of


def settle_columns(batch: Batch, *, by: Actor, at: datetime) -> Matching:
    """Match the columns of a batch that was just read; where nothing is in doubt it goes on to be checked.

    Of several sheets the only one that bears the columns that must be there is meant.
    """
    first = sheet_of(batch, by=by, at=at)
    tried = [_tried(first, raw.name) for raw in first.raw.filled]
    fitting = [(sheet, matching) for sheet, matching in tried if not matching.missing(sheet.columns)]
    sheet, matching = (fitting or tried)[0]
    is_settled = len(fitting) == 1 and matching.is_sure and bool(sheet.table.lines)
    move(
        batch,
        State.CHECKING if is_settled else State.READ,
        of=WAITING,
        at=at,
        sheet_name=sheet.raw_sheet.name,
        matching={str(place): key for place, key in matching.keys.items()},
        rows=len(sheet.table.lines),
    )
    return matching


def _tried(sheet: Sheet, name: str) -> tuple[Sheet, Matching]:
    """Return one sheet of the file, and its columns as far as they are known."""
    batch = copy(sheet.batch)
    batch.sheet_name = name
    tried = Sheet(batch, sheet.importer, sheet.setting)
    return tried, match(tried.table.heads, tried.columns, remembered(batch, tried.table.heads))


def choose_sheet(actor: Actor, batch_id: UUID, *, name: str, at: datetime) -> Batch:
    """Take another sheet of the same file and match its columns anew; raises NotFound for a name that is not there."""
    batch = own_batch(actor, batch_id)
    sheet = sheet_of(batch, by=actor, at=at)
    if sheet.raw.sheet(name) is None:
        raise NotFound("文件里没有这个工作表。请重新选择。")
    move(batch, State.READ, of=WAITING, at=at, sheet_name=name)
    fresh = sheet_of(batch, by=actor, at=at)
    matching = match(fresh.table.heads, fresh.columns, remembered(batch, fresh.table.heads))
    keys = {str(place): key for place, key in matching.keys.items()}
    move(batch, State.READ, of=WAITING, at=at, matching=keys, rows=len(fresh.table.lines))
    return batch


def match_columns(actor: Actor, batch_id: UUID, *, told: Mapping[int, str], at: datetime) -> Batch:
    """Settle the columns as a person chose them, remember that for his office, and have the rows checked.

    `told` is place in the sheet → key of our column, "" for one that is left out. Raises InvalidInput when a
    column is chosen twice or one that must be there is missing.
    """
    batch = own_batch(actor, batch_id)
    sheet = sheet_of(batch, by=actor, at=at)
    matching = _checked(sheet, told)
    if not sheet.table.lines:
        raise Conflict("这个工作表里没有数据行。请换一个工作表，或重新上传。")
    with transaction.atomic():
        keys = {str(place): key for place, key in matching.keys.items()}
        move(
            batch,
            State.CHECKING,
            of=WAITING,
            at=at,
            matching=keys,
            rows=len(sheet.table.lines),
            rows_done=0,
        )
        _remember(sheet, matching, at=at)
    return batch


def _checked(sheet: Sheet, told: Mapping[int, str]) -> Matching:
    places = {head.place: head.words for head in sheet.table.heads}
    titles = {column.key: column.title for column in sheet.columns}
    kept = {place: key for place, key in told.items() if place in places and (not key or key in titles)}
    problems: dict[str, str] = {}
    first: dict[str, int] = {}
    for place, key in sorted(kept.items()):
        if key and first.setdefault(key, place) != place:
            problems[f"column-{place}"] = f"“{titles[key]}”已经对应“{places[first[key]]}”，一项只能选一列。"
    matching = told_matching(kept)
    missing = [column.title for column in matching.missing(sheet.columns)]
    if missing:
        problems["missing"] = (
            f"必须有的{'、'.join(missing)}还没有对应的列。请选出来；表里没有的，请补上再传。"
        )
    if problems:
        raise InvalidInput("；".join(problems.values()), fields=problems)
    return matching


def _remember(sheet: Sheet, matching: Matching, *, at: datetime) -> None:
    if not sheet.table.has_head:
        return
    batch = sheet.batch
    ColumnMemory.objects.update_or_create(
        town=batch.town,
        office=batch.office,
        importer=batch.importer,
        head_digest=head_digest(sheet.table.heads),
        defaults={"keys": to_remember(sheet.table.heads, matching), "used_at": at},
    )
