"""Residents from a sheet (U15): registered sealed, told when meant twice, taken back without a trace of who they are."""

import pytest
from django.db import connection

from banjie.ledger.verify import verify
from banjie.residents.actions import correct_resident, reveal_resident
from banjie.residents.facts import Correction
from banjie.residents.models import SEALED, Resident, ResidentKey
from banjie.residents.queries import find_residents, visible_to
from banjie.residents.tests.factories import (
    EAST,
    LI,
    MOMENT,
    TOWN,
    WANG,
    WEST,
    ZHAO,
    id_number,
    make_grid,
    make_resident,
    make_villages,
    stamp,
)
from banjie.sheets.kept import outcome_of
from banjie.sheets.models import State
from banjie.sheets.queries import importers_of
from banjie.sheets.tests.sheet_files import brought_in, taken_back, taken_in, xlsx

pytestmark = pytest.mark.django_db
HEAD = ["户主姓名", "身份证号", "手机号", "所在村", "网格", "家庭住址"]
KEY = "residents.residents"


@pytest.fixture(autouse=True)
def _villages():
    make_villages()
    make_grid()


def rows(*lines):
    return xlsx([["某村花名册"], HEAD, *lines])


def imported(*lines, by=LI):
    return brought_in(by, KEY, rows(*lines), at=MOMENT)


def complaints(*lines, by=LI):
    return [finding.words for finding in outcome_of(taken_in(by, KEY, rows(*lines), at=MOMENT)).findings]


def test_residents_are_registered_sealed_and_found():
    batch = imported(
        ["金丝雀", id_number(1), "138 1234 5678", "西沟村", "一网格", "三组12号"],
        ["司马青青", "", "", "东岭村", "", ""],
    )
    assert batch.rows_written == 2
    (hit,) = find_residents(LI, "jinsique")
    assert (hit.phone, hit.village, hit.house) == ("138****5678", "西沟村", "三组12号")
    assert Resident.objects.get(pk=hit.id).grid.name == "一网格"
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM ledger_entrybody")
        assert not any("金丝雀" in content for (content,) in cursor.fetchall())


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (["张三", "123456", "", "西沟村", "", ""], "应为18位"),
        (["张三", "", "12", "西沟村", "", ""], "应为11位"),
        (["张三", "", "", "北村", "", ""], "没有“北村”这一项，请填西沟村、东岭村"),
        (["张三", "", "", "东岭村", "一网格", ""], "这个村没有“一网格”"),
        (["张*", "", "", "西沟村", "", ""], "遮盖过的内容"),
        (["", "", "", "西沟村", "", ""], "没有填“姓名”"),
    ],
)
def test_what_cannot_be_is_told(line, words):
    (told,) = complaints(line)
    assert words in told


def test_one_id_number_on_two_lines_or_of_someone_else_is_told():
    line = ["张三", id_number(1), "", "西沟村", "", ""]
    assert "与第3行相同" in complaints(line, ["李四", *line[1:]])[0]
    make_resident("王五", id_number=id_number(1), division_code=EAST)
    (told,) = complaints(line)
    assert "*五，东岭村" in told
    assert "王五" not in told


def test_a_holder_in_another_village_is_not_named_to_a_village_s_worker():
    make_resident("王五", id_number=id_number(1), division_code=WEST)
    (told,) = complaints(["张三", id_number(1), "", "东岭村", "", ""], by=ZHAO)
    assert "其他村（社区）登记" in told
    assert "王" not in told


def test_a_village_s_worker_may_name_his_own_village_alone():
    (told,) = complaints(["张三", "", "", "西沟村", "", ""], by=ZHAO)
    assert told == "没有“西沟村”这一项，请填东岭村。"


def test_the_same_sheet_sent_again_adds_nobody():
    lines = (
        ["金丝雀", id_number(1), "", "西沟村", "", ""],
        ["司马青青", "", "13812345678", "东岭村", "", ""],
    )
    imported(*lines)
    batch = taken_in(LI, KEY, rows(*lines), at=MOMENT)
    assert (batch.state, outcome_of(batch).unchanged) == (State.READY, 2)


def test_undo_leaves_nothing_that_tells_who_they_were():
    batch = taken_back(LI, imported(["金丝雀", id_number(1), "", "西沟村", "", ""]), at=MOMENT)
    assert batch.state == State.UNDONE
    row = Resident.objects.get()
    assert not any(getattr(row, column) for column in SEALED.values())
    assert not ResidentKey.objects.exists()
    assert not visible_to(LI).exists()
    assert find_residents(LI, "金丝雀") == []
    assert verify(TOWN).findings == []
    assert imported(["金丝雀", id_number(1), "", "西沟村", "", ""]).rows_written == 1


def test_undo_is_refused_for_whoever_was_corrected_since_and_not_for_a_look():
    batch = imported(["金丝雀", id_number(1), "", "西沟村", "", ""])
    row = visible_to(LI).get()
    reveal_resident(row, ["name"], reason="核对", actor=LI, stamp=stamp())
    correct_resident(row.pk, Correction(phone="13812345678"), actor=LI, stamp=stamp())
    batch = taken_back(LI, batch, at=MOMENT)
    assert batch.state == State.DONE
    assert "*丝雀（西沟村）" in batch.words
    other = imported(["司马青青", "", "", "东岭村", "", ""])
    reveal_resident(visible_to(LI).get(division_code=EAST), ["name"], reason="核对", actor=LI, stamp=stamp())
    assert taken_back(LI, other, at=MOMENT).state == State.UNDONE


def test_who_may_not_register_is_offered_no_sheet():
    assert not [importer for importer in importers_of(WANG) if importer.key == KEY]
