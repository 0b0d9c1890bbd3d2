"""Villages and grids from a sheet (U15): what is new is set up, what stands is left, what contradicts is told."""

from uuid import UUID

import pytest

from banjie.ledger.verify import verify
from banjie.places.actions import rename_division
from banjie.places.models import Division, Grid
from banjie.places.queries import grids_of, villages_of
from banjie.places.tests.factories import HIGH, LI, MOMENT, TOWN, make_grid, make_town, stamp
from banjie.sheets.kept import outcome_of
from banjie.sheets.models import State
from banjie.sheets.tests.sheet_files import brought_in, taken_back, taken_in, xlsx

pytestmark = pytest.mark.django_db
HEAD = ["村（社区）名称", "代码", "俗称", "网格"]
NEW = f"{TOWN}203"


def take_in(*rows):
    return taken_in(LI, "places.places", xlsx([HEAD, *rows]), at=MOMENT)


def imported(*rows):
    return brought_in(LI, "places.places", xlsx([HEAD, *rows]), at=MOMENT)


def undone(batch):
    return taken_back(LI, batch, at=MOMENT)


def complaint(*rows):
    (finding,) = outcome_of(take_in(*rows)).findings
    return finding.words


def test_a_town_s_villages_and_grids_come_from_one_sheet():
    make_town()
    batch = imported(
        ["新桥村", NEW, "桥头、老桥", "第一网格"],
        ["新桥村", "", "", "第二网格"],
        ["高山村", "", "", "第一网格"],
    )
    assert batch.rows_written == 4
    village = villages_of(TOWN).get(code=NEW)
    assert (village.name, village.aliases) == ("新桥村", ["桥头", "老桥"])
    assert [(g.division_code, g.name) for g in grids_of(TOWN)] == [
        (HIGH, "第一网格"),
        (NEW, "第一网格"),
        (NEW, "第二网格"),
    ]


def test_what_stands_already_is_left_as_it_is():
    make_town()
    make_grid(HIGH, "第一网格")
    batch = take_in(["高山村", HIGH, "", "第一网格"], ["松林村", "", "松树湾", ""])
    assert (batch.state, outcome_of(batch).unchanged) == (State.READY, 2)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["新桥村", "", "", ""], "还没有登记过，请填12位区划代码"),
        (["新桥村", "98001110120", "", ""], "应为2、4、6、9或12位"),
        (["新桥村", "980011102201", "", ""], "不属于本乡镇"),
        (["新桥村", HIGH, "", ""], "已经登记为“高山村”"),
        (["高山村", NEW, "", ""], "“高山村”的代码是"),
    ],
)
def test_what_contradicts_is_told(row, words):
    make_town()
    assert words in complaint(row)


def test_one_code_for_two_names_is_told():
    make_town()
    assert "在前面用给了“新桥村”" in complaint(["新桥村", NEW, "", ""], ["老桥村", NEW, "", ""])


def test_undo_withdraws_all_and_the_same_sheet_brings_it_back():
    make_town()
    rows = (["新桥村", NEW, "", "第一网格"], ["高山村", "", "", "第一网格"])
    batch = undone(imported(*rows))
    assert batch.state == State.UNDONE
    assert not villages_of(TOWN).filter(code=NEW).exists()
    assert not grids_of(TOWN).exists()
    again = imported(*rows)
    assert again.rows_written == 3
    assert villages_of(TOWN).filter(code=NEW).exists()
    assert verify(TOWN).findings == []


def test_undo_is_refused_for_a_village_that_was_renamed_or_given_another_grid_since():
    make_town()
    batch = imported(["新桥村", NEW, "", ""])
    make_grid(NEW, "另一网格")
    batch = undone(batch)
    assert batch.state == State.DONE
    assert "新桥村" in batch.words
    rename_division(LI, stamp(), code=NEW, name="新桥社区")
    assert "新桥社区" in undone(batch).words
    assert Division.objects.get(code=NEW).valid_until is None
    assert Grid.objects.get(name="另一网格").valid_until is None


def test_every_entry_names_its_batch():
    make_town()
    batch = imported(["新桥村", NEW, "", ""])
    chunk = batch.chunks.get()
    assert [UUID(told) for told in chunk.subject_ids] == [Division.objects.get(code=NEW).pk]
