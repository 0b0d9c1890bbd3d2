"""Past retention is a proposal to the archive officer, and masking follows the town's rule."""

from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from banjie.base.clock import local_day, now
from banjie.cases import actions
from banjie.cases.actions import Word
from banjie.cases.models import Case
from banjie.cases.tests.factories import DAY, TOWN, open_office, replied, set_up
from banjie.cases.towns import each_town, masks_of
from banjie.desk.sheets.tasks import advance
from banjie.desk.tests.cases_office import browser
from banjie.fields.masks import IdMask, Masks, NameMask, PhoneMask, cover_by, mask_id, mask_name, mask_phone
from banjie.ledger.models import Entry
from banjie.ledger.record import Stamp
from banjie.people.models import Staff
from banjie.rulebook.actions import load_files
from banjie.rulebook.shelf import SHIPPED, filed_in
from banjie.sheets.actions import Sent, take_in_sheet
from banjie.sheets.kept import outcome_of
from banjie.sheets.models import Batch
from banjie.sheets.tests.sheet_files import LARGE, upload, xlsx

pytestmark = pytest.mark.django_db


def closed_long_ago(office, *, years=12, **changes):
    case = actions.call_back_case(
        replied(office, **changes), office.occasion("sun", hours=5), word=Word("satisfied", "好")
    )
    case = actions.close_case(case, office.occasion("sun", hours=6))
    Case.objects.filter(pk=case.pk).update(closed_at=DAY - timedelta(days=366 * years))
    return case


def test_what_is_past_its_years_is_proposed_decided_and_never_deleted(django_assert_max_num_queries):
    office = open_office()
    Staff.objects.update(must_change_password=False)
    old, young = closed_long_ago(office), closed_long_ago(office, years=9)
    led = closed_long_ago(office)
    Case.objects.filter(pk=led.pk).update(led_by=office.people["zhou"])
    kept = closed_long_ago(office, category="petition_claim")
    client = browser(office, "he")
    client.get("/archives")
    with django_assert_max_num_queries(14):
        page = client.get("/archives").content.decode()
    assert old.number in page
    assert not any(one.number in page for one in (young, led, kept))
    told = {"case": [str(old.pk), str(young.pk)], "appraisal": "keep", "client_key": str(uuid4())}
    assert "还没有填鉴定依据" in client.post("/archives", told).content.decode()
    answer = client.post("/archives", {**told, "ground": "档案鉴定小组2026年第1次会议"})
    assert answer.status_code == 302
    assert Entry.objects.get(deed="case.appraised").subject_id == old.pk
    assert "今年没有保存期满" in client.get("/archives").content.decode()
    assert Case.objects.filter(pk=old.pk).exists()
    assert "到期鉴定" in client.get(f"/cases/{old.number}").content.decode()
    assert browser(office, "li").get("/archives").status_code == 403


@pytest.mark.parametrize(
    ("masks", "shown"),
    [
        (Masks(), ("*三", "138****5678", "3****************X")),
        (
            Masks(NameMask.SURNAME, PhoneMask.LAST_FOUR, IdMask.WHOLE),
            ("张某", "*******5678", "*" * 18),
        ),
        (Masks(phone=PhoneMask.WHOLE), ("*三", "*" * 11, "3****************X")),
    ],
)
def test_personal_values_are_covered_as_the_rule_says(masks, shown):
    cover_by(lambda: masks)
    told = mask_name("张三"), mask_phone("13812345678"), mask_id("31010119800101001X")
    cover_by(Masks)
    assert told == shown


def test_a_town_that_changes_its_masks_sees_them_on_its_pages(tmp_path):
    open_office()
    source = (SHIPPED / "regulations" / "masking.md").read_text()
    (tmp_path / "regulations").mkdir()
    (tmp_path / "regulations" / "masking.md").write_text(source.replace('"first"', '"surname"'))
    assert masks_of(TOWN, at=now()) == Masks()
    load_files(filed_in(tmp_path), town=TOWN, from_on=date(2026, 9, 1), stamp=set_up())
    assert masks_of(TOWN, at=now()).name is NameMask.SURNAME
    assert local_day(now()) >= date(2026, 9, 1)


def test_the_worker_covers_what_it_writes_by_the_rule_of_the_town(tmp_path):
    office = open_office()
    source = (SHIPPED / "regulations" / "masking.md").read_text()
    (tmp_path / "regulations").mkdir()
    (tmp_path / "regulations" / "masking.md").write_text(source.replace('"first"', '"surname"'))
    load_files(filed_in(tmp_path), town=TOWN, from_on=date(2026, 9, 1), stamp=set_up())
    rows = [["姓名", "村（社区）", "电话"], *([["赵小雨", "西沟村", "13911112222"]] * 2)]
    stamp = Stamp(by=office.he.id, happened_at=now(), recorded_at=now())
    sent = Sent(upload=upload(xlsx(rows)), options={})
    batch = take_in_sheet(
        office.he, stamp, importer_key="residents.residents", sent=sent, office=None, max_bytes=LARGE
    )
    advance.func(str(batch.pk))
    notes = "".join(outcome_of(Batch.objects.get(pk=batch.pk)).notes)
    assert "赵某" in notes, notes
    assert mask_name("赵小雨") == "*小雨"
    assert {town: mask_name("赵小雨") for town in each_town(now())}[TOWN] == "赵某"
    assert mask_name("赵小雨") == "*小雨"


def test_every_run_of_the_worker_that_tells_people_something_goes_by_town():
    rooms = [Path(__file__).parents[2] / room for room in ("cases", "books", "desk", "reports")]
    tasks = [path for room in rooms for path in room.rglob("tasks.py")]
    assert len(tasks) > 4
    for path in tasks:
        told = path.read_text()
        assert "ChainHead" not in told, path
        assert "each_town" in told or "covered_as_in" in told, path
