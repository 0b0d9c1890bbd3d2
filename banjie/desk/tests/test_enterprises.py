"""Enterprises through HTTP (U2, U12, U14, T13, T19): found as one types, covered, amended, merged, exported and back."""

from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from banjie.cases.models import Case
from banjie.cases.tests.factories import DONGPO, XIGOU, open_office
from banjie.desk.tests.test_intake import browser
from banjie.enterprises.actions import register_enterprise
from banjie.enterprises.models import Enterprise
from banjie.enterprises.particulars import Particulars
from banjie.enterprises.tests.factories import uscc
from banjie.ledger.models import Entry
from banjie.ledger.record import Stamp
from banjie.sheets.kept import outcome_of
from banjie.sheets.tests.sheet_files import taken_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return open_office()


def make(office, name="青石农机有限公司", **more):
    told = {"division_code": XIGOU, "contact": "单小梅", "phone": "13800005678"} | more
    stamp = Stamp(by=office.chen.id, happened_at=office.at, recorded_at=office.at)
    return register_enterprise(Particulars(name=name, **told), actor=office.chen, stamp=stamp)


def form(**more):
    told = {"name": "青石酒业有限公司", "division_code": XIGOU, "client_key": str(uuid4())}
    return told | more


def test_the_list_and_the_find_box_cover_the_contact(office):
    row = make(office, uscc=uscc())
    client = browser(office, "chen")
    page = client.get("/enterprises", {"q": "qsnj"}).content.decode()
    assert "青石农机有限公司" in page
    assert "138****5678" in page
    assert "13800005678" not in page
    assert "单小梅" not in page
    rows = client.get("/enterprises/options", {"q": "农机", "open": "1"}).content.decode()
    assert f'data-href="/enterprises/{row.pk}"' in rows
    assert "没有找到" in client.get("/enterprises", {"q": "查无此厂"}).content.decode()


def test_a_list_of_many_takes_as_few_queries_as_one_of_few_and_pages_on(office):
    client = browser(office, "chen")
    make(office)
    client.get("/enterprises")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/enterprises")
    for n in range(52):
        make(office, f"青石第{n:02d}商店")
    with CaptureQueriesContext(connection) as many:
        page = client.get("/enterprises").content.decode()
    assert len(many) == len(few) <= 16
    assert "共 53 条" in page
    assert "下一页" in page


def test_registering_leads_to_its_page_and_a_wrong_code_says_where(office):
    client = browser(office, "chen")
    refused = client.post("/enterprises/new", form(uscc="9135"))
    assert refused.status_code == 422
    assert "应为18位，现在是4位" in refused.content.decode()
    answer = client.post("/enterprises/new", form(uscc=uscc(), industry="C", size="small"))
    row = Enterprise.objects.get()
    assert answer["Location"] == f"/enterprises/{row.pk}"
    again = client.post("/enterprises/new", form(uscc=uscc()))
    assert again.status_code == 409
    assert "已登记在本镇：青石酒业有限公司" in again.content.decode()


def test_a_full_look_takes_a_reason_and_is_shown_once(office):
    """U12, T19."""
    row = make(office)
    client, where = browser(office, "li"), f"/enterprises/{row.pk}"
    assert client.post(f"{where}/reveal", {"client_key": str(uuid4())}).status_code == 422
    shown = client.post(f"{where}/reveal", {"reason": "通知开会", "client_key": str(uuid4())})
    assert "13800005678" in shown.content.decode()
    assert "单小梅" in shown.content.decode()
    later = client.get(where).content.decode()
    assert "13800005678" not in later
    assert "通知开会" in later
    assert Entry.objects.filter(deed="enterprise.revealed").count() == 1


def test_amending_shutting_and_opening_again(office):
    row = make(office)
    client, where = browser(office, "chen"), f"/enterprises/{row.pk}"
    assert "13800005678" not in client.get(f"{where}/amend").content.decode()
    told = form(name="青石机电有限公司", why="更名", clear=["phone"])
    assert client.post(f"{where}/amend", told).status_code == 302
    row.refresh_from_db()
    assert (row.name, row.opened("contact"), row.opened("phone")) == ("青石机电有限公司", "单小梅", "")
    shut = {"status": "suspended", "on": "2026-01-01", "words": "走访核实", "client_key": str(uuid4())}
    assert client.post(f"{where}/close", shut).status_code == 302
    assert "停业" in client.get(where).content.decode()
    assert client.post(f"{where}/reopen", {"words": "走访", "client_key": str(uuid4())}).status_code == 302
    row.refresh_from_db()
    assert row.is_active


def test_a_double_is_merged_with_or_without_a_script_and_parted_again(office):
    kept, double = make(office, uscc=uscc()), make(office, "青石农机公司")
    client, where = browser(office, "chen"), f"/enterprises/{double.pk}"
    unclear = client.post(f"{where}/merge", {"into": "没有的", "words": "像", "client_key": str(uuid4())})
    assert unclear.status_code == 422
    merged = client.post(f"{where}/merge", {"into": kept.name, "words": "同址", "client_key": str(uuid4())})
    assert merged["Location"] == f"/enterprises/{kept.pk}"
    assert client.get(where)["Location"] == f"/enterprises/{kept.pk}"
    assert "青石农机公司" in client.get(f"/enterprises/{kept.pk}").content.decode()
    assert client.get(f"{where}/unmerge").status_code == 200
    client.post(f"{where}/unmerge", {"words": "看错", "client_key": str(uuid4())})
    assert client.get(where).status_code == 200


def test_a_cadre_of_another_village_reaches_none_of_it(office):
    """T13: 赵 works for 东坡村."""
    row = make(office)
    other = make(office, "东坡商店", division_code=DONGPO)
    client = browser(office, "zhao")
    for tail in ("", "/amend", "/close", "/reopen"):
        assert client.get(f"/enterprises/{row.pk}{tail}").status_code == 404, tail
    assert client.post(f"/enterprises/{row.pk}/reveal", {"reason": "看看"}).status_code == 404
    page = client.get("/enterprises").content.decode()
    assert "东坡商店" in page
    assert "农机" not in page
    assert browser(office, "chen").get(f"/enterprises/{other.pk}").status_code == 200


def test_an_administrator_sees_no_enterprise(office):
    row = make(office)
    client = browser(office, "guan")
    for where in ("/enterprises", f"/enterprises/{row.pk}", "/enterprises/new", "/export/enterprises"):
        assert client.get(where).status_code == 403


def test_what_is_exported_comes_back_without_change(office):
    """U14."""
    make(office, uscc=uscc(), industry="C", size="small")
    make(office, "小卖部", contact="", phone="")
    answer = browser(office, "chen").get("/export/enterprises", {"version": "plain"})
    content = b"".join(answer.streaming_content)
    assert b"13800005678" not in b"".join(
        ZipFile(BytesIO(content)).read(name) for name in ZipFile(BytesIO(content)).namelist()
    )
    batch = taken_in(office.chen, "enterprises.enterprises", content, at=office.at)
    if batch.state == "read":
        pytest.fail("the export's own heads were not known again")
    assert outcome_of(batch).findings == ()
    assert outcome_of(batch).unchanged == 2


def test_an_enterprise_raises_a_matter_that_stands_on_its_page(office):
    """S-136: picked as one types; a double that is merged later brings its matters with it."""
    kept, double = make(office, uscc=uscc()), make(office, "青石农机公司")
    client = browser(office, "chen")
    page = client.get("/register", {"kind": "enterprise_issue"}).content.decode()
    assert 'data-find="/enterprises/options"' in page
    told = {
        "kind": "enterprise_issue",
        "text": "厂门口的路坑多，货车进不来",
        "place": XIGOU,
        "channel": "window",
        "sensitivity": "ordinary",
        "x-enterprise": str(double.pk),
        "x-enterprise-words": "青石农机",
        "x-matter": "utilities",
        "x-side": "outside",
        "then": "register",
    }
    lost = client.post("/register", {**told, "x-side": "", "client_key": str(uuid4())})
    assert lost.status_code == 422
    assert f'value="{double.pk}"' in lost.content.decode()
    assert 'value="青石农机公司"' in lost.content.decode()
    client.post("/register", {**told, "client_key": str(uuid4())})
    case = Case.objects.get()
    assert case.enterprise_id == double.pk
    assert "青石农机公司" in client.get(f"/cases/{case.number}").content.decode()
    client.post(
        f"/enterprises/{double.pk}/merge",
        {"into_id": str(kept.pk), "words": "同址", "client_key": str(uuid4())},
    )
    assert case.number in client.get(f"/enterprises/{kept.pk}").content.decode()
    strange = client.post("/register", {**told, "x-enterprise": str(uuid4()), "client_key": str(uuid4())})
    assert strange.status_code == 404
