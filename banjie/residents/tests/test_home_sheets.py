"""A village's sheet with houses and households: linked, told when it contradicts, taken back as a whole (S-188)."""

import pytest

from banjie.ledger.verify import verify
from banjie.residents.actions import link_house
from banjie.residents.home_words import LinkSource, Living
from banjie.residents.models import House, Household, HouseholdMember, HouseLink, Resident
from banjie.residents.queries import home_of, homes_of, household_of, people_in, visible_to
from banjie.residents.sent_back import home_cells
from banjie.residents.tests.factories import (
    EAST,
    LI,
    MOMENT,
    TOWN,
    WEST,
    id_number,
    make_resident,
    make_villages,
    stamp,
)
from banjie.sheets.kept import outcome_of
from banjie.sheets.models import State
from banjie.sheets.tests.sheet_files import brought_in, taken_back, taken_in, xlsx

pytestmark = pytest.mark.django_db
HEAD = ["户编号", "姓名", "身份证号", "与户主关系", "所在村", "门牌号", "房屋用途", "居住方式"]
KEY = "residents.residents"
LINES = (
    ["001", "金丝雀", id_number(1), "户主", "西沟村", "三组12号", "自住", "自家房屋"],
    ["001", "司马青青", id_number(2), "妻", "西沟村", "三组12号", "", ""],
    ["", "王五", id_number(3), "户主", "西沟村", "三组13号", "出租", "租住"],
    ["", "王小五", id_number(4), "长子", "西沟村", "三组13号", "", ""],
    ["", "赵六", "", "", "东岭村", "", "", ""],
)


@pytest.fixture(autouse=True)
def villages():
    make_villages()


def rows(*lines):
    return xlsx([["西沟村人房表"], HEAD, *lines])


def imported(*lines):
    return brought_in(LI, KEY, rows(*lines), at=MOMENT)


def complaints(*lines):
    return [finding.words for finding in outcome_of(taken_in(LI, KEY, rows(*lines), at=MOMENT)).findings]


def test_people_houses_and_households_come_in_together():
    batch = taken_in(LI, KEY, rows(*LINES), at=MOMENT)
    assert "将把4人关联到2处房屋。" in outcome_of(batch).notes
    imported(*LINES)
    assert (Resident.objects.count(), House.objects.count(), Household.objects.count()) == (5, 2, 2)
    wife = next(row for row in visible_to(LI) if row.name == "司马青青")
    home = home_of(wife)
    assert (home.house.address, home.house.use, home.source) == ("三组12号", "own", "sheet")
    household, members = household_of(wife)
    assert (household.code, [one.member.relation for one in members]) == ("001", ["head", "spouse"])
    rented = House.objects.get(use="rented")
    assert [one.relation for one in people_in(rented)] == ["户主", "子"]
    assert verify(TOWN).findings == []


def test_the_same_sheet_again_changes_nothing():
    imported(*LINES)
    batch = taken_in(LI, KEY, rows(*LINES), at=MOMENT)
    assert (batch.state, outcome_of(batch).unchanged) == (State.READY, 5)


def test_who_stands_already_is_linked_and_on_undo_only_the_link_goes():
    resident = make_resident("金丝雀", id_number=id_number(1))
    batch = imported(LINES[0])
    assert home_of(resident).house.address == "三组12号"
    assert Resident.objects.count() == 1
    assert taken_back(LI, batch, at=MOMENT).state == State.UNDONE
    assert home_of(resident) is None
    assert household_of(resident) is None
    assert Resident.objects.get().name == "金丝雀"
    assert not House.objects.filter(is_withdrawn=False).exists()
    assert verify(TOWN).findings == []
    imported(LINES[0])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (["", "张三", "", "长子", "西沟村", "", "", ""], "还要有户编号或门牌号"),
        (["01", "张三", "", "邻居", "西沟村", "", "", ""], "不认得是哪种与户主关系"),
        (["", "张三", "", "", "西沟村", "三组1号", "城堡", ""], "没有“城堡”这一项"),
    ],
)
def test_what_cannot_be_is_told(line, words):
    (said,) = complaints(line)
    assert words in said


def test_two_heads_of_one_household_are_told():
    second = ["", "李四", id_number(9), "户主", "西沟村", "三组13号", "", ""]
    (said,) = complaints(LINES[2], second)
    assert "户主已在第3行" in said
    imported(*LINES)
    (said,) = complaints(second)
    assert "已经有户主" in said


def test_a_sheet_does_not_move_anyone():
    imported(*LINES)
    (said,) = complaints(["001", "金丝雀", id_number(1), "户主", "西沟村", "五组1号", "", ""])
    assert "搬家请到群众页面办" in said


def test_undo_takes_back_people_links_houses_and_households():
    batch = taken_back(LI, imported(*LINES), at=MOMENT)
    assert batch.state == State.UNDONE
    for model in (Resident, House, Household, HouseLink, HouseholdMember):
        assert not model.objects.filter(is_withdrawn=False).exists(), model
    assert not House.objects.exclude(address_sealed="").exists()
    assert verify(TOWN).findings == []
    imported(*LINES)


def test_undo_is_refused_where_someone_else_moved_in_meanwhile():
    batch = imported(*LINES)
    other = make_resident("孙七", division_code=EAST)
    link_house(
        other.pk, House.objects.get(use="rented").pk, Living(LinkSource.VISIT), actor=LI, stamp=stamp()
    )
    batch = taken_back(LI, batch, at=MOMENT)
    assert batch.state == State.DONE
    assert "其中1处房屋或户" in batch.words


def sent_back(**changed):
    """Return the export's lines of everybody as they would come back, the first with changes."""
    head = [*HEAD, "联系电话", "记录号"]
    people = list(visible_to(LI).order_by("id"))
    links, members = homes_of([row.pk for row in people])
    lines = []
    for row in people:
        address, use, tenure, code, relation = home_cells(links.get(row.pk), members.get(row.pk))
        village = "西沟村" if row.division_code == WEST else "东岭村"
        cells = [
            code,
            row.masked_name,
            row.masked_id_number,
            relation,
            village,
            address,
            use,
            tenure,
            "",
            row.pk.hex,
        ]
        lines.append(dict(zip(head, cells, strict=True)))
    lines[0] |= changed
    return xlsx([["群众名册"], head, *([line[title] for title in head] for line in lines)])


def test_what_was_exported_comes_back_without_change_covered_as_it_is():
    """U14."""
    imported(*LINES)
    outcome = outcome_of(taken_in(LI, KEY, sent_back(), at=MOMENT))
    assert (outcome.findings, outcome.unchanged) == ((), 5)


@pytest.mark.parametrize(
    ("column", "told"),
    [
        ("门牌号", "三组99号"),
        ("与户主关系", "女婿"),
        ("户编号", "009"),
        ("房屋用途", "空置"),
        ("联系电话", "13912345678"),
        ("姓名", "别人"),
    ],
)
def test_a_line_that_comes_back_with_something_else_is_told(column, told):
    imported(*LINES)
    words = [
        one.words for one in outcome_of(taken_in(LI, KEY, sent_back(**{column: told}), at=MOMENT)).findings
    ]
    assert len(words) == 1
    assert "请到群众页面更正" in words[0]
    assert (
        "没有这个记录号"
        in outcome_of(taken_in(LI, KEY, sent_back(记录号="0" * 32), at=MOMENT)).findings[0].words
    )
