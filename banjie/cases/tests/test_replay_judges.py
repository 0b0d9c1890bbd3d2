"""测算 of what is judged besides clocks: the text in force changes nothing, a draft what it would have changed (ADR 0080)."""

from datetime import UTC, date, datetime

import pytest

from banjie.cases import actions
from banjie.cases.actions import Occasion, Word
from banjie.cases.tests.factories import TOWN, handled, open_office, registered, replied
from banjie.ledger.record import Stamp
from banjie.rulebook.actions import ask_replay, run_replay
from banjie.rulebook.models import ReplayedChange, ReplayState
from banjie.rulebook.queries import rules_on
from banjie.rulebook.replay import JUDGED, REPLAYERS, Group, Outcome
from banjie.rulebook.text import Section

pytestmark = pytest.mark.django_db
UNTIL = datetime(2026, 12, 20, 1, tzinfo=UTC)
FIRST, LAST = date(2026, 9, 1), date(2026, 12, 19)


def on_day(office, name, day, month=10):
    return Occasion(by=getattr(office, name), at=datetime(2026, month, day, 2, tzinfo=UTC))


@pytest.fixture
def office(db):
    """Return a town with one life for each thing that is judged."""
    office = open_office()
    urged = handled(office)
    urged = actions.urge_case(urged, on_day(office, "sun", 12), words="请加快")
    actions.urge_case(urged, on_day(office, "sun", 14), words="再请加快")
    until = {"until_on": date(2026, 12, 10), "condition": "等灯杆到货", "words": "没有灯杆"}
    actions.park_case(handled(office), on_day(office, "zhou", 12), **until)
    bad = actions.call_back_case(
        replied(office), office.occasion("sun", hours=5), word=Word("dissatisfied", "没修好")
    )
    actions.report_progress(bad, on_day(office, "li", 9), words="已电话联系")
    late = actions.accept_case(registered(office), on_day(office, "chen", 9))
    assert late.handle_due_at
    return office


def in_force(key):
    return rules_on(TOWN, UNTIL.date()).editions[Section.REGULATIONS, key].source


def replayed(office, key, old="", new=""):
    source = in_force(key)
    assert old in source
    stamp = Stamp(by=office.he.id, happened_at=UNTIL, recorded_at=UNTIL)
    told = {"key": key, "source": source.replace(old, new), "from_on": FIRST, "to_on": LAST}
    replay = run_replay(ask_replay(office.he, stamp, **told).pk, clock=lambda: UNTIL, processes=0)
    assert (replay.state, replay.rows_done <= replay.rows) == (ReplayState.DONE, True)
    return Outcome.from_plain(replay.outcome)


def test_the_texts_in_force_tried_on_the_past_change_nothing(office):
    tried = [
        key
        for key in (
            "acceptance",
            "cadence",
            "closing",
            "correction",
            "escalation",
            "parking",
            "urging",
            "commitments",
        )
    ]
    assert {*tried, "time_limit"} == set(REPLAYERS)
    for key in tried:
        whole = replayed(office, key).whole
        assert whole.due == whole.due_after or key in ("cadence", "escalation"), key
        assert whole.late_before == whole.late_after, key
        assert whole.becomes_late == whole.becomes_on_time == 0, key
    assert not ReplayedChange.objects.exists()
    assert all(judged.says and judged.ways for judged in JUDGED.values())


def test_urgings_that_come_too_soon_by_the_draft_are_counted(office):
    outcome = replayed(office, "urging", '"24 hours"', '"3 days"')
    assert (outcome.whole.due, outcome.whole.late_before, outcome.whole.late_after) == (2, 0, 1)
    assert ReplayedChange.objects.get().limit == "apart"


def test_parking_longer_than_the_draft_lets_is_counted(office):
    outcome = replayed(office, "parking", 'longest = { value = "180 days"', 'longest = { value = "30 days"')
    told = outcome.groups[Group.LIMIT]
    assert (told["longest"].due, told["longest"].late_before, told["longest"].late_after) == (1, 0, 1)
    assert told["times"].becomes_late == 0


def test_contacts_and_fixes_are_judged_by_the_draft(office):
    outcome = replayed(
        office, "correction", 'contact = { value = "1 workday"', 'contact = { value = "5 workdays"'
    )
    contact = outcome.groups[Group.LIMIT]["contact"]
    assert (contact.due, contact.late_before, contact.late_after, contact.becomes_on_time) == (1, 1, 0, 1)
    longer = replayed(office, "correction", 'fix = { value = "3 workdays"', 'fix = { value = "60 workdays"')
    fix = longer.groups[Group.LIMIT]["fix"]
    assert (fix.due, fix.late_before, fix.late_after) == (1, 1, 0)


def test_bad_words_that_reach_the_line_of_the_draft_are_counted(office):
    outcome = replayed(
        office, "closing", 'leader_after = { value = "2 times"', 'leader_after = { value = "1 times"'
    )
    told = outcome.groups[Group.LIMIT]
    assert (told["rounds.leader_after"].late_before, told["rounds.leader_after"].late_after) == (0, 1)
    assert told["rounds.hearing_after"].late_after == 0


def test_rungs_that_the_draft_lets_come_are_counted(office):
    before = replayed(
        office, "escalation", 'handle.remind.when = { value = "2/3"', 'handle.remind.when = { value = "1/2"'
    )
    assert before.whole.becomes_late == before.whole.becomes_on_time == 0 < before.whole.due
    later = replayed(
        office,
        "escalation",
        'handle.listed.when = { value = "3 workdays"',
        'handle.listed.when = { value = "90 workdays"',
    )
    listed = later.groups[Group.LIMIT]["handle.listed"]
    assert listed.late_before > listed.late_after == 0
    assert listed.becomes_on_time == listed.late_before


def test_reports_that_another_rhythm_would_have_asked_for_are_counted(office):
    """S-081: one month's rhythm for residents' requests makes dues where there were none."""
    more = 'report.resident_request = { value = "month", basis = "镇里定的" }\n'
    outcome = replayed(office, "cadence", "report.leader_instruction =", f"{more}report.leader_instruction =")
    assert outcome.whole.due == 0
    assert outcome.whole.due_after > outcome.whole.late_after > 0
    assert set(outcome.groups[Group.LIMIT]) == {"report.resident_request"}


def test_a_late_acceptance_counts_from_registration_only_by_the_rule(office):
    outcome = replayed(office, "acceptance", '["kind:resident_request"]', '["kind:leader_instruction"]')
    assert outcome.whole.due == 1
    assert outcome.whole.late_before == outcome.whole.late_after == 1


def test_a_promise_judges_the_handling_that_it_shortens(office):
    own = "promise.resident_request"
    outcome = replayed(office, "commitments", f"{own}.homestead", own)
    assert set(outcome.groups[Group.LIMIT]) == {"promise.resident_request"}
    assert outcome.whole.due >= 3
    assert outcome.whole.late_after >= outcome.whole.late_before
