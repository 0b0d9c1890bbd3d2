"""Enterprises from a sheet (U15): told when meant twice, left when they stand, taken back as a whole."""

import pytest

from banjie.enterprises.actions import amend_enterprise
from banjie.enterprises.models import Enterprise
from banjie.enterprises.particulars import Amendment
from banjie.enterprises.queries import visible_to
from banjie.enterprises.tests.factories import (
    LI,
    MOMENT,
    TOWN,
    WANG,
    WEST,
    ZHAO,
    make_enterprise,
    make_villages,
    stamp,
    uscc,
)
from banjie.ledger.verify import verify
from banjie.sheets.kept import outcome_of
from banjie.sheets.models import State
from banjie.sheets.queries import importers_of
from banjie.sheets.tests.sheet_files import brought_in, taken_back, taken_in, xlsx

pytestmark = pytest.mark.django_db
HEAD = ["企业名称", "信用代码", "所在村", "经营地址", "负责人", "电话", "规模", "行业", "成立日期"]
KEY = "enterprises.enterprises"
LINE = [
    "青石农机有限公司",
    uscc(),
    "西沟村",
    "河边路8号",
    "单小梅",
    "13812345678",
    "小型",
    "制造业",
    "2019-3-1",
]


@pytest.fixture(autouse=True)
def villages():
    make_villages()


def rows(*lines):
    return xlsx([["企业名册"], HEAD, *lines])


def taken(*lines, by=LI):
    return taken_in(by, KEY, rows(*lines), at=MOMENT)


def complaints(*lines, by=LI):
    return [finding.words for finding in outcome_of(taken(*lines, by=by)).findings]


def test_enterprises_come_in_sealed_and_the_same_sheet_again_adds_none():
    line = LINE
    batch = brought_in(LI, KEY, rows(line, ["小卖部", "", "东岭村", "", "", "", "", "", ""]), at=MOMENT)
    assert batch.rows_written == 2
    row = visible_to(LI).get(division_code=WEST)
    assert (row.size, row.industry, str(row.since_on), row.masked_contact) == (
        "small",
        "C",
        "2019-03-01",
        "*小梅",
    )
    again = taken(line, ["小卖部", "", "东岭村", "", "", "", "", "", ""])
    assert (again.state, outcome_of(again).unchanged) == (State.READY, 2)


def test_what_our_own_export_covers_is_no_difference():
    make_enterprise(uscc=uscc(), contact="单小梅", phone="13812345678")
    line = ["青石农机有限公司", uscc(), "西沟村", "", "*小梅", "138****5678", "", "", ""]
    assert outcome_of(taken(line)).unchanged == 1
    (said,) = complaints([*line[:5], "139****5678", "", "", ""])
    assert "遮盖过的内容" in said


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (["", uscc(), "西沟村", "", "", "", "", "", ""], "没有填“企业名称”"),
        (["甲公司", "9135", "西沟村", "", "", "", "", "", ""], "应为18位"),
        (["甲公司", "", "北村", "", "", "", "", "", ""], "没有“北村”这一项"),
        (["甲公司", "", "西沟村", "", "", "12", "", "", ""], "应为11位"),
        (["甲公司", "", "西沟村", "", "", "", "巨型", "", ""], "没有“巨型”这一项"),
    ],
)
def test_what_cannot_be_is_told(line, words):
    (said,) = complaints(line)
    assert words in said


def test_one_that_is_shut_says_since_when():
    head = [*HEAD, "经营状态", "停业日期"]
    line = ["甲公司", "", "西沟村", "", "", "", "", "", "", "停业"]
    faulty = taken_in(LI, KEY, xlsx([head, [*line, ""]]), at=MOMENT)
    assert "还要写从哪一天起" in outcome_of(faulty).findings[0].words
    brought_in(LI, KEY, xlsx([head, [*line, "2026-03-01"]]), at=MOMENT)
    row = visible_to(LI).get()
    assert (row.status, str(row.closed_on)) == ("suspended", "2026-03-01")


def test_one_enterprise_on_two_lines_or_standing_otherwise_is_told():
    line = ["甲公司", uscc(), "西沟村", "", "", "", "", "", ""]
    assert "与第3行是同一家" in complaints(line, ["乙公司", *line[1:]])[0]
    make_enterprise("丙公司", uscc=uscc())
    assert "已登记：丙公司，西沟村" in complaints(line)[0]
    (said,) = complaints(["甲公司", uscc(), "东岭村", "", "", "", "", "", ""], by=ZHAO)
    assert "其他村" in said
    assert "丙" not in said


def test_a_wrong_check_character_is_a_note_and_no_fault():
    wrong = uscc()[:-1] + ("0" if uscc()[-1] != "0" else "1")
    batch = taken(["甲公司", wrong, "西沟村", "", "", "", "", "", ""])
    assert batch.state == State.READY
    assert any("校验位不符" in note for note in outcome_of(batch).notes)


def test_undo_takes_back_all_but_not_what_was_amended_since():
    batch = brought_in(LI, KEY, rows(["甲公司", uscc(), "西沟村", "", "单小梅", "", "", "", ""]), at=MOMENT)
    row = visible_to(LI).get()
    amend_enterprise(row.pk, Amendment(short_name="甲"), actor=LI, stamp=stamp())
    batch = taken_back(LI, batch, at=MOMENT)
    assert (batch.state, "甲公司" in batch.words) == (State.DONE, True)
    other = brought_in(LI, KEY, rows(["乙公司", uscc(2), "西沟村", "", "单小梅", "", "", "", ""]), at=MOMENT)
    assert taken_back(LI, other, at=MOMENT).state == State.UNDONE
    gone = Enterprise.objects.get(name="乙公司")
    assert (gone.contact_sealed, visible_to(LI).count()) == ("", 1)
    assert verify(TOWN).findings == []


def test_who_may_not_register_is_offered_no_sheet():
    assert not [importer for importer in importers_of(WANG) if importer.key == KEY]
