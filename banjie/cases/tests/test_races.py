"""Two at one case, many at one series of numbers, one client key twice: what the database decides (T7, T8)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from banjie.base.errors import BanjieError, Conflict
from banjie.cases import actions
from banjie.cases.models import Case
from banjie.cases.tests.factories import TOWN, XIGOU, intake, open_office, own_word, replied
from banjie.ledger.models import Entry
from banjie.ledger.verify import verify
from banjie.residents.actions import correct_resident, register_resident
from banjie.residents.facts import Correction, ResidentFacts

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("may_be_emptied")]


@pytest.fixture
def office(transactional_db):
    return open_office()


def at_once(*acts):
    """Run all at the same moment, each on a connection of its own; a refusal is an answer."""
    together = Barrier(len(acts))

    def run(act):
        try:
            together.wait()
            return act()
        except (BanjieError, InterruptedError) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_of_four_who_close_one_case_one_does_and_the_others_are_told(office):
    """T7: exactly one winner, no edit lost."""
    case = replied(office)
    actions.rate_case(case, office.occasion("chen", hours=5), word=own_word(case))
    at = [office.occasion(name, hours=6) for name in ("sun", "chen", "sun", "chen")]
    answers = at_once(*(lambda each=each: actions.close_case(case, each) for each in at))
    told = [answer for answer in answers if isinstance(answer, Conflict)]
    assert len(told) == 3
    assert all("可能已被他人处理" in answer.message for answer in told)
    assert Entry.objects.filter(subject_id=case.pk, deed="case.closed").count() == 1
    assert verify(TOWN).findings == []


def test_of_two_different_deeds_at_once_each_sees_what_the_other_left(office):
    """T7: closing and sending back cannot both stand on one reply."""
    case = replied(office)
    actions.rate_case(case, office.occasion("chen", hours=5), word=own_word(case))
    at_chen, at_sun = office.occasion("chen", hours=6), office.occasion("sun", hours=6)
    at_once(
        lambda: actions.close_case(case, at_chen),
        lambda: actions.reopen_case(case, at_sun, words="又坏了"),
    )
    case.refresh_from_db()
    last = Entry.objects.filter(subject_id=case.pk).order_by("-seq").first()
    assert (case.state, last.deed) in {("handling", "case.reopened"), ("closed", "case.closed")}
    assert (case.closed_at is None) == (case.state == "handling")
    assert verify(TOWN).findings == []


def test_of_twenty_who_register_at_once_all_numbers_run_and_a_failure_takes_none(office):
    """T8: three of them fail after their number was given."""

    def register(n):
        with transaction.atomic():
            case = actions.register_case(intake(title=f"第{n}件"), at)
            if n % 7 == 3:
                raise InterruptedError
        return case.number

    at = office.occasion("chen")
    answers = at_once(*(lambda n=n: register(n) for n in range(20)))
    given = sorted(answer for answer in answers if isinstance(answer, str))
    assert given == [f"QZ2026-{n:05d}" for n in range(1, 18)]
    assert sorted(Case.objects.values_list("number", flat=True)) == given
    assert verify(TOWN).findings == []


def test_one_client_key_twice_at_once_is_one_case(office):
    at = office.occasion("chen", client_key="one")
    answers = at_once(*([lambda: actions.register_case(intake(), at)] * 4))
    assert {answer.number for answer in answers} == {"QZ2026-00001"}
    assert Case.objects.count() == 1


def test_one_outer_number_twice_at_once_is_one_case_and_a_word_to_the_other(office):
    slip = {"outer_number": "GD-1", "given_due_at": "2026-10-12 18:00", "demand": "help"}
    order, at = intake(kind="hotline_order", channel="outer", extra=slip), office.occasion("chen")
    answers = at_once(*([lambda: actions.register_case(order, at)] * 3))
    assert sum(isinstance(answer, Conflict) for answer in answers) == 2
    assert Case.objects.get().outer_number == "GD-1"


def test_who_registers_for_a_resident_waits_for_no_one_who_corrects_him(office):
    """A case takes the chain's head and then points at the resident, a correction the other way round: no deadlock."""
    clerk = office.chen
    told = ResidentFacts(name="张三", division_code=XIGOU)
    at = office.occasion("chen")
    resident = register_resident(told, actor=clerk, stamp=at.stamp())

    def correct(n):
        return correct_resident(resident.pk, Correction(outer_code=f"R{n}"), actor=clerk, stamp=at.stamp())

    def register(n):
        return actions.register_case(intake(title=f"第{n}件", resident_id=resident.pk), at)

    answers = at_once(*(lambda n=n: (register, correct)[n % 2](n // 2) for n in range(16)))
    assert not [
        answer for answer in answers if isinstance(answer, Exception) and not isinstance(answer, Conflict)
    ]
    assert Case.objects.count() == 8


def test_what_is_done_while_the_ledger_is_verified_is_no_finding(office):
    """T9: no false alarm in a town at work; nobody waits until the walk is over."""
    case = replied(office)
    rows = verify(TOWN).rows

    def work_goes_on(line):
        (answer,) = at_once(lambda: actions.comment_case(case, office.occasion("sun", hours=5), words=line))
        assert isinstance(answer, Case)
        at_once(lambda: actions.register_case(intake(), office.occasion("chen", hours=5)))

    report = verify(TOWN, progress=work_goes_on)
    assert (report.findings, report.rows) == ([], rows)
    assert Entry.objects.filter(town=TOWN).count() > report.entries
    assert verify(TOWN).findings == []
