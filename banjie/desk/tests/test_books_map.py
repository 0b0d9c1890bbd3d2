"""Places and dates of records: a place typed or picked, a map of the list, every date on its day (T13, U13)."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from banjie.books.actions import wake
from banjie.books.models import Record
from banjie.cases.tests.factories import XIGOU, open_office
from banjie.desk.tests.test_intake import browser
from banjie.ledger.record import Stamp

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
ASSET = {"name": "旧粮站", "kind": "building", "village": XIGOU, "state": "idle"}


@pytest.fixture
def office():
    office = open_office()
    wake("idle_assets", actor=office.he, stamp=Stamp(office.he.id, office.at, office.at))
    return office


def asset(client, **told):
    day = client.get("/books/idle_assets/new").context["form"].initial["registered_on"]
    asked = ASSET | {"registered_on": day, "client_key": str(uuid4())} | told
    return client.post("/books/idle_assets/new", asked)


def test_a_place_is_typed_and_shown_with_the_record_and_among_the_others(office):
    client = browser(office, "li")
    answer = asset(client, point="120.155150，30.274150")
    record = Record.objects.get()
    assert record.values["point"] == "30.27415,120.15515"
    page = client.get(answer["Location"]).content.decode()
    assert 'data-lat="30.27415" data-lng="120.15515"' in page
    asset(client, name="老砖厂")
    page = client.get("/books/idle_assets/map").content.decode()
    assert "1处" in page
    assert f'href="/books/idle_assets/{record.pk}"' in page
    assert page.count("data-lat") == 1
    assert "/static/build/assets/map" in page
    assert 'data-picks="id_point"' in client.get("/books/idle_assets/new").content.decode()


def test_a_book_that_takes_photos_takes_a_record_without_any(office):
    assert asset(browser(office, "li")).status_code == 302
    assert "photos" not in Record.objects.get().values


def test_what_is_no_place_is_told_beside_its_field(office):
    """U32."""
    answer = asset(browser(office, "li"), point="村口")
    assert answer.status_code == 422
    assert "纬度,经度" in answer.content.decode()


def test_the_map_keeps_the_filters_of_the_list(office):
    client = browser(office, "li")
    asset(client, point="30.27415,120.15515")
    asset(client, name="空地", kind="land", point="30.28415,120.15515")
    page = client.get("/books/idle_assets/map?f.kind=land").content.decode()
    assert "空地" in page
    assert "旧粮站" not in page
    assert (
        "/books/idle_assets/map?f.kind=land" in client.get("/books/idle_assets?f.kind=land").content.decode()
    )


def test_only_a_book_with_places_has_a_map_and_only_its_readers_see_it(office):
    assert browser(office, "li").get("/books/visits/map").status_code == 404
    assert "/map" not in browser(office, "li").get("/books/visits").content.decode()
    assert browser(office, "zhao").get("/books/idle_assets/map").status_code == 404


def test_the_map_takes_few_queries(office):
    client = browser(office, "li")
    for _ in range(3):
        asset(client, point="30.27415,120.15515")
    client.get("/books/idle_assets/map")
    with CaptureQueriesContext(connection) as queries:
        client.get("/books/idle_assets/map")
    assert len(queries) <= 8, "\n".join(query["sql"][:150] for query in queries)


def test_every_date_that_a_record_names_stands_on_its_day(office):
    client = browser(office, "li")
    answer = asset(client, cleared_on="2026-03-05", lease_ends_on="2026-03-20")
    assert answer.status_code == 302, answer.content.decode()
    page = client.get("/books/idle_assets/calendar?month=2026-03").content.decode()
    assert "原企业清退日期：" in page
    assert "租约到期日：" in page
    assert "原企业清退日期：" not in client.get("/books/idle_assets/calendar?month=2026-05").content.decode()
    assert page.count("calendar-item") == 2
