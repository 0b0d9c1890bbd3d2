"""A database from before there was an index of words is filled once, at set-up, and nobody's words twice."""

import pytest
from django.db import connection

from banjie.cases.tests.factories import TOWN, open_office, registered
from banjie.cases.words import KIND
from banjie.config.readiness import fill_index
from banjie.search.engines import engine_of
from banjie.search.queries import matching

pytestmark = pytest.mark.django_db


def test_set_up_fills_an_index_that_was_left_empty_and_no_other(capsys):
    case = registered(open_office())
    engine_of().clear(connection)
    assert matching(KIND, TOWN, "路灯") == []
    fill_index()
    assert matching(KIND, TOWN, "路灯") == [case.pk]
    assert "编入查找目录" in capsys.readouterr().out
    fill_index()
    assert not capsys.readouterr().out


def test_an_empty_town_has_nothing_to_fill(capsys):
    fill_index()
    assert not capsys.readouterr().out
