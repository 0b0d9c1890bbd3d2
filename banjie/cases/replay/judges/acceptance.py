"""受理: where a case was accepted late, whether handling runs from its registration, and is late by that."""

from collections.abc import Iterator

from banjie.base.local_days import day_span
from banjie.cases.actions.underway import course_of
from banjie.cases.models import Clock
from banjie.cases.replay.counted import Both, Verdict
from banjie.cases.replay.reading import Span
from banjie.cases.rules.acceptance import late_counts_from_registration
from banjie.cases.workflow import ClockName
from banjie.rulebook.in_force import Rules
from banjie.rulebook.replay import Judged
from banjie.worktime.terms import due_of, parse_term

NAME = "late_counts_from_registration"
JUDGED = Judged(
    says="期内到期、受理逾期的件，办理时限从登记算还是从受理算，按期还是超期。",
    unit="件",
    due="期内到期",
    fault="超期",
    sound="按期",
    ways=(
        "只看草案改了算法的那几类件；受理没有逾期的，怎么算都一样，不在其内。",
        "中止、延期照旧；办理按站得住的那次反馈算。",
    ),
    has_dues=True,
)


def judge(both: Both, span: Span) -> Iterator[Verdict]:
    """Yield each handling clock of a late acceptance that was due in these days."""
    kinds = [
        kind.key
        for kind in both.drafted.kinds
        if _is_from(both.ruling, kind.key) != _is_from(both.drafted, kind.key)
    ]
    begins, ends = day_span(span.first, span.last)
    due = Clock.objects.filter(
        town=both.town,
        name=ClockName.HANDLE,
        is_given=False,
        case__kind__in=kinds,
        standing_due_at__gte=begins,
        standing_due_at__lt=ends,
    )
    clocks = list(due.filter(paused_at__isnull=True).select_related("case"))
    accepts = Clock.objects.filter(case__in=[one.case_id for one in clocks], name=ClockName.ACCEPT)
    begun = {one.case_id: one for one in accepts if one.stopped_at and one.stopped_at > one.standing_due_at}
    for clock in clocks:
        if (accept := begun.get(clock.case_id)) is None or accept.stopped_at is None:
            continue
        course = course_of(clock)
        start = accept.started_at if _is_from(both.drafted, clock.case.kind) else accept.stopped_at
        drafted = due_of(
            parse_term(clock.term),
            start,
            calendar=both.work.calendar,
            hours=both.work.hours,
            pauses=course.pauses,
            extensions=course.extensions,
        ).at
        end = min(clock.case.done_at or both.at, both.at)
        own = clock.standing_due_at
        late = end > own, end > drafted
        yield Verdict(NAME, clock.case_id, own, late, (own, drafted), clock.case.done_at)


def _is_from(rules: Rules, kind: str) -> bool:
    return late_counts_from_registration(rules, kind)
