"""Every rung of the shipped ladders comes by moving time, once each, also when the worker is killed between (T5, T6)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from banjie.base.declarations import SCHEDULES
from banjie.cases import actions, tasks
from banjie.cases.actions import escalate_due
from banjie.cases.ladder import RungName
from banjie.cases.models import Case, Clock, Escalation, LadderStanding
from banjie.cases.queries import ladders
from banjie.cases.queries.ladders import ladders_of, next_rungs
from banjie.cases.tests.factories import (
    TOWN,
    Office,
    assigned,
    handled,
    intake,
    open_office,
    registered,
    replied,
    set_up,
)
from banjie.cases.workflow import ClockName
from banjie.ledger.models import Entry
from banjie.ledger.record import SYSTEM
from banjie.ledger.verify import verify
from banjie.notices.models import Notice
from banjie.people.actions import change_unit, take_leave
from banjie.people.models import Unit
from banjie.people.queries import founder_of

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def office() -> Office:
    """Return the town with 周海 as the leader of the livelihood office."""
    office = open_office()
    led_by(office, office.people["zhou"].pk)
    return office


def led_by(office, leader_id):
    unit = Unit.objects.get(pk=office.livelihood)
    told = {name: getattr(unit, name) for name in ("name", "short_name", "phone", "kind")}
    change_unit(founder_of(TOWN), set_up(), unit_id=unit.pk, leader_id=leader_id, **told)


def running(case, name):
    return Clock.objects.get(case=case, name=name, stopped_at__isnull=True)


def rungs_of(case):
    return list(Escalation.objects.filter(case=case).order_by("came_at", "id").values_list("rung", flat=True))


def names(case):
    """Return whom the notices about a case told, in the order in which they were told."""
    told = Notice.objects.filter(about=f"case:{case.number}").order_by("made_at", "to__login")
    return [(notice.title[1:3], notice.to.name) for notice in told]


def walk(office, case, clock_name):
    """Move time to just before and just after each rung of a clock; return the rungs in the order in which they came."""
    clock, seen = running(case, clock_name), []
    for moment, rung in ladders_of(TOWN, at=office.at).moments(clock):
        escalate_due(TOWN, at=moment)
        assert rungs_of(case) == seen, f"{rung.key} came before its time"
        escalate_due(TOWN, at=moment + MINUTE)
        seen.append(rung.key)
        assert rungs_of(case) == seen
        escalate_due(TOWN, at=moment + 2 * MINUTE)
        assert rungs_of(case) == seen, f"{rung.key} came twice"
    return seen


HANDLE = ["remind", "yellow", "red", "red.then", "listed", "listed.then"]
WALKS = {
    ClockName.ACCEPT: (registered, ["red", "red.then"]),
    ClockName.SIGN: (assigned, ["red", "red.then"]),
    ClockName.HANDLE: (handled, HANDLE),
    ClockName.CALL_BACK: (replied, ["red"]),
}


@pytest.mark.parametrize("clock_name", list(WALKS))
def test_every_rung_of_a_shipped_ladder_comes_once_at_its_time(office, clock_name):
    make, expected = WALKS[clock_name]
    assert walk(office, make(office), clock_name) == expected


def test_the_rungs_of_a_reopened_case_come_once(office):
    case = actions.reopen_case(replied(office), office.occasion("sun", hours=5), words="还是不亮")
    assert walk(office, case, ClockName.REOPEN) == ["remind", "red", "red.then"]


def test_the_rungs_of_an_objection_come_once(office):
    case = actions.object_case(
        assigned(office),
        office.occasion("li"),
        reason="不是本办职责",
        basis="职责清单",
        should_go_to="农业农村办",
    )
    assert walk(office, case, ClockName.OBJECT) == ["red", "red.then"]


def test_every_ladder_of_the_regulation_is_walked_here(office):
    ruling = ladders_of(TOWN, at=office.at)
    walked = {ClockName.REOPEN, ClockName.OBJECT, *WALKS}
    assert walked >= {name for name in ClockName if ruling.rungs(name)}
    assert {rung.name for name in ClockName for rung in ruling.rungs(name)} == set(RungName)


def test_the_handler_hears_first_and_the_leader_a_day_later(office):
    case = handled(office)
    walk(office, case, ClockName.HANDLE)
    assert names(case)[1:] == [
        ("提醒", "李建国"), ("黄牌", "李建国"), ("黄牌", "吴强"), ("红牌", "李建国"), ("红牌", "吴强"),
        ("红牌", "周海"), ("挂牌", "孙丽"), ("挂牌", "吴强"), ("挂牌", "周海"),
    ]  # fmt: skip


def test_each_rung_is_an_entry_of_the_system_that_cites_its_article(office):
    case = handled(office)
    walk(office, case, ClockName.HANDLE)
    entries = Entry.objects.filter(subject_id=case.pk, deed="case.escalated")
    assert {(entry.by, entry.article) for entry in entries} == {
        (SYSTEM, "督办升级制 第二条@出厂1"), (SYSTEM, "督办升级制 第三条@出厂1"),
    }  # fmt: skip
    assert verify(TOWN, processes=1).findings == []


def test_nothing_comes_once_the_clock_stopped_or_while_it_is_paused(office):
    paused, done = handled(office), handled(office)
    actions.pause_case(paused, office.occasion("li", hours=2), ground="weather", words="等雨停")
    actions.reply_case(done, office.occasion("li", hours=2), words="换好了")
    escalate_due(TOWN, at=office.at + timedelta(days=40))
    assert rungs_of(paused) == []
    assert set(rungs_of(done)) <= {"red"}


def test_a_due_time_that_moved_has_rungs_of_its_own(office):
    case = handled(office)
    clock = running(case, ClockName.HANDLE)
    moment = ladders_of(TOWN, at=office.at).moments(clock)[0][0] + MINUTE
    escalate_due(TOWN, at=moment)
    assert rungs_of(case) == ["remind"]
    hours = (moment - office.at) / timedelta(hours=1)
    actions.ask_extension(case, office.occasion("li", hours=hours), term="5 workdays", reason="配件未到")
    actions.decide_extension(case, office.occasion("wu", hours=hours), is_granted=True)
    assert running(case, ClockName.HANDLE).due_at > clock.due_at
    escalate_due(TOWN, at=running(case, ClockName.HANDLE).due_at)
    assert rungs_of(case) == ["remind", "remind", "yellow"]


def test_what_is_older_than_the_regulation_reaches_back_never_comes(office):
    """Power that was off for a month, or a ladder decided today, sends no flood of old reminders."""
    case = handled(office)
    assert escalate_due(TOWN, at=office.at + timedelta(days=60)) == 0
    assert rungs_of(case) == []


def test_a_worker_that_was_off_for_some_days_lets_every_missed_rung_come_in_order(office):
    case = handled(office)
    moments = ladders_of(TOWN, at=office.at).moments(running(case, ClockName.HANDLE))
    at = moments[-1][0] + MINUTE
    assert at - moments[0][0] < timedelta(days=7)
    assert escalate_due(TOWN, at=at) == len(HANDLE)
    assert rungs_of(case) == HANDLE
    assert names(case)[1:] == [("红牌", "李建国"), ("挂牌", "孙丽"), ("挂牌", "吴强"), ("挂牌", "周海")]


class Killed(BaseException):
    """The worker is killed."""


STEPS = ("tell", "record_all", "came_already", "LadderStanding.objects.bulk_create")


@pytest.mark.parametrize("step", STEPS)
def test_a_worker_killed_at_any_step_of_any_rung_loses_and_doubles_nothing(office, step, monkeypatch):
    case = handled(office)
    for moment, _ in ladders_of(TOWN, at=office.at).moments(running(case, ClockName.HANDLE)):
        before = rungs_of(case)
        with monkeypatch.context() as dying:
            dying.setattr(f"banjie.cases.actions.escalating.{step}", _killed)
            with pytest.raises(Killed):
                escalate_due(TOWN, at=moment + MINUTE)
        assert len(rungs_of(case)) - len(before) in (0, 1)
        escalate_due(TOWN, at=moment + 6 * MINUTE)
        assert len(rungs_of(case)) == len(before) + 1
    assert rungs_of(case) == HANDLE
    assert len(names(case)) == len(set(names(case))) == 10


def _killed(*args, **kwargs):
    raise Killed


def test_the_schedule_of_the_worker_does_it_and_twice_is_once(office):
    case = handled(office)
    moment = ladders_of(TOWN, at=office.at).moments(running(case, ClockName.HANDLE))[0][0]
    assert SCHEDULES["cases.escalate"].run is tasks.escalate_every_town
    for _ in range(2):
        SCHEDULES["cases.escalate"].run(moment + MINUTE)
    assert rungs_of(case) == ["remind"]


def test_whoever_is_away_is_told_through_his_stand_in(office):
    case = handled(office)
    take_leave(founder_of(TOWN), set_up(), staff_id=office.people["li"].pk, from_at=office.at, until_at=None)
    moment = ladders_of(TOWN, at=office.at).moments(running(case, ClockName.HANDLE))[0][0]
    escalate_due(TOWN, at=moment + MINUTE)
    assert names(case)[-1] == ("提醒", "吴强")


def test_a_rung_that_reaches_nobody_says_so_in_its_entry(office):
    led_by(office, None)
    case = handled(office)
    walk(office, case, ClockName.HANDLE)
    assert Escalation.objects.get(case=case, rung="red.then").told == []


def test_no_notice_holds_a_word_of_the_matter_or_of_anyone(office):
    case = handled(office, title="王大爷家的灯", text="13912345678", place_words="沙鸥里九号")
    hidden = handled(office, sensitivity="handlers_only")
    walk(office, case, ClockName.HANDLE)
    assert rungs_of(hidden) == HANDLE
    words = " ".join(f"{notice.title} {notice.words} {notice.about}" for notice in Notice.objects.all())
    assert not any(word in words for word in ("王大爷", "139", "沙鸥", "李建国", "吴强"))
    about = f"case:{hidden.number}"
    assert not any("路灯" in notice.title for notice in Notice.objects.filter(about=about))
    assert any("路灯" in notice.title for notice in Notice.objects.exclude(about=about))


def test_a_second_look_asks_one_query_however_many_clocks_run(office):
    for _ in range(4):
        handled(office)
    escalate_due(TOWN, at=office.at + timedelta(hours=2))
    assert LadderStanding.objects.count() >= 4
    with CaptureQueriesContext(connection) as asked:
        escalate_due(TOWN, at=office.at + timedelta(hours=2))
    assert sum("cases_" in query["sql"] for query in asked) == 1


def test_what_comes_next_is_told_for_each_clock_and_rung(office):
    case = handled(office)
    escalate_due(TOWN, at=office.at + timedelta(hours=2))
    first = ladders_of(TOWN, at=office.at).moments(running(case, ClockName.HANDLE))[0][0]
    assert next_rungs(TOWN, at=office.at + timedelta(hours=2)) == {("handle", "remind"): (first, 1)}


@pytest.mark.parametrize(
    ("deed", "told"),
    [
        ("assign", ["李建国"]),
        ("unit", ["吴强"]),
        ("object", ["何敏"]),
        ("return", ["李建国"]),
        ("urge", ["李建国"]),
        ("reopen", ["李建国"]),
        ("ask", ["吴强"]),
    ],
)
def test_a_deed_tells_in_whose_hands_it_puts_something(office, deed, told):
    case = _did(office, deed)
    last = Notice.objects.filter(about=f"case:{case.number}").order_by("id").last()
    assert [last.to.name] == told


def _did(office, deed):
    if deed == "assign":
        return assigned(office)
    if deed == "object":
        told = {"reason": "归供电所", "basis": "清单第8条", "should_go_to": "供电所"}
        return actions.object_case(assigned(office), office.occasion("li", hours=1), **told)
    if deed == "return":
        until = {"until_on": date(2026, 10, 20), "condition": "资金", "words": "等钱"}
        parked = actions.park_case(handled(office), office.occasion("wu", hours=2), **until)
        actions.return_parked(TOWN, at=office.at + timedelta(days=40))
        return parked
    if deed == "unit":
        to = actions.Assignee(office.livelihood)
        return actions.assign_case(
            actions.accept_case(registered(office), office.occasion("chen")), office.occasion("chen"), to=to
        )
    if deed == "reopen":
        return actions.reopen_case(replied(office), office.occasion("sun", hours=5), words="还是不亮")
    case = handled(office)
    if deed == "urge":
        return actions.urge_case(case, office.occasion("sun", hours=2))
    return actions.ask_extension(case, office.occasion("li", hours=2), term="5 workdays", reason="配件未到")


def test_registering_and_handling_tell_nobody_and_ask_nothing_of_notices(office):
    told = intake(division_code=f"{TOWN}201")
    with CaptureQueriesContext(connection) as asked:
        case = actions.register_case(told, office.occasion("chen", client_key=uuid4().hex))
        actions.accept_case(case, office.occasion("chen"))
        actions.comment_case(case, office.occasion("chen"), words="看过了")
    assert not any("notices_" in query["sql"] for query in asked)


def test_a_listed_case_passes_to_whom_it_is_listed_with_where_a_town_decides_so(office, monkeypatch):
    shipped = ladders.ladder_of

    def decided(values, clock):
        return shipped({**values, "handle.listed.transfers": True}, clock)

    monkeypatch.setattr(ladders, "ladder_of", decided)
    case = handled(office)
    walk(office, case, ClockName.HANDLE)
    assert Case.objects.get(pk=case.pk).responsible_id == office.people["wu"].pk
