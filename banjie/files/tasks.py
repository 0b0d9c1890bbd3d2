"""Runs of files that come round: content that no row names is cleared away."""

from datetime import datetime, timedelta

from banjie.base.declarations import every
from banjie.files.actions import clear_unnamed
from banjie.ledger.models import ChainHead

SETTLED = timedelta(days=1)
"""Older than any upload that may still be under way."""


@every("files.clear_unnamed", at="03:20")
def clear_every_town(due_at: datetime) -> None:
    """Remove what failed transactions left on the disk."""
    for town in ChainHead.objects.values_list("town", flat=True):
        clear_unnamed(town, before=due_at - SETTLED)
