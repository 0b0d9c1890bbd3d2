"""发送: put ready messages on their way, each under a key by which the other side can tell a repeat (T6)."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.db.models import F, QuerySet

from banjie.base.errors import Conflict
from banjie.notices.mailing import mail
from banjie.notices.models import Message, MessageState
from banjie.notices.outward import NotSent, post
from banjie.notices.policy import MOST_TRIES, Policy, wait_after
from banjie.notices.senders import OFFICIAL_HOSTS, Form, Sender, Senders
from banjie.people.models import Staff

logger = logging.getLogger(__name__)
AT_ONCE = 100
MINUTE = timedelta(minutes=1)
TRIED = "【办结】试发消息：收到这一条，说明渠道是通的。不用回复。"
Post = Callable[[Sender, bytes, Mapping[str, str]], None]


def send_messages(
    town: str, senders: Senders, *, at: datetime, policy: Policy | None = None, by: Post | None = None
) -> int:
    """Send what is due, oldest first; return how many were taken. No transaction is open while the other side answers.

    Killed after sending and before the word that it is sent, the message goes again under the same key. A message
    that fails waits longer each time and is given up after MOST_TRIES; one whose sender is gone is given up at once.
    A group is sent to no oftener in a minute than the policy says, first tries and repeats together; the rest waits.
    """
    send = by or (lambda sender, body, headers: _post(sender, body, headers, senders))
    left = _Left(policy or Policy(), at)
    taken = 0
    for message in _due(town, at=at):
        if message.to_id is None and not left.take(message.sender):
            continue
        taken += _send(message, senders.named(message.sender), send, at=at)
    return taken


def try_sender(
    town: str, sender: Sender, senders: Senders, *, to: Staff, at: datetime, by: Post | None = None
) -> Message:
    """试发: send one message by a sender now, to its group or to `to`; one that fails is not tried again.

    Raises Conflict when the group had as many messages in this minute as it takes.
    """
    send = by or (lambda one, body, headers: _post(one, body, headers, senders))
    if not sender.is_personal and not _Left(Policy(), at).take(sender.name):
        raise Conflict("这个群一分钟里已经收满了。请过一分钟再试。")
    message = Message.objects.create(
        town=town,
        sender=sender.name,
        to=to if sender.is_personal else None,
        text=TRIED,
        is_urgent=True,
        made_at=at,
        next_try_at=at,
        tries=MOST_TRIES - 1,
    )
    _send(message, sender, send, at=at)
    message.refresh_from_db()
    return message


class _Left:
    """How many messages each group may still get in this minute."""

    def __init__(self, policy: Policy, at: datetime) -> None:
        self._most, self._since = policy.per_group_and_minute, at - MINUTE
        self._left: dict[str, int] = {}

    def take(self, sender: str) -> bool:
        """Take one for a group; tell whether there was one left."""
        if sender not in self._left:
            had = Message.objects.filter(sender=sender, to__isnull=True, sent_at__gt=self._since)
            self._left[sender] = self._most - had.count()
        self._left[sender] -= 1
        return self._left[sender] >= 0


def _due(town: str, *, at: datetime) -> QuerySet[Message]:
    due = Message.objects.filter(town=town, state=MessageState.READY, next_try_at__lte=at)
    return due.select_related("to").order_by("next_try_at", "id")[:AT_ONCE]


def _send(message: Message, sender: Sender | None, send: Post, *, at: datetime) -> bool:
    ready = Message.objects.filter(pk=message.pk, state=MessageState.READY)
    if sender is None:
        ready.update(state=MessageState.GIVEN_UP, error="渠道已停用", tries=F("tries") + 1)
        return False
    body = sender.body(message.text, key=message.pk, to=message.to.login if message.to else "")
    try:
        send(sender, body, {"Idempotency-Key": str(message.pk)})
    except NotSent as reason:
        logger.warning("a message of sender %s was not taken: %s", sender.name, reason)
        tries = message.tries + 1
        state = MessageState.GIVEN_UP if tries >= MOST_TRIES else MessageState.READY
        ready.update(tries=tries, state=state, error=str(reason)[:80], next_try_at=at + wait_after(tries))
        return False
    ready.update(state=MessageState.SENT, sent_at=at, tries=message.tries + 1, error="")
    return True


def _post(sender: Sender, body: bytes, headers: Mapping[str, str], senders: Senders) -> None:
    if sender.form is Form.EMAIL:
        mail(sender, body, key=headers["Idempotency-Key"], senders=senders)
        return
    post(sender.url, body, headers, official=OFFICIAL_HOSTS.get(sender.form, ""), hosts=senders.hosts)
