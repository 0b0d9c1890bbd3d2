"""到期鉴定: which cases are past their retention, as a proposal to the archive officer; nothing goes by itself."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from banjie.base.clock import day_span
from banjie.cases.models import Case
from banjie.cases.queries.scope import visible_to
from banjie.cases.rules.retention import kept_forever, years_again, years_kept
from banjie.ledger.models import Entry
from banjie.people.queries import StaffActor
from banjie.rulebook.queries import rules_on

APPRAISED = "case.appraised"


def past_retention(actor: StaffActor, *, on: date) -> QuerySet[Case]:
    """Return the ended cases whose years are over by the first day of this year, the oldest first.

    A year is counted from the one after the case ended. What a leader took on, what was heard and what the rule keeps
    for ever is never proposed, nor what was appraised within the years after which it is asked about again.
    """
    rules = rules_on(actor.town, on)
    usual, own = years_kept(rules)
    past = Q(closed_at__lt=_new_year(on.year - usual)) & ~Q(kind__in=list(own))
    for kind, years in own.items():
        past |= Q(kind=kind, closed_at__lt=_new_year(on.year - years))
    again = Entry.objects.filter(
        subject_id=OuterRef("pk"), deed=APPRAISED, recorded_at__gte=_new_year(on.year - years_again(rules))
    )
    ended = visible_to(actor).filter(past, town=actor.town, is_open=False)
    important = Q(led_by__isnull=False) | Q(hearing_at__isnull=False) | Q(category__in=kept_forever(rules))
    return ended.exclude(important).exclude(Exists(again)).order_by("closed_at", "id")


def _new_year(year: int) -> object:
    return day_span(date(max(year, 1), 1, 1))[0]
