"""Two processes that start together load the shipped texts once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from banjie.base.errors import Conflict
from banjie.ledger.guards import lower_guards, raise_guards
from banjie.rulebook.actions import load_shipped
from banjie.rulebook.models import TextVersion
from banjie.rulebook.shelf import SHIPPED, filed_in
from banjie.rulebook.tests.factories import stamp

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_may_be_emptied")]


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


def test_two_who_load_the_same_at_once_do_not_make_two_versions():
    together = Barrier(2)

    def start(_):
        together.wait()
        try:
            return len(load_shipped(stamp()))
        except Conflict:
            return 0
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        added = list(pool.map(start, range(2)))
    assert sorted(added) == [0, len(filed_in(SHIPPED))]
    assert TextVersion.objects.count() == len(filed_in(SHIPPED))
