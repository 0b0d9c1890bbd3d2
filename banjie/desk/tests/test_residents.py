"""Residents and the search box through HTTP (U2, U8, U12, T13, T19): covered, revealed once with a reason, found."""

from uuid import uuid4

import pytest

from banjie.cases.tests.factories import DONGPO, XIGOU, open_office, registered
from banjie.desk.tests.test_intake import browser, make_resident
from banjie.fields.citizen import check_digit
from banjie.ledger.models import Entry
from banjie.residents.models import Resident

pytestmark = pytest.mark.django_db
FETCH = {"X-Banjie-Fetch": "1"}


@pytest.fixture
def office():
    return open_office()


def test_residents_are_listed_covered(office):
    make_resident(office, "欧阳小娜")
    page = browser(office, "chen").get("/residents", {"q": "oyxn"}).content.decode()
    assert "**小娜" in page
    assert "138****5678" in page
    assert "13800005678" not in page
    assert "欧阳小娜" not in page


def test_nobody_found_offers_to_register(office):
    page = browser(office, "chen").get("/residents", {"q": "查无此人"}).content.decode()
    assert "没有找到" in page
    assert "/residents/new" in page


def test_a_full_view_takes_a_reason_is_shown_once_and_stays_in_sight(office):
    """U12, T19."""
    resident = make_resident(office)
    client, where = browser(office, "li"), f"/residents/{resident.pk}"
    assert "13800005678" not in client.get(where).content.decode()
    refused = client.post(f"{where}/reveal", {"parts": ["phone"], "client_key": str(uuid4())})
    assert refused.status_code == 422
    assert "13800005678" not in refused.content.decode()
    shown = client.post(
        f"{where}/reveal", {"parts": ["name", "phone"], "reason": "回访联系", "client_key": str(uuid4())}
    )
    page = shown.content.decode()
    assert "13800005678" in page
    assert "单小梅" in page
    assert shown["Cache-Control"].find("no-store") >= 0
    later = client.get(where).content.decode()
    assert "13800005678" not in later
    assert "回访联系" in later
    assert "李建国" in later
    assert Entry.objects.filter(deed="resident.revealed").count() == 1


def test_a_resident_of_another_village_is_not_found_by_any_page(office):
    """T13: 赵 works for 东坡村."""
    resident = make_resident(office)
    client = browser(office, "zhao")
    for tail in ("", "/correct"):
        assert client.get(f"/residents/{resident.pk}{tail}").status_code == 404
    answer = client.post(f"/residents/{resident.pk}/reveal", {"parts": ["phone"], "reason": "看看"})
    assert answer.status_code == 404
    assert str(resident.pk) not in client.get("/residents/options", {"q": "sxm"}).content.decode()
    assert str(resident.pk) not in client.get("/search", {"q": "sxm"}).content.decode()
    assert (
        client.post(
            "/register",
            {
                "kind": "resident_request",
                "text": "路灯",
                "place": DONGPO,
                "channel": "window",
                "sensitivity": "ordinary",
                "resident_id": resident.pk,
            },
        ).status_code
        == 404
    )


def test_an_administrator_sees_no_resident(office):
    resident = make_resident(office)
    client = browser(office, "guan")
    for where in ("/residents", "/residents/options?q=sxm", f"/residents/{resident.pk}", "/residents/new"):
        assert client.get(where).status_code == 403
    assert "138****5678" not in client.get("/search", {"q": "sxm"}).content.decode()


def test_registering_a_resident_leads_to_his_page_and_a_wrong_number_says_where(office):
    client = browser(office, "chen")
    form = {"name": "张三", "phone": "1380000567", "division_code": XIGOU, "client_key": str(uuid4())}
    answer = client.post("/residents/new", form)
    assert answer.status_code == 422
    assert "手机号应为11位，现在是10位，请核对" in answer.content.decode()
    answer = client.post(
        "/residents/new", {**form, "phone": "13800005678", "division_code": f"grid:{office.grid_id}"}
    )
    row = Resident.objects.get()
    assert answer["Location"] == f"/residents/{row.pk}"
    assert (row.name, row.division_code, row.grid_id) == ("张三", XIGOU, office.grid_id)


def test_correcting_changes_what_is_filled_in_and_clears_what_is_ticked(office):
    resident = make_resident(office)
    client = browser(office, "chen")
    number = "34001119880704123" + check_digit("34001119880704123")
    where = f"/residents/{resident.pk}/correct"
    assert client.post(where, {"id_number": number}).status_code == 422
    assert client.post(where, {"id_number": number, "clear": ["phone"], "why": "本人更正"}).status_code == 302
    row = Resident.objects.get()
    assert (row.name, row.phone, row.id_number) == ("单小梅", "", number)


def test_his_cases_are_listed_as_far_as_the_reader_may_see_them(office):
    resident = make_resident(office)
    case = registered(office, resident_id=resident.pk)
    assert case.number in browser(office, "chen").get(f"/residents/{resident.pk}").content.decode()


def test_the_search_box_takes_numbers_and_people(office):
    """U8."""
    resident = make_resident(office)
    case = registered(office)
    client = browser(office, "chen")
    for words in (case.number, case.number.lower(), str(int(case.number[-5:])), f"{int(case.number[-5:])}号"):
        assert client.get("/search", {"q": words}).url == f"/cases/{case.number}", words
    for words in ("5678", "13800005678", "sxm", "单小梅"):
        rows = client.get("/search", {"q": words}, headers=FETCH).content.decode()
        assert f'data-href="/residents/{resident.pk}"' in rows, words
    assert "记得的一两个字" in client.get("/search").content.decode()


@pytest.mark.parametrize(
    "words", ["", "'", "%", "\0", "长" * 5000, "𠮷", "<script>alert(1)</script>", "(((", "１２３", "zzzzzzzz"]
)
def test_hostile_words_find_nothing_and_break_nothing(office, words):
    client = browser(office, "chen")
    for where in ("/search", "/residents", "/residents/options", "/register/categories"):
        answer = client.get(where, {"q": words})
        assert answer.status_code in (200, 400)
        assert "<script>alert" not in answer.content.decode()
