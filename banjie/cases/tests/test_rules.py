"""The rule types of cases, each obeyed: what a town changes in the text, the next case does (S-001, S-003, S-006)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from banjie.base.errors import Conflict, InvalidInput, NotAllowed
from banjie.cases import actions
from banjie.cases.actions import Assignee, Ending, Occasion, Word
from banjie.cases.models import Case, Clock
from banjie.cases.queries import file_of, handled_under_a_leader, owned_by, proposal_for, to_recheck
from banjie.cases.rules.cadence import Every, period_end
from banjie.cases.rules.commitments import shortened_by
from banjie.cases.tests.factories import (
    DAY,
    TOWN,
    XIGOU,
    accepted,
    assigned,
    handled,
    open_office,
    registered,
    replied,
    set_up,
)
from banjie.ledger.kept import move_mark
from banjie.ledger.models import Entry
from banjie.ledger.verify import verify
from banjie.people.actions import take_leave
from banjie.people.models import Unit
from banjie.rulebook.actions import load_files
from banjie.rulebook.queries import rules_on
from banjie.rulebook.shelf import SHIPPED, filed_in
from banjie.worktime.terms import Term, TermUnit

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db):
    return open_office()


@pytest.fixture
def amend(office, tmp_path):
    """Return how the town amends a shipped text: `old` of it becomes `new`, and `more` stands at its end."""

    def change(key, old, new, more="", *, section="regulations", from_on=date(2026, 9, 1)):
        source = (SHIPPED / section / f"{key}.md").read_text()
        assert old in source
        (tmp_path / section).mkdir(exist_ok=True)
        (tmp_path / section / f"{key}.md").write_text(source.replace(old, new) + more)
        load_files(filed_in(tmp_path), town=TOWN, from_on=from_on, stamp=set_up())

    return change


def bad_word(office, case, hours):
    return actions.call_back_case(
        case, office.occasion("sun", hours=hours), word=Word("dissatisfied", "没好")
    )


def discontent(office, *, times):
    """Return a case whose asker was not content so often."""
    case = handled(office)
    for turn in range(times):
        case = actions.reply_case(case, office.occasion("li", hours=2 + 2 * turn), words="办了")
        case = bad_word(office, case, 3 + 2 * turn)
    return case


def test_the_second_dissatisfaction_puts_a_leader_in_charge_and_leaves_the_handler_his_work(office):
    """S-035, S-046."""
    assert discontent(office, times=1).led_by_id is None
    case = discontent(office, times=2)
    assert (case.led_by_id, case.responsible_id) == (office.people["zhou"].pk, office.people["zhou"].pk)
    assert case.handler_id == office.people["li"].pk
    assert {case.pk} <= {one.pk for one in handled_under_a_leader(office.li)}
    assert {case.pk} == {one.pk for one in owned_by(office.zhou)}


def test_the_leader_who_is_in_charge_of_the_unit_comes_first(office):
    Unit.objects.filter(pk=office.livelihood).update(leader=office.people["guan"])
    move_mark()
    assert discontent(office, times=2).led_by_id == office.people["guan"].pk


def test_the_leader_stays_in_charge_when_the_case_is_passed_on(office):
    case = discontent(office, times=2)
    to = Assignee(office.livelihood, office.people["wang"].pk)
    case = actions.transfer_case(case, office.occasion("wu", hours=9), to=to, words="换人办")
    case = actions.sign_for_case(case, office.occasion("wang", hours=10))
    assert (case.responsible_id, case.handler_id) == (office.people["zhou"].pk, office.people["wang"].pk)


def test_the_third_dissatisfaction_takes_a_hearing_and_then_one_of_the_exits(office):
    case = discontent(office, times=3)
    with pytest.raises(Conflict, match="先听证"):
        actions.reply_case(case, office.occasion("li", hours=9), words="办了")
    with pytest.raises(NotAllowed):
        actions.hear_case(case, office.occasion("li", hours=9), words="自己听")
    case = actions.hear_case(case, office.occasion("zhou", hours=9), words="到场7人，各方说完")
    with pytest.raises(Conflict, match="不用听证"):
        actions.hear_case(case, office.occasion("zhou", hours=9), words="再听一次")
    case = actions.reply_case(case, office.occasion("li", hours=10), words="最后的答复")
    case = bad_word(office, case, 11)
    assert (case.state, case.round) == ("replied", 4)
    with pytest.raises(Conflict):
        actions.close_case(case, office.occasion("sun", hours=12))
    ending = Ending(kind="explained", basis="县政办〔2026〕3号 第二条")
    case = actions.close_case(case, office.occasion("sun", hours=12), ending=ending)
    assert (case.state, case.closing_kind) == ("closed", "explained")
    assert verify(TOWN).findings == []


def test_a_town_may_call_its_leader_in_at_the_first_bad_word(office, amend):
    amend("closing", 'leader_after = { value = "2 times"', 'leader_after = { value = "1 times"')
    assert discontent(office, times=1).led_by_id == office.people["zhou"].pk


def test_a_bad_word_sets_the_term_of_the_correction_and_the_day_by_which_he_is_phoned(office, amend):
    amend("correction", 'fix = { value = "3 workdays"', 'fix = { value = "2 workdays"')
    case = discontent(office, times=1)
    clock = Clock.objects.get(case=case, name="reopen")
    assert (clock.term, clock.article) == ("2 workdays", "差评整改制 第二条@镇1")
    assert case.report_due_on == date(2026, 9, 29)
    case = actions.report_progress(case, office.occasion("li", hours=5), words="已联系，差一根灯管")
    assert case.report_due_on is None


def test_after_its_watch_a_closed_case_is_not_sent_back(office):
    case = actions.call_back_case(
        replied(office), office.occasion("sun", hours=5), word=Word("satisfied", "好")
    )
    case = actions.close_case(case, office.occasion("sun", hours=6))
    late = Occasion(by=office.sun, at=DAY + timedelta(days=91))
    with pytest.raises(Conflict, match="登记一件新的"):
        actions.reopen_case(case, late, words="又坏了")
    in_time = Occasion(by=office.sun, at=DAY + timedelta(days=80))
    assert actions.reopen_case(case, in_time, words="又坏了").state == "handling"


def closed_to_be_rechecked(office, amend):
    amend("closing", '["kind:rectification_item"]', '["kind:resident_request"]')
    case = actions.call_back_case(
        replied(office), office.occasion("sun", hours=5), word=Word("satisfied", "好")
    )
    return actions.close_case(case, office.occasion("sun", hours=6))


def test_a_closed_case_is_looked_at_again_twice(office, amend):
    """S-089."""
    case = closed_to_be_rechecked(office, amend)
    assert case.recheck_on == date(2026, 10, 28)
    with pytest.raises(Conflict, match="10月28日才"):
        actions.recheck_case(case, office.occasion("sun", hours=30), is_sound=True, words="亮着")
    first = Occasion(by=office.sun, at=datetime(2026, 10, 28, 2, tzinfo=UTC))
    assert list(to_recheck(office.sun, on=date(2026, 10, 28))) == [case]
    case = actions.recheck_case(case, first, is_sound=True, words="亮着")
    assert case.recheck_on == date(2026, 12, 27)
    last = Occasion(by=office.sun, at=datetime(2026, 12, 28, 2, tzinfo=UTC))
    assert actions.recheck_case(case, last, is_sound=True, words="亮着").recheck_on is None


def test_what_does_not_hold_goes_back_at_once(office, amend):
    case = closed_to_be_rechecked(office, amend)
    look = Occasion(by=office.sun, at=datetime(2026, 10, 28, 2, tzinfo=UTC))
    case = actions.recheck_case(case, look, is_sound=False, words="又灭了")
    assert (case.state, case.round, case.recheck_on) == ("handling", 2, None)


def test_parking_is_held_to_who_decides_how_long_and_how_often(office, amend):
    amend("parking", '["role:unit_head", "role:dispatcher", "role:town_leader"]', '["role:town_leader"]')
    told = {"condition": "资金", "words": "等钱"}
    case, soon = handled(office), date(2026, 10, 20)
    with pytest.raises(NotAllowed, match="镇领导决定"):
        actions.park_case(case, office.occasion("wu", hours=2), until_on=soon, **told)
    with pytest.raises(InvalidInput, match="最长挂180天"):
        actions.park_case(case, office.occasion("zhou", hours=2), until_on=date(2027, 9, 1), **told)
    for turn in range(2):
        case = actions.park_case(case, office.occasion("zhou", hours=2 + 2 * turn), until_on=soon, **told)
        case = actions.return_case(case, office.occasion("li", hours=3 + 2 * turn), words="钱到了")
    with pytest.raises(Conflict, match="最多2次"):
        actions.park_case(case, office.occasion("zhou", hours=8), until_on=soon, **told)
    assert Entry.objects.filter(deed="case.parked").first().article == "挂账管理制 第二条@镇1"


def test_two_urgings_lie_as_far_apart_as_the_rule_says(office, amend):
    amend("urging", '"24 hours"', '"2 hours"')
    case = actions.urge_case(assigned(office), office.occasion("sun", hours=1))
    with pytest.raises(Conflict, match="隔2小时"):
        actions.urge_case(case, office.occasion("sun", hours=2))
    actions.urge_case(case, office.occasion("sun", hours=4))


def test_who_accepts_too_late_loses_the_time_himself(office, amend):
    """行政许可法 第三十二条."""
    late = Occasion(by=office.chen, at=datetime(2026, 10, 9, 2, tzinfo=UTC))
    case = actions.accept_case(registered(office), late)
    assert Clock.objects.get(case=case, name="handle").started_at == case.registered_at
    amend("acceptance", '["kind:resident_request"]', '["kind:hotline_order"]')
    case = actions.accept_case(registered(office), late)
    assert Clock.objects.get(case=case, name="handle").started_at == late.at


def test_the_first_asker_answers_until_signed_or_as_the_town_decides(office, amend):
    assert assigned(office).responsible_id == office.people["chen"].pk
    amend("first_asker", '"signed"', '"assigned"')
    assert assigned(office).responsible_id == office.people["li"].pk


def test_between_two_handlers_the_one_who_answers_is_the_rule_s(office, amend):
    to = Assignee(office.livelihood, office.people["wang"].pk)
    case = actions.transfer_case(handled(office), office.occasion("li", hours=2), to=to, words="转")
    assert case.responsible_id == office.people["li"].pk
    amend("first_asker", 'value = "handler"', 'value = "first_asker"')
    case = actions.transfer_case(handled(office), office.occasion("li", hours=2), to=to, words="转")
    assert case.responsible_id == office.people["chen"].pk


def test_a_promise_longer_than_the_limit_does_nothing(office, amend):
    """S-003: 15 workdays promised for what must be done in 5."""
    amend("commitments", "promise.resident_request.homestead", "promise.resident_request.street_lamp")
    clock = Clock.objects.get(case=accepted(office), name="handle")
    assert (clock.term, clock.article) == ("5 workdays", "限时办结制 第三条@出厂1")


def test_a_promise_is_what_the_clock_keeps_and_cites(office):
    clock = Clock.objects.get(case=accepted(office, category="homestead"), name="handle")
    assert (clock.term, clock.article) == ("15 workdays", "服务承诺制 第二条@出厂1")
    days = [Term(amount, TermUnit.WORKDAYS) for amount in (20, 15)]
    assert shortened_by(*days) == Fraction(1, 4)
    assert shortened_by(days[0], Term(1, TermUnit.HOURS)) is None


def test_a_route_proposes_by_category_place_and_hour(office, amend):
    rule = 'objection.times = { value = "1 times"'
    routes = (
        'route.street_lamp = { value = "unit:民生办", basis = "镇政发〔2026〕2号" }\n'
        f'"route.street_lamp.{XIGOU}" = {{ value = "post:农业农村办/东坡村支书", basis = "镇政发〔2026〕2号" }}\n'
        'route.any.off_hours = { value = "unit:便民服务中心", basis = "镇政发〔2026〕2号" }\n'
    )
    said = "\n第三条　路灯{{ route.street_lamp }}，西沟{{ route.street_lamp.%s }}，夜里{{ route.any.off_hours }}。\n"
    amend("routing", rule, routes + rule, more=said % XIGOU)
    rules = rules_on(TOWN, date(2026, 9, 28))
    at_night = DAY + timedelta(hours=12)
    found = proposal_for(registered(office), rules, at=DAY)
    assert (found.unit.name, found.staff.name) == ("农业农村办", "赵明")
    elsewhere = registered(office, division_code=f"{TOWN}202")
    assert proposal_for(elsewhere, rules, at=DAY).unit.name == "民生办"
    assert proposal_for(registered(office, category=""), rules, at=at_night).unit.name == "便民服务中心"
    assert proposal_for(registered(office, category=""), rules, at=DAY) is None


@pytest.mark.parametrize(
    ("day", "every", "ends_on"),
    [
        (date(2026, 2, 15), Every.HALF_MONTH, date(2026, 2, 15)),
        (date(2026, 2, 16), Every.HALF_MONTH, date(2026, 2, 28)),
        (date(2028, 2, 20), Every.MONTH, date(2028, 2, 29)),
        (date(2026, 11, 1), Every.QUARTER, date(2026, 12, 31)),
        (date(2026, 3, 31), Every.QUARTER, date(2026, 3, 31)),
    ],
)
def test_a_period_ends_on_the_fifteenth_or_with_its_month_or_quarter(day, every, ends_on):
    """F-27."""
    assert period_end(day, every) == ends_on


def test_long_cases_are_reported_on_each_half_month(office, amend):
    """S-081: signed too near the end of a period, the next one is the first; a pause asks for nothing."""
    amend("cadence", "report.rectification_item", "report.resident_request")
    case = handled(office)
    assert case.report_due_on == date(2026, 10, 15)
    at = {day: Occasion(by=office.li, at=datetime(2026, 10, day, 2, tzinfo=UTC)) for day in (9, 20, 21, 22)}
    case = actions.report_progress(case, at[9], words="在排工期")
    assert case.report_due_on == date(2026, 10, 31)
    late = replace(at[20], at=datetime(2026, 11, 3, 2, tzinfo=UTC))
    assert actions.report_progress(case, late, words="在施工").report_due_on == date(2026, 11, 15)
    case = Case.objects.get(pk=case.pk)
    wait = Occasion(by=office.li, at=datetime(2026, 11, 4, 2, tzinfo=UTC))
    case = actions.pause_case(case, wait, ground="weather", words="下雪")
    assert case.report_due_on is None


def test_stand_ins_follow_the_order_of_the_rule(office, amend):
    """S-006: with 李 away his head answers; a town may let 党政办 stand in before him."""
    case = handled(office)
    days = {"from_at": DAY, "until_at": DAY + timedelta(days=20)}
    take_leave(office.li, office.occasion("li").stamp(), staff_id=office.li.id, **days)
    at = DAY + timedelta(hours=3)
    assert file_of(case, at=at).handler.staff.name == "吴强"
    amend("posts", 'fallback.2 = { value = "head"', 'fallback.2 = { value = "dispatch"')
    assert file_of(case, at=at).handler.staff.name == "何敏"


def test_a_case_ends_in_the_ways_that_its_kind_knew_when_it_came_in(office, amend):
    """What was promised holds to the end, and what came in later goes by the new text."""
    old = replied(office)
    amend("resident_request", '"explained", ', "", section="kinds", from_on=DAY.date())
    new = replied(office)
    for case in (old, new):
        word = Word("satisfied", "听明白了")
        actions.call_back_case(case, office.occasion("sun", hours=5), word=word)
    explained = Ending("explained", "社会救助暂行办法")
    assert actions.close_case(old, office.occasion("sun", hours=6), ending=explained).state == "closed"
    with pytest.raises(InvalidInput, match="不能这样销号"):
        actions.close_case(new, office.occasion("sun", hours=6), ending=explained)
