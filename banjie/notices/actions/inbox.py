"""What happens to a notice once it was told: read, and cleared away in the end."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from banjie.base.actor import Actor
from banjie.notices.models import Message, Notice
from banjie.notices.queries import inbox_of, notice_for

BATCH = 1000


def mark_read(actor: Actor, notice_id: UUID, *, at: datetime) -> Notice:
    """看过: note when a person first opened one of his notices. Raises NotFound for another's."""
    notice = notice_for(actor, notice_id)
    if notice.read_at is None:
        Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=at)
    return notice


def mark_all_read(actor: Actor, *, at: datetime) -> int:
    """全部看过: mark everything that a person was told as read; return how many there were."""
    return inbox_of(actor).filter(read_at__isnull=True).update(read_at=at)


def clear_notices(*, before: datetime) -> int:
    """Remove notices and messages older than the rulebook keeps them, in batches; return how many notices went."""
    removed = 0
    for model in (Notice, Message):
        while ids := list(
            model._default_manager.filter(made_at__lt=before).values_list("pk", flat=True)[:BATCH]
        ):
            model._default_manager.filter(pk__in=ids).delete()
            removed += len(ids) if model is Notice else 0
    return removed


def forget_notices(about: Collection[str]) -> int:
    """Remove what people were told about these subjects, with the messages that carried it; return how many."""
    told = Notice.objects.filter(about__in=list(about))
    ids = list(told.values_list("pk", flat=True))
    Message.objects.filter(deliveries__notice__in=ids).delete()
    told.delete()
    return len(ids)
