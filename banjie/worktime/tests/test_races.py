from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from banjie.base.errors import Conflict
from banjie.ledger.guards import lower_guards, raise_guards
from banjie.ledger.models import Entry
from banjie.worktime.actions import load_notice
from banjie.worktime.tests.factories import SOURCE, TOWN, notice_of_2027, stamp


@pytest.fixture(scope="module", autouse=True)
def _guards_stand_again(django_db_setup, django_db_blocker):
    yield
    with django_db_blocker.unblock():
        raise_guards(connection)


@pytest.fixture
def _may_be_emptied(transactional_db):
    """Lower the ledger's guards before Django empties the tables that the threads wrote."""
    yield
    lower_guards(connection)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_may_be_emptied")
def test_of_four_who_enter_one_year_at_once_only_one_is_recorded():
    def load(_):
        try:
            return load_notice(TOWN, 2027, days=notice_of_2027(), source=SOURCE, stamp=stamp()).years
        except Conflict as refused:
            return refused.message
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = set(pool.map(load, range(4)))
    assert answers <= {(2027,), "2027年放假安排刚被别人录入。请刷新页面核对。"}
    assert Entry.objects.filter(town=TOWN).count() == 1
