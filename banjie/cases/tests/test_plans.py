"""Lists are read in the order of an index: nothing is sorted, however many cases there are (issue, figures)."""

from dataclasses import replace
from itertools import product

import pytest
from django.db import connection

from banjie.base.ids import new_id
from banjie.cases.models import Case
from banjie.cases.queries import Group, Order, Sift, in_rows, listed, owned_by
from banjie.cases.tests.factories import DAY, open_office, registered
from banjie.cases.workflow import State

UNIT = new_id()
"""Stands for the unit of the town, which is made later."""
pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db):
    """A town whose cases lie with two units and in several states, as its database's statistics know."""
    opened = open_office()
    case = registered(opened)
    lies = product(
        range(60),
        (opened.livelihood, opened.water),
        (State.REGISTERED, State.ASSIGNED, State.HANDLING, State.REPLIED, State.CLOSED),
    )
    Case.objects.bulk_create(
        Case(
            **{
                **plain(case),
                "id": new_id(),
                "number": f"{n}",
                "token": f"{n}",
                "unit_id": unit,
                "state": state,
            }
        )
        for n, (_, unit, state) in enumerate(lies)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_case")
    return opened


def plain(case):
    return {field.attname: getattr(case, field.attname) for field in case._meta.fields if not field.generated}


def plan_of(found, order=Order.DUE):
    """Return the database's plan for one page, PostgreSQL told to think its table large."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
    return found.order_by(*order.columns)[:26].explain()


@pytest.mark.parametrize("who", ["he", "li", "zhao"])
@pytest.mark.parametrize(
    ("sift", "order", "indexes"),
    [
        (Sift(), Order.DUE, ["case_town_open_due"]),
        (Sift(group=Group.HANDLING), Order.DUE, ["case_town_state_due"]),
        (Sift(group=Group.ALL), Order.NEWEST, ["case_newest"]),
    ],
)
def test_a_list_is_read_in_the_order_of_its_index(office, who, sift, order, indexes):
    plan = plan_of(in_rows(listed(getattr(office, who), sift, at=DAY)), order)
    assert "TEMP B-TREE" not in plan
    assert any(index in plan for index in indexes), plan


@pytest.mark.parametrize("who", ["he", "li"])
def test_a_unit_s_list_by_state_is_read_in_the_order_of_its_index(office, who):
    sift = Sift(group=Group.HANDLING, unit_id=office.livelihood)
    plan = plan_of(in_rows(listed(getattr(office, who), sift, at=DAY)))
    assert "TEMP B-TREE" not in plan
    assert "case_unit_state_due" in plan


@pytest.mark.parametrize(
    ("sift", "index"),
    [
        (Sift(group=Group.HANDLING), "case_town_state_due"),
        (Sift(group=Group.CLOSED), "case_town_state_due"),
        (Sift(group=Group.HANDLING, unit_id=UNIT), "case_unit_state_due"),
    ],
)
def test_the_rows_of_a_list_are_counted_without_being_read(office, sift, index):
    sift = replace(sift, unit_id=office.livelihood) if sift.unit_id == UNIT else sift
    plan = plan_of(listed(office.he, sift, at=DAY).values("pk"))
    assert f"COVERING INDEX {index}" in plan or f"Index Only Scan using {index}" in plan, plan


def test_what_one_answers_for_is_read_in_the_order_of_its_index(office):
    plan = plan_of(owned_by(office.li))
    assert "TEMP B-TREE" not in plan
    assert "case_mine_due" in plan
