"""Houses, who lives in them and households (S-188): linked with a day and a source, ended, never deleted."""

from datetime import date
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection

from banjie.base.declarations import FACTS
from banjie.base.errors import Conflict, InvalidInput, NotAllowed, NotFound
from banjie.ledger.queries import entries_of
from banjie.ledger.verify import verify
from banjie.residents.actions import (
    correct_house,
    join_household,
    leave_household,
    link_house,
    move_out,
    register_house,
)
from banjie.residents.actions.households import Joining
from banjie.residents.home_words import HouseFacts, LinkSource, Living, Relation, read_relation
from banjie.residents.models import House, HouseLink
from banjie.residents.queries import (
    HousesAsked,
    home_of,
    house_at,
    house_for,
    household_of,
    list_houses,
    past_homes_of,
    people_in,
)
from banjie.residents.tests.factories import (
    EAST,
    LI,
    STRANGER,
    TOWN,
    WANG,
    WEST,
    ZHAO,
    make_grid,
    make_resident,
    make_villages,
    stamp,
)

pytestmark = pytest.mark.django_db
VISIT = Living(LinkSource.VISIT, tenure="own", from_on=date(2020, 5, 1))


@pytest.fixture(autouse=True)
def villages():
    make_villages()


def make_house(address="三组12号", by=LI, **more):
    told = {"division_code": WEST, "use": "own"} | more
    return register_house(HouseFacts(address=address, **told), actor=by, stamp=stamp(by))


def link(resident, house, living=VISIT, by=LI):
    return link_house(resident.pk, house.pk, living, actor=by, stamp=stamp(by))


def test_a_house_is_registered_once_in_a_village_whatever_the_blanks():
    row = make_house(" 三组 １２号 ")
    assert (row.address, row.registered_on) == ("三组 12号", date(2026, 11, 22))
    assert house_at(LI, WEST, "三组12号") == row
    with pytest.raises(Conflict, match="已登记过这个门牌"):
        make_house("三组,12号")
    make_house("三组12号", division_code=EAST)


def test_what_is_wrong_with_a_house_is_told_by_field():
    with pytest.raises(InvalidInput) as refused:
        make_house(" ", division_code=TOWN, use="castle")
    assert set(refused.value.fields) == {"address", "division_code", "use"}
    grid = make_grid(EAST)
    with pytest.raises(InvalidInput, match="网格不属于"):
        make_house(grid_id=grid.pk)


def test_a_resident_and_a_house_show_each_other_with_day_and_source():
    resident, house = make_resident(), make_house()
    link(resident, house)
    home = home_of(resident)
    assert (home.house, home.from_on, home.get_source_display()) == (house, date(2020, 5, 1), "走访核对")
    (dweller,) = people_in(house)
    assert (dweller.hit.name, dweller.hit.id) == ("*三", resident.pk)
    assert [entry.deed for entry in entries_of(resident)][-1] == "resident.housed"


def test_moving_ends_the_link_and_keeps_it():
    resident, first, second = make_resident(), make_house(), make_house("五组1号")
    link(resident, first)
    link(resident, second, Living(LinkSource.TOLD, from_on=date(2026, 1, 1)))
    assert home_of(resident).house == second
    assert [(one.house, one.until_on) for one in past_homes_of(resident)] == [(first, date(2026, 1, 1))]
    assert people_in(first) == []
    assert [one.hit.id for one in people_in(first, is_past=True)] == [resident.pk]
    move_out(resident.pk, on=date(2026, 11, 1), actor=LI, stamp=stamp(), words="外出务工")
    assert home_of(resident) is None
    assert HouseLink.objects.count() == 2
    with pytest.raises(Conflict, match="不用办搬出"):
        move_out(resident.pk, on=date(2026, 11, 1), actor=LI, stamp=stamp())
    assert verify(TOWN).findings == []


def test_the_same_house_again_says_that_it_was_checked():
    resident, house = make_resident(), make_house()
    link(resident, house)
    link(resident, house, Living(LinkSource.BOOKLET))
    row = HouseLink.objects.get()
    assert (row.source, row.from_on, row.tenure) == ("booklet", date(2020, 5, 1), "own")


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2019, 1, 1)])
def test_a_day_to_come_or_before_he_moved_in_is_refused(day):
    resident = make_resident()
    link(resident, make_house())
    with pytest.raises(InvalidInput):
        move_out(resident.pk, on=day, actor=LI, stamp=stamp())


def test_a_household_has_one_head_and_members_come_and_go():
    head, wife, son = make_resident("张三"), make_resident("李四"), make_resident("张小")
    own = join_household(head.pk, Joining(Relation.HEAD, code="A 01"), actor=LI, stamp=stamp())
    assert own.code == "A01"
    for who, relation in ((son, Relation.SON), (wife, Relation.SPOUSE)):
        join_household(who.pk, Joining(relation), with_id=head.pk, actor=LI, stamp=stamp())
    household, members = household_of(wife)
    assert household == own
    assert members[0].hit.id == head.pk
    with pytest.raises(Conflict, match="已经有户主"):
        join_household(wife.pk, Joining(Relation.HEAD), with_id=head.pk, actor=LI, stamp=stamp())
    leave_household(son.pk, on=date(2026, 11, 22), actor=LI, stamp=stamp())
    assert len(household_of(head)[1]) == 2
    assert household_of(son) is None
    assert verify(TOWN).findings == []


def test_joining_nobody_is_refused_with_what_to_do():
    resident, other = make_resident("张三"), make_resident("李四")
    with pytest.raises(InvalidInput, match="选户主"):
        join_household(resident.pk, Joining(Relation.SON), actor=LI, stamp=stamp())
    with pytest.raises(Conflict, match="先给他立户"):
        join_household(resident.pk, Joining(Relation.SON), with_id=other.pk, actor=LI, stamp=stamp())
    with pytest.raises(Conflict, match="不用办离户"):
        leave_household(resident.pk, on=date(2026, 11, 1), actor=LI, stamp=stamp())


def test_correcting_an_address_finds_the_house_by_the_new_one():
    row = make_house()
    wrong = HouseFacts("", "三组21号", use="rented")
    correct_house(row.pk, wrong, actor=LI, stamp=stamp(), words="写反了")
    correct_house(row.pk, wrong, actor=LI, stamp=stamp())
    assert house_at(LI, WEST, "三组21号") == row
    assert house_at(LI, WEST, "三组12号") is None
    assert [entry.deed for entry in entries_of(row)] == ["house.registered", "house.corrected"]


def test_a_list_of_houses_is_narrowed_and_paged():
    grid = make_grid()
    for n in range(52):
        make_house(f"三组{n}号", use="rented" if n % 2 else "own", grid_id=grid.pk if n < 5 else None)
    link(make_resident(), house_at(LI, WEST, "三组0号"))
    first, lines = list_houses(LI, HousesAsked(division_code=WEST))
    assert (len(lines), lines[0].people, lines[0].village) == (50, 1, "西沟村")
    assert len(list_houses(LI, HousesAsked(), after=first.next_token)[1]) == 2
    assert len(list_houses(LI, HousesAsked(use="rented"))[1]) == 26
    assert len(list_houses(LI, HousesAsked(grid_id=grid.pk))[1]) == 5
    assert [line.address for line in list_houses(LI, HousesAsked(address="三组7号"))[1]] == ["三组7号"]


def test_another_village_and_another_town_reach_no_house():
    """T13: 赵 works for 东岭村."""
    house, resident = make_house(), make_resident()
    for actor in (ZHAO, STRANGER):
        with pytest.raises(NotFound):
            house_for(actor, house.pk)
        assert list_houses(actor, HousesAsked())[1] == []
        with pytest.raises(NotFound):
            link(resident, house, by=actor)
    theirs = make_resident(by=ZHAO, division_code=EAST)
    with pytest.raises(NotFound):
        link(theirs, house, by=ZHAO)


def test_who_has_no_right_is_refused():
    house, resident = make_house(), make_resident()
    refused = [
        lambda: make_house("五组1号", by=WANG),
        lambda: link(resident, house, by=WANG),
        lambda: move_out(resident.pk, on=date(2026, 1, 1), actor=WANG, stamp=stamp(WANG)),
        lambda: join_household(uuid4(), Joining(Relation.HEAD), actor=WANG, stamp=stamp(WANG)),
    ]
    for deed in refused:
        with pytest.raises(NotAllowed):
            deed()


def test_an_address_lies_in_clear_nowhere():
    """T19."""
    house = make_house("鹤鸣岗1号")
    correct_house(house.pk, HouseFacts("", "九皋坡2号"), actor=LI, stamp=stamp())
    link(make_resident(), house)
    with connection.cursor() as cursor:
        stored = []
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")
            stored += [str(line) for line in cursor.fetchall()]
    assert not any("鹤鸣岗" in line or "九皋坡" in line for line in stored)
    assert House.objects.get().address == "九皋坡2号"


def test_links_are_facts_and_a_withdrawn_one_is_none():
    resident, house = make_resident(), make_house()
    link(resident, house)
    (row,) = FACTS["house_link"].sources[0](TOWN)
    assert (row["resident_id"], row["linked_on"], row["until_on"]) == (
        resident.pk,
        date(2026, 11, 22),
        None,
    )
    HouseLink.objects.update(is_withdrawn=True)
    assert list(FACTS["house_link"].sources[0](TOWN)) == []


@pytest.mark.parametrize(
    ("said", "relation"), [("长子", Relation.SON), ("妻", Relation.SPOUSE), (" 户 主", Relation.HEAD)]
)
def test_relations_are_read_as_people_write_them(said, relation):
    assert read_relation(said) is relation
