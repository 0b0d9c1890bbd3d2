"""Every write of notices: tell people, mark as read, hand on to senders, send, clear away."""

from banjie.notices.actions.handing_on import hand_on, pack_messages
from banjie.notices.actions.inbox import clear_notices, forget_notices, mark_all_read, mark_read
from banjie.notices.actions.sending import send_messages, try_sender
from banjie.notices.actions.telling import Telling, tell

__all__ = [
    "Telling",
    "clear_notices",
    "forget_notices",
    "hand_on",
    "mark_all_read",
    "mark_read",
    "pack_messages",
    "send_messages",
    "tell",
    "try_sender",
]
