from uuid import UUID

import pytest

from banjie.places.finding import Place, PlaceFinder

GRID_A, GRID_B = UUID(int=1), UUID(int=2)
FINDER = PlaceFinder(
    [
        Place(code="1", name="高山村"),
        Place(code="2", name="高山坪村", aliases=("大坪",)),
        Place(code="3", name="松林村村民委员会"),
        Place(code="4", name="河街社区"),
        Place(code="1", name="第一网格", grid_id=GRID_A),
        Place(code="2", name="第一网格", grid_id=GRID_B),
        Place(code="4", name="老码头网格", grid_id=UUID(int=3), aliases=("老码头",)),
    ]
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("高山村三组王大爷家门口的路灯坏了", [("1", "高山村", "三组", True)]),
        ("高山坪村的水管", [("2", "高山坪村", "", True)]),
        ("高山坪5社有人反映", [("2", "高山坪", "5社", True)]),
        ("家住大坪第十二村民小组", [("2", "大坪", "第十二村民小组", True)]),
        ("松林村路面塌陷", [("3", "松林村", "", True)]),
        ("河街后面", [("4", "河街", "", False)]),
        ("听说高山流水", [("1", "高山", "", False)]),
        ("老码头污水", [("4", "老码头", "", True)]),
        ("从高山村到河街社区", [("1", "高山村", "", True), ("4", "河街社区", "", True)]),
        ("三组没有水", []),
        ("", []),
    ],
)
def test_places_are_found_longest_first_with_the_group_said_after(text, found):
    assert [(hit.code, hit.words, hit.group, hit.is_sure) for hit in FINDER.find(text)] == found


def test_a_village_in_the_text_decides_between_grids_of_one_name():
    hits = FINDER.find("高山村第一网格报来")
    assert [hit.grid_id for hit in hits] == [None, GRID_A]
    assert all(hit.is_sure for hit in hits)


def test_a_grid_name_alone_that_two_villages_use_is_not_sure():
    hits = FINDER.find("第一网格报来")
    assert {hit.grid_id for hit in hits} == {GRID_A, GRID_B}
    assert not any(hit.is_sure for hit in hits)


def test_a_town_without_places_finds_nothing():
    assert PlaceFinder([]).find("高山村") == []
