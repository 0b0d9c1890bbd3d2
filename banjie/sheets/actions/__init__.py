"""Every write of sheets: take a sheet in, settle what its columns are, check, write in chunks, stop and undo."""

from banjie.sheets.actions.columns import choose_sheet, match_columns, settle_columns
from banjie.sheets.actions.ending import expire_batches, stop_batch, undo_batch
from banjie.sheets.actions.running import advance_batch, fail_batch, start_batch
from banjie.sheets.actions.taking import Sent, take_in_sheet

__all__ = [
    "Sent",
    "advance_batch",
    "choose_sheet",
    "expire_batches",
    "fail_batch",
    "match_columns",
    "settle_columns",
    "start_batch",
    "stop_batch",
    "take_in_sheet",
    "undo_batch",
]
