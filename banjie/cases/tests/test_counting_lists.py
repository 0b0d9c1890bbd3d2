"""The number over a list: exact to its limit for whoever reads it, found in indexes (U33, T13, ADR 0077, 0091)."""

import pytest
from django.db import connection

from banjie.cases import actions
from banjie.cases.actions import Assignee
from banjie.cases.queries import Group, Sift, count_of, listed, visible_apart, visible_to
from banjie.cases.tests.factories import DONGPO, POSTS, assigned, handled, open_office, registered, replied

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]


@pytest.fixture
def office():
    """Cases inside and outside each person's reach, some in his own hands beyond it, some for handlers alone."""
    office = open_office()
    registered(office), assigned(office), replied(office, division_code=DONGPO)
    handled(office, sensitivity="handlers_only")
    to = Assignee(office.water)
    moved = actions.transfer_case(handled(office), office.occasion("li", hours=2), to=to, words="归水务")
    assert moved.unit_id == office.water
    return office


@pytest.mark.parametrize("name", POSTS)
def test_the_parts_that_are_counted_share_nothing_and_are_all_that_a_person_sees(office, name):
    actor = getattr(office, name)
    told = [pk for part in visible_apart(actor) for pk in part.values_list("pk", flat=True)]
    assert sorted(told) == sorted(visible_to(actor).values_list("pk", flat=True))
    for group in (Group.OPEN, Group.HANDLING, Group.CLOSED, Group.ALL):
        sift = Sift(group=group)
        wanted = listed(actor, sift, at=office.at).count()
        assert count_of(actor, sift, limit=100, at=office.at) == wanted
        assert count_of(actor, sift, limit=1, at=office.at) == min(wanted, 2)


def test_no_part_of_a_unit_s_reader_is_counted_by_reading_the_town(office):
    """On a small table PostgreSQL reads it whole, whatever indexes there are; there a million rows were looked at."""
    if connection.vendor != "sqlite":
        pytest.skip("SQLite tells what it would do at any size")
    for part in visible_apart(office.li):
        sql, values = part.filter(is_open=True).order_by().values("pk").query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
            told = [row[3] for row in cursor.fetchall()]
        assert not any(line.startswith("SCAN") for line in told), told
        assert not any("(town=?)" in line for line in told), told
