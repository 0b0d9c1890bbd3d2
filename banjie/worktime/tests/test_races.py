from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from banjie.base.errors import Conflict
from banjie.ledger.models import Entry
from banjie.worktime.actions import load_notice
from banjie.worktime.tests.factories import SOURCE, TOWN, notice_of_2027, stamp


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("may_be_emptied")
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
