"""The work list: scope, filters, paging, counts, the group chat, and its query budget (issue, U34, U42, U52)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from banjie.cases.tests.factories import DONGPO, XIGOU, assigned, handled, registered, replied
from banjie.desk.cases.sifting import say_count
from banjie.desk.tests.cases_office import browser, open_today

pytestmark = pytest.mark.django_db


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def test_a_row_says_light_matter_number_owner_and_stage():
    office = open_today()
    case = handled(office)
    page = text(browser(office, "li").get("/cases"))
    for words in (case.number, "路灯不亮", "李建国", "民生办", "办理中", "绿灯：", "西沟村"):
        assert words in page


def test_people_of_another_village_see_nothing_of_it():
    office = open_today()
    case = handled(office)
    page = text(browser(office, "zhao").get("/cases?group=all"))
    assert case.number not in page
    assert "共 0 件" in page


def test_all_cases_are_listed_the_newest_first_with_no_other_order_to_choose():
    client = browser(open_today(), "li")
    assert "排列：" in text(client.get("/cases"))
    assert "排列：" not in text(client.get("/cases?group=all&order=due"))


@pytest.mark.parametrize(
    ("query", "is_kept"),
    [
        ("", True),
        ("?group=handling", True),
        ("?group=to_accept", False),
        ("?group=closed", False),
        ("?who=me", True),
        (f"?village={XIGOU}", True),
        (f"?village={DONGPO}", False),
        ("?kind=resident_request", True),
        ("?kind=hotline_order", False),
        ("?channel=phone", False),
        ("?light=late", False),
        ("?no=1", True),
        ("?no=999", False),
        ("?no=QZ-NONE", False),
        ("?group=nonsense&unit=nonsense&light=nonsense&after=nonsense&order=nonsense", True),
    ],
)
def test_each_filter_keeps_what_it_names(query, is_kept):
    office = open_today()
    case = handled(office)
    assert (case.number in text(browser(office, "li").get(f"/cases{query}"))) is is_kept


def test_a_filter_by_category_takes_in_what_lies_below():
    office = open_today()
    case = handled(office)
    client = browser(office, "li")
    top = client.get("/cases").context["sifting"].filters[5].options
    kept = [o.value for o in top if case.number in text(client.get(f"/cases?category={o.value}"))]
    assert len(kept) == 1


def test_pages_follow_each_other_without_gap_or_double():
    office = open_today()
    numbers = {registered(office).number for _ in range(27)}
    client = browser(office, "chen")
    first = client.get("/cases")
    assert len(first.context["rows"]) == 25
    second = client.get("/cases" + first.context["next_href"])
    assert {row.number for row in [*first.context["rows"], *second.context["rows"]]} == numbers
    assert second.context["next_href"] == ""
    assert "after" not in second.context["first_href"]


def test_the_newest_come_first_when_asked():
    office = open_today()
    old = registered(office)
    new = registered(replace(office, at=office.at + timedelta(hours=1)))
    rows = browser(office, "chen").get("/cases?order=newest").context["rows"]
    assert [row.number for row in rows] == [new.number, old.number]


def test_the_page_can_be_copied_for_the_group_without_who_asked():
    office = open_today()
    handled(office)
    page = text(browser(office, "li").get("/cases"))
    assert 'data-copy-from="group-lines"' in page
    assert "【交办】1号 路灯不亮｜李建国｜" in page


def test_an_empty_list_teaches_and_leads_on():
    office = open_today()
    client = browser(office, "chen")
    assert "登记下来，就有了编号、责任人和时限" in text(client.get("/cases"))
    assert "去掉一两个条件再看" in text(client.get("/cases?light=late"))


@pytest.mark.parametrize(("count", "words"), [(0, "共 0 件"), (10000, "共 10,000 件"), (10001, "1万件以上")])
def test_counts_are_exact_to_ten_thousand(count, words):
    assert say_count(count, limit=10000) == words


@pytest.mark.parametrize("name", ["chen", "li", "wu", "sun", "zhou", "he"])
def test_a_list_of_25_takes_at_most_ten_queries(name):
    office = open_today()
    for _ in range(9):
        registered(office)
        assigned(office)
        replied(office)
    client = browser(office, name)
    with CaptureQueriesContext(connection) as queries:
        response = client.get("/cases")
    assert response.status_code == 200
    assert len(queries) <= 10, "\n".join(query["sql"][:150] for query in queries)
