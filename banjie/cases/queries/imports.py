"""What became of imported cases."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count

from banjie.cases.models import Case
from banjie.cases.workflow import State
from banjie.ledger.models import Entry


def touched_since(ids: Sequence[UUID]) -> list[str]:
    """Return the numbers of those cases that anyone has done anything to since they were imported."""
    told = Entry.objects.filter(subject_id__in=list(ids)).values("subject_id").annotate(entries=Count("pk"))
    touched = told.filter(entries__gt=1).values_list("subject_id", flat=True)
    standing = Case.objects.filter(pk__in=list(touched)).exclude(state=State.VOID)
    return list(standing.order_by("number").values_list("number", flat=True))
