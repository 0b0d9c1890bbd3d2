"""Queries that are written once answer for each value and each person as the query set would."""

import pytest

from banjie.base.written_once import WrittenOnce
from banjie.cases.models import Case
from banjie.cases.tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return f.open_office()


def test_one_statement_answers_for_each_number(office):
    first, second = (f.registered(office) for _ in range(2))
    by_number = WrittenOnce(lambda number: Case.objects.filter(number=number), str)
    assert by_number.first(first.number) == first
    assert by_number.first(second.number) == second
    assert by_number.first("QZ-none") is None


def test_a_value_that_the_sql_hides_is_refused(office):
    with pytest.raises(RuntimeError, match="as it was given"):
        WrittenOnce(lambda number: Case.objects.filter(number__startswith=number), str)("QZ")


def test_what_nobody_can_be_in_is_empty(office):
    assert WrittenOnce(lambda number: Case.objects.filter(pk__in=[], number=number), str)("QZ") == []
