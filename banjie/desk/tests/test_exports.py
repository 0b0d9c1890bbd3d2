"""Every list leaves as it is filtered (U13), in both versions (U45), and comes back unchanged (U14)."""

import csv
import re
from datetime import timedelta

import pytest

from banjie.base.clock import now
from banjie.cases.tests.factories import XIGOU, assigned, handled, registered, replied
from banjie.desk.tests.cases_office import browser, open_today
from banjie.desk.tests.factories import client_of, make_person
from banjie.ledger.record import Stamp
from banjie.people.queries import actor_for
from banjie.people.rights import Role
from banjie.places.queries import grids_of, villages_of
from banjie.residents.actions import Arrival, Home, register_arrivals, register_resident
from banjie.residents.facts import ResidentFacts
from banjie.residents.home_words import HouseFacts, Relation, Tenure
from banjie.sheets.kept import outcome_of
from banjie.sheets.layout import lay_out
from banjie.sheets.reading import read_file
from banjie.sheets.tests.sheet_files import taken_in

pytestmark = pytest.mark.django_db


def content_of(answer):
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def table_of(tmp_path, answer, *known):
    path = tmp_path / "export"
    path.write_bytes(content_of(answer))
    sheet = read_file(path, name="导出.xlsx").sheets[0]
    return sheet, lay_out(sheet, known=frozenset(known))


def cells(table, *titles):
    places = [next(head.place for head in table.heads if head.title == title) for title in titles]
    return [tuple(line.cell(place) for place in places) for line in table.lines]


def test_the_list_leaves_with_its_count_filter_and_order(tmp_path):
    office = open_today()
    first, second = handled(office), assigned(office)
    registered(office)
    client = browser(office, "chen")
    shown = client.get("/cases?group=all&unit=" + str(first.unit_id)).content.decode()
    href = re.search(r'href="(/export/cases[^"]*)"', shown)[1].replace("&amp;", "&")
    choice = client.get(href).content.decode()
    assert "共 2 件" in choice
    sheet, table = table_of(tmp_path, client.get(f"{href}&version=plain"), "编号", "事由")
    assert "共 2 件" in sheet.rows[0].cells[0]
    assert "筛选：全部、单位：民生办" in sheet.rows[0].cells[0]
    on_page = re.findall(r'data-label="编号">([^<]+)<', shown)
    assert [number for (number,) in cells(table, "编号")] == on_page
    assert set(on_page) == {first.number, second.number}


def test_a_row_of_the_file_says_what_the_row_of_the_page_says(tmp_path):
    office = open_today()
    for case in (handled(office), replied(office), registered(office)):
        client = browser(office, "chen")
        page = client.get(f"/cases?group=all&no={case.number}").content.decode()
        _, table = table_of(
            tmp_path, client.get(f"/export/cases?group=all&no={case.number}&version=plain"), "编号", "事由"
        )
        row = dict(zip([head.title for head in table.heads], table.lines[0].cells, strict=False))
        for title in ("时限", "事由", "编号", "地点", "谁在办", "环节", "到期日"):
            assert row.get(title, "") in page, title


def test_a_report_bears_office_numbers_and_who_signs(tmp_path):
    office = open_today()
    handled(office)
    sheet, table = table_of(
        tmp_path, browser(office, "chen").get("/export/cases?version=report"), "编号", "事由"
    )
    assert sheet.rows[0].cells[0] == "办件台账"
    assert "填报单位：" in sheet.rows[1].cells[0]
    assert cells(table, "序号") == [("1",)]
    assert "分管领导（盖章）：" in sheet.rows[-1].cells


def test_nobody_exports_what_he_does_not_see(tmp_path):
    office = open_today()
    case = handled(office)
    _, table = table_of(
        tmp_path, browser(office, "zhao").get("/export/cases?group=all&version=plain"), "编号", "事由"
    )
    assert case.number not in [number for (number,) in cells(table, "编号")]


def test_places_leave_and_come_back_unchanged(tmp_path):
    """U14."""
    office = open_today()
    he = actor_for(office.people["he"], at=now())
    content = content_of(browser(office, "he").get("/export/places?version=plain"))
    before = [
        *villages_of(he.town).values_list("code", "name"),
        *grids_of(he.town).values_list("name", flat=True),
    ]
    batch = taken_in(he, "places.places", content, at=now())
    outcome = outcome_of(batch)
    assert (batch.state, outcome.good, outcome.unchanged) == ("ready", batch.rows, batch.rows), (
        outcome.findings
    )
    assert before == [
        *villages_of(he.town).values_list("code", "name"),
        *grids_of(he.town).values_list("name", flat=True),
    ]


def test_residents_leave_covered(tmp_path):
    office = open_today()
    at = office.at + timedelta(hours=1)
    facts = ResidentFacts(
        name="金丝雀", phone="13912345678", id_number="11010119900307109X", division_code=XIGOU
    )
    chen = actor_for(office.people["chen"], at=now())
    register_resident(facts, actor=chen, stamp=Stamp(by=chen.id, happened_at=at, recorded_at=at))
    answer = browser(office, "chen").get("/export/residents?version=plain")
    sheet, table = table_of(tmp_path, answer, "姓名", "联系电话")
    told = "".join("".join(row.cells) for row in sheet.rows)
    assert not any(secret in told for secret in ("金丝雀", "13912345678", "11010119900307109X"))
    assert ("139****5678",) in cells(table, "联系电话")


def test_residents_and_houses_leave_with_where_and_who_and_come_back_unchanged(
    tmp_path, django_assert_max_num_queries
):
    """U14, S-188: the house and household of each resident; who lives in each house, covered."""
    office = open_today()
    chen = actor_for(office.people["chen"], at=now())
    stamp = Stamp(by=chen.id, happened_at=now(), recorded_at=now())
    house = HouseFacts(XIGOU, "三组12号", use="own")
    told = (("金丝雀", Relation.HEAD), ("司马青青", Relation.SPOUSE))
    arrivals = [
        Arrival(ResidentFacts(name=name, division_code=XIGOU), Home(house, Tenure.OWN, relation, "001"))
        for name, relation in told
    ]
    register_arrivals(arrivals, actor=chen, stamp=stamp)
    client = browser(office, "chen")
    with django_assert_max_num_queries(20):
        content = content_of(client.get("/export/residents?version=plain"))
    batch = taken_in(chen, "residents.residents", content, at=now())
    outcome = outcome_of(batch)
    assert (outcome.findings, outcome.unchanged) == ((), batch.rows)
    _, table = table_of(tmp_path, client.get("/export/residents?version=plain"), "姓名", "门牌号")
    home = ("三组12号", "自住", "自家房屋", "001")
    titles = ("门牌号", "房屋用途", "居住方式", "户编号", "与户主关系")
    assert {row for row in map(tuple, cells(table, *titles)) if row[0]} == {(*home, "户主"), (*home, "配偶")}
    href = re.search(r'href="(/export/houses[^"]*)"', client.get("/houses?use=own").content.decode())[1]
    with django_assert_max_num_queries(20):
        sheet, table = table_of(tmp_path, client.get(f"{href}&version=plain"), "门牌号", "住户（遮盖）")
    assert "自住" in sheet.rows[0].cells[0]
    [(address, people, names)] = cells(table, "门牌号", "住几人", "住户（遮盖）")
    assert (address, people) == ("三组12号", "2")
    assert "金丝雀" not in names
    _, table = table_of(
        tmp_path, browser(office, "zhao").get("/export/houses?version=plain"), "门牌号", "住户（遮盖）"
    )
    assert cells(table, "门牌号") == []


def test_an_export_reads_the_rows_in_one_query(django_assert_max_num_queries):
    office = open_today()
    for _ in range(3):
        handled(office)
    client = browser(office, "chen")
    with django_assert_max_num_queries(16):
        content_of(client.get("/export/cases?group=all&version=plain"))


def test_a_list_leaves_as_text_that_runs_nothing():
    """T17: what begins like a formula is led by an apostrophe; Chinese reads right where GBK is expected."""
    office = open_today()
    registered(office, title="=HYPERLINK(1,2)", place_words='桥头, "老井"边')
    answer = browser(office, "chen").get("/export/cases?group=all&version=csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert ".csv" in answer["Content-Disposition"]
    content = content_of(answer)
    assert content.startswith(b"\xef\xbb\xbf")
    head, row = csv.reader(content.decode("utf-8-sig").splitlines())
    told = dict(zip(head, row, strict=True))
    assert told["事由"] == "'=HYPERLINK(1,2)"
    assert told["地点"].endswith('桥头, "老井"边')


def test_units_and_staff_leave_and_come_back_unchanged():
    """U14: whoever may open accounts has the office as a sheet; nobody else has the log-ins."""
    office = open_today()
    guan = make_person(Role.ADMINISTRATOR, name="管信", town=office.town)
    actor = actor_for(guan, at=now())
    content = content_of(client_of(guan).get("/export/office?version=plain"))
    batch = taken_in(actor, "people.office", content, at=now())
    outcome = outcome_of(batch)
    assert {finding.column_key for finding in outcome.findings} <= {"unit"}
    assert outcome.good == outcome.unchanged > 5
    assert browser(office, "chen").get("/export/office").status_code == 403
