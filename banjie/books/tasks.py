"""What comes round in books: dates of records that are near are told."""

from datetime import datetime

from banjie.base.declarations import every
from banjie.books.actions.telling import tell_dues
from banjie.ledger.models import ChainHead


@every("books.tell_dues", at="07:30")
def tell_dues_of_every_town(due_at: datetime) -> None:
    """Tell, in every town, of the dates of records that began to show (台账到期)."""
    for town in ChainHead.objects.values_list("town", flat=True):
        tell_dues(town, at=due_at)
