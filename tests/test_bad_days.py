"""Bad days, in short: kills under load (T1), races for one case (T7) and for numbers (T8), malformed requests (T15).

The long runs of the same lie in `test_torture_bad_days.py`.
"""

import random
from collections import Counter

import pytest
from django.db import connection

from banjie.cases import actions
from banjie.cases.models import Case
from banjie.cases.tests.factories import TOWN, accepted, assigned, handled, own_word, registered, replied
from banjie.ledger.guards import lower_guards, raise_guards
from banjie.ledger.models import Entry
from banjie.ledger.verify import verify
from benchmarks.served import Served
from tests.bad_days import (
    Witness,
    after_some,
    ask_again,
    at_once,
    browser,
    clerks_at,
    environment,
    gaps,
    kill_under_load,
    losses,
    opened_office,
    real_values,
    request_form,
)
from tests.malformed import broken_answers, requests

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_may_be_emptied")]
RIVALS = 12
MALFORMED = 500


@pytest.fixture(scope="module", autouse=True)
def _guards_stand_again(django_db_setup, django_db_blocker):
    yield
    with django_db_blocker.unblock():
        raise_guards(connection)


@pytest.fixture
def _may_be_emptied(transactional_db):
    """Lower the ledger's guards before Django empties the tables that the threads wrote."""
    lower_guards(connection)
    raise_guards(connection)
    yield
    lower_guards(connection)


def test_killed_under_load_it_loses_nothing_that_was_acknowledged():
    """T1: kill -9 of the whole group under eight clients; the witness lies with the clients."""
    office, witness, chance = opened_office(), Witness(), random.Random(1)
    with Served(environment()) as server:
        clerks = clerks_at(server, office, "chen")
        for _ in range(2):
            kill_under_load(server, clerks, witness, wait=after_some(chance.randrange(4, 20)))
        ask_again(clerks[0], witness)
    assert losses(witness) == []
    assert len(set(witness.acknowledged.values())) == len(witness.asked) == Case.objects.count()
    assert gaps() == []


def test_of_many_who_close_one_case_exactly_one_does_and_the_others_are_told():
    """T7: through the pages, each with a browser of his own."""
    office = opened_office()
    case = replied(office)
    actions.rate_case(case, office.occasion("chen", hours=5), word=own_word(case))
    clients = [browser(office, name) for name in ("chen", "sun") for _ in range(RIVALS // 2)]
    form = {"kind": "solved", "ground": "电话已核对"}
    answers = at_once(lambda c=c: c.post(f"/cases/{case.number}/close", form) for c in clients)
    statuses = Counter(answer.status_code for answer in answers)
    assert statuses == {302: 1, 409: RIVALS - 1}, statuses
    assert all("已被他人处理" in answer.content.decode() for answer in answers if answer.status_code == 409)
    assert Entry.objects.filter(deed="case.closed", subject_id=case.pk).count() == 1
    assert verify(TOWN).findings == []


def test_numbers_have_neither_gap_nor_double_however_many_register_at_once():
    """T8: with refused registrations among them."""
    office = opened_office()
    forms = [request_form(**({"category": "no_such"} if n % 5 == 4 else {})) for n in range(15)]
    clients = [browser(office, "chen") for _ in forms]
    answers = at_once(
        lambda c=client, f=form: c.post("/register", f) for client, form in zip(clients, forms, strict=True)
    )
    assert Counter(answer.status_code for answer in answers) == {302: 12, 422: 3}
    assert Case.objects.count() == 12
    assert gaps() == []
    assert verify(TOWN).findings == []


def test_nothing_malformed_is_answered_with_a_failure_of_ours():
    """T15: every address with every kind of nonsense; 4xx is an answer, 5xx is none."""
    office = opened_office()
    numbers = [act(office).number for act in (registered, accepted, assigned, handled, replied)]
    clients = [browser(office, name) for name in ("chen", "li", "guan")]
    sent = requests(random.Random(15), MALFORMED, real=real_values(office, numbers))
    assert broken_answers(clients, sent) == []
    assert verify(TOWN).findings == []
