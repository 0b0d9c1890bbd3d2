"""并案, 撤销并案 and 催办: two requests about one matter, and a reminder that changes nothing (U4)."""

from datetime import timedelta

import pytest

from banjie.base.errors import Conflict, InvalidInput, NotAllowed, NotFound
from banjie.cases import actions
from banjie.cases.actions import Assignee, Occasion
from banjie.cases.models import Case, Clock
from banjie.cases.tests.factories import (
    TOWN,
    XIGOU,
    accepted,
    assigned,
    handled,
    open_office,
    registered,
    replied,
)
from banjie.cases.workflow import State
from banjie.ledger.models import Entry
from banjie.ledger.queries import entries_of
from banjie.ledger.verify import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return open_office()


def fresh(case):
    return Case.objects.get(pk=case.pk)


def clocks_of(case):
    columns = ("name", "due_at", "amber_at", "stopped_at", "paused_at", "standing_due_at")
    return list(Clock.objects.filter(case=case).order_by("started_at", "id").values(*columns))


def merged(office, case, into, *, hours=2, by="he"):
    return actions.merge_case(case, office.occasion(by, hours=hours), into=into, words="同一盏灯")


def test_merging_stops_the_clocks_of_one_and_leaves_the_other_running(office):
    standing, doubled = handled(office), accepted(office)
    before = clocks_of(standing)
    case = merged(office, doubled, standing)
    assert (case.state, case.is_open, case.due_at) == (State.MERGED, False, None)
    assert fresh(case).merged_into_id == standing.pk
    assert all(clock["stopped_at"] for clock in clocks_of(case))
    assert clocks_of(standing) == before
    assert fresh(standing).state == State.HANDLING


def test_both_lines_tell_of_the_merger(office):
    standing, doubled = registered(office), registered(office)
    merged(office, doubled, standing)
    assert entries_of(doubled).last().deed == "case.merged"
    told = entries_of(standing).select_related("body").last()
    assert told.deed == "case.merged_in"
    assert doubled.number in told.body.content


@pytest.mark.parametrize("state", [registered, accepted, assigned, handled, replied])
def test_unmerging_on_the_same_day_brings_back_state_and_due_times(office, state):
    """A pause within one day moves nothing (the day of pause does not count)."""
    standing, case = registered(office), state(office)
    before, was = clocks_of(case), fresh(case).state
    merged(office, case, standing, hours=4.5)
    back = actions.unmerge_case(fresh(case), office.occasion("he", hours=5))
    assert (back.state, back.is_open, back.merged_into_id, back.state_before) == (was, True, None, "")
    assert [clock["due_at"] for clock in clocks_of(case)] == [clock["due_at"] for clock in before]
    assert [clock["stopped_at"] for clock in clocks_of(case)] == [clock["stopped_at"] for clock in before]
    assert fresh(case).due_at == min((c["due_at"] for c in before if c["due_at"]), default=None)
    assert verify(TOWN).findings == []


def test_unmerging_days_later_moves_the_due_time_as_a_pause_does(office):
    paused, doubled = handled(office), handled(office)
    actions.pause_case(paused, office.occasion("li", hours=2), ground="weather", words="等雨停")
    merged(office, doubled, registered(office))
    resumed = actions.resume_case(fresh(paused), office.occasion("li", hours=26))
    back = actions.unmerge_case(fresh(doubled), office.occasion("he", hours=26))
    assert back.due_at == resumed.due_at
    assert back.due_at > clocks_of(doubled)[0]["standing_due_at"]


def test_a_paused_case_comes_back_paused(office):
    case = handled(office)
    actions.pause_case(case, office.occasion("li", hours=2), ground="weather", words="等雨停")
    merged(office, fresh(case), registered(office), hours=3)
    back = actions.unmerge_case(fresh(case), office.occasion("he", hours=4))
    assert (back.state, back.due_at) == (State.PAUSED, None)
    resumed = actions.resume_case(back, office.occasion("li", hours=5))
    assert resumed.due_at is not None


def test_a_case_merges_only_into_another_open_one(office):
    case = registered(office)
    with pytest.raises(InvalidInput, match="它自己"):
        merged(office, case, case)
    withdrawn = actions.void_case(registered(office), office.occasion("he"), reason="登错了")
    with pytest.raises(Conflict, match="不能并入"):
        merged(office, case, withdrawn)


def test_what_another_system_owns_is_never_merged_away(office):
    told = {"outer_number": "GD-1", "given_due_at": "2026-10-20T18:00", "demand": "help"}
    mirrored = registered(office, kind="hotline_order", extra=told)
    with pytest.raises(Conflict, match="单独回填"):
        merged(office, mirrored, registered(office))
    assert merged(office, registered(office), mirrored).state == State.MERGED


def test_the_handler_does_not_end_his_own_case_by_merging_it(office):
    """吴强 heads the unit and may merge, but not what he handles himself: it would stop his own clock."""
    case = assigned(office, to="wu")
    case = actions.sign_for_case(case, office.occasion("wu", hours=1))
    with pytest.raises(NotAllowed, match="自己经办"):
        merged(office, case, registered(office), by="wu")


def test_who_has_no_right_or_sees_neither_is_refused(office):
    case, standing = handled(office), registered(office)
    with pytest.raises(NotAllowed):
        merged(office, case, standing, by="li")
    other = open_office(town="990011102", name="他镇")
    foreign = registered(other)
    with pytest.raises(NotFound):
        merged(office, case, foreign)
    with pytest.raises(NotFound):
        actions.merge_case(foreign, office.occasion("he"), into=case)


def test_a_repeat_of_the_same_merging_is_answered_once(office):
    case, standing = registered(office), registered(office)
    occasion = office.occasion("he", client_key="k1")
    actions.merge_case(case, occasion, into=standing)
    again = actions.merge_case(case, occasion, into=standing)
    assert again.state == State.MERGED
    assert Entry.objects.filter(subject_id=case.pk, deed="case.merged").count() == 1


def test_a_merged_case_may_not_be_merged_again_nor_acted_on(office):
    case, standing = registered(office), registered(office)
    merged(office, case, standing)
    with pytest.raises(Conflict, match="已并案"):
        merged(office, fresh(case), registered(office))
    with pytest.raises(Conflict, match="已并案"):
        actions.accept_case(fresh(case), office.occasion("chen"))


def test_urging_counts_and_moves_nothing(office):
    case = assigned(office)
    due = case.due_at
    urged = actions.urge_case(case, office.occasion("sun", hours=3), words="请今天签收")
    assert (urged.state, urged.due_at, urged.urged_at) == (
        State.ASSIGNED,
        due,
        office.at + timedelta(hours=3),
    )
    assert entries_of(case).filter(deed="case.urged").count() == 1


def test_urging_again_on_the_same_day_is_refused(office):
    case = assigned(office)
    actions.urge_case(case, office.occasion("sun", hours=3))
    with pytest.raises(Conflict, match="刚催过"):
        actions.urge_case(fresh(case), office.occasion("he", hours=5))
    actions.urge_case(fresh(case), office.occasion("he", hours=27.1))
    assert entries_of(case).filter(deed="case.urged").count() == 2


def test_progress_answers_an_urging_and_a_remark_does_not(office):
    case = actions.urge_case(handled(office), office.occasion("sun", hours=3))
    assert actions.comment_case(case, office.occasion("wang", hours=4), words="知道").urged_at is not None
    assert actions.report_progress(case, office.occasion("li", hours=5), words="已到现场").urged_at is None


def test_the_handler_himself_does_not_urge(office):
    with pytest.raises(NotAllowed):
        actions.urge_case(handled(office), office.occasion("li", hours=3))
    with pytest.raises(NotFound):
        actions.urge_case(handled(office, division_code=XIGOU), office.occasion("zhao", hours=3))


def test_assigning_answers_an_urging(office):
    case = actions.urge_case(accepted(office), office.occasion("sun", hours=1))
    to = Assignee(office.livelihood)
    assert actions.assign_case(case, Occasion(by=office.chen, at=office.at), to=to).urged_at is None
