"""差评整改: whether whoever was not content heard from us in time, and whether it was put right in time."""

from collections.abc import Iterator

from banjie.base.clock import local_day
from banjie.base.local_days import day_span
from banjie.cases.actions.underway import course_of
from banjie.cases.models import Clock, Voice
from banjie.cases.replay.counted import Both, Verdict, deeds_of
from banjie.cases.replay.reading import Span
from banjie.cases.rules.correction import CORRECTION, contact_day, fix_limit
from banjie.cases.vocabulary import DISCONTENT
from banjie.cases.workflow import STEPS, ClockName
from banjie.rulebook.replay import Judged
from banjie.worktime.terms import due_of

ANSWERS = tuple(step.entry for step in STEPS.values() if step.answers_urging and step.deed != "reopen_case")
JUDGED = Judged(
    says="期内听到的每一个不满意，有没有在几天内联系；因不满意重办的，有没有在几天内整改好。",
    unit="次",
    due="应做",
    fault="逾期",
    sound="按时",
    ways=(
        "联系按听到不满意以后第一次报进度或者反馈算，到应联系那天为止；到现在还没有的算逾期。",
        "整改取应到期落在这一段、按差评整改规则开始的重办；中止、延期照旧。",
    ),
    has_dues=True,
)


def judge(both: Both, span: Span) -> Iterator[Verdict]:
    """Yield each contact that was owed of what was heard in these days, and each round that was due in them."""
    yield from _contacts(both, span)
    yield from _fixes(both, span)


def _contacts(both: Both, span: Span) -> Iterator[Verdict]:
    begins, ends = day_span(span.first, span.last)
    heard = Voice.objects.filter(
        town=both.town, said__in=DISCONTENT, heard_at__gte=begins, heard_at__lt=ends
    ).order_by("heard_at")
    voices = list(heard)
    lives = dict(deeds_of({one.case_id for one in voices}, *ANSWERS))
    for voice in voices:
        answers = (one.happened_at for one in lives[voice.case_id] if one.happened_at > voice.heard_at)
        met = next(answers, None)
        first, second = (contact_day(rules, voice.heard_at, both.work) for rules in both.sides)
        until = local_day(met or both.at)
        dues = day_span(first, first)[1], day_span(second, second)[1]
        yield Verdict("contact", voice.case_id, voice.heard_at, (until > first, until > second), dues, met)


def _fixes(both: Both, span: Span) -> Iterator[Verdict]:
    begins, ends = day_span(span.first, span.last)
    due = Clock.objects.filter(
        town=both.town, name=ClockName.REOPEN, standing_due_at__gte=begins, standing_due_at__lt=ends
    )
    titles = tuple(f"{edition.text.title} " for edition in both.ruling.ruling_of(CORRECTION.name))
    term = fix_limit(both.drafted).term
    for clock in due.filter(paused_at__isnull=True):
        if not clock.article.startswith(titles):
            continue
        course = course_of(clock)
        drafted = due_of(
            term,
            course.started_at,
            calendar=both.work.calendar,
            hours=both.work.hours,
            pauses=course.pauses,
            extensions=course.extensions,
        ).at
        if term == fix_limit(both.ruling).term:
            drafted = clock.standing_due_at
        end = min(clock.stopped_at or both.at, both.at)
        own = clock.standing_due_at
        yield Verdict("fix", clock.case_id, own, (end > own, end > drafted), (own, drafted), clock.stopped_at)
