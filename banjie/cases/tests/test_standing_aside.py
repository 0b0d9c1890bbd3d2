"""异议, 挂账 and 转回: whose a case is, and how one that cannot go on comes back by itself (S-001, S-039)."""

from datetime import UTC, date, datetime

import pytest

from banjie.base.errors import Conflict, InvalidInput, NotAllowed
from banjie.cases import actions
from banjie.cases.actions import Assignee, Occasion
from banjie.cases.models import Case, CaseStanding, Clock, Objection
from banjie.cases.tests.factories import DAY, TOWN, assigned, handled, open_office
from banjie.ledger.models import Entry
from banjie.ledger.record import SYSTEM
from banjie.ledger.verify import verify

pytestmark = pytest.mark.django_db
NOT_OURS = {"reason": "归供电所", "basis": "履职事项清单第8条", "should_go_to": "供电所"}
UNTIL = date(2026, 11, 2)


@pytest.fixture
def office(db):
    return open_office()


def objected(office):
    return actions.object_case(assigned(office), office.occasion("li", hours=1), **NOT_OURS)


def parked(office, **told):
    told = {"until_on": UNTIL, "condition": "资金下达", "words": "钱没到", **told}
    return actions.park_case(handled(office), office.occasion("wu", hours=2), **told)


def test_an_objection_gives_the_case_back_and_a_clock_runs_for_whoever_assigns(office):
    case = objected(office)
    assert (case.state, case.unit_id, case.handler_id) == ("accepted", None, None)
    assert case.responsible_id == office.people["chen"].pk
    running = {clock.name for clock in Clock.objects.filter(case=case) if clock.is_running}
    assert running == {"object", "handle"}
    assert case.due_clock == "object"


@pytest.mark.parametrize("missing", sorted(NOT_OURS))
def test_an_objection_says_why_on_what_ground_and_whose_it_is(office, missing):
    with pytest.raises(InvalidInput) as refused:
        actions.object_case(assigned(office), office.occasion("li", hours=1), **{**NOT_OURS, missing: " "})
    assert set(refused.value.fields) == {missing}


def test_only_whom_the_case_was_given_to_objects(office):
    with pytest.raises(NotAllowed):
        actions.object_case(assigned(office), office.occasion("wang", hours=1), **NOT_OURS)


def test_an_objection_stands_where_the_case_goes_elsewhere(office):
    case = objected(office)
    actions.assign_case(case, office.occasion("he", hours=2), to=Assignee(office.water))
    assert Objection.objects.get().is_upheld
    assert not Clock.objects.filter(case=case, name="object", stopped_at__isnull=True).exists()


def test_an_objection_falls_with_a_reason_and_is_not_raised_again(office):
    case, to = objected(office), Assignee(office.livelihood)
    with pytest.raises(InvalidInput, match="为什么归它办"):
        actions.assign_case(case, office.occasion("he", hours=2), to=to)
    case = actions.assign_case(case, office.occasion("he", hours=2), to=to, words="线路在村内，归民生办")
    assert Objection.objects.get().is_upheld is False
    with pytest.raises(Conflict, match="不能再提"):
        actions.object_case(case, office.occasion("li", hours=3), **NOT_OURS)


def test_a_parked_case_stays_open_with_its_clocks_stopped(office):
    case = parked(office)
    assert (case.state, case.is_open, case.due_at, case.parked_until_on) == ("parked", True, None, UNTIL)
    assert CaseStanding.objects.filter(case=case, until_on__isnull=True).get().state == "parked"


def test_the_handler_does_not_park_his_own_case_and_no_day_lies_behind(office):
    with pytest.raises(NotAllowed):
        actions.park_case(
            handled(office), office.occasion("li", hours=2), until_on=UNTIL, condition="钱", words="等"
        )
    with pytest.raises(InvalidInput, match="今天以后"):
        parked(office, until_on=DAY.date())


def test_a_parked_case_comes_back_by_itself_on_its_day_and_once(office):
    """T6: also when the worker was down for three days and runs twice."""
    case = parked(office)
    assert actions.return_parked(TOWN, at=datetime(2026, 10, 30, 0, 20, tzinfo=UTC)) == 0
    late = datetime(2026, 11, 4, 16, 20, tzinfo=UTC)
    assert [actions.return_parked(TOWN, at=late) for _ in "ab"] == [1, 0]
    case = Case.objects.get(pk=case.pk)
    entry = Entry.objects.filter(deed="case.returned").get()
    assert (case.state, case.parked_until_on, entry.by) == ("handling", None, SYSTEM)
    assert entry.happened_at < entry.recorded_at
    assert case.due_at is not None
    assert verify(TOWN).findings == []


def test_a_case_comes_back_earlier_by_hand_and_later_by_as_much_as_it_stood(office):
    case = parked(office)
    before = Clock.objects.get(case=case, name="handle").standing_due_at
    back = Occasion(by=office.li, at=datetime(2026, 10, 9, 2, tzinfo=UTC))
    case = actions.return_case(case, back, words="钱到了")
    assert case.state == "handling"
    assert case.handle_due_at > before
