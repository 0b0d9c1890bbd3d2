"""督办升级: which rungs came, and which would have come by the draft: how often it would have told people."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from banjie.base.local_days import day_span
from banjie.cases.ladder import Run, Rung, ladder_of, moment_of
from banjie.cases.models import Clock
from banjie.cases.replay.counted import Both, Verdict
from banjie.cases.replay.reading import Span
from banjie.cases.rules.escalation import ESCALATION, THEN_AFTER
from banjie.cases.workflow import ClockName
from banjie.rulebook.in_force import Rules
from banjie.rulebook.replay import Judged
from banjie.worktime.terms import Term, parse_term

JUDGED = Judged(
    says="期内到期的每个时限，按各级提醒和牌该提醒几次。",
    unit="次",
    due="该提醒",
    fault="提醒",
    sound="不提醒",
    ways=(
        "取原来到期日落在这一段的时限，逐级看：办了、停了以前到了那一级的算提醒一次，没有到的不算。",
        "“期内”只数提醒的次数，不看告诉了谁、收到没有；草案没有改动的时限不在其内。",
    ),
    has_dues=False,
)
PIECE = 2_000
_READ = ("name", "term", "started_at", "stopped_at", "standing_due_at", "is_given", "case_id")
Ladder = tuple[tuple[Rung, ...], Term]


def judge(both: Both, span: Span) -> Iterator[Verdict]:
    """Yield each rung that came, by either ladder, of a clock that was due in these days."""
    ladders = {name: tuple(_ladder(rules, name) for rules in both.sides) for name in ClockName}
    names = [name for name, (before, after) in ladders.items() if before != after]
    begins, ends = day_span(span.first, span.last)
    due = Clock.objects.filter(
        town=both.town, name__in=names, standing_due_at__gte=begins, standing_due_at__lt=ends
    )
    for clock in due.filter(paused_at__isnull=True).only(*_READ).order_by("standing_due_at").iterator(PIECE):
        before, after = (_came(both, clock, ladder) for ladder in ladders[ClockName(clock.name)])
        own = clock.standing_due_at
        for key in {**before, **after}:
            came = True if key in before else None, True if key in after else None
            moments = before.get(key, own), after.get(key, own)
            yield Verdict(f"{clock.name}.{key}", clock.case_id, own, came, moments, clock.stopped_at)


def _ladder(rules: Rules, clock: str) -> Ladder:
    ruling = rules.rule(ESCALATION.name)
    return ladder_of(ruling.values, clock), ruling.value(THEN_AFTER, Term)


def _came(both: Both, clock: Clock, ladder: Ladder) -> Mapping[str, datetime]:
    """Return the rungs that came before the clock stopped, with their moments."""
    rungs, then_after = ladder
    run = Run(parse_term(clock.term), clock.started_at, clock.standing_due_at, clock.is_given)
    end = min(clock.stopped_at or both.at, both.at)
    moments = {rung.key: moment_of(rung, run, then_after=then_after, work=both.work) for rung in rungs}
    return {key: at for key, at in moments.items() if at < end}
