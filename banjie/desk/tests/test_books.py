"""Books through HTTP (U1, U5, U13, T13, T19): written, listed, narrowed, amended, voided, covered."""

from uuid import uuid4

import pytest

from banjie.books.models import Record
from banjie.cases.tests.factories import DONGPO, XIGOU, open_office
from banjie.desk.tests.test_intake import browser
from banjie.ledger.models import Entry

pytestmark = pytest.mark.django_db
VISIT = {"heard": "灌溉渠堵了两个月", "people": "3", "purpose": "outreach", "followed_up": "nothing"}


@pytest.fixture
def office():
    return open_office()


def visit(office, who="li", **told):
    client = browser(office, who)
    page = client.get("/books/visits/new").context["form"].initial
    asked = {"visited_on": page["visited_on"], "visitor": page["visitor"], "village": XIGOU}
    return client.post("/books/visits/new", asked | VISIT | {"client_key": str(uuid4())} | told)


def test_a_visit_is_written_by_what_is_not_known_yet(office):
    """U1: day, visitor and unit are filled in."""
    answer = visit(office)
    assert answer.status_code == 302, answer.content.decode()
    record = Record.objects.get()
    assert answer["Location"] == f"/books/visits/{record.pk}"
    assert record.values["people"] == 3
    assert record.staff_id == office.people["li"].pk
    page = browser(office, "li").get(answer["Location"]).content.decode()
    assert "灌溉渠堵了两个月" in page
    assert "3户" in page


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(office):
    """U32."""
    answer = visit(office, people="三十", heard="")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "走访户数" in page
    assert 'value="三十"' in page
    assert not Record.objects.exists()


def test_a_repeat_of_the_form_writes_one_record(office):
    key = str(uuid4())
    visit(office, client_key=key)
    visit(office, client_key=key)
    assert Record.objects.count() == 1


def test_the_list_is_narrowed_and_added_up(office):
    """U13: what is counted is what is filtered."""
    visit(office, people="3")
    visit(office, people="20", village=DONGPO)
    client = browser(office, "li")
    page = client.get("/books/visits").content.decode()
    assert "合计 2 条" in page
    assert "23户" in page
    page = client.get("/books/visits", {"f.village": DONGPO}).content.decode()
    assert "20户" in page
    assert "合计 1 条" in page
    assert "没有符合这些条件" in client.get("/books/visits", {"from": "2030-01-01"}).content.decode()


def test_a_record_is_amended_and_voided_with_a_reason_and_both_stay_in_sight(office):
    visit(office)
    record, client = Record.objects.get(), browser(office, "li")
    where = f"/books/visits/{record.pk}"
    form = client.get(f"{where}/amend").context["form"].initial
    told = {key: value for key, value in form.items() if value} | {"people": "5", "client_key": str(uuid4())}
    assert client.post(f"{where}/amend", told).status_code == 422
    assert client.post(f"{where}/amend", told | {"why": "数错了"}).status_code == 302
    page = client.get(where).content.decode()
    assert "数错了" in page
    assert "<del>3户</del> → <ins>5户</ins>" in page
    assert client.post(f"{where}/void", {"why": "重复", "client_key": str(uuid4())}).status_code == 302
    page = client.get(where).content.decode()
    assert "已作废" in page
    assert "合计" not in client.get("/books/visits").content.decode()
    assert Entry.objects.filter(subject_id=record.pk).count() == 3


def test_whoever_neither_writes_nor_sees_a_book_finds_none(office):
    """T13."""
    visit(office)
    record = Record.objects.get()
    assert browser(office, "zhao").get(f"/books/visits/{record.pk}").status_code == 404


def test_a_sleeping_book_is_woken_from_the_catalogue(office):
    client = browser(office, "he")
    assert "代替什么" in client.get("/books/catalogue").content.decode()
    assert client.post("/books/visits/wake", {"then": "sleep", "client_key": str(uuid4())}).status_code == 302
    assert visit(office).status_code == 409
    client.post("/books/visits/wake", {"then": "wake", "client_key": str(uuid4())})
    assert visit(office).status_code == 302


def test_the_calendar_shows_the_day_of_a_record(office):
    visit(office)
    page = browser(office, "li").get("/books/visits/calendar").content.decode()
    assert str(Record.objects.get().pk) in page


def test_pages_of_books_keep_to_their_query_budget(office, django_assert_max_num_queries):
    for people in range(1, 5):
        visit(office, people=str(people))
    client = browser(office, "li")
    client.get("/books/visits")
    with django_assert_max_num_queries(12):
        client.get("/books/visits")
    with django_assert_max_num_queries(16):
        client.get(f"/books/visits/{Record.objects.first().pk}")
