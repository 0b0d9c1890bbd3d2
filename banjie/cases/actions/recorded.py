"""代录周报: tell people how often others wrote down a deed in their name, once a week."""

from datetime import datetime, timedelta

from django.db import transaction

from banjie.base.clock import day_span, local_day
from banjie.ledger.queries import recorded_for_whom
from banjie.notices.actions import Telling, tell
from banjie.notices.vocabulary import NoticeKind

WEEK = timedelta(days=7)


@transaction.atomic
def tell_recorded(town: str, *, at: datetime) -> None:
    """告知代录: tell of the week that ended last Sunday; told on any later day of this week, it is told once."""
    monday = local_day(at) - timedelta(days=local_day(at).weekday())
    until, _ = day_span(monday)
    counts = recorded_for_whom(town, since=until - WEEK, until=until)
    tellings = [
        Telling(
            town=town,
            to=(staff_id,),
            kind=NoticeKind.RECORDED_FOR,
            key=f"recorded_for:{monday.isoformat()}",
            title=f"上周以您名义记录了{count}条，请核对",
            about="page:recorded:own",
        )
        for staff_id, count in counts.items()
    ]
    tell(tellings, at=at)
