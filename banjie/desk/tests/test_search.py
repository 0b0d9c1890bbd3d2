"""The one search box (U8): by number, by person, by what is written, and never beyond what one may see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from banjie.books.actions import write
from banjie.cases import actions
from banjie.cases.tests.factories import open_office, registered, replied
from banjie.desk.tests.test_intake import browser, make_resident
from banjie.enterprises.actions import register_enterprise
from banjie.enterprises.particulars import Particulars
from banjie.ledger.record import Stamp

pytestmark = pytest.mark.django_db
FETCH = {"X-Banjie-Fetch": "1"}
MOST_QUERIES = 22


@pytest.fixture
def office():
    return open_office()


def page_of(client, words):
    answer = client.get("/search", {"q": words})
    assert answer.status_code == 200, words
    return answer.content.decode()


def test_a_number_jumps_to_its_case_whatever_else_holds_it(office):
    case = registered(office)
    registered(office, text=f"与{case.number}是同一件事")
    client = browser(office, "chen")
    for words in (
        case.number,
        case.number.lower(),
        f"{int(case.number[-5:])}号",
        f"#{int(case.number[-5:])}",
    ):
        assert client.get("/search", {"q": words}).url == f"/cases/{case.number}", words


@pytest.mark.parametrize("words", ["不", "不亮", "路灯 西沟", "坏了三天"])
def test_words_find_cases_with_the_hits_marked(office, words):
    cases = [registered(office), registered(office)]
    page = page_of(browser(office, "chen"), words)
    assert "内容里有这些字的件" in page
    assert all(f"/cases/{case.number}" in page for case in cases)
    assert "<mark>" in page


def test_what_is_one_case_alone_is_opened(office):
    registered(office)
    case = registered(office, title="水管漏水", text="三组水管漏水")
    assert browser(office, "chen").get("/search", {"q": "漏水"}).url == f"/cases/{case.number}"


def test_an_outer_number_opens_its_case(office):
    slip = {"outer_number": "GD-20260928-7", "given_due_at": "2026-10-12 18:00", "demand": "help"}
    case = registered(office, kind="hotline_order", channel="hotline", extra=slip)
    registered(office)
    assert browser(office, "chen").get("/search", {"q": "gd-20260928-7"}).url == f"/cases/{case.number}"


def test_a_reply_is_found_and_shown_around_its_words(office):
    for _ in range(2):
        replied(office)
    page = page_of(browser(office, "chen"), "灯泡已换")
    assert "<mark>灯泡已换</mark>，夜里亮了" in page


@pytest.mark.parametrize("words", ["单小梅", "danxm", "sxm", "shanxiaomei", "5678", "13800005678"])
def test_a_resident_is_found_with_the_cases_that_she_brought(office, words):
    """U2, U8."""
    resident = make_resident(office)
    case = registered(office, resident_id=resident.pk)
    if words == "danxm":
        words = "shanxm"
    page = page_of(browser(office, "chen"), words)
    assert f"/residents/{resident.pk}" in page
    assert "这些群众的件" in page
    assert f"/cases/{case.number}" in page


def test_residents_are_covered_and_numbers_in_a_text_too(office):
    """T19."""
    resident = make_resident(office)
    for _ in range(2):
        registered(office, resident_id=resident.pk, text="回电13800005678，路灯")
    client = browser(office, "chen")
    for words in ("单小梅", "路灯", "回电"):
        page = page_of(client, words)
        assert "13800005678" not in page, words
        assert "单小梅</a>" not in page, words
    assert "138****5678" in page_of(client, "回电")


def test_a_phone_written_in_a_text_is_no_way_to_its_case(office):
    """T19: numbers of persons are found through the residents' keys alone."""
    for _ in range(2):
        registered(office, text="回电13911112222，路灯")
    assert "没有找到" in page_of(browser(office, "chen"), "13911112222")


def test_whoever_may_not_see_a_case_learns_nothing_of_it(office):
    """T13, T19: 赵 is of another village; 王 may not read what only handlers may."""
    for _ in range(2):
        registered(office, sensitivity="handlers_only", text="举报某人占地")
        registered(office)
    for name, words in (("zhao", "路灯"), ("zhao", "占地"), ("wang", "占地")):
        page = page_of(browser(office, name), words)
        assert "没有找到" in page, (name, words)
        assert "<mark>" not in page, (name, words)


def test_more_than_fit_says_so(office, monkeypatch):
    monkeypatch.setattr("banjie.desk.search.views.MANY", 2)
    for _ in range(3):
        registered(office)
    assert "只列最近的2件" in page_of(browser(office, "chen"), "路灯")


def test_the_list_below_the_box_leads_to_cases_and_people_as_one_types(office):
    resident = make_resident(office)
    case = registered(office)
    client = browser(office, "chen")
    assert (
        f'data-href="/cases/{case.number}"'
        in client.get("/search", {"q": "路"}, headers=FETCH).content.decode()
    )
    assert (
        f'data-href="/residents/{resident.pk}"'
        in client.get("/search", {"q": "sxm"}, headers=FETCH).content.decode()
    )


@pytest.mark.parametrize(
    "words",
    [
        '"',
        "路灯*坏 AND",
        "NEAR(",
        "^ : -",
        "😀😀",
        "，。！",
        "（）",
        "%_'\\",
        "<script>alert(1)</script>",
    ],
)
def test_signs_and_operators_get_a_kind_answer(office, words):
    registered(office)
    page = page_of(browser(office, "chen"), words)
    assert "没有找到" in page or "记得的一两个字" in page
    assert "<script>alert" not in page


def test_full_width_digits_and_letters_are_read_as_half_width(office):
    for _ in range(2):
        registered(office, text="３栋ＬＥＤ灯")
    for words in ("3栋", "led", "ｌｅｄ", "３栋"):
        assert "<mark>" in page_of(browser(office, "chen"), words), words


def test_ten_thousand_characters_are_cut_and_it_is_said(office):
    page = page_of(browser(office, "chen"), "长" * 10_000)
    assert "只按前80个字查找" in page


def test_an_empty_box_teaches(office):
    """U52."""
    assert "记得的一两个字" in page_of(browser(office, "chen"), "")


def test_a_search_has_its_query_budget(office):
    resident = make_resident(office)
    for _ in range(3):
        actions.comment_case(
            replied(office, resident_id=resident.pk), office.occasion("li", hours=5), words="小梅来电"
        )
    client = browser(office, "chen")
    page_of(client, "小梅")
    with CaptureQueriesContext(connection) as asked:
        page_of(client, "小梅")
    assert len(asked) <= MOST_QUERIES, "\n".join(query["sql"][:200] for query in asked.captured_queries)


def make_enterprise(office, name="青石农机有限公司", **told):
    by = Stamp(office.he.id, office.at, office.at)
    facts = Particulars(name=name, division_code=f"{office.town}202", **told)
    return register_enterprise(facts, actor=office.he, stamp=by)


@pytest.mark.parametrize("words", ["农机", "青石 农机", "qsnj", "qingshi", "91350100M000100Y43"])
def test_an_enterprise_is_found_by_name_pinyin_and_code(office, words):
    """U8."""
    row = make_enterprise(office, uscc="91350100M000100Y43")
    client = browser(office, "he")
    assert f"/enterprises/{row.pk}" in page_of(client, words)
    listed = client.get("/search", {"q": words}, headers=FETCH).content.decode()
    assert f'data-href="/enterprises/{row.pk}"' in listed


def test_an_enterprise_stays_within_whose_it_is(office):
    """T13: a colleague of another village finds none, nor does another town."""
    row = make_enterprise(office)
    other = open_office(town="990011102", name="另一镇")
    for client in (browser(other, "he"), browser(office, "zhao")):
        found = f"/enterprises/{row.pk}" in page_of(client, "农机")
        assert found is (client.get(f"/enterprises/{row.pk}").status_code == 200)


def test_a_record_is_opened_by_its_number(office):
    """U8, T13: whoever does not see the book learns nothing of it."""
    told = {"held_on": "2026-09-28", "title": "例会", "scope": "town", "unit": str(office.livelihood)}
    row = write("meetings", told, actor=office.he, stamp=Stamp(office.he.id, office.at, office.at))
    for words in (row.number, row.number.lower(), "hy2026-1"):
        assert browser(office, "he").get("/search", {"q": words}).url == f"/books/meetings/{row.pk}", words
    other = open_office(town="990011102", name="另一镇")
    assert "没有找到" in page_of(browser(other, "he"), row.number)
