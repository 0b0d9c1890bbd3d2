"""Load the sample town into an empty database, whole or not at all."""

import random
from datetime import datetime, timedelta

from django.db import transaction

from banjie.ledger.models import ChainHead
from banjie.sample.founding import found_town, plan_days_ahead
from banjie.sample.telling import tell
from banjie.sample.town import TOWN

SEED = 990011
FOUNDED_DAYS_AGO = 150


def is_loaded() -> bool:
    """Tell whether the sample town stands in this database."""
    return ChainHead.objects.filter(town=TOWN).exists()


def is_empty() -> bool:
    """Tell whether no town stands in this database yet."""
    return not ChainHead.objects.exists()


def load_town(at: datetime) -> int:
    """Found the town some months before `at` and tell its past; return how many cases it has.

    One transaction, longer than the second that holds elsewhere: nobody else is in an empty database, and a load
    that is cut off leaves nothing behind. The same day gives the same town but for its ids.
    """
    chance = random.Random(SEED)  # noqa: S311  invents people, guards nothing
    with transaction.atomic():
        town = found_town(at - timedelta(days=FOUNDED_DAYS_AGO), chance)
        count = tell(town, at, chance)
        plan_days_ahead(town, at)
    return count
