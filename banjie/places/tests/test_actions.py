import pytest

from banjie.base.errors import Conflict, InvalidInput, NotAllowed, NotFound
from banjie.ledger.queries import entries_of
from banjie.places import actions, queries
from banjie.places.models import Division, Grid
from banjie.places.tests.factories import (
    DAY,
    HIGH,
    LI,
    OTHER_TOWN,
    PINE,
    RIVER,
    TOWN,
    WANG,
    ZHAO,
    make_division,
    make_grid,
    make_town,
    stamp,
)

pytestmark = pytest.mark.django_db


def test_a_division_is_taken_in_with_an_entry():
    village = make_division(f"{HIGH}", " 高山 村 ", aliases=["老高山", "高山村", ""])
    assert (village.name, village.level, village.parent_code) == ("高山村", "village", TOWN)
    assert village.aliases == ["老高山"]
    assert [entry.deed for entry in entries_of(village)] == ["division.added"]


def test_the_county_that_the_town_lies_in_may_be_taken_in():
    assert make_division("980011", "青石县").level == "county"


def test_a_code_outside_the_town_is_not_found():
    with pytest.raises(NotFound, match="不在本乡镇"):
        make_division(f"{OTHER_TOWN}201", "邻村")


def test_a_code_in_use_is_a_conflict():
    make_division(HIGH, "高山村")
    with pytest.raises(Conflict, match="已经登记过"):
        make_division(HIGH, "高山村")


def test_sending_the_same_form_twice_adds_one():
    first = actions.add_division(LI, stamp(client_key="k", content="a"), code=HIGH, name="高山村")
    again = actions.add_division(LI, stamp(client_key="k", content="a"), code=HIGH, name="高山村")
    assert first.pk == again.pk
    with pytest.raises(Conflict):
        actions.add_division(LI, stamp(client_key="k", content="b"), code=PINE, name="松林村")


def test_a_colleague_without_the_right_is_refused():
    with pytest.raises(NotAllowed, match="党政办"):
        actions.add_division(WANG, stamp(WANG), code=HIGH, name="高山村")


def test_a_list_is_taken_in_whole_or_not_at_all():
    lines = [actions.DivisionLine(HIGH, "高山村"), actions.DivisionLine(HIGH, "高山村")]
    with pytest.raises(Conflict, match="重复"):
        actions.add_divisions(LI, stamp(), lines=lines)
    assert not Division.objects.exists()
    assert len(actions.add_divisions(LI, stamp(client_key="list"), lines=lines[:1])) == 1


def test_a_renamed_village_is_still_found_by_its_old_name():
    make_town()
    actions.rename_division(LI, stamp(), code=HIGH, name="高峰村")
    assert [hit.name for hit in queries.find_places_in("高山村二组", TOWN)] == ["高峰村"]


def test_merged_villages_keep_their_code_and_lead_to_their_successor():
    make_town()
    actions.merge_divisions(LI, stamp(), codes=[HIGH, PINE], successor_code=RIVER, on=DAY)
    assert queries.place_name(HIGH) == "高山村"
    assert queries.successor_of(HIGH, on=DAY) == RIVER
    assert [village.code for village in queries.villages_of(TOWN)] == [RIVER]
    assert [hit.code for hit in queries.find_places_in("松树湾三社", TOWN)] == [RIVER]
    with pytest.raises(Conflict, match="已在2026年3月5日停用"):
        actions.merge_divisions(LI, stamp(), codes=[HIGH], successor_code=RIVER, on=DAY)


@pytest.mark.parametrize("codes", [[RIVER], [TOWN]])
def test_a_merge_into_itself_or_across_levels_is_refused(codes):
    make_town()
    with pytest.raises(InvalidInput):
        actions.merge_divisions(LI, stamp(), codes=codes, successor_code=RIVER, on=DAY)


def test_a_grid_is_set_up_once_by_name_in_its_village():
    make_town()
    grid = make_grid(HIGH, "第一网格")
    assert [entry.deed for entry in entries_of(grid)] == ["grid.added"]
    with pytest.raises(Conflict, match="已经有"):
        make_grid(HIGH, "第一网格")
    assert make_grid(PINE, "第一网格").pk != grid.pk


def test_a_grid_wants_a_village_in_force():
    make_town()
    with pytest.raises(InvalidInput, match="12位"):
        make_grid(TOWN, "第一网格")
    actions.merge_divisions(LI, stamp(), codes=[HIGH], successor_code=PINE, on=DAY)
    with pytest.raises(Conflict, match="已停用"):
        make_grid(HIGH, "第一网格")


def test_a_grid_is_renamed_and_given_up_once():
    make_town()
    grid = make_grid(HIGH, "第一网格")
    actions.rename_grid(LI, stamp(), grid_id=grid.pk, name="山顶网格")
    actions.give_up_grid(LI, stamp(), grid_id=grid.pk, on=DAY)
    grid.refresh_from_db()
    assert (grid.name, grid.aliases, grid.valid_until) == ("山顶网格", ["第一网格"], DAY)
    with pytest.raises(Conflict, match="已在"):
        actions.give_up_grid(LI, stamp(), grid_id=grid.pk, on=DAY)
    assert not queries.grids_of(HIGH).exists()
    assert Grid.objects.count() == 1


def test_another_town_finds_neither_our_villages_nor_our_grids():
    make_town()
    grid = make_grid(HIGH, "第一网格")
    with pytest.raises(NotFound):
        actions.rename_division(ZHAO, stamp(ZHAO), code=HIGH, name="我的村")
    with pytest.raises(NotFound):
        actions.rename_grid(ZHAO, stamp(ZHAO), grid_id=grid.pk, name="我的网格")
    with pytest.raises(NotFound):
        queries.division_for(ZHAO, HIGH)
    with pytest.raises(NotFound):
        queries.grid_for(ZHAO, grid.pk)
    assert not queries.divisions_visible_to(ZHAO).filter(code__startswith=TOWN).exists()
