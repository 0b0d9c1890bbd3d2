"""Runs of the ledger that come round: the daily seal."""

from datetime import datetime

from banjie.base.declarations import every
from banjie.ledger.actions import seal
from banjie.ledger.models import ChainHead


@every("ledger.seal", at="00:10")
def seal_every_town(due_at: datetime) -> None:
    """Seal what each town recorded since its last seal; a second run of one moment finds nothing to close."""
    for town in ChainHead.objects.values_list("town", flat=True):
        seal(town, at=due_at)
