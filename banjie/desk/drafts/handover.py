"""移交: what someone typed and never sent passes with everything else, so that no request lies unsent (U50)."""

from collections.abc import Sequence
from uuid import UUID

from banjie.desk.models import Draft
from banjie.ledger.record import Deed, Stamp
from banjie.people.handover import Belonging, Handover


def preview(staff_id: UUID) -> Sequence[Belonging]:
    """Tell how many drafts a person has, and nothing of what stands in them."""
    count = Draft.objects.filter(staff_id=staff_id).count()
    return [Belonging("没有提交的草稿", count)] if count else []


def carry(from_id: UUID, to_id: UUID, stamp: Stamp) -> Sequence[Deed]:
    """Give the drafts to the taker; of two on one form the later stands. They are no record, so no deed tells of it."""
    own = {draft.key: draft for draft in Draft.objects.filter(staff_id=to_id).select_for_update()}
    for draft in Draft.objects.filter(staff_id=from_id).select_for_update().order_by("id"):
        other = own.get(draft.key)
        if other is not None and other.updated_at >= draft.updated_at:
            draft.delete()
            continue
        if other is not None:
            other.delete()
        draft.staff_id = to_id
        draft.save(update_fields=["staff_id"])
    return []


DRAFTS = Handover(name="desk.drafts", preview=preview, carry=carry)
