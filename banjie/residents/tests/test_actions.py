from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from banjie.base.errors import Conflict, InvalidInput, NotAllowed, NotFound
from banjie.fields.citizen import IdKind
from banjie.fields.crypto import SealBroken
from banjie.ledger.queries import entries_of, told
from banjie.residents.actions import (
    AlreadyRegistered,
    correct_resident,
    register_resident,
    register_residents,
    reveal_resident,
)
from banjie.residents.facts import Correction
from banjie.residents.key_rows import rebuild_keys
from banjie.residents.models import Resident, ResidentKey
from banjie.residents.queries import find_residents
from banjie.residents.tests.factories import (
    EAST,
    LI,
    OTHER_TOWN,
    STRANGER,
    TOWN,
    WANG,
    WEST,
    ZHAO,
    facts,
    id_number,
    make_grid,
    make_resident,
    make_villages,
    stamp,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def villages():
    make_villages()


def deeds_of(row: Resident) -> list[str]:
    return [entry.deed for entry in entries_of(row)]


def test_a_resident_is_registered_with_an_entry():
    row = make_resident("张三", phone="138 1234 5678", id_number=id_number().lower(), house="3组5号")
    again = Resident.objects.get(pk=row.pk)
    assert (again.name, again.phone, again.id_number, again.house) == (
        "张三",
        "13812345678",
        id_number(),
        "3组5号",
    )
    assert again.id_kind == IdKind.CITIZEN
    assert deeds_of(row) == ["resident.registered"]


def test_a_name_alone_is_enough():
    row = make_resident("张三")
    assert (row.masked_name, row.masked_phone, row.masked_id_number, row.id_kind) == ("*三", "", "", "")


def test_every_wrong_field_is_named_at_once():
    """U32."""
    wrong = facts(" ", phone="138", id_number="11010519491231002Y", division_code="", house="长" * 81)
    with pytest.raises(InvalidInput) as refused:
        register_resident(wrong, actor=LI, stamp=stamp())
    assert set(refused.value.fields) == {"name", "phone", "id_number", "division_code", "house"}
    assert refused.value.fields["id_number"] == "身份证号第18位应为数字或X，现在是“Y”，请核对"
    assert not Resident.objects.exists()


def test_another_kind_of_card_is_taken_when_it_is_told():
    assert make_resident(id_number="e12345678", id_kind=IdKind.OTHER).id_number == "E12345678"


def test_one_id_number_is_registered_once_in_a_town_and_the_refusal_shows_who_bears_it():
    make_resident("张三", phone="13812345678", id_number=id_number())
    with pytest.raises(AlreadyRegistered, match=r"\*三，138\*\*\*\*5678，西沟村") as refused:
        make_resident("李四", id_number=id_number())
    assert refused.value.hit is not None
    assert Resident.objects.count() == 1


def test_who_may_not_see_the_bearer_of_an_id_number_learns_no_name():
    make_resident("张三", id_number=id_number())
    with pytest.raises(AlreadyRegistered, match="本镇其他村") as refused:
        make_resident("李四", by=ZHAO, division_code=EAST, id_number=id_number())
    assert refused.value.hit is None
    assert "三" not in refused.value.message


def test_the_database_itself_holds_an_id_number_once():
    """Two clerks who check at the same moment cannot both write."""
    first, second = make_resident("张三", id_number=id_number()), make_resident("李四")
    sole = ResidentKey.objects.get(resident=first, is_sole=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        ResidentKey.objects.create(resident=second, digest=sole.digest, is_sole=True)


def test_another_town_may_register_the_same_person():
    make_resident("张三", id_number=id_number())
    elsewhere = facts("张三", division_code=f"{OTHER_TOWN}201", id_number=id_number())
    assert register_resident(elsewhere, actor=STRANGER, stamp=stamp(STRANGER)).town == OTHER_TOWN


@pytest.mark.parametrize(
    "division_code", [EAST.replace("202", "203").replace("980011101", OTHER_TOWN), f"{OTHER_TOWN}201"]
)
def test_a_village_outside_the_scope_is_refused(division_code: str):
    with pytest.raises(InvalidInput, match="不在您的管辖范围内"):
        make_resident(division_code=division_code)


def test_a_grid_must_lie_in_the_village():
    grid = make_grid(WEST)
    assert make_resident(grid_id=grid.pk).grid_id == grid.pk
    for wrong in ({"grid_id": grid.pk, "division_code": EAST}, {"grid_id": uuid4()}):
        with pytest.raises(InvalidInput, match="网格不属于"):
            make_resident(**wrong)


def test_who_has_no_right_is_refused():
    row = make_resident()
    refused = [
        lambda: register_resident(facts(), actor=WANG, stamp=stamp(WANG)),
        lambda: register_residents([facts()], actor=WANG, stamp=stamp(WANG)),
        lambda: correct_resident(row.pk, Correction(phone=""), actor=WANG, stamp=stamp(WANG)),
        lambda: reveal_resident(row, ["phone"], reason="回访", actor=WANG, stamp=stamp(WANG)),
        lambda: find_residents(replace(WANG, deeds=frozenset()), "张"),
    ]
    for deed in refused:
        with pytest.raises(NotAllowed):
            deed()


def test_a_repeated_submission_gets_the_first_resident():
    once = stamp(client_key="k1", content={"name": "张三"})
    first = register_resident(facts(), actor=LI, stamp=once)
    assert register_resident(facts(), actor=LI, stamp=once).pk == first.pk
    with pytest.raises(Conflict):
        register_resident(facts("李四"), actor=LI, stamp=stamp(client_key="k1", content={"name": "李四"}))
    assert Resident.objects.count() == 1


def test_a_correction_changes_what_was_told_and_where_it_is_found():
    row = make_resident("张三", phone="13812345678", id_number=id_number(1))
    change = Correction(name="章三", phone="13987654321", id_number=id_number(2))
    row = correct_resident(row.pk, change, actor=LI, stamp=stamp(), words="身份证登错")
    assert (row.name, row.phone, row.id_number) == ("章三", "13987654321", id_number(2))
    assert [len(find_residents(LI, typed)) for typed in ("张三", "5678", id_number(1))] == [0, 0, 0]
    assert [len(find_residents(LI, typed)) for typed in ("章三", "4321", id_number(2))] == [1, 1, 1]
    last = told(entries_of(row))[-1]
    assert last.words == "身份证登错"
    assert set(last.rows[row.ledger_key]) == {"name_sealed", "phone_sealed", "id_number_sealed"}


def test_a_correction_of_nothing_writes_nothing():
    row = make_resident("张三", phone="13812345678")
    correct_resident(row.pk, Correction(phone="138-1234-5678"), actor=LI, stamp=stamp())
    assert deeds_of(row) == ["resident.registered"]


def test_a_correction_may_clear_a_value_and_keeps_the_rest():
    row = make_resident("张三", phone="13812345678", house="3组")
    row = correct_resident(row.pk, Correction(phone=""), actor=LI, stamp=stamp())
    assert (row.phone, row.house) == ("", "3组")
    assert find_residents(LI, "5678") == []


def test_moving_to_another_village_drops_the_old_grid():
    row = make_resident(grid_id=make_grid(WEST).pk)
    row = correct_resident(row.pk, Correction(division_code=EAST), actor=LI, stamp=stamp())
    assert (row.division_code, row.grid_id) == (EAST, None)


def test_an_id_number_is_not_moved_onto_a_second_person():
    make_resident("张三", id_number=id_number())
    other = make_resident("李四")
    with pytest.raises(AlreadyRegistered, match="已登记在本镇"):
        correct_resident(other.pk, Correction(id_number=id_number()), actor=LI, stamp=stamp())


def test_a_full_view_is_an_entry_with_its_reason():
    """T19, U12."""
    row = make_resident("张三", phone="13812345678", id_number=id_number())
    shown = reveal_resident(row, ["id_number", "phone"], reason="核对低保名单", actor=LI, stamp=stamp())
    assert shown == {"phone": "13812345678", "id_number": id_number()}
    last = told(entries_of(row))[-1]
    assert last.entry.deed == "resident.revealed"
    assert last.words == "查看联系电话、证件号码：核对低保名单"


def test_a_full_view_without_a_reason_or_of_nothing_is_refused():
    row = make_resident()
    with pytest.raises(InvalidInput, match="写明用途"):
        reveal_resident(row, ["phone"], reason="  ", actor=LI, stamp=stamp())
    for parts in ([], ["name_sealed"]):
        with pytest.raises(InvalidInput, match="请选择要查看的项"):
            reveal_resident(row, parts, reason="核对", actor=LI, stamp=stamp())
    assert deeds_of(row) == ["resident.registered"]


@pytest.mark.parametrize("stranger", [ZHAO, STRANGER])
def test_a_resident_of_another_village_or_town_is_not_there_for_zhao(stranger):
    """T13."""
    row = make_resident("张三", phone="13812345678")
    with pytest.raises(NotFound):
        correct_resident(row.pk, Correction(phone=""), actor=stranger, stamp=stamp(stranger))
    with pytest.raises(NotFound):
        reveal_resident(row, ["phone"], reason="看看", actor=stranger, stamp=stamp(stranger))
    assert deeds_of(row) == ["resident.registered"]


def test_many_are_registered_at_once_each_with_an_entry():
    rows = register_residents(
        [facts(f"张{word}", id_number=id_number(serial)) for serial, word in enumerate("一二三四五")],
        actor=LI,
        stamp=stamp(),
    )
    assert [row.name for row in rows] == ["张一", "张二", "张三", "张四", "张五"]
    assert all(deeds_of(row) == ["resident.registered"] for row in rows)
    assert len(find_residents(LI, "zhang")) == 5


def test_many_are_registered_all_or_none():
    many = [
        facts("张三", id_number=id_number(1)),
        facts("李四", phone="138"),
        facts("王五", id_number=id_number(1)),
    ]
    with pytest.raises(InvalidInput, match="共2处要改，第一处在第2行") as refused:
        register_residents(many, actor=LI, stamp=stamp())
    assert refused.value.fields["3.id_number"] == "证件号码与第1行相同，请只留一行"
    assert set(refused.value.fields) == {"2.phone", "3.id_number"}
    assert not Resident.objects.exists()
    make_resident("张三", id_number=id_number(1))
    with pytest.raises(AlreadyRegistered):
        register_residents([facts("赵六"), facts("张三", id_number=id_number(1))], actor=LI, stamp=stamp())
    assert Resident.objects.count() == 1
    assert ResidentKey.objects.exclude(resident__in=Resident.objects.all()).count() == 0


def test_keys_are_derived_and_can_be_made_anew():
    row = make_resident("单雄信", phone="13812345678", id_number=id_number(), outer_code="A00045581")
    before = set(ResidentKey.objects.values_list("resident_id", "digest", "is_sole"))
    ResidentKey.objects.all().delete()
    assert find_residents(LI, "shanx") == []
    assert rebuild_keys(TOWN) == 1
    assert set(ResidentKey.objects.values_list("resident_id", "digest", "is_sole")) == before
    assert find_residents(LI, "shanx")[0].id == row.pk


@pytest.mark.parametrize("column", ["name_sealed", "phone_sealed"])
def test_a_sealed_value_moved_to_another_resident_does_not_open(column: str):
    """T9, T19: what is copied in the database is no one's."""
    one, other = make_resident("张三", phone="13812345678"), make_resident("李四", phone="13987654321")
    Resident.objects.filter(pk=other.pk).update(**{column: getattr(one, column)})
    with pytest.raises(SealBroken, match="被挪到了别处"):
        _ = Resident.objects.get(pk=other.pk).opened(column.removesuffix("_sealed"))
