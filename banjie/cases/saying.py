"""Cases in words that go elsewhere: the line for a group chat, without anyone's name who asked (U42)."""

from datetime import date, datetime

from banjie.cases.models import Case
from banjie.cases.workflow import STATE_TITLES, State
from banjie.worktime.hours import local

WEEKDAYS = "一二三四五六日"


def group_line(case: Case, *, who: str) -> str:
    """Return the line that goes into a group chat: number, matter, who handles it, by when, what to answer."""
    short = short_number(case.number)
    parts = [f"【交办】{short}号 {case.title}", who]
    if case.due_at:
        parts.append(f"{say_day(case.due_at)}前")
    parts.append(f"已办请回“{short}号已办”")
    return "｜".join(parts)


def short_number(number: str) -> str:
    """Return what people call a case by: the running number without its zeros."""
    return number.rsplit("-", 1)[-1].lstrip("0") or number


def say_day(moment: datetime) -> str:
    """Return a day as it is said: 10月13日(周二)."""
    return say_date(local(moment).date())


def say_date(day: date) -> str:
    """Return a bare day as it is said: 10月13日(周二)."""
    return f"{day.month}月{day.day}日(周{WEEKDAYS[day.weekday()]})"


def say_state(case: Case) -> str:
    """Return the office's word for where a case stands."""
    return STATE_TITLES[State(case.state)]
