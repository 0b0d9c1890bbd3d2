"""历史件: how long it took, and what today's time limit would have been; worked out to be read, and counted nowhere."""

from datetime import datetime

from banjie.cases.clocks import Course, Promise, read
from banjie.cases.models import Case
from banjie.cases.saying import say_day
from banjie.cases.workflow import ClockName
from banjie.desk.cases.watch import Watch
from banjie.rulebook.in_force import say_ref
from banjie.worktime.hours import local

NO_REPLY = "没有记下答复时间"


def used_words(case: Case, watch: Watch) -> str:
    """Say how many working days passed between the request and the reply."""
    if case.done_at is None:
        return NO_REPLY
    days = watch.work.calendar.workdays_between(local(case.happened_at).date(), local(case.done_at).date())
    return f"{days}个工作日"


def would_be_words(case: Case, watch: Watch) -> str:
    """Say by when today's limit would have wanted it done, marked as 推算: no light, no rate and no figure uses it."""
    limit = watch.rules.time_limit(ClockName.HANDLE, kind=case.kind, category=case.category)
    if limit is None:
        return ""
    promise = Promise(limit.term, limit.article, limit.amber_share)
    due_at = read(promise, Course(case.happened_at), watch.work).standing_due_at
    return f"按现行{say_ref(limit.article)}，应在{_say(due_at)}前办结{_held(case, due_at)}"


def _held(case: Case, due_at: datetime) -> str:
    if case.done_at is None:
        return ""
    return "，实际没有超过" if case.done_at <= due_at else "，实际超过"


def _say(moment: datetime) -> str:
    return f"{local(moment).year}年{say_day(moment)}"
