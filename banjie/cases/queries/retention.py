"""到期鉴定: which cases are past their retention, as a proposal to the archive officer; nothing goes by itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum

from banjie.base.clock import day_span
from banjie.cases.models import Attachment, Case
from banjie.cases.queries.scope import visible_to
from banjie.cases.rules.retention import kept_forever, years_again, years_kept
from banjie.cases.vocabulary import Sensitivity
from banjie.ledger.models import ERASED, Entry, EntryBody
from banjie.people.queries import StaffActor
from banjie.rulebook.in_force import Rules
from banjie.rulebook.queries import rules_on

APPRAISED = "case.appraised"
PROPOSED = "case.proposed_for_erasing"


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
        subject_id=OuterRef("pk"),
        deed__in=(APPRAISED, PROPOSED, ERASED),
        recorded_at__gte=_new_year(on.year - years_again(rules)),
    )
    ended = visible_to(actor).filter(past, town=actor.town, is_open=False)
    return ended.exclude(_is_kept(rules)).exclude(Exists(again)).order_by("closed_at", "id")


def proposed_for_erasing(actor: StaffActor, *, on: date) -> QuerySet[Case]:
    """Return the cases whose erasing was proposed and neither done nor taken back since, the oldest first.

    What goes on, is seen by few, is looked at again or was heard since is not among them, nor one into which an open
    case was merged.
    """
    rules = rules_on(actor.town, on)
    of_case = Entry.objects.filter(subject_id=OuterRef("pk"), subject_type=Case._meta.label_lower)
    appraisals = of_case.filter(deed__in=(APPRAISED, PROPOSED, ERASED)).order_by("-seq")
    merged = Case.objects.filter(merged_into=OuterRef("pk"), is_open=True)
    found = visible_to(actor).filter(
        town=actor.town, is_open=False, sensitivity=Sensitivity.ORDINARY, recheck_on__isnull=True
    )
    last = found.annotate(last_appraisal=Subquery(appraisals.values("deed")[:1]))
    still = last.filter(last_appraisal=PROPOSED).exclude(_is_kept(rules)).exclude(Exists(merged))
    return still.order_by("closed_at", "id")


def proposers_of(case_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return who proposed last to erase each of these cases."""
    told = Entry.objects.filter(subject_id__in=list(case_ids), deed=PROPOSED).order_by("seq")
    return dict(told.values_list("subject_id", "by"))


@dataclass(frozen=True)
class Erasure:
    """How much erasing takes away, before it is done as after."""

    cases: int = 0
    entries: int = 0
    files: int = 0
    bytes: int = 0
    notices: int = 0

    def __add__(self, other: "Erasure") -> "Erasure":
        return Erasure(
            self.cases + other.cases,
            self.entries + other.entries,
            self.files + other.files,
            self.bytes + other.bytes,
            self.notices + other.notices,
        )


def erasure_of(case_ids: Collection[UUID]) -> Erasure:
    """Return how much erasing these cases would take away."""
    ids = list(case_ids)
    files = Attachment.objects.filter(case__in=ids).aggregate(count=Count("pk"), size=Sum("file__size"))
    return Erasure(
        cases=len(ids),
        entries=EntryBody.objects.filter(entry__subject_id__in=ids).count(),
        files=files["count"] or 0,
        bytes=files["size"] or 0,
    )


def _is_kept(rules: Rules) -> Q:
    """Return what is never erased: what a leader took on, what was heard, what the rule keeps for ever."""
    return Q(led_by__isnull=False) | Q(hearing_at__isnull=False) | Q(category__in=kept_forever(rules))


def _new_year(year: int) -> object:
    return day_span(date(max(year, 1), 1, 1))[0]
