"""Runs of the cases that come round: what was parked comes back, categories are learned anew."""

from datetime import datetime, timedelta

from banjie.base.clock import local_day
from banjie.base.declarations import every
from banjie.cases.actions.erasing import scrub_what_was_erased
from banjie.cases.actions.escalating import escalate_due
from banjie.cases.actions.learning import learn_categories
from banjie.cases.actions.parking import return_parked
from banjie.cases.actions.recorded import tell_recorded
from banjie.cases.actions.report_dues import owe_missed_reports
from banjie.cases.towns import each_town
from banjie.ledger.models import ERASED, Entry
from banjie.rulebook.queries import rules_on


@every("cases.learn", at="02:40")
def learn_every_town(due_at: datetime) -> None:
    """Let each town's proposals follow what its people chose; a town with little new is left as it is."""
    for town in each_town(due_at):
        learn_categories(town, rules=rules_on(town, local_day(due_at)), at=due_at, is_due_only=True)


@every("cases.return_parked", at="00:20")
def return_parked_of_every_town(due_at: datetime) -> None:
    """Bring back what was parked until today, in every town (到期转回)."""
    for town in each_town(due_at):
        return_parked(town, at=due_at)


@every("cases.report_dues", at="00:30")
def owe_missed_reports_of_every_town(due_at: datetime) -> None:
    """Write down for the figures which periods went by without a report (进度报告制)."""
    day = local_day(due_at)
    for town in each_town(due_at):
        owe_missed_reports(town, rules_on(town, day), day=day)


@every("cases.scrub", at="03:50")
def scrub_after_erasing(due_at: datetime) -> None:
    """Let nothing stay in the index and the log of the database of what was erased since the night before (T19)."""
    if Entry.objects.filter(deed=ERASED, recorded_at__gt=due_at - timedelta(days=2)).exists():
        scrub_what_was_erased()


@every("cases.escalate", minutes=5)
def escalate_every_town(due_at: datetime) -> None:
    """Let the rungs of every town's ladders come that are due (督办升级制)."""
    for town in each_town(due_at):
        escalate_due(town, at=due_at)


@every("notices.recorded_for", at="07:20")
def tell_what_was_recorded(due_at: datetime) -> None:
    """Tell each person once a week how often others wrote down a deed of his in the week before (以您名义的记录)."""
    for town in each_town(due_at):
        tell_recorded(town, at=due_at)
