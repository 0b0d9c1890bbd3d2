"""The stamp of deeds done by an import: it names the batch, so that each entry tells where its row came from."""

from datetime import datetime
from uuid import UUID

from banjie.ledger.record import Stamp
from banjie.sheets.declared import Setting


def ground_of(batch_id: UUID) -> str:
    """Return the ground that every entry of a batch bears."""
    return f"导入批次 {batch_id}"


def stamp_of(setting: Setting, batch_id: UUID, *, happened_at: datetime | None = None) -> Stamp:
    """Return the stamp of deeds that write rows of a batch; `happened_at` is the time that the sheet tells."""
    return Stamp(
        by=setting.by.id,
        happened_at=happened_at or setting.at,
        recorded_at=setting.at,
        ground=ground_of(batch_id),
    )
