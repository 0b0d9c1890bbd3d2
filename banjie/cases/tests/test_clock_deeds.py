"""What deeds do to clocks where a due time was given from outside, or a round is not the first."""

from datetime import UTC, datetime

import pytest

from banjie.cases import actions
from banjie.cases.actions import Occasion
from banjie.cases.models import Clock
from banjie.cases.tests.factories import handled, open_office

pytestmark = pytest.mark.django_db
GIVEN = datetime(2026, 10, 16, 10, tzinfo=UTC)
ORDER = {
    "kind": "hotline_order",
    "channel": "outer",
    "extra": {"outer_number": "GD-1", "given_due_at": "2026-10-16 18:00", "demand": "help"},
}


@pytest.fixture
def office(db):
    return open_office()


def test_a_given_due_time_stands_through_a_pause_and_keeps_its_warning(office):
    """It is not ours to move; the light turns amber as before."""
    case = handled(office, **ORDER)
    before = Clock.objects.get(case=case, name="handle")
    case = actions.pause_case(case, office.occasion("li", hours=30), ground="objection", words="等裁定")
    assert case.due_at is None
    case = actions.resume_case(case, Occasion(by=office.li, at=datetime(2026, 10, 9, 2, tzinfo=UTC)))
    assert (case.due_at, case.amber_at) == (before.due_at, before.amber_at)


def test_on_time_is_held_against_what_was_given_not_against_our_margin(office):
    case = handled(office, **ORDER)
    assert case.due_at < GIVEN
    assert case.handle_due_at == GIVEN
    late_for_us = Occasion(by=office.li, at=datetime(2026, 10, 16, 9, tzinfo=UTC))
    case = actions.reply_case(case, late_for_us, words="办好了")
    assert case.due_at != GIVEN
    assert case.is_done_on_time


def test_a_second_round_has_a_light_and_no_new_due_time(office):
    case = handled(office)
    first = case.handle_due_at
    case = actions.reply_case(case, office.occasion("li", hours=3), words="办好了")
    case = actions.reopen_case(case, office.occasion("sun", hours=5), words="没好")
    case = actions.pause_case(case, office.occasion("li", hours=6), ground="weather", words="等雨停")
    case = actions.resume_case(case, Occasion(by=office.li, at=datetime(2026, 10, 9, 2, tzinfo=UTC)))
    assert (case.due_clock, case.handle_due_at) == ("reopen", first)


def test_a_clock_set_back_does_not_keep_a_case_paused(office):
    """T5."""
    case = handled(office)
    case = actions.pause_case(case, office.occasion("li", hours=6), ground="weather", words="等雨停")
    due = Clock.objects.get(case=case, name="handle").standing_due_at
    assert actions.resume_case(case, office.occasion("li", hours=4)).due_at == due
