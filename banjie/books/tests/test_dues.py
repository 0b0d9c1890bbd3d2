"""Dates of records reach who answers for them: on the day they begin to show, once, and nobody else (U7, U38)."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from banjie.books import actions, queries
from banjie.books.models import Record
from banjie.cases.tests.factories import DAY, Office, open_office
from banjie.ledger.record import Stamp
from banjie.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
TODAY = date(2026, 9, 28)


@pytest.fixture
def office() -> Office:
    return open_office()


def stamp(actor) -> Stamp:
    return Stamp(by=actor.id, happened_at=DAY, recorded_at=DAY)


def paper(office: Office, *, answer_by: str = "2026-09-30", handler: UUID | None = None) -> Record:
    told = {
        "dated_on": "2026-09-01",
        "direction": "received",
        "from_whom": "县应急局",
        "level": "county",
        "title": "关于王小二家排水沟的通知",
        "issuer": "superior",
        "unit": str(office.livelihood),
        "answer_by": answer_by,
        "state": "open",
    }
    if handler:
        told["handler"] = str(handler)
    return actions.write("documents", told, actor=office.he, stamp=stamp(office.he))


def test_a_date_goes_to_whom_the_record_names_and_is_told_once(office):
    row = paper(office, handler=office.li.id)
    for day in (0, 0, 1):
        actions.tell_dues(office.town, at=DAY + timedelta(days=day))
    [notice] = Notice.objects.all()
    assert notice.to_id == office.li.id
    assert notice.about == f"record:documents:{row.pk}"
    assert "王小二" not in notice.title
    assert "2026-09-30" in notice.title


def test_where_a_record_names_nobody_the_heads_of_its_unit_are_told(office):
    paper(office)
    actions.tell_dues(office.town, at=DAY)
    assert [notice.to_id for notice in Notice.objects.all()] == [office.wu.id]
    assert [one.due_on for one in queries.answered_by(office.wu, TODAY)] == [date(2026, 9, 30)]
    assert queries.answered_by(office.li, TODAY) == []


def test_what_lies_far_ahead_or_long_behind_is_not_told(office):
    paper(office, answer_by="2026-12-30", handler=office.li.id)
    paper(office, answer_by="2026-09-10", handler=office.li.id)
    actions.tell_dues(office.town, at=DAY)
    assert not Notice.objects.exists()


def test_the_workbench_asks_one_query_for_what_a_person_answers_for(office):
    paper(office, answer_by="2026-09-10", handler=office.li.id)
    near = paper(office, handler=office.li.id)
    paper(office, handler=office.wang.id)
    queries.answered_by(office.li, TODAY)
    li = office.li
    with CaptureQueriesContext(connection) as asked:
        found = queries.answered_by(li, TODAY)
    assert [one.due_on.day for one in found] == [10, 30]
    assert len([query for query in asked if "kept" not in query["sql"].lower()]) == 1
    actions.void(near.pk, actor=office.he, stamp=stamp(office.he), reason="写重了")
    assert [one.due_on.day for one in queries.answered_by(li, TODAY)] == [10]
