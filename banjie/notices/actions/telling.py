"""告知: write notices in the transaction of the deed that gives rise to them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from banjie.notices.models import Notice
from banjie.notices.vocabulary import NoticeKind


@dataclass(frozen=True)
class Telling:
    """What several people are told at once; `key` names the occasion, so that nobody is told twice of it.

    Title and words hold no personal data: a number, a category, a date. `group_id` is the unit whose group may hear
    it, `about` what it is of, such as case:QZ2026-00001, for which a face knows the page.
    """

    town: str
    to: Collection[UUID]
    kind: NoticeKind
    key: str
    title: str
    words: str = ""
    about: str = ""
    group_id: UUID | None = None
    is_urgent: bool = False


def tell(tellings: Sequence[Telling], *, at: datetime) -> None:
    """Write what people are told, once for each key and person, in one statement; nothing to tell costs nothing.

    Raises RuntimeError outside a transaction: a notice stands or falls with its deed.
    """
    notices = [notice for telling in tellings for notice in _notices(telling, at=at)]
    if not notices:
        return
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("tell belongs inside the transaction of a deed")
    Notice.objects.bulk_create(notices, ignore_conflicts=True, batch_size=500)


def _notices(telling: Telling, *, at: datetime) -> list[Notice]:
    return [
        Notice(
            town=telling.town,
            to_id=staff_id,
            kind=telling.kind,
            key=telling.key,
            group_id=telling.group_id,
            title=telling.title,
            words=telling.words,
            about=telling.about,
            is_urgent=telling.is_urgent,
            made_at=at,
        )
        for staff_id in dict.fromkeys(telling.to)
    ]
