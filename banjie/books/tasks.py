"""What comes round in books: dates of records that are near are told."""

from datetime import datetime

from banjie.base.declarations import every
from banjie.books.actions.telling import tell_dues
from banjie.cases.towns import each_town


@every("books.tell_dues", at="07:30")
def tell_dues_of_every_town(due_at: datetime) -> None:
    """Tell, in every town, of the dates of records that began to show (台账到期)."""
    for town in each_town(due_at):
        tell_dues(town, at=due_at)
