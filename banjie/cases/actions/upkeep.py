"""What the passing of time asks of cases: 暂定 dates are worked out again when a year's notice is loaded."""

from django.db import transaction

from banjie.base.clock import local_day
from banjie.cases.actions.handling import read_again
from banjie.cases.actions.underway import Underway, course_of
from banjie.cases.models import Case, Clock
from banjie.cases.occasion import Occasion
from banjie.cases.queries import provisional_clocks
from banjie.cases.workflow import Step
from banjie.rulebook.queries import rules_on

REWORKED = Step("rework_clocks", "重算到期日", "case.clocks_reworked", frozenset())
BATCH = 200


def rework_clocks(town: str, occasion: Occasion) -> int:
    """Work out every provisional clock of a town anew, never to an earlier day; return how many cases moved.

    In batches, each a transaction of its own, so that nobody waits for the write lock over a second.
    """
    ids = sorted(set(provisional_clocks(town).values_list("case_id", flat=True)))
    moved = 0
    for start in range(0, len(ids), BATCH):
        with transaction.atomic():
            batch = Case.objects.select_for_update(no_key=True).filter(pk__in=ids[start : start + BATCH])
            moved += sum(_rework(case, occasion) for case in batch.order_by("id"))
    return moved


def _rework(case: Case, occasion: Occasion) -> bool:
    clocks = list(Clock.objects.filter(case=case).order_by("started_at", "id"))
    waiting = [clock for clock in clocks if clock.is_provisional and clock.stopped_at is None]
    if not waiting:
        return False
    rules = rules_on(case.town, local_day(occasion.at))
    underway = Underway(REWORKED, case, occasion.followed(), rules, clocks)
    for clock in waiting:
        underway.shows(clock, read_again(underway, clock, course_of(clock), is_recount=True))
    underway.finish(words="放假安排已录入，暂定的到期日重新推算，不早于原定。")
    return True
