"""What comes round at the desk: messages handed on and sent; drafts, sessions and notices past their time cleared."""

from datetime import datetime, timedelta
from pathlib import Path

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.models import Session

from banjie.base.declarations import every
from banjie.cases.towns import each_town
from banjie.desk.drafts.keeping import expire_drafts
from banjie.desk.notices.pages import page_of
from banjie.desk.numbers import draft_keep, notice_keep, notice_policy
from banjie.notices.actions import clear_notices, hand_on, pack_messages, send_messages
from banjie.notices.senders import read_senders

FAILURES_KEPT = timedelta(days=30)


@every("desk.clear_drafts", at="03:10")
def clear_drafts(due_at: datetime) -> None:
    """Delete drafts that stood untouched for longer than the rulebook keeps them (setting drafts.keep)."""
    expire_drafts(before=due_at - draft_keep(str(settings.TOWN), at=due_at))


@every("desk.clear_log_ins", at="03:20")
def clear_log_ins(due_at: datetime) -> None:
    """Delete ended sessions, and failed log-ins that lock nobody any more."""
    Session.objects.filter(expire_date__lt=due_at).delete()
    AccessAttempt.objects.filter(attempt_time__lt=due_at - FAILURES_KEPT).delete()


@every("notices.send", minutes=5)
def send_notices(due_at: datetime) -> None:
    """Hand new notices on to the senders of this installation and send what may leave the building now (U38)."""
    senders = read_senders(Path(settings.HOME))
    for town in each_town(due_at):
        policy = notice_policy(town, at=due_at)
        hand_on(town, senders, policy)
        pack_messages(town, senders, policy, at=due_at, page_of=page_of)
        send_messages(town, senders, at=due_at, policy=policy)


@every("notices.clear", at="03:25")
def clear_old_notices(due_at: datetime) -> None:
    """Remove notices that are older than the rulebook keeps them (setting notices.keep)."""
    clear_notices(before=due_at - notice_keep(str(settings.TOWN), at=due_at))
