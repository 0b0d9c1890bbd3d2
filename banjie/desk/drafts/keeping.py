"""Keep, read, drop and expire drafts; a view refills its form by `draft_of` and ends with `drop_draft`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from banjie.base.errors import InvalidInput
from banjie.base.written_once import WrittenOnce
from banjie.desk.access import actor_of
from banjie.desk.deeds import NOT_CONTENT
from banjie.desk.models import Draft
from banjie.fields.crypto import SealBroken, seal, unseal

MOST_BYTES = 256 * 1024
"""Real letters have come to 7,000 characters, which are 64 KB as a form sends them."""
PASTED = "register:"
"""How the keys of drafts begin that the paste box made; they are counted apart."""
OF_CASE = "case."
"""How the keys of drafts begin that belong to a form of a case, before its id."""
MOST_KEPT = 200
"""How many drafts of forms one person may have: no one makes so many by hand."""

_kept = WrittenOnce(lambda staff_id, key: Draft.objects.filter(staff_id=staff_id, key=key), UUID, str)


@dataclass(frozen=True)
class KeptDraft:
    """A draft as its writer gets it back."""

    key: str
    fields: QueryDict
    updated_at: datetime

    @property
    def first_words(self) -> str:
        """Return enough of the text to know the draft by: its longest field, cut."""
        longest = max((str(value) for value in self.fields.values()), key=len, default="")
        return longest[:60]


def keep_draft(staff_id: UUID, key: str, fields: QueryDict, *, at: datetime) -> None:
    """Keep what was typed in place of what was kept before; an empty form keeps nothing. Raises InvalidInput."""
    pairs = [(name, value) for name, values in fields.lists() if name not in NOT_CONTENT for value in values]
    if not any(str(value).strip() for _, value in pairs):
        return forget(staff_id, key)
    text = urlencode(pairs)
    if len(text) > MOST_BYTES:
        raise InvalidInput("这一稿太长，没有存上。请直接提交，或分成几件登记。", fields={"draft": "太长"})
    try:
        with transaction.atomic():
            _write(staff_id, key, text, at=at)
    except IntegrityError:  # two tabs kept the same form for the first time at once
        with transaction.atomic():
            _write(staff_id, key, text, at=at)
    return None


def draft_of(request: HttpRequest, key: str) -> QueryDict | None:
    """Return what the person at work has typed into the form `key` before, to refill it; None when nothing is kept."""
    actor = actor_of(request)
    row = _kept.first(actor.id, key) if actor else None
    return opened(row).fields if row else None


def drop_draft(request: HttpRequest, key: str) -> None:
    """Drop the draft of the form `key`: it was sent, or its writer discards it."""
    actor = actor_of(request)
    if actor:
        forget(actor.id, key)


def draft_url(key: str) -> str:
    """Return the address to which the form `key` sends its draft, for `data-draft-url`."""
    return reverse("drafts:keep", args=[key])


def drafts_of(staff_id: UUID) -> list[KeptDraft]:
    """Return someone's drafts, the newest first."""
    return [
        opened(row) for row in Draft.objects.filter(staff_id=staff_id).order_by("-updated_at")[:MOST_KEPT]
    ]


def forget(staff_id: UUID, key: str) -> None:
    """Delete one draft, which was never anyone's record; where there is none, nobody's write waits for it."""
    for draft in _kept(staff_id, key):
        draft.delete()


def forget_forms_of(case_ids: Collection[UUID]) -> int:
    """Delete whatever anyone typed into the forms of these cases and did not send; return how many drafts went."""
    count = 0
    for case_id in case_ids:
        count += Draft.objects.filter(key__startswith=f"{OF_CASE}{case_id}.").delete()[0]
    return count


def expire_drafts(*, before: datetime) -> int:
    """Delete drafts that nobody has touched since `before`, and tell how many."""
    count, _ = Draft.objects.filter(updated_at__lt=before).delete()
    return count


def opened(row: Draft) -> KeptDraft:
    """Open a draft; one whose key is gone is as good as empty, since it was never anyone's record."""
    try:
        text = unseal(row.sealed, table="desk_draft", column="sealed", row=row.pk)
    except SealBroken:
        text = ""
    return KeptDraft(key=row.key, fields=QueryDict(text), updated_at=row.updated_at)


def _write(staff_id: UUID, key: str, text: str, *, at: datetime) -> None:
    row = Draft.objects.select_for_update().filter(staff_id=staff_id, key=key).first()
    is_new = row is None
    row = row or Draft(staff_id=staff_id, key=key)
    alike = Q(key__startswith=PASTED)
    others = Draft.objects.filter(alike if key.startswith(PASTED) else ~alike, staff_id=staff_id)
    if is_new and others.count() >= MOST_KEPT:
        raise InvalidInput(f"草稿已有{MOST_KEPT}份，没有存上。请先提交或放弃一些旧稿。")
    row.sealed = seal(text, table="desk_draft", column="sealed", row=row.pk)
    row.updated_at = at
    row.save(force_insert=is_new)
