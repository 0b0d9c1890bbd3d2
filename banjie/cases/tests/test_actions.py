from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from banjie.base.errors import Conflict, InvalidInput, NotAllowed, NotFound
from banjie.cases import actions
from banjie.cases.actions import Assignee, Ending, Occasion, Word
from banjie.cases.models import Case, Clock, Voice
from banjie.cases.queries import deeds_for, visible_to
from banjie.cases.tests.factories import (
    DAY,
    DONGPO,
    TOWN,
    XIGOU,
    accepted,
    assigned,
    handled,
    intake,
    open_office,
    own_word,
    registered,
    replied,
)
from banjie.cases.workflow import ClockName, State
from banjie.ledger.models import Entry
from banjie.ledger.queries import entries_of
from banjie.ledger.verify import verify
from banjie.worktime.hours import local

pytestmark = pytest.mark.django_db
ORDER = {
    "kind": "hotline_order",
    "channel": "outer",
    "extra": {"outer_number": "GD-1", "given_due_at": "2026-10-12 18:00", "demand": "help"},
}


@pytest.fixture
def office(db):
    return open_office()


def deeds_of(case):
    return [entry.deed for entry in entries_of(case)]


def due_on(case):
    return local(case.due_at).date().isoformat()


def test_registering_gives_number_first_asker_and_clock(office):
    case = registered(office)
    assert (case.number, case.state) == ("QZ2026-00001", State.REGISTERED)
    assert case.responsible_id == case.first_asker_id == office.chen.id
    assert case.due_clock == ClockName.ACCEPT
    assert registered(office).number == "QZ2026-00002"


def test_the_same_client_key_registers_once(office):
    key = uuid4().hex
    first = actions.register_case(intake(), office.occasion("chen", client_key=key))
    assert actions.register_case(intake(), office.occasion("chen", client_key=key)).pk == first.pk
    with pytest.raises(Conflict, match="另一份内容"):
        actions.register_case(intake(title="别的事"), office.occasion("chen", client_key=key))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "", "text": " "}, "text"),
        ({"text": "机密★10年 文件要点"}, "text"),
        ({"category": "no_such"}, "category"),
        ({"division_code": "110101001001"}, "division_code"),
        ({"kind": "hotline_order"}, "outer_number"),
    ],
)
def test_what_is_wrong_is_named_by_field(office, changes, field):
    with pytest.raises(InvalidInput) as wrong:
        registered(office, **changes)
    assert field in wrong.value.fields


def test_of_a_number_only_case_nothing_but_the_number_is_kept(office):
    case = registered(office, sensitivity="number_only", text="举报某人", asker_code="A1")
    assert (case.text, case.asker_code, case.title) == ("", "", "线外办理件")


def test_an_administrator_registers_and_sees_nothing(office):
    case = registered(office)
    with pytest.raises(NotAllowed):
        actions.register_case(intake(), office.occasion("guan"))
    assert not visible_to(office.guan).filter(pk=case.pk).exists()


def test_the_handling_clock_runs_from_acceptance_past_the_holiday(office):
    """S-002: accepted on 28 September, five working days end on 10 October, a Saturday that works."""
    case = accepted(office)
    assert due_on(case) == "2026-10-10"
    assert "10月10日" in Clock.objects.get(case=case, name="handle").explanation


def test_until_somebody_signs_the_first_asker_owns_it(office):
    """S-001: exactly one owner at every moment; a handover counts only when acknowledged."""
    case = assigned(office)
    assert (case.responsible_id, case.due_clock) == (office.chen.id, ClockName.SIGN)
    case = actions.sign_for_case(case, office.occasion("li"))
    assert (case.responsible_id, case.state) == (office.li.id, State.HANDLING)


def test_only_the_one_it_was_given_to_signs(office):
    case = assigned(office)
    with pytest.raises(NotAllowed, match="经办"):
        actions.sign_for_case(case, office.occasion("wang"))
    with pytest.raises(NotFound):
        actions.sign_for_case(case, office.occasion("zhao"))


def test_a_case_given_to_a_unit_is_signed_for_by_anyone_of_it(office):
    case = actions.assign_case(accepted(office), office.occasion("chen"), to=Assignee(office.livelihood))
    assert actions.sign_for_case(case, office.occasion("wang")).handler_id == office.wang.id


def test_a_second_closing_is_told_that_somebody_was_faster(office):
    """T7: the loser is told what the case is now."""
    case = replied(office)
    actions.rate_case(case, office.occasion("chen", hours=5), word=own_word(case))
    actions.close_case(case, office.occasion("sun", hours=6))
    with pytest.raises(Conflict, match=r"已销号.*可能已被他人处理"):
        actions.close_case(case, office.occasion("chen", hours=6))


def test_a_pause_over_the_holiday_moves_the_due_day(office):
    case = handled(office)
    paused = actions.pause_case(case, office.occasion("li", hours=30), ground="weather", words="等雨停")
    assert (paused.due_at, paused.state, paused.is_open) == (None, State.PAUSED, True)
    back = Occasion(by=office.li, at=datetime(2026, 10, 9, 2, tzinfo=UTC))
    resumed = actions.resume_case(paused, back)
    assert due_on(resumed) == "2026-10-14"


def test_a_ground_that_is_not_listed_does_not_pause(office):
    with pytest.raises(InvalidInput, match="不在制度列出"):
        actions.pause_case(handled(office), office.occasion("li"), ground="busy", words="忙")


def test_an_extension_is_asked_before_the_end_and_decided_by_another(office):
    case = actions.ask_extension(
        handled(office), office.occasion("li", hours=2), term="3 workdays", reason="等配件"
    )
    with pytest.raises(NotAllowed, match="批准延期"):
        actions.decide_extension(case, office.occasion("li", hours=3), is_granted=True)
    granted = actions.decide_extension(case, office.occasion("wu", hours=3), is_granted=True)
    assert due_on(granted) == "2026-10-14"
    with pytest.raises(Conflict, match="已延期1次"):
        actions.ask_extension(granted, office.occasion("li", hours=4), term="1 workday", reason="再等")


def test_asking_for_more_time_after_the_end_is_refused(office):
    late = Occasion(by=office.li, at=DAY + timedelta(days=30))
    with pytest.raises(Conflict, match="时限已过"):
        actions.ask_extension(handled(office), late, term="1 workday", reason="晚了")


def test_an_extension_granted_while_paused_shows_after_resuming(office):
    case = actions.ask_extension(
        handled(office), office.occasion("li", hours=2), term="3 workdays", reason="等配件"
    )
    actions.pause_case(case, office.occasion("li", hours=3), ground="weather", words="等雨停")
    granted = actions.decide_extension(case, office.occasion("wu", hours=4), is_granted=True)
    assert granted.due_at is None
    assert due_on(actions.resume_case(granted, office.occasion("li", hours=5))) == "2026-10-14"


def test_dissatisfied_goes_back_and_earns_no_new_first_round(office):
    """S-035, DESIGN: on time is the reply that stood against the first round's due date."""
    case = replied(office)
    due = case.handle_due_at
    word = Word(said="dissatisfied", words="还是不亮")
    again = actions.call_back_case(case, office.occasion("sun", hours=5), word=word)
    again.refresh_from_db()
    assert (again.state, again.round, again.done_at) == (State.HANDLING, 2, None)
    assert (again.handle_due_at, again.due_clock) == (due, ClockName.REOPEN)
    assert deeds_of(again)[-2:] == ["case.called_back", "case.reopened"]


def test_the_handler_never_calls_back_his_own_case(office):
    case = replied(office)
    case_word = Word(said="satisfied")
    with pytest.raises(NotAllowed):
        actions.call_back_case(case, office.occasion("li", hours=5), word=case_word)


def test_closing_wants_the_asker_s_word_or_a_call_back(office):
    """S-034: only a satisfied word removes an item."""
    case = replied(office)
    with pytest.raises(Conflict, match="不能销号"):
        actions.close_case(case, office.occasion("sun", hours=5))
    actions.rate_case(case, office.occasion("chen", hours=5), word=Word(said="satisfied"))
    with pytest.raises(Conflict, match="回访"):
        actions.close_case(case, office.occasion("sun", hours=6))
    actions.call_back_case(case, office.occasion("sun", hours=6), word=Word(said="satisfied"))
    closed = actions.close_case(case, office.occasion("sun", hours=7))
    assert (closed.state, closed.closing_kind, closed.is_open, closed.due_at) == (
        "closed",
        "solved",
        False,
        None,
    )


def test_a_call_back_closes_in_the_same_breath_or_is_not_made_at_all(office):
    """Both deeds are recorded under one key, or neither where the case may not be closed."""
    case, content = replied(office), Word(said="satisfied")
    Case.objects.filter(pk=case.pk).update(origin="mirrored")
    with pytest.raises(InvalidInput, match="外部系统"):
        actions.call_back_case(case, office.occasion("sun", hours=5), word=content, closes=True)
    assert not Voice.objects.filter(case=case, speaker="call_back").exists()
    Case.objects.filter(pk=case.pk).update(origin="own")
    occasion = office.occasion("sun", hours=5, client_key="one-press")
    closed = actions.call_back_case(case, occasion, word=content, closes=True)
    again = actions.call_back_case(case, occasion, word=content, closes=True)
    assert (closed.state, closed.closing_kind, again.state) == ("closed", "solved", "closed")
    done = Entry.objects.filter(subject_id=case.pk).order_by("seq").values_list("deed", flat=True)
    assert list(done)[-2:] == ["case.called_back", "case.closed"]


def test_a_dissatisfied_call_back_goes_back_though_it_was_to_close(office):
    case = replied(office)
    word = Word(said="dissatisfied", words="还是不亮")
    assert (
        actions.call_back_case(case, office.occasion("sun", hours=5), word=word, closes=True).state
        == "handling"
    )


def test_the_slip_code_closes_and_a_wrong_one_does_not(office):
    case = replied(office)
    wrong = Word(said="satisfied", mark="slip_code", slip_code="12")
    with pytest.raises(InvalidInput, match="回执码不对"):
        actions.rate_case(case, office.occasion("chen", hours=5), word=wrong)
    actions.rate_case(case, office.occasion("chen", hours=5), word=own_word(case))
    assert actions.close_case(case, office.occasion("chen", hours=5)).state == State.CLOSED


def test_unreached_takes_the_rule_s_tries_at_different_hours(office):
    case = replied(office)
    unreached = Word(said="unreached", words="无人接听")
    for hours in (5, 5.1, 5.2):
        actions.call_back_case(case, office.occasion("sun", hours=hours), word=unreached)
    with pytest.raises(Conflict, match="联系不上"):
        actions.close_case(case, office.occasion("sun", hours=25), ending=Ending(kind="unreached"))
    actions.call_back_case(case, office.occasion("sun", hours=50), word=unreached)
    closed = actions.close_case(case, office.occasion("sun", hours=51), ending=Ending(kind="unreached"))
    assert (closed.closing_kind, closed.said) == ("unreached", "")


def test_an_exit_without_the_asker_s_word_names_its_basis(office):
    case = replied(office)
    with pytest.raises(InvalidInput, match="依据"):
        actions.close_case(case, office.occasion("sun", hours=5), ending=Ending(kind="explained"))


def test_settled_at_the_counter_is_one_deed_with_the_asker_s_mark(office):
    """S-005."""
    case = registered(office)
    with pytest.raises(InvalidInput, match="当场办结要有"):
        actions.settle_case(case, office.occasion("chen"), word=Word(said="satisfied"), result="已开证明")
    word = Word(said="very_satisfied", mark="signature")
    settled = actions.settle_case(case, office.occasion("chen"), word=word, result="已开证明")
    assert (settled.state, settled.closing_kind, settled.done_at) == ("closed", "solved", DAY)
    assert deeds_of(settled) == ["case.registered", "case.settled"]


def test_a_leader_s_word_is_written_down_by_a_clerk_with_its_ground(office):
    """代录: the entry names both."""
    fields = {"instructed_by": str(office.zhou.id), "instruction_ground": "spoken"}
    told = intake(kind="leader_instruction", channel="leader", extra=fields)
    spoken = office.occasion("he", for_whom=office.zhou)
    with pytest.raises(InvalidInput, match="代录要写明凭据"):
        actions.register_case(told, spoken)
    case = actions.register_case(told, office.occasion("he", for_whom=office.zhou, ground="电话，9时"))
    entry = entries_of(case).get()
    assert (entry.by, entry.on_behalf_of) == (office.he.id, office.zhou.id)
    with pytest.raises(NotAllowed, match="代别人"):
        actions.register_case(told, office.occasion("li", for_whom=office.zhou, ground="电话"))


def test_a_given_due_time_binds_and_ours_is_earlier(office):
    given = datetime(2026, 10, 12, 10, tzinfo=UTC)
    case = accepted(office, **ORDER)
    assert case.due_at < given == case.given_due_at
    assert "12345热线给定" in Clock.objects.get(case=case, name="handle").explanation


def test_a_mirrored_case_is_not_closed_before_the_outer_system_says_so(office):
    case = replied(office, **ORDER)
    actions.call_back_case(case, office.occasion("sun", hours=5), word=Word(said="satisfied"))
    with pytest.raises(InvalidInput, match="外部系统还没有"):
        actions.close_case(case, office.occasion("sun", hours=6))
    ending = Ending(kind="solved", outer_state="已办结")
    assert actions.close_case(case, office.occasion("sun", hours=6), ending=ending).state == "closed"


def test_back_dating_beyond_the_span_wants_a_reason(office):
    long_ago = DAY - timedelta(days=20)
    with pytest.raises(InvalidInput, match="补录"):
        actions.register_case(intake(), office.occasion("chen", happened_at=long_ago))
    reason = office.occasion("chen", happened_at=long_ago, ground="下村时手记，今日补登")
    assert actions.register_case(intake(), reason).happened_at == long_ago
    with pytest.raises(InvalidInput, match="晚于现在"):
        actions.register_case(intake(), office.occasion("chen", happened_at=DAY + timedelta(days=1)))


def test_what_only_handlers_may_read_stays_with_them(office):
    case = registered(office, sensitivity="handlers_only")
    seen = [
        name
        for name in ("chen", "he", "li", "sun", "zhou")
        if visible_to(getattr(office, name)).filter(pk=case.pk)
    ]
    assert seen == ["chen", "he"]


def test_another_village_sees_nothing_of_it(office):
    registered(office)
    assert visible_to(office.zhao).count() == 0
    registered(office, division_code=DONGPO)
    assert visible_to(office.zhao).count() == 1


def test_only_fitting_deeds_are_offered(office):
    assert {step.title for step in deeds_for(office.chen, registered(office))} >= {"受理", "当场办结"}
    assert "销号" not in {step.title for step in deeds_for(office.chen, handled(office))}


def test_withdrawn_and_void_cases_stay_in_the_books(office):
    with pytest.raises(InvalidInput, match="作废"):
        actions.void_case(registered(office), office.occasion("he"), reason=" ")
    void = actions.void_case(registered(office), office.occasion("he"), reason="登重了")
    gone = actions.withdraw_case(
        accepted(office), office.occasion("chen"), word=Word(said="satisfied", words="自己修好了")
    )
    assert (void.state, gone.state, Case.objects.count()) == ("void", "withdrawn", 3)
    assert not Clock.objects.exclude(case__is_open=True).filter(stopped_at=None).exists()


def test_a_whole_life_verifies_and_one_changed_column_is_found(office):
    """T9 over every table that a case touches."""
    case = replied(office)
    actions.call_back_case(
        case, office.occasion("sun", hours=5), word=Word(said="dissatisfied", words="不亮")
    )
    actions.reply_case(case, office.occasion("li", hours=8), words="换了整灯")
    actions.rate_case(case, office.occasion("chen", hours=9), word=own_word(case))
    actions.close_case(case, office.occasion("chen", hours=9))
    assert verify(TOWN).findings == []
    Voice.objects.filter(case=case, said="dissatisfied").update(words="亮了")
    (finding,) = verify(TOWN).findings
    assert finding.column == "words"
    assert finding.row.startswith("cases.voice:")


def test_the_place_bounds_the_grid(office):
    case = registered(office, grid_id=office.grid_id)
    assert (case.grid_id, case.division_code) == (office.grid_id, XIGOU)
