"""The workbench: what to do today, what waits for others, the offices for a leader, within ten queries (U7)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from banjie.base.clock import local_day, now
from banjie.books.actions import write
from banjie.cases import actions
from banjie.cases.tests.factories import accepted, assigned, handled, registered, replied
from banjie.desk.tests.cases_office import browser, open_today
from banjie.ledger.record import Stamp

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]


def bench_of(client):
    response = client.get("/")
    assert response.status_code == 200
    return response.context["bench"]


def tasks_of(bench):
    return {(task.row.number, task.deed) for b in bench.buckets for task in (*b.rows, *b.folded)}


def test_each_person_finds_what_his_part_is():
    office = open_today()
    to_accept, to_assign, to_sign = registered(office), accepted(office), assigned(office)
    in_hand, to_call = handled(office), replied(office)
    clerk = tasks_of(bench_of(browser(office, "chen")))
    assert (to_accept.number, "受理") in clerk
    assert (to_assign.number, "派办") in clerk
    assert (to_call.number, "回访") in clerk
    assert tasks_of(bench_of(browser(office, "li"))) == {(to_sign.number, "签收"), (in_hand.number, "办理")}
    assert tasks_of(bench_of(browser(office, "sun"))) == {(to_call.number, "回访")}
    assert tasks_of(bench_of(browser(office, "zhao"))) == set()


def test_what_is_late_comes_first_and_is_counted():
    office = open_today()
    old = handled(replace(office, at=office.at - timedelta(days=40)))
    new = handled(office)
    bench = bench_of(browser(office, "li"))
    late = bench.buckets[0]
    assert late.title == "已超期"
    assert [task.row.number for task in late.rows] == [old.number]
    assert late.count == "1"
    assert new.number in {n for n, _ in tasks_of(bench)}


def test_what_waits_for_others_lies_beside():
    office = open_today()
    unsigned, in_hand = assigned(office), handled(office)
    heaps = {heap.title: heap for heap in bench_of(browser(office, "chen")).waiting}
    assert [row.number for row in heaps["等签收"].rows] == [unsigned.number]
    assert [row.number for row in heaps["您登记、别人在办"].rows] == [in_hand.number]


def test_a_head_finds_the_extension_and_its_decision():
    office = open_today()
    case = handled(office)
    actions.ask_extension(case, office.occasion("li", hours=2), term="2 workdays", reason="等配件")
    page = browser(office, "wu").get("/").content.decode()
    assert "批延期" in page
    assert f"/cases/{case.number}/decide-extension" in page


def test_a_leader_sees_the_offices_with_numbers_that_open_their_records():
    office = open_today()
    handled(office)
    handled(replace(office, at=office.at - timedelta(days=40)))
    client = browser(office, "zhou")
    line = bench_of(client).offices[0]
    assert (line.name, line.open, line.late) == ("民生办", "2", 1)
    assert len(client.get(line.href).context["rows"]) == 2
    assert len(client.get(line.late_href).context["rows"]) == 1


def test_an_administrator_is_told_that_he_does_no_cases():
    office = open_today()
    registered(office)
    page = browser(office, "guan").get("/").content.decode()
    assert "不办件" in page
    assert "路灯" not in page


def test_an_empty_bench_teaches():
    office = open_today()
    assert "手上没有要办的件" in browser(office, "li").get("/").content.decode()


def due_tomorrow(office):
    """Write into a book a paper that 李 is to answer by tomorrow, and one that names nobody of his unit."""
    day = local_day(now())
    told = {
        "dated_on": day.isoformat(),
        "direction": "received",
        "from_whom": "县应急局",
        "level": "county",
        "title": "报送排查情况",
        "issuer": "superior",
        "unit": str(office.livelihood),
        "answer_by": (day + timedelta(days=1)).isoformat(),
        "state": "open",
    }
    for handler in ({"handler": str(office.li.id)}, {}):
        write("documents", told | handler, actor=office.he, stamp=Stamp(office.he.id, now(), now()))


def test_dates_of_books_lie_on_the_bench_of_who_answers_for_them():
    office = open_today()
    due_tomorrow(office)
    counts = {name: len(bench_of(browser(office, name)).dates) for name in ("li", "wu", "wang", "zhou")}
    assert counts == {"li": 1, "wu": 1, "wang": 0, "zhou": 0}
    page = browser(office, "li").get("/").content.decode()
    assert "台账里要留意的日期" in page
    assert "报送排查情况" in page


@pytest.mark.parametrize("name", ["chen", "he", "li", "wu", "zhao", "sun", "zhou", "guan"])
def test_the_workbench_takes_at_most_ten_queries_and_one_for_dates_of_books(name):
    office = open_today()
    due_tomorrow(office)
    for make in (registered, accepted, assigned, handled, replied):
        make(office)
        make(office)
    case = handled(office)
    actions.ask_extension(case, office.occasion("li", hours=2), term="2 workdays", reason="等配件")
    client = browser(office, name)
    with CaptureQueriesContext(connection) as queries:
        client.get("/")
    dates = [query for query in queries if "books_recorddue" in query["sql"]]
    assert len(dates) <= 1
    assert len(queries) - len(dates) <= 10, "\n".join(query["sql"][:150] for query in queries)
