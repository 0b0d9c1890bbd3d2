"""发送: put ready messages on their way, each under a key by which the other side can tell a repeat (T6)."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime

from django.db.models import F

from banjie.notices.models import Message, MessageState
from banjie.notices.outward import NotSent, post
from banjie.notices.policy import MOST_TRIES, wait_after
from banjie.notices.senders import OFFICIAL_HOSTS, Sender, Senders

logger = logging.getLogger(__name__)
AT_ONCE = 100
Post = Callable[[Sender, bytes, Mapping[str, str]], None]


def send_messages(town: str, senders: Senders, *, at: datetime, by: Post | None = None) -> int:
    """Send what is due, oldest first; return how many were taken. No transaction is open while the other side answers.

    Killed after sending and before the word that it is sent, the message goes again under the same key. A message
    that fails waits longer each time and is given up after MOST_TRIES; one whose sender is gone is given up at once.
    """
    send = by or (lambda sender, body, headers: _post(sender, body, headers, senders))
    due = Message.objects.filter(town=town, state=MessageState.READY, next_try_at__lte=at)
    due = due.select_related("to").order_by("next_try_at")
    return sum(_send(message, senders.named(message.sender), send, at=at) for message in due[:AT_ONCE])


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
    post(sender.url, body, headers, official=OFFICIAL_HOSTS.get(sender.form, ""), hosts=senders.hosts)
