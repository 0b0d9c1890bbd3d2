"""Nightly clearing of the desk: drafts past their time, sessions that ended, log-in failures long over."""

from datetime import datetime, timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.models import Session

from banjie.base.declarations import every
from banjie.desk.drafts.keeping import expire_drafts
from banjie.desk.numbers import draft_keep

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
