"""Every read of notices: a person's inbox and the number of what he has not read."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count, Max, Q, QuerySet

from banjie.base.actor import Actor
from banjie.base.errors import NotFound
from banjie.notices.models import Message, MessageState, Notice

MOST_UNREAD = 99
_ROOM = Notice._meta.db_table
_UNREAD = (
    f"SELECT COUNT(*) FROM (SELECT 1 FROM {_ROOM} WHERE to_id = %s AND read_at IS NULL"  # noqa: S608 - our own names
    f" LIMIT {MOST_UNREAD + 1}) AS counted"
)


def inbox_of(actor: Actor) -> QuerySet[Notice]:
    """Return what a person was told; nobody reads another's inbox."""
    return Notice.objects.filter(to_id=actor.id, town=actor.town)


def notice_for(actor: Actor, notice_id: UUID) -> Notice:
    """Return one of a person's own notices. Raises NotFound for any other."""
    found = inbox_of(actor).filter(pk=notice_id).first()
    if found is None:
        raise NotFound("没有找到这条消息，可能已过保存期。请回到消息列表。")
    return found


def unread_count(staff_id: UUID) -> int:
    """Return how many notices a person has not read, at most MOST_UNREAD + 1; asked by every page, so past the ORM."""
    with connection.cursor() as cursor:
        cursor.execute(_UNREAD, [_plain(staff_id)])
        return int(cursor.fetchone()[0])


def unsent_messages(town: str) -> QuerySet[Message]:
    """Return a town's messages that could not be sent, the latest first."""
    failed = Message.objects.filter(town=town, tries__gt=0).exclude(state=MessageState.SENT)
    return failed.order_by("-made_at", "-id")


@dataclass(frozen=True)
class Traffic:
    """What one sender did: how many messages wait, when one was taken last."""

    waiting: int = 0
    sent_at: datetime | None = None


def traffic_of(town: str) -> dict[str, Traffic]:
    """Return by the names of senders what each did in a town."""
    rows = (
        Message.objects.filter(town=town)
        .values("sender")
        .annotate(waiting=Count("pk", filter=Q(state=MessageState.READY)), last=Max("sent_at"))
    )
    return {row["sender"]: Traffic(row["waiting"], row["last"]) for row in rows}


def _plain(staff_id: UUID) -> UUID | str:
    """Return an id as the database holds it: SQLite knows no type of its own for it."""
    return staff_id if connection.features.has_native_uuid_field else staff_id.hex
