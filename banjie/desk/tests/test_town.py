"""The calendar and the places through HTTP."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from banjie.cases.models import Clock
from banjie.cases.tests.factories import assigned
from banjie.desk.tests.cases_office import browser, open_today
from banjie.desk.tests.factories import TOWN, VILLAGE, client_of, make_person, make_town
from banjie.people.rights import Role
from banjie.places.models import Division, Grid
from banjie.worktime.models import CalendarNotice

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

NOTICE = {
    "year": "2027",
    "source": "国办发明电〔2026〕1号",
    "days": "元旦：1月1日放假。\n春节：2月5日至11日放假调休。2月20日（周六）上班。\n劳动节：5月1日放假\n国庆节：10月1日至7日放假",
}


def test_a_notice_is_read_out_first_and_saved_when_it_was_seen():
    client = client_of(make_person(Role.ADMINISTRATOR))
    seen = client.post("/town/calendar/notice", NOTICE)
    assert seen.status_code == 200
    assert "2027-02-20" in seen.content.decode()
    assert not CalendarNotice.objects.exists()
    assert client.post("/town/calendar/notice", {**NOTICE, "save": "1"}).status_code == 302
    assert CalendarNotice.objects.get().year == 2027
    assert "国办发明电〔2026〕1号" in client.get("/town/calendar?year=2027").content.decode()


def test_a_notice_says_beforehand_how_many_cases_it_moves():
    """U40: the number that is said is the number that is worked out anew."""
    office = replace(open_today(), at=datetime(2026, 12, 29, 2, tzinfo=UTC))
    assigned(office)
    guan = browser(office, "guan")
    assert Clock.objects.filter(is_provisional=True).exists()
    assert "将影响1件在办事项" in guan.post("/town/calendar/notice", NOTICE).content.decode()
    saved = guan.post("/town/calendar/notice", {**NOTICE, "save": "1"}, follow=True)
    assert "1件暂定的到期日已重新推算" in saved.content.decode()
    assert "没有暂定的到期日" in guan.post("/town/calendar/notice", NOTICE).content.decode()


def test_an_incomplete_notice_names_what_is_missing():
    client = client_of(make_person(Role.ADMINISTRATOR))
    answer = client.post("/town/calendar/notice", {**NOTICE, "days": "1月1日放假", "save": "1"})
    assert answer.status_code == 422
    assert "缺少10月1日（国庆节）" in answer.content.decode()


def test_the_calendar_is_kept_by_administrators_alone():
    assert client_of(make_person(Role.DISPATCHER)).post("/town/calendar/notice", NOTICE).status_code == 403


def test_a_missing_notice_stands_on_every_page_of_who_can_enter_it():
    warned = client_of(make_person(Role.ADMINISTRATOR)).get("/office").content.decode()
    assert "放假安排还没有录入" in warned
    assert "放假安排还没有录入" not in client_of(make_person(Role.HANDLER)).get("/office").content.decode()


def test_villages_and_grids_are_registered_renamed_and_keep_their_old_names():
    make_town()
    client = client_of(make_person(Role.ADMINISTRATOR))
    village = {"code": f"{TOWN}202", "name": "松林村", "aliases": "松树湾、老松林"}
    assert client.post("/town/places/villages/add", village).status_code == 302
    grid = {"division_code": f"{TOWN}202", "name": "一网格", "aliases": ""}
    assert client.post("/town/places/grids/add", grid).status_code == 302
    renamed = {"name": "新松村", "aliases": "松树湾"}
    assert client.post(f"/town/places/villages/{TOWN}202", renamed).status_code == 302
    row = Division.objects.get(code=f"{TOWN}202")
    assert (row.name, row.aliases) == ("新松村", ["松树湾", "松林村"])
    found = Grid.objects.get()
    assert client.post(f"/town/places/grids/{found.pk}", {"name": "东网格", "aliases": ""}).status_code == 302
    assert "东网格" in client.get("/town/places").content.decode()


def test_a_code_of_another_town_is_not_taken():
    make_town()
    client = client_of(make_person(Role.ADMINISTRATOR))
    answer = client.post("/town/places/villages/add", {"code": "980011102201", "name": "外村"})
    assert answer.status_code == 404
    assert not Division.objects.filter(name="外村").exists()
    assert VILLAGE in client.get("/town/places").content.decode()
