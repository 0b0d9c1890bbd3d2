"""Keep what was pasted as drafts of the register form, sealed like every draft (T19), in the order of the paste."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict

from banjie.base.ids import new_id
from banjie.desk.drafts.keeping import PASTED, opened
from banjie.desk.models import Draft
from banjie.fields.crypto import seal

MOST_PASTED = 200
"""So many pasted drafts one person may have waiting; the rest stays in the box."""


@dataclass(frozen=True)
class PastedDraft:
    """A draft made by the paste box; `mark` names it in addresses, `id` makes a repeat harmless."""

    id: UUID
    mark: str
    fields: QueryDict

    def told(self, name: str) -> str:
        """Return one field as text."""
        return str(self.fields.get(name, ""))


def keep_pasted(staff_id: UUID, many: Sequence[dict[str, str]], *, at: datetime) -> list[UUID]:
    """Keep drafts in their order and return the ids of those that found room."""
    room = MOST_PASTED - Draft.objects.filter(staff_id=staff_id, key__startswith=PASTED).count()
    batch = new_id().hex
    rows = []
    for place, fields in enumerate(many[: max(room, 0)]):
        row = Draft(staff_id=staff_id, key=f"{PASTED}{batch}-{place:03d}", updated_at=at)
        row.sealed = seal(
            urlencode({name: value for name, value in fields.items() if value}),
            table="desk_draft",
            column="sealed",
            row=row.pk,
        )
        rows.append(row)
    Draft.objects.bulk_create(rows)
    return [row.pk for row in rows]


def pasted_of(staff_id: UUID) -> list[PastedDraft]:
    """Return someone's pasted drafts in the order in which they were pasted."""
    rows = Draft.objects.filter(staff_id=staff_id, key__startswith=PASTED).order_by("key")
    return [PastedDraft(row.pk, row.key.removeprefix(PASTED), opened(row).fields) for row in rows]


def drop_pasted(staff_id: UUID, marks: Sequence[str]) -> int:
    """Drop drafts that were registered or are not wanted; return how many."""
    count, _ = Draft.objects.filter(staff_id=staff_id, key__in=[f"{PASTED}{mark}" for mark in marks]).delete()
    return count
