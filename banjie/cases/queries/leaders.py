"""What a leader's sheet of the day shows beside the lists: who was unsatisfied, and what he asked for (U44)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from banjie.cases.models import Case, Voice
from banjie.cases.queries.scope import visible_to
from banjie.cases.vocabulary import DISCONTENT, Speaker
from banjie.people.queries import StaffActor
from banjie.residents.models import open_name

HEARD = (Speaker.ASKER, Speaker.CALL_BACK)


def unsatisfied_between(actor: StaffActor, *, from_at: datetime, until_at: datetime) -> QuerySet[Case]:
    """Return the visible cases whose asker said in that time, himself or when called back, that he is not content."""
    voices = Voice.objects.filter(
        town=actor.town,
        speaker__in=HEARD,
        said__in=DISCONTENT,
        heard_at__gte=from_at,
        heard_at__lt=until_at,
    )
    found = visible_to(actor).filter(pk__in=voices.values("case"))
    return found.order_by("due_order", "id")


def asked_by(actor: StaffActor, *, ended_after: datetime) -> QuerySet[Case]:
    """Return what this person himself asked for: all that is open, and what ended after a moment; open ones first."""
    lately = Q(is_open=True) | Q(done_at__gte=ended_after) | Q(closed_at__gte=ended_after)
    asked = Case.objects.filter(lately, town=actor.town, asker_staff_id=actor.id)
    return asked.order_by("-is_open", "due_order", "id")


def names_of_askers(case_ids: Iterable[UUID]) -> Mapping[UUID, str]:
    """Return the names in clear of the residents behind cases, so that a paper can leave them out of its lines."""
    rows = Case.objects.filter(pk__in=list(case_ids), resident__isnull=False)
    columns = rows.values_list("pk", "resident_id", "resident__name_sealed")
    return {pk: open_name(resident_id, sealed) for pk, resident_id, sealed in columns}
