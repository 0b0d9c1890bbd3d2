"""Houses and households through HTTP (S-188, T13): a house and its people show each other, moving keeps what was."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from banjie.base.clock import local_day, now
from banjie.cases.tests.factories import DONGPO, XIGOU, open_office
from banjie.desk.tests.test_intake import browser, make_resident
from banjie.ledger.record import Stamp
from banjie.residents.actions import register_house
from banjie.residents.home_words import HouseFacts
from banjie.residents.models import House, HouseLink

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return open_office()


def make_house(office, address="三组12号", village=XIGOU):
    stamp = Stamp(by=office.chen.id, happened_at=office.at, recorded_at=office.at)
    return register_house(HouseFacts(village, address, use="own"), actor=office.chen, stamp=stamp)


def living(**more):
    return {"source": "visit", "tenure": "own", "from_on": "2020-05-01", "client_key": str(uuid4())} | more


def test_a_house_is_registered_corrected_and_listed_by_place_use_and_address(office):
    client = browser(office, "chen")
    form = {"place": f"grid:{office.grid_id}", "address": "三组12号", "client_key": str(uuid4())}
    assert client.post("/houses/new", {**form, "address": " "}).status_code == 422
    answer = client.post("/houses/new", form)
    house = House.objects.get()
    assert answer["Location"] == f"/houses/{house.pk}"
    again = client.post("/houses/new", {**form, "client_key": str(uuid4())})
    assert again.status_code == 409
    told = {**form, "use": "rented", "why": "租出去了", "client_key": str(uuid4())}
    assert client.post(f"/houses/{house.pk}/correct", told).status_code == 302
    for asked in (
        {"place": XIGOU},
        {"place": f"grid:{office.grid_id}"},
        {"use": "rented"},
        {"q": "三组 12号"},
    ):
        assert "三组12号" in client.get("/houses", asked).content.decode(), asked
    for asked in ({"place": DONGPO}, {"use": "own"}, {"q": "三组"}):
        assert "三组12号</a>" not in client.get("/houses", asked).content.decode(), asked


def test_a_resident_s_page_and_a_house_s_page_show_each_other(office):
    resident = make_resident(office)
    client, where = browser(office, "chen"), f"/residents/{resident.pk}"
    form = living(place=XIGOU, address="三组12号", use="own")
    assert client.post(f"{where}/home", form)["Location"] == where
    house = House.objects.get()
    page = client.get(where).content.decode()
    assert f"/houses/{house.pk}" in page
    assert "2020-05-01起，走访核对" in page
    page = client.get(f"/houses/{house.pk}").content.decode()
    assert f"/residents/{resident.pk}" in page
    assert "*小梅" in page
    assert "单小梅" not in page


def test_moving_in_from_the_house_and_out_from_the_person_keeps_what_was(office):
    resident, house = make_resident(office), make_house(office)
    client = browser(office, "chen")
    nobody = client.post(f"/houses/{house.pk}/people", living(person="查无此人"))
    assert nobody.status_code == 422
    assert "没有找到这个人" in nobody.content.decode()
    assert client.post(f"/houses/{house.pk}/people", living(person="sxm")).status_code == 302
    early = {"on": "2019-01-01", "client_key": str(uuid4())}
    assert client.post(f"/residents/{resident.pk}/move-out", early).status_code == 422
    gone = {"on": "2026-09-01", "words": "外出务工", "client_key": str(uuid4())}
    assert client.post(f"/residents/{resident.pk}/move-out", gone).status_code == 302
    assert "以前住过" in client.get(f"/houses/{house.pk}").content.decode()
    assert "外出务工" in client.get(f"/residents/{resident.pk}").content.decode()
    assert HouseLink.objects.get().until_on is not None


def test_a_household_is_begun_joined_and_left(office):
    head, wife = make_resident(office), make_resident(office, "李秀英")
    client = browser(office, "chen")
    alone = {"relation": "spouse", "client_key": str(uuid4())}
    assert client.post(f"/residents/{wife.pk}/household", alone).status_code == 422
    begun = {"relation": "head", "code": "001", "client_key": str(uuid4())}
    assert client.post(f"/residents/{head.pk}/household", begun).status_code == 302
    joined = {"relation": "spouse", "person": "单小梅", "client_key": str(uuid4())}
    assert client.post(f"/residents/{wife.pk}/household", joined).status_code == 302
    page = client.get(f"/residents/{head.pk}").content.decode()
    assert f"/residents/{wife.pk}" in page
    assert "户编号 001" in page
    left = {"on": local_day(now()).isoformat(), "client_key": str(uuid4())}
    assert client.post(f"/residents/{wife.pk}/leave-household", left).status_code == 302
    assert "没有登记是哪一户" in client.get(f"/residents/{wife.pk}").content.decode()


def test_a_list_of_many_houses_takes_as_few_queries_and_pages_on(office):
    client = browser(office, "chen")
    make_house(office)
    client.get("/houses")
    with CaptureQueriesContext(connection) as few:
        client.get("/houses")
    for n in range(52):
        make_house(office, f"五组{n}号")
    with CaptureQueriesContext(connection) as many:
        page = client.get("/houses").content.decode()
    assert len(many) == len(few) <= 16
    assert "共 53 条" in page
    assert "下一页" in page


def test_a_cadre_of_another_village_reaches_no_house_of_ours(office):
    """T13: 赵 works for 东坡村."""
    resident, house = make_resident(office), make_house(office)
    client = browser(office, "zhao")
    for tail in ("", "/correct", "/people"):
        assert client.get(f"/houses/{house.pk}{tail}").status_code == 404, tail
    for tail in ("home", "move-out", "household", "leave-household"):
        assert client.get(f"/residents/{resident.pk}/{tail}").status_code == 404, tail
    assert str(house.pk) not in client.get("/houses").content.decode()
    assert browser(office, "guan").get("/houses").status_code == 403


@pytest.mark.parametrize("words", ["'", "\0", "长" * 5000, "<script>alert(1)</script>"])
def test_hostile_words_narrow_and_break_nothing(office, words):
    client = browser(office, "chen")
    for asked in ({"q": words}, {"place": words}, {"use": words}, {"after": words}):
        answer = client.get("/houses", asked)
        assert answer.status_code in (200, 400)
        assert "<script>alert" not in answer.content.decode()
