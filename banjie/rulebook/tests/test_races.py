"""Two processes that start together load the shipped texts once, and two that decide a draft make one version."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from banjie.base.errors import Conflict
from banjie.rulebook.actions import load_shipped
from banjie.rulebook.in_force import Owner
from banjie.rulebook.models import TextVersion
from banjie.rulebook.shelf import SHIPPED, filed_in
from banjie.rulebook.tests.factories import stamp
from banjie.rulebook.tests.test_drafts import decided, reviewed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("may_be_emptied")]


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


def test_two_who_decide_the_same_draft_at_once_make_one_version():
    load_shipped(stamp())
    draft = reviewed()
    together = Barrier(2)

    def decide(_):
        together.wait()
        try:
            return decided(draft).number
        except Conflict:
            return 0
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(decide, range(2))) == [0, 1]
    assert TextVersion.objects.filter(owner=Owner.TOWN).count() == 1
