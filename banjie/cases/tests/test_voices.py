"""Three voices and the second person: whose word counts, and who may not be the second."""

import pytest

from banjie.base.errors import Conflict, InvalidInput, NotAllowed
from banjie.cases import actions
from banjie.cases.actions import Assignee, Ending, Word
from banjie.cases.models import Clock
from banjie.cases.queries import deeds_now, file_of
from banjie.cases.tests.factories import accepted, handled, open_office, own_word, registered, replied

pytestmark = pytest.mark.django_db
SATISFIED = Word(said="satisfied", words="好了")


@pytest.fixture
def office(db):
    return open_office()


def replied_by_the_clerk(office):
    """Return a case that the window clerk 陈 leads and replied to himself."""
    to = Assignee(office.livelihood, office.people["chen"].pk)
    case = actions.assign_case(accepted(office), office.occasion("he"), to=to)
    case = actions.sign_for_case(case, office.occasion("chen", hours=1))
    return actions.reply_case(case, office.occasion("chen", hours=2), words="已办好")


def test_whoever_handles_a_case_neither_calls_back_nor_takes_it_out_of_the_books(office):
    case, at = replied_by_the_clerk(office), office.occasion("chen", hours=3)
    for deed in (
        lambda: actions.call_back_case(case, at, word=SATISFIED),
        lambda: actions.withdraw_case(case, at, word=SATISFIED),
    ):
        with pytest.raises(NotAllowed, match="自己经办的件不能由自己"):
            deed()


def test_nor_does_he_by_writing_it_down_in_another_s_name(office):
    """代录 is no way round the second person."""
    case = replied_by_the_clerk(office)
    as_sun = office.occasion("chen", hours=3, for_whom=office.sun, ground="电话")
    with pytest.raises(NotAllowed, match="回访"):
        actions.call_back_case(case, as_sun, word=SATISFIED)
    actions.call_back_case(case, office.occasion("sun", hours=3), word=SATISFIED)
    with pytest.raises(NotAllowed, match="自己销号"):
        actions.close_case(case, as_sun)
    assert actions.close_case(case, office.occasion("sun", hours=4)).state == "closed"


def test_a_word_without_a_mark_moves_nothing_and_a_call_back_is_still_owed(office):
    case = actions.rate_case(replied(office), office.occasion("li", hours=5), word=SATISFIED)
    assert (case.said, case.due_clock) == ("", "call_back")
    assert Clock.objects.get(case=case, name="call_back").is_running
    heard = actions.rate_case(case, office.occasion("li", hours=6), word=own_word(case))
    assert (heard.said, heard.due_clock) == ("satisfied", "")


def test_nobody_takes_down_a_word_that_the_asker_sends_himself(office):
    word = Word(said="satisfied", mark="link")
    with pytest.raises(InvalidInput, match="不能代填"):
        actions.rate_case(replied(office), office.occasion("li", hours=5), word=word)


def test_a_satisfied_word_of_the_first_round_says_nothing_of_the_second(office):
    case = replied(office)
    actions.call_back_case(case, office.occasion("sun", hours=5), word=SATISFIED)
    actions.close_case(case, office.occasion("sun", hours=5))
    case = actions.reopen_case(case, office.occasion("sun", hours=9), words="又不亮了")
    assert (case.said, case.round, case.handler_id) == ("", 2, office.li.id)
    case = actions.reply_case(case, office.occasion("li", hours=10), words="换了线路")
    with pytest.raises(Conflict, match="还没有诉求人"):
        actions.close_case(case, office.occasion("sun", hours=11))


def test_tries_of_the_first_round_do_not_count_in_the_second(office):
    case, unreached = replied(office), Word(said="unreached", words="无人接听")
    for hours in (5, 5.1, 8):
        actions.call_back_case(case, office.occasion("sun", hours=hours), word=unreached)
    case = actions.reopen_case(case, office.occasion("sun", hours=9), words="附件不全")
    case = actions.reply_case(case, office.occasion("li", hours=10), words="已补")
    with pytest.raises(Conflict, match="现在有0次"):
        actions.close_case(case, office.occasion("sun", hours=11), ending=Ending(kind="unreached"))


def test_whoever_was_reached_is_not_closed_as_unreached(office):
    case = replied(office)
    for hours in (5, 5.1, 8):
        actions.call_back_case(case, office.occasion("sun", hours=hours), word=Word(said="unreached"))
    actions.call_back_case(case, office.occasion("sun", hours=9), word=SATISFIED)
    with pytest.raises(Conflict, match="已经联系上"):
        actions.close_case(case, office.occasion("sun", hours=10), ending=Ending(kind="unreached"))


def test_what_was_settled_at_the_counter_goes_back_to_whoever_settled_it(office):
    word = Word(said="satisfied", mark="signature")
    case = actions.settle_case(registered(office), office.occasion("chen"), word=word, result="已开证明")
    case = actions.reopen_case(case, office.occasion("sun", hours=2), words="证明写错了")
    assert case.handler_id == case.responsible_id == office.chen.id
    assert actions.reply_case(case, office.occasion("chen", hours=3), words="重开").state == "replied"


def test_an_approval_is_not_written_down_by_who_asked_for_it(office):
    to = Assignee(office.livelihood, office.people["chen"].pk)
    case = actions.assign_case(accepted(office), office.occasion("he"), to=to)
    actions.sign_for_case(case, office.occasion("chen", hours=1))
    actions.ask_extension(case, office.occasion("chen", hours=2), term="2 workdays", reason="等配件")
    spoken = office.occasion("chen", hours=3, for_whom=office.zhou, ground="电话")
    with pytest.raises(NotAllowed, match="代录"):
        actions.decide_extension(case, spoken, is_granted=True)


def test_an_extension_is_not_decided_once_its_clock_has_stopped(office):
    case = handled(office)
    actions.ask_extension(case, office.occasion("li", hours=2), term="2 workdays", reason="等配件")
    actions.reply_case(case, office.occasion("li", hours=3), words="配件到了，已换")
    actions.reopen_case(case, office.occasion("sun", hours=4), words="还闪")
    with pytest.raises(Conflict, match="已经停了"):
        actions.decide_extension(case, office.occasion("wu", hours=5), is_granted=True)


def test_no_button_is_offered_that_only_refuses(office):
    """U9: what takes a second person is not shown to the first."""
    case, at = replied_by_the_clerk(office), office.at
    own = {"call_back_case", "withdraw_case", "close_case"}

    def offered(who):
        return {step.deed for step in deeds_now(who, file_of(case, at=at), at=at)}

    assert not own & offered(office.chen)
    assert {"call_back_case", "close_case"} <= offered(office.sun)
    actions.rate_case(case, office.occasion("he", hours=3), word=own_word(case))
    assert own & offered(office.chen) == {"close_case"}
