"""The long runs of the bad days, for `make torture`: T1, T7, T8 and T15 of TRUST at their full figures.

    BANJIE_KILLS=20 BANJIE_ROUNDS=200 BANJIE_NUMBER_ROUNDS=100 BANJIE_MALFORMED=10000 BANJIE_SEED=1 make torture

A killed program is not a power cut: what the kernel had taken from it survives (TRUST §6).
"""

import os
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
    ask_again,
    at_once,
    at_random,
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

pytestmark = [
    pytest.mark.torture,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("_may_be_emptied"),
]
KILLS = int(os.environ.get("BANJIE_KILLS", "20"))
ROUNDS = int(os.environ.get("BANJIE_ROUNDS", "20"))
NUMBER_ROUNDS = int(os.environ.get("BANJIE_NUMBER_ROUNDS", "10"))
MALFORMED = int(os.environ.get("BANJIE_MALFORMED", "10000"))
SEED = int(os.environ.get("BANJIE_SEED", "1"))
SHORTEST, LONGEST = 0.2, 1.2
RIVALS, AT_ONCE = 50, 100
CLOSING = {"kind": "solved", "ground": "电话已核对"}


@pytest.fixture(scope="module", autouse=True)
def _guards_stand_again(django_db_setup, django_db_blocker):
    yield
    with django_db_blocker.unblock():
        lower_guards(connection)
        raise_guards(connection)


@pytest.fixture
def _may_be_emptied(transactional_db):
    lower_guards(connection)
    raise_guards(connection)
    yield
    lower_guards(connection)


def test_t1_kills_under_load_lose_nothing_that_was_acknowledged():
    office, witness, chance = opened_office(), Witness(), random.Random(SEED)
    with Served(environment()) as server:
        clerks = clerks_at(server, office, "chen")
        for _ in range(KILLS):
            kill_under_load(server, clerks, witness, wait=at_random(chance, SHORTEST, LONGEST))
        unanswered = len(witness.asked) - len(witness.acknowledged)
        ask_again(clerks[0], witness)
    print(
        f"T1 {connection.vendor} seed {SEED}: {KILLS} kills, {len(witness.asked)} asked, {unanswered} unanswered "
        f"and asked again, {Case.objects.count()} cases, {Entry.objects.count()} entries"
    )
    assert losses(witness) == []
    assert len(set(witness.acknowledged.values())) == len(witness.asked) == Case.objects.count()
    assert gaps() == []


def test_t7_of_fifty_who_close_one_case_exactly_one_does():
    office = opened_office()
    with Served(environment()) as server:
        rivals = [
            *clerks_at(server, office, "chen", count=RIVALS // 2),
            *clerks_at(server, office, "sun", count=RIVALS // 2),
        ]
        for _ in range(ROUNDS):
            case = replied(office)
            actions.rate_case(case, office.occasion("chen", hours=5), word=own_word(case))
            address = f"/cases/{case.number}/close"
            answers = at_once([lambda c=c, to=address: c.post(to, CLOSING) for c in rivals])
            statuses = Counter(answer.status for answer in answers)
            assert statuses == {302: 1, 409: RIVALS - 1}, (case.number, statuses)
            assert all("已被他人处理" in answer.body.decode() for answer in answers if answer.status == 409)
            assert Entry.objects.filter(deed="case.closed", subject_id=case.pk).count() == 1
    print(f"T7 {connection.vendor}: {ROUNDS} rounds of {RIVALS}")
    assert verify(TOWN).findings == []


def test_t8_numbers_have_neither_gap_nor_double():
    office = opened_office()
    with Served(environment()) as server:
        clerks = clerks_at(server, office, "chen", count=AT_ONCE)
        for turn in range(NUMBER_ROUNDS):
            forms = [request_form(**({"category": "no_such"} if n % 7 == 3 else {})) for n in range(AT_ONCE)]
            pairs = zip(clerks, forms, strict=True)
            answers = at_once([lambda c=c, f=f: c.post("/register", f) for c, f in pairs])
            statuses = Counter(answer.status for answer in answers)
            assert set(statuses) == {302, 422}, (turn, statuses)
            assert gaps() == []
    print(f"T8 {connection.vendor}: {NUMBER_ROUNDS} rounds of {AT_ONCE}, {Case.objects.count()} numbers")
    assert verify(TOWN).findings == []


def test_t15_nothing_malformed_is_answered_with_a_failure_of_ours():
    office = opened_office()
    numbers = [act(office).number for act in (registered, accepted, assigned, handled, replied)]
    clients = [browser(office, name) for name in ("chen", "li", "sun", "zhou", "guan", "zhao")]
    sent = requests(random.Random(SEED), MALFORMED, real=real_values(office, numbers))
    found = broken_answers(clients, sent)
    print(f"T15 {connection.vendor} seed {SEED}: {MALFORMED} requests, {len(found)} failures")
    assert found == []
    assert verify(TOWN).findings == []
