"""满意销号: call-backs before 联系不上, whom repeated dissatisfaction goes to, how long a closed case can come back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from banjie.base.declarations import ParameterSpec, Sort
from banjie.rulebook.in_force import Rules
from banjie.rulebook.schema import rule_type

CLOSING = rule_type(
    "closing",
    "销号规则",
    replays=True,
    schema=(
        ParameterSpec("call_back.tries", "至少回访几次", (Sort.COUNT,), is_required=True),
        ParameterSpec("call_back.hours", "至少几个时段", (Sort.COUNT,), is_required=True),
        ParameterSpec("call_back.apart", "时段相隔", (Sort.SPAN,), is_required=True),
        ParameterSpec("rounds.leader_after", "第几次不满意由领导包案", (Sort.COUNT,), is_required=True),
        ParameterSpec("rounds.leader", "由谁包案", (Sort.ROLE,), is_required=True),
        ParameterSpec("rounds.hearing_after", "第几次不满意要听证", (Sort.COUNT,), is_required=True),
        ParameterSpec("watch.span", "销号以后的观察期", (Sort.SPAN,), is_required=True),
        ParameterSpec("recheck.kinds", "要回头看的件", (Sort.KINDS,), is_required=True),
        ParameterSpec("recheck.first", "第一次回头看", (Sort.SPAN,), is_required=True),
        ParameterSpec("recheck.second", "第二次回头看", (Sort.SPAN,), is_required=True),
    ),
)


@dataclass(frozen=True)
class Tries:
    """What it takes before an asker counts as 联系不上."""

    times: int
    hours: int
    apart: timedelta


@dataclass(frozen=True)
class Rounds:
    """From which dissatisfied word on a leader takes the case, and from which on it takes a hearing (S-035)."""

    leader_after: int
    leader: str
    hearing_after: int


def tries_on(rules: Rules) -> Tries:
    """Return how often and how far apart the call-backs before 联系不上 must lie."""
    ruling = rules.rule(CLOSING.name)
    return Tries(
        times=ruling.value("call_back.tries", int),
        hours=ruling.value("call_back.hours", int),
        apart=ruling.value("call_back.apart", timedelta),
    )


def hours_counted(made: Iterable[datetime], rule: Tries) -> int:
    """Return at how many different hours calls were made: those that lie far enough apart."""
    counted: list[datetime] = []
    for heard_at in made:
        if not counted or heard_at - counted[-1] >= rule.apart:
            counted.append(heard_at)
    return len(counted)


def is_tried_enough(made: Sequence[datetime], rule: Tries) -> bool:
    """Tell whether calls that reached nobody suffice for 联系不上 (S-035)."""
    return len(made) >= rule.times and hours_counted(made, rule) >= rule.hours


def rounds_on(rules: Rules) -> Rounds:
    """Return whom repeated dissatisfaction goes to."""
    ruling = rules.rule(CLOSING.name)
    return Rounds(
        leader_after=ruling.value("rounds.leader_after", int),
        leader=ruling.value("rounds.leader", str),
        hearing_after=ruling.value("rounds.hearing_after", int),
    )


def watch_span(rules: Rules) -> timedelta:
    """Return how long after 销号 a case may still be sent back."""
    return rules.rule(CLOSING.name).value("watch.span", timedelta)


def rechecks_of(rules: Rules, kind: str) -> tuple[timedelta, ...]:
    """Return how long after 销号 a case of a kind is looked at again, first and second; none for other kinds."""
    ruling = rules.rule(CLOSING.name)
    if kind not in ruling.value("recheck.kinds", tuple):
        return ()
    return ruling.value("recheck.first", timedelta), ruling.value("recheck.second", timedelta)
