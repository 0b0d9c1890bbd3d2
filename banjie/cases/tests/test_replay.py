"""测算: a draft tried on the past judges each clock as its own rule would have, and the version it had changes nothing."""

import re
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest

from banjie.base.clock import local_day
from banjie.base.errors import Conflict, InvalidInput, NotAllowed
from banjie.cases.actions.underway import course_of
from banjie.cases.models import Clock
from banjie.cases.replay.judging import Table, whole, worked_out
from banjie.cases.replay.limits import spans_of
from banjie.cases.replay.reading import Span, rows_of
from banjie.cases.replay.scope import scope_of
from banjie.cases.tests.factories import TOWN, handled, open_office, replied
from banjie.cases.tests.pasts import office_with_past
from banjie.cases.workflow import ClockName
from banjie.figures.periods import Period
from banjie.figures.queries import ALL, computed
from banjie.ledger.models import Entry
from banjie.ledger.record import Stamp
from banjie.ledger.verify import verify
from banjie.rulebook.actions import ask_replay, run_replay, stop_replay
from banjie.rulebook.models import ReplayedChange, ReplayState
from banjie.rulebook.queries import rules_on
from banjie.rulebook.replay import Asked, Group, LeftOut, Outcome, Tally
from banjie.rulebook.text import Section
from banjie.worktime.hours import BEIJING, local
from banjie.worktime.terms import due_moment, parse_term

pytestmark = pytest.mark.django_db
UNTIL = datetime(2026, 12, 20, 1, tzinfo=UTC)
FIRST, LAST = date(2026, 8, 1), date(2026, 12, 19)


def in_force():
    return rules_on(TOWN, local_day(UNTIL)).editions[Section.REGULATIONS, "time_limits"].source


def drafted(**terms):
    """Return the text in force with other terms: `handle="3 workdays"` is that of the resident's request."""
    source = in_force()
    for clock, term in terms.items():
        line = rf'(^{clock}\.resident_request = \{{ value = )"[^"]+"'
        source, found = re.subn(line, rf'\1"{term}"', source, flags=re.MULTILINE)
        assert found == 1
    return source


def replayed(office, source, *, at=UNTIL, from_on=FIRST, to_on=LAST):
    stamp = Stamp(by=office.he.id, happened_at=at, recorded_at=at)
    asked = ask_replay(office.he, stamp, key="time_limits", source=source, from_on=from_on, to_on=to_on)
    replay = run_replay(asked.pk, clock=lambda: at, processes=0)
    assert replay.state == ReplayState.DONE
    assert replay.rows_done <= replay.rows
    return replay, Outcome.from_plain(replay.outcome)


def asked_of(source, *, at=UNTIL):
    return Asked(TOWN, "time_limits", source, FIRST, LAST, at)


def by_hand(term, *, at=UNTIL):
    """Judge each handling clock of the kind's own limit by itself: late as it stood, late by another term."""
    scope = scope_of(asked_of(in_force()), on=local_day(at))
    clocks = Clock.objects.filter(town=TOWN, name="handle").exclude(case__category="safety_hazard")
    for clock in clocks.select_related("case"):
        case, course = clock.case, course_of(clock)
        end = case.done_at or at
        if case.done_at is None and not case.is_open:
            end = datetime.combine(local(clock.stopped_at).date(), time.min, BEIJING)
            if end <= clock.standing_due_at:
                continue
        due = due_moment(
            parse_term(term),
            course.started_at,
            calendar=scope.work.calendar,
            hours=scope.work.hours,
            pauses=course.pauses,
            extensions=course.extensions,
        )
        yield case, end > clock.standing_due_at, end > due


@pytest.fixture
def office(db):
    return office_with_past()


def test_each_clock_under_its_own_version_is_due_when_it_was(office):
    """Worked out anew over arrays, pauses and extensions and all, to the microsecond."""
    asked = asked_of(in_force())
    scope = scope_of(asked, on=local_day(UNTIL))
    seen = paused = 0
    for span in spans_of(FIRST, LAST):
        for rows in rows_of(asked, span, clocks=frozenset(ClockName)):
            table = Table.of(rows)
            own = [parse_term(sort.term) for sort in table.sorts]
            due, is_other = worked_out(table, own, whole(range(rows.count)), scope)
            assert due.tolist() == list(rows.due)
            assert not is_other.any()
            seen, paused = seen + rows.count, paused + sum(bool(told) for told in rows.pauses)
    assert (seen, paused > 10) == (91, True)


def test_the_text_in_force_tried_on_the_past_changes_nothing(office):
    replay, outcome = replayed(office, in_force())
    assert outcome.whole.due > 50
    assert outcome.whole.late_before == outcome.whole.late_after
    assert outcome.whole.becomes_late == outcome.whole.becomes_on_time == 0
    assert not ReplayedChange.objects.filter(replay=replay).exists()


@pytest.mark.parametrize("term", ["3 workdays", "9 workdays"])
def test_a_draft_judges_each_clock_as_its_term_would_have(office, term):
    _, outcome = replayed(office, drafted(handle=term))
    told = list(by_hand(term))
    assert outcome.whole.due == len(told)
    assert outcome.whole.late_before == sum(before for _, before, _ in told)
    assert outcome.whole.late_after == sum(after for _, _, after in told)
    changed = {case.pk: after for case, before, after in told if before != after}
    assert len(changed) > 5, "too tame a past to prove anything"
    assert dict(ReplayedChange.objects.values_list("subject_id", "is_late")) == changed
    units = Counter(str(case.unit_id or "") for case, _, _ in told)
    assert {unit: tally.due for unit, tally in outcome.groups[Group.UNIT].items()} == units
    assert set(outcome.groups[Group.LIMIT]) == {"handle.resident_request"}
    for group in Group:
        assert sum((outcome.groups[group].values()), start=Tally()) == outcome.whole


def test_before_the_draft_the_counts_are_those_of_the_figure(office):
    """U16: 按期办结 is one number, whether a paper counts it or a replay."""
    source = drafted(handle="3 workdays").replace(
        'safety_hazard" = { value = "1 workday"', 'safety_hazard" = { value = "2 workdays"'
    )
    _, outcome = replayed(office, source)
    period = Period(FIRST, LAST)
    figure = computed(TOWN, ["case.due_on_time"], period, today=local_day(UNTIL))["case.due_on_time", ALL]
    assert figure.denominator == outcome.whole.due
    assert figure.numerator == outcome.whole.due - outcome.whole.late_before


def test_what_another_system_gave_is_left_out(office):
    Clock.objects.filter(name="handle").update(is_given=True)
    _, outcome = replayed(office, drafted(handle="1 workday"))
    assert outcome.whole.due == 0
    assert outcome.left_out[LeftOut.GIVEN] > 5


def test_a_clock_that_the_new_version_would_give_no_term_is_told_apart(office):
    """An extension in workdays cannot move a term of days."""
    Clock.objects.filter(name="handle").update(extensions=["2 workdays"])
    _, outcome = replayed(office, drafted(handle="9 days"))
    assert outcome.whole.due == 0
    assert outcome.left_out[LeftOut.OTHER_UNIT] > 5


def test_a_replay_is_an_entry_and_its_result_none():
    office = open_office()
    replied(office)
    replay, _ = replayed(office, drafted(handle="3 workdays"))
    entry = Entry.objects.get(subject_id=replay.pk)
    assert entry.deed == "rulebook.replay_asked"
    assert verify(TOWN).findings == []


def test_a_stopped_replay_keeps_no_result():
    office = open_office()
    handled(office)
    stamp = Stamp(by=office.he.id, happened_at=UNTIL, recorded_at=UNTIL)
    told = {"key": "time_limits", "source": drafted(handle="3 workdays"), "from_on": FIRST, "to_on": LAST}
    replay = ask_replay(office.he, stamp, **told)
    stop_replay(replay, at=UNTIL)
    assert run_replay(replay.pk, clock=lambda: UNTIL, processes=0).state == ReplayState.STOPPED
    with pytest.raises(Conflict, match="已停止"):
        stop_replay(replay, at=UNTIL)


def test_who_may_ask_and_for_what():
    office = open_office()
    stamp = Stamp(by=office.he.id, happened_at=UNTIL, recorded_at=UNTIL)
    told = {"key": "time_limits", "source": in_force(), "from_on": FIRST, "to_on": LAST}
    with pytest.raises(NotAllowed, match="不能测算"):
        ask_replay(office.li, stamp, **told)
    with pytest.raises(InvalidInput, match="还没有过完"):
        ask_replay(office.he, stamp, **{**told, "to_on": local_day(UNTIL)})
    with pytest.raises(InvalidInput, match="止日早于起日"):
        ask_replay(office.he, stamp, **{**told, "to_on": date(2026, 7, 1)})
    with pytest.raises(InvalidInput, match="不能测算"):
        ask_replay(
            office.he, stamp, **{**told, "source": '+++\ntitle = "某规定"\ntype = "setting"\n+++\n第一条'}
        )


def test_the_parts_of_a_period_cover_each_day_once_and_cross_no_month():
    spans = list(spans_of(date(2026, 1, 15), date(2026, 3, 2)))
    days = [
        span.first + timedelta(days=step)
        for span in spans
        for step in range((span.last - span.first).days + 1)
    ]
    assert sorted(days) == [date(2026, 1, 15) + timedelta(days=step) for step in range(47)]
    assert all(span.first.month == span.last.month for span in spans)
    assert spans[0] == Span(date(2026, 3, 1), date(2026, 3, 2))
