"""Runs of sheets that come round: what nobody went on with is forgotten."""

from datetime import datetime, timedelta

from banjie.base.declarations import every
from banjie.ledger.models import ChainHead
from banjie.sheets.actions import expire_batches

KEPT = timedelta(days=7)


@every("sheets.expire_batches", at="03:30")
def expire_every_town(due_at: datetime) -> None:
    """Remove what batches hold of sheets when they have waited for a week."""
    for town in ChainHead.objects.values_list("town", flat=True):
        expire_batches(town, before=due_at - KEPT, at=due_at)
