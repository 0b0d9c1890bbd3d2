import pytest
from django.contrib.auth import authenticate
from django.core.checks import run_checks
from django.test import RequestFactory

from banjie.people import lockout
from banjie.people.lockout import LockoutPolicy
from banjie.people.tests.factories import LONG_PASSWORD, make_staff

pytestmark = pytest.mark.django_db
OFFICE, HOME = "10.1.1.1", "10.9.9.9"


@pytest.fixture(autouse=True)
def _the_shipped_numbers_stand_again():
    yield
    lockout.read_policy_from(LockoutPolicy)


def log_in(login, password, address=OFFICE):
    request = RequestFactory().post("/log-in", {"username": login}, REMOTE_ADDR=address)
    return authenticate(request, username=login, password=password), lockout.is_locked_out(request)


def fail(login, times, address=OFFICE):
    return [log_in(login, "wrong", address)[1] for _ in range(times)]


def test_an_account_is_locked_at_its_fifth_failure_from_one_address():
    make_staff(login="liming", password=LONG_PASSWORD)
    assert fail("liming", 5) == [False] * 4 + [True]
    assert log_in("liming", LONG_PASSWORD) == (None, True)


def test_a_locked_account_still_opens_from_another_address():
    li = make_staff(login="liming", password=LONG_PASSWORD)
    fail("liming", 5)
    assert log_in("liming", LONG_PASSWORD, HOME) == (li, False)


def test_an_office_behind_one_address_is_never_locked_out():
    """T24."""
    wang = make_staff(login="wangfang", name="王芳", password=LONG_PASSWORD)
    lockout.read_policy_from(lambda: LockoutPolicy(tries=2))
    for number in range(6):
        fail(f"colleague{number}", 2)
    assert log_in("wangfang", LONG_PASSWORD) == (wang, False)


def test_other_spellings_of_a_log_in_give_no_new_tries():
    make_staff(login="liming", password=LONG_PASSWORD)
    fail("liming", 2)
    fail(" LiMing ", 2)
    assert log_in("LIMING", "wrong") == (None, True)


def test_an_account_tried_from_everywhere_is_locked_everywhere():
    """T24: fewer than 100 failures for one account."""
    make_staff(login="liming", password=LONG_PASSWORD)
    lockout.read_policy_from(lambda: LockoutPolicy(tries=3, account_tries=6))
    for number in range(3):
        fail("liming", 2, f"10.2.2.{number}")
    assert log_in("liming", LONG_PASSWORD, HOME) == (None, True)


def test_a_success_forgets_the_failures_before_it():
    li = make_staff(login="liming", password=LONG_PASSWORD)
    fail("liming", 4)
    assert log_in("liming", LONG_PASSWORD) == (li, False)


def test_unknown_and_known_accounts_are_locked_alike():
    make_staff(login="liming", password=LONG_PASSWORD)
    assert fail("liming", 6) == fail("nobody", 6)


def test_the_numbers_come_from_the_town_s_own_source():
    make_staff(login="liming", password=LONG_PASSWORD)
    lockout.read_policy_from(lambda: LockoutPolicy(tries=2))
    assert fail("liming", 2) == [False, True]
    assert "输错2次，请15分钟后" in lockout.policy().words


def test_axes_finds_nothing_to_warn_of():
    assert not [
        warning for warning in run_checks() if warning.id.startswith("axes") and not warning.is_silenced()
    ]
