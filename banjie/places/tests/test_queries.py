from dataclasses import replace
from datetime import date, timedelta

import pytest

from banjie.places import queries
from banjie.places.tests.factories import (
    DAY,
    HIGH,
    LI,
    PINE,
    RIVER,
    TOWN,
    make_division,
    make_grid,
    make_town,
)

pytestmark = pytest.mark.django_db


def test_villages_come_in_the_order_of_their_codes():
    make_town()
    assert [village.code for village in queries.villages_of(TOWN)] == [RIVER, HIGH, PINE]


def test_a_village_counts_from_its_first_day_until_its_last():
    make_division(HIGH, "高山村", valid_from=DAY)
    assert not queries.villages_of(TOWN, on=DAY - timedelta(days=1)).exists()
    assert queries.villages_of(TOWN, on=DAY).exists()


def test_grids_of_a_town_are_those_of_all_its_villages():
    make_town()
    make_grid(HIGH, "第一网格")
    make_grid(PINE, "第二网格")
    assert [grid.name for grid in queries.grids_of(TOWN)] == ["第一网格", "第二网格"]
    assert [grid.name for grid in queries.grids_of(PINE)] == ["第二网格"]


def test_an_empty_code_reaches_nothing():
    make_town()
    make_grid(HIGH, "第一网格")
    assert not queries.villages_of("").exists()
    assert not queries.grids_of("").exists()


def test_an_unknown_code_names_itself():
    make_town()
    names = queries.place_names([HIGH, "980011101299"])
    assert names == {HIGH: "高山村", "980011101299": "980011101299"}


def test_a_village_cadre_sees_his_village_and_the_town_above_it():
    make_town()
    cadre = replace(LI, scope=HIGH)
    assert {division.code for division in queries.divisions_visible_to(cadre)} == {HIGH, TOWN}


def test_a_code_that_was_never_merged_is_its_own_successor():
    make_town()
    assert queries.successor_of(HIGH, on=date(2030, 1, 1)) == HIGH


def test_a_batch_of_texts_costs_two_queries_and_the_look_at_the_mark(django_assert_num_queries):
    make_town()
    with django_assert_num_queries(1 + 2):
        finder = queries.finder_of(TOWN)
        assert [finder.find(text)[0].code for text in ("高山村三组", "河街社区")] == [HIGH, RIVER]
