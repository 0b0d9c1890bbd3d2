"""Load the sample town into an empty database, whole or not at all: as it is tried out, or with two years behind it."""

import random
from datetime import datetime, timedelta

from django.core.management import call_command
from django.db import connection, transaction

from banjie.base.clock import local_day
from banjie.base.errors import Conflict
from banjie.cases.actions.report_dues import renew_report_dues
from banjie.cases.actions.standings import renew_standings
from banjie.ledger.actions import seal
from banjie.ledger.guards import lower_guards, raise_guards
from banjie.ledger.models import ChainHead
from banjie.rulebook.models import EVERYBODY
from banjie.sample.bookkeeping import Bookkeeping
from banjie.sample.founding import Town, found_town, plan_days_ahead
from banjie.sample.plots import PAST
from banjie.sample.telling import tell
from banjie.sample.town import TOWN
from banjie.sample.years import YEARS, History
from banjie.search.actions import reindex

SEED = 990011
FOUNDED_DAYS_AGO = 150
BEFORE_THE_YEARS = timedelta(days=190)
"""How long before the two years the whole town is founded: time for a few lives of each kind to run their course."""


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


def load_years(at: datetime) -> int:
    """Load the town with two years behind it: grid events, rectification items and books; return how many cases.

    One transaction as in `load_town`. What was done in the years is stamped from a few lives that the deeds told.
    """
    chance = random.Random(SEED)  # noqa: S311  invents people, guards nothing
    began = at - YEARS
    with transaction.atomic():
        town = found_town(began - BEFORE_THE_YEARS, chance)
        count = tell(town, began, chance, plots=PAST)
        past = _Past(town, began, at, chance)
        count += len(past.history.cases) + tell(town, at, chance, first=past.go_on)
        past.go_on(at)
        plan_days_ahead(town, at)
        renew_standings(TOWN)
        renew_report_dues(TOWN, today=local_day(at))
    for _ in reindex():
        pass
    return count


class _Past:
    """What was done in the years besides what is told: cases as time goes on, books at each month's end."""

    def __init__(self, town: Town, began: datetime, at: datetime, chance: random.Random) -> None:
        self.history = History(at, chance)
        self.books = Bookkeeping(town, at, chance)
        self.books.begin(began)

    def go_on(self, until: datetime) -> None:
        """Write what was done up to `until`; each month's end is sealed."""
        for month_end in self.books.months_until(until):
            self.history.go_on(month_end)
            self.books.write_until(month_end)
            seal(TOWN, at=month_end)
        self.history.go_on(until)


def remove_town() -> None:
    """Empty the database in which the sample town alone stands; Conflict where a real town does.

    The guards of the ledger are lowered for it and raised again: what is removed was never anybody's.
    """
    if not is_loaded() or ChainHead.objects.exclude(town__in=(TOWN, EVERYBODY)).exists():
        raise Conflict(
            "库里没有示例镇，或者还有真实的镇，不能清空。要清空真实的镇，请按手册备份后另建一个库。"
        )
    with transaction.atomic():
        lower_guards(connection)
        call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
        raise_guards(connection)
