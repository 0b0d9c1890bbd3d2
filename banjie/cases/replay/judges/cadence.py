"""进度报告: which reports were owed in a period, by the rhythm that is and by the draft's, and which were not made."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import islice

from django.db.models import Q, QuerySet

from banjie.base.clock import local_day
from banjie.base.local_days import day_span
from banjie.cases.clocks import pauses_from
from banjie.cases.models import Case, CaseStanding, Clock
from banjie.cases.replay.counted import Both, Verdict, deeds_of
from banjie.cases.replay.reading import Span
from banjie.cases.rules.cadence import CADENCE, cadence_of, first_report_on, period_end
from banjie.cases.workflow import STEPS, ClockName
from banjie.rulebook.in_force import Rules
from banjie.rulebook.replay import Judged

REPORTED = STEPS["report_progress"].entry
JUDGED = Judged(
    says="期内每一期应报的进度，到期末报了没有。",
    unit="期",
    due="期内应报",
    fault="漏报",
    sound="按时",
    ways=(
        "按各自的周期数：签收满了起报天数、到期末还在办的，算应报一期；办结、中止、挂账的不算。",
        "上一期末以后、这一期末以前报过的算按时；周期变了，应报的期数也变，两边各算各的率。",
    ),
    has_dues=True,
)
PIECE = 500
Dues = dict[date, date]


def judge(both: Both, span: Span) -> Iterator[Verdict]:
    """Yield each report that either rhythm owed in these days."""
    kinds = [kind.key for kind in both.drafted.kinds if _differs(both, kind.key)]
    held = iter(_held(both.town, kinds, span).iterator(PIECE))
    while cases := list(islice(held, PIECE)):
        reports = dict(deeds_of({one.pk for one in cases}, REPORTED))
        pauses = _pauses(cases)
        for case in cases:
            told = [local_day(entry.happened_at) for entry in reports[case.pk]]
            yield from _verdicts(both, span, case, told, pauses.get(case.pk, ()))


def _held(town: str, kinds: Sequence[str], span: Span) -> QuerySet[Case]:
    """Return the cases in hand on any of these days, found in the narrow table that figures scan."""
    still = Q(done_on__isnull=True) | Q(done_on__gte=span.first)
    still &= Q(closed_on__isnull=True) | Q(closed_on__gte=span.first)
    found = CaseStanding.objects.filter(still, town=town, kind__in=kinds, until_on__isnull=True)
    begun = found.filter(received_on__lte=span.last).order_by().values("case_id")
    return Case.objects.filter(pk__in=begun, signed_at__lt=day_span(span.first, span.last)[1])


def _verdicts(
    both: Both, span: Span, case: Case, told: Sequence[date], still: Sequence[tuple[date, date]]
) -> Iterator[Verdict]:
    before, after = (_owed(rules, case, span, still, both.at) for rules in both.sides)
    for on in sorted({**before, **after}):
        missed = _is_missed(before, on, told), _is_missed(after, on, told)
        at, met = day_span(on, on)[0], next((day for day in told if day <= on), None)
        met_at = day_span(met, met)[0] if met else None
        yield Verdict(f"report.{case.kind}", case.pk, at, missed, (at, at), met_at)


def _differs(both: Both, kind: str) -> bool:
    rhythms = [cadence_of(rules, kind) for rules in both.sides]
    leasts = [rules.rule(CADENCE.name).value("first_after", timedelta) for rules in both.sides]
    return rhythms[0] != rhythms[1] or (rhythms[0] is not None and leasts[0] != leasts[1])


def _owed(rules: Rules, case: Case, span: Span, pauses: Sequence[tuple[date, date]], at: datetime) -> Dues:
    """Return the days in a span on which a report was owed, each with the day after which it had to be made."""
    every = cadence_of(rules, case.kind)
    if every is None or case.signed_at is None:
        return {}
    signed, last = local_day(case.signed_at), local_day(_end_of(case, at))
    found: Dues = {}
    on, since = first_report_on(rules, case.kind, signed_on=signed), signed
    while on is not None and on <= span.last and on < last:
        if on >= span.first and not any(begin <= on < end for begin, end in pauses):
            found[on] = since
        on, since = period_end(on + timedelta(days=1), every), on + timedelta(days=1)
    return found


def _is_missed(dues: Dues, on: date, told: Sequence[date]) -> bool | None:
    return None if on not in dues else not any(dues[on] <= day <= on for day in told)


def _end_of(case: Case, at: datetime) -> datetime:
    ends = [one for one in (case.done_at, case.closed_at) if one]
    return min([*ends, at])


def _pauses(cases: Sequence[Case]) -> dict[object, list[tuple[date, date]]]:
    """Return the days on which each case stood still."""
    clocks = Clock.objects.filter(case__in=[one.pk for one in cases], name=ClockName.HANDLE)
    return {
        clock.case_id: [(local_day(p.paused_at), local_day(p.resumed_at)) for p in pauses_from(clock.pauses)]
        for clock in clocks
    }
