"""满意销号: what dissatisfied words led to, whether 联系不上 was tried enough, what was looked at again."""

from collections.abc import Iterator
from datetime import date

from banjie.base.clock import local_day
from banjie.base.local_days import day_span
from banjie.cases.models import Case, Voice
from banjie.cases.replay.counted import Both, Verdict, deeds_in, deeds_of, each
from banjie.cases.replay.reading import Span
from banjie.cases.rules.closing import is_tried_enough, rechecks_of, rounds_on, tries_on, watch_span
from banjie.cases.vocabulary import DISCONTENT, ClosingKind, Said, Speaker
from banjie.cases.workflow import STEPS
from banjie.rulebook.in_force import Rules
from banjie.rulebook.replay import Judged

CLOSED, REOPENED, RECHECKED = (STEPS[deed].entry for deed in ("close_case", "reopen_case", "recheck_case"))
JUDGED = Judged(
    says=(
        "到线是指：期内听到的不满意，到没到领导包案、听证的次数；按“联系不上”销号的，回访够不够；"
        "该回头看的，看了没有；销号以后退回的，过没过观察期。"
    ),
    unit="次",
    due="期内应看",
    fault="到线",
    sound="未到",
    ways=(
        "包案、听证：数这一件到那时有几轮不满意，到了次数的算到线；是否已经包案、听证不影响。",
        "联系不上：看销号那一轮没有接通的回访有几次、隔得够不够，不够的算到线。",
        "回头看：应看的日子落在这一段的，到那天没有看的算到线；退回：隔销号超过观察期的算到线。",
    ),
    has_dues=False,
)


def judge(both: Both, span: Span) -> Iterator[Verdict]:
    """Yield what the closing rule had to say in these days."""
    yield from _rounds(both, span)
    yield from _tries(both, span)
    yield from _rechecks(both, span)
    yield from _watched(both, span)


def _rounds(both: Both, span: Span) -> Iterator[Verdict]:
    begins, ends = day_span(span.first, span.last)
    bad = Voice.objects.filter(town=both.town, said__in=DISCONTENT)
    heard = list(bad.filter(heard_at__gte=begins, heard_at__lt=ends).order_by("heard_at"))
    earlier: dict[object, list[Voice]] = {}
    for voice in bad.filter(case__in={one.case_id for one in heard}).order_by("heard_at"):
        earlier.setdefault(voice.case_id, []).append(voice)
    before, after = each(rounds_on, both.sides)
    for voice in heard:
        turn = len({one.round for one in earlier[voice.case_id] if one.heard_at <= voice.heard_at})
        at = voice.heard_at
        led = turn >= before.leader_after, turn >= after.leader_after
        heard_out = turn >= before.hearing_after, turn >= after.hearing_after
        yield Verdict("rounds.leader_after", voice.case_id, at, led, (at, at), at)
        yield Verdict("rounds.hearing_after", voice.case_id, at, heard_out, (at, at), at)


def _tries(both: Both, span: Span) -> Iterator[Verdict]:
    begins, ends = day_span(span.first, span.last)
    closed = Case.objects.filter(
        town=both.town, closing_kind=ClosingKind.UNREACHED, closed_at__gte=begins, closed_at__lt=ends
    )
    rules = each(tries_on, both.sides)
    for case in closed:
        calls = Voice.objects.filter(
            case=case, round=case.round, speaker=Speaker.CALL_BACK, said=Said.UNREACHED
        ).order_by("heard_at")
        made = list(calls.values_list("heard_at", flat=True))
        lacks = not is_tried_enough(made, rules[0]), not is_tried_enough(made, rules[1])
        if case.closed_at:
            at = case.closed_at
            yield Verdict("call_back.tries", case.pk, at, lacks, (at, at), at)


def _rechecks(both: Both, span: Span) -> Iterator[Verdict]:
    kinds = [kind.key for kind in both.drafted.kinds if any(rechecks_of(one, kind.key) for one in both.sides)]
    last = day_span(span.last, span.last)[1]
    cases = list(Case.objects.filter(town=both.town, kind__in=kinds, closed_at__lt=last))
    looked = dict(deeds_of({one.pk for one in cases}, RECHECKED))
    for case in cases:
        if case.closed_at is None:
            continue
        closed = local_day(case.closed_at)
        done = [local_day(entry.happened_at) for entry in looked[case.pk]]
        for turn, name in enumerate(("recheck.first", "recheck.second")):
            days = (
                _recheck_day(both.ruling, case.kind, turn, closed, span),
                _recheck_day(both.drafted, case.kind, turn, closed, span),
            )
            if (on := days[0] or days[1]) is not None:
                at = day_span(on, on)[0]
                missed = _is_missed(done, days[0], turn), _is_missed(done, days[1], turn)
                yield Verdict(name, case.pk, at, missed, (at, at))


def _recheck_day(rules: Rules, kind: str, turn: int, closed: date, span: Span) -> date | None:
    """Return the day in a span on which a closed case was to be looked at again; None where none lies in it."""
    spans = rechecks_of(rules, kind)
    day = closed + spans[turn] if spans else None
    return day if day and span.first <= day <= span.last else None


def _is_missed(done: list[date], day: date | None, turn: int) -> bool | None:
    return None if day is None else len([on for on in done if on <= day]) <= turn


def _watched(both: Both, span: Span) -> Iterator[Verdict]:
    reopened = deeds_in(both, span, REOPENED)
    lives = dict(deeds_of({one.subject_id for one in reopened}, CLOSED, REOPENED))
    watched = each(watch_span, both.sides)
    for one in reopened:
        before = [entry for entry in lives[one.subject_id] if entry.seq < one.seq]
        if not before or before[-1].deed != CLOSED:
            continue
        closed_at, at = before[-1].happened_at, one.happened_at
        dues = closed_at + watched[0], closed_at + watched[1]
        yield Verdict("watch.span", one.subject_id, at, (at > dues[0], at > dues[1]), dues, at)
