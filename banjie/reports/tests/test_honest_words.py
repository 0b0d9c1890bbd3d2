"""A monthly paper says of what came in from old ledgers, and of what has no limit, no more than is true."""

from datetime import timedelta

import pytest

from banjie.base.clock import local_day
from banjie.cases import actions
from banjie.cases.tests.factories import open_office, registered
from banjie.cases.tests.sheet_office import imported, letter
from banjie.figures.periods import Period
from banjie.reports.queries import composed
from banjie.reports.tests.factories import NOVEMBER_5, in_words

pytestmark = pytest.mark.django_db
PAPER = "monthly_handling"


def test_what_an_old_ledger_brought_in_was_neither_closed_by_its_asker_nor_within_any_limit():
    office = open_office()
    imported(office, [letter(), letter(number="2550", told="2019/5/1 8:00", replied="2019/6/3 9:00")])
    words = in_words(composed(office.town, PAPER, Period.month(2019, 5), NOVEMBER_5))
    assert "销号0件" in words
    assert "从以前的台账导入的历史件1件，当时没有经过销号，不算在内" in words
    assert "尚未办结1件。" in words
    assert "没有承办单位" in words
    assert "未派" not in words


def test_that_nothing_is_late_is_said_only_of_what_has_a_limit():
    office = open_office()
    actions.accept_case(registered(office), office.occasion("chen", hours=1))
    today = office.at + timedelta(hours=2)
    words = in_words(composed(office.town, PAPER, Period.month_to(local_day(today)), today))
    assert "尚未办结1件，有办理期限的都没有超期。" in words
