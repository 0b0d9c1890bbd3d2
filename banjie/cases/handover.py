"""移交: the open cases of a person pass to another in the one deed of a handover (U50)."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from banjie.cases.models import Case
from banjie.ledger.record import Deed, Stamp
from banjie.people.handover import Belonging, Handover

NAMED = 5
COLUMNS = ("responsible_id", "handler_id", "first_asker_id", "led_by_id")


def preview(staff_id: UUID) -> Sequence[Belonging]:
    """Tell how many open cases a person owns or handles, and name the first."""
    numbers = list(_open_of(staff_id).order_by("due_order", "id").values_list("number", flat=True))
    return [Belonging("未了结的件", len(numbers), tuple(numbers[:NAMED]))] if numbers else []


def carry(from_id: UUID, to_id: UUID, stamp: Stamp) -> Sequence[Deed]:
    """Return one deed per open case that puts the receiver wherever the giver stood."""
    deeds = []
    for case in _open_of(from_id).select_for_update(of=("self",), no_key=True).order_by("id"):
        moved = {column: to_id for column in COLUMNS if getattr(case, column) == from_id}
        deeds.append(Deed("case.handed_over", case, changes=moved, words="岗位移交"))
    return deeds


def _open_of(staff_id: UUID) -> QuerySet[Case]:
    mine = (
        Q(responsible_id=staff_id)
        | Q(handler_id=staff_id)
        | Q(first_asker_id=staff_id)
        | Q(led_by_id=staff_id)
    )
    return Case.objects.filter(mine, is_open=True)


CASES = Handover(name="cases", preview=preview, carry=carry)
