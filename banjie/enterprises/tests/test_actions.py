"""Deeds on enterprises: registered, amended, shut, merged, looked at in full; through the ledger, within the reach."""

from datetime import date
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from banjie.base.declarations import FACTS
from banjie.base.errors import Conflict, InvalidInput, NotAllowed, NotFound
from banjie.enterprises.actions import (
    AlreadyStanding,
    amend_enterprise,
    close_enterprise,
    merge_enterprises,
    register_enterprise,
    reopen_enterprise,
    reveal_contact,
    unmerge_enterprise,
)
from banjie.enterprises.lists import Status
from banjie.enterprises.models import Enterprise
from banjie.enterprises.particulars import Amendment
from banjie.enterprises.queries import enterprise_for, enterprise_names, find_enterprises, ids_of, visible_to
from banjie.enterprises.tests.factories import (
    EAST,
    LI,
    OTHER_TOWN,
    STRANGER,
    TOWN,
    WANG,
    ZHAO,
    make_enterprise,
    make_villages,
    stamp,
    told,
    uscc,
)
from banjie.ledger.queries import entries_of
from banjie.ledger.verify import verify

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def villages():
    make_villages()


def deeds_of(row):
    return [entry.deed for entry in entries_of(row)]


def test_an_enterprise_is_registered_in_business_with_an_entry():
    row = make_enterprise(uscc=f" {uscc().lower()} ", contact="单小梅", phone="138 1234 5678", industry="C")
    row = Enterprise.objects.get(pk=row.pk)
    assert (row.uscc, row.status, row.registered_on) == (uscc(), "active", date(2026, 11, 22))
    assert (row.masked_contact, row.masked_phone) == ("*小梅", "138****5678")
    assert deeds_of(row) == ["enterprise.registered"]


def test_every_wrong_particular_is_named_at_once():
    """U32."""
    wrong = told(" ", uscc="9135", phone="138", division_code="", size="vast", since_on=date(2027, 1, 1))
    with pytest.raises(InvalidInput) as refused:
        register_enterprise(wrong, actor=LI, stamp=stamp())
    assert set(refused.value.fields) == {"name", "uscc", "phone", "division_code", "size", "since_on"}


def test_a_code_with_a_wrong_check_character_is_asked_again_and_taken_as_licensed():
    wrong = uscc()[:-1] + ("0" if uscc()[-1] != "0" else "1")
    with pytest.raises(InvalidInput, match="校验位不符"):
        make_enterprise(uscc=wrong)
    row = make_enterprise(uscc=wrong, is_as_licensed=True)
    amend_enterprise(row.pk, Amendment(short_name="农机"), actor=LI, stamp=stamp())
    assert Enterprise.objects.get().short_name == "农机"


def test_one_code_stands_once_in_a_town_and_the_refusal_shows_who_bears_it():
    make_enterprise(uscc=uscc())
    with pytest.raises(AlreadyStanding, match="青石农机有限公司，西沟村"):
        make_enterprise("别的公司", uscc=uscc())
    with pytest.raises(AlreadyStanding, match="本镇其他村") as refused:
        make_enterprise("别的公司", by=ZHAO, division_code=EAST, uscc=uscc())
    assert "农机" not in refused.value.message
    elsewhere = told("别的公司", division_code=f"{OTHER_TOWN}201", uscc=uscc())
    assert register_enterprise(elsewhere, actor=STRANGER, stamp=stamp(STRANGER)).town == OTHER_TOWN


def test_the_database_itself_holds_a_code_once():
    make_enterprise(uscc=uscc())
    with pytest.raises(IntegrityError), transaction.atomic():
        Enterprise.objects.create(
            town=TOWN, name="别的公司", division_code=EAST, uscc=uscc(), registered_on=date(2026, 1, 1)
        )


def test_a_repeat_gets_the_first_enterprise():
    key = str(uuid4())
    first, again = (
        register_enterprise(told(), actor=LI, stamp=stamp(client_key=key, content="x")) for _ in range(2)
    )
    assert first.pk == again.pk


@pytest.mark.parametrize("typed", ["农机", "qsnj", "nongji", "QSNJ", "农机有限公司", "MA0000001", "大梁山"])
def test_it_is_found_by_part_of_its_name_pinyin_initials_and_code(typed):
    """U2."""
    make_enterprise(uscc=uscc(), short_name="大梁山农机")
    make_enterprise("清河酒业（集团）")
    assert [hit.name for hit in find_enterprises(LI, typed)] == ["青石农机有限公司"]


def test_brackets_of_either_width_are_one_and_what_is_shut_comes_last():
    shut = make_enterprise("清河酒业(集团)")
    close_enterprise(
        shut.pk, Status.SUSPENDED, on=date(2026, 11, 1), actor=LI, stamp=stamp(), words="走访核实"
    )
    make_enterprise("清河酒业（集团）分公司")
    hits = find_enterprises(LI, "酒业（集")
    assert [(hit.name, hit.status) for hit in hits] == [
        ("清河酒业（集团）分公司", "在业"),
        ("清河酒业（集团）", "停业"),
    ]


def test_another_village_and_another_town_find_nothing():
    """T13: 赵 works for 东岭村."""
    row = make_enterprise(uscc=uscc())
    for actor in (ZHAO, STRANGER):
        assert find_enterprises(actor, "农机") == []
        assert not visible_to(actor).exists()
        with pytest.raises(NotFound):
            enterprise_for(actor, row.pk)
        with pytest.raises(NotFound):
            amend_enterprise(row.pk, Amendment(name="他"), actor=actor, stamp=stamp(actor))


def test_amending_says_what_changed_and_nothing_writes_no_entry():
    row = make_enterprise(contact="单小梅")
    amend_enterprise(row.pk, Amendment(contact="单小梅"), actor=LI, stamp=stamp())
    amend_enterprise(
        row.pk, Amendment(name="青石机电有限公司", phone="13812345678"), actor=LI, stamp=stamp(), words="更名"
    )
    assert deeds_of(row) == ["enterprise.registered", "enterprise.amended"]
    assert [hit.name for hit in find_enterprises(LI, "jidian")] == ["青石机电有限公司"]
    assert find_enterprises(LI, "农机") == []


def test_it_is_shut_with_a_day_and_a_ground_and_opens_again():
    row = make_enterprise(since_on=date(2020, 1, 1))
    told_wrong = [
        {"on": date(2026, 11, 23), "words": "走访"},
        {"on": date(2019, 1, 1), "words": "走访"},
        {"on": date(2026, 11, 1), "words": " "},
    ]
    for wrong in told_wrong:
        with pytest.raises(InvalidInput):
            close_enterprise(row.pk, Status.SUSPENDED, actor=LI, stamp=stamp(), **wrong)
    close_enterprise(row.pk, Status.SUSPENDED, on=date(2026, 11, 1), actor=LI, stamp=stamp(), words="走访")
    assert Enterprise.objects.get().closed_on == date(2026, 11, 1)
    reopen_enterprise(row.pk, actor=LI, stamp=stamp(), words="走访")
    assert (Enterprise.objects.get().status, Enterprise.objects.get().closed_on) == ("active", None)
    with pytest.raises(Conflict, match="本来就在业"):
        reopen_enterprise(row.pk, actor=LI, stamp=stamp(), words="走访")


def test_a_double_leads_to_the_one_that_stands_until_it_is_parted_again():
    kept, double = make_enterprise(uscc=uscc()), make_enterprise("青石农机公司")
    merge_enterprises(double.pk, into_id=kept.pk, actor=LI, stamp=stamp(), words="同一地址同一负责人")
    assert enterprise_for(LI, double.pk).pk == kept.pk
    assert ids_of(kept) == [kept.pk, double.pk]
    assert enterprise_names(TOWN, [double.pk]) == {double.pk: "青石农机有限公司"}
    assert [hit.name for hit in find_enterprises(LI, "农机")] == ["青石农机有限公司"]
    unmerge_enterprise(double.pk, actor=LI, stamp=stamp(), words="看错了")
    assert len(find_enterprises(LI, "农机")) == 2
    assert verify(TOWN).findings == []


def test_two_codes_are_two_enterprises():
    kept, other = make_enterprise(uscc=uscc(1)), make_enterprise("青石农机公司", uscc=uscc(2))
    with pytest.raises(Conflict, match="是两家企业"):
        merge_enterprises(other.pk, into_id=kept.pk, actor=LI, stamp=stamp(), words="像")
    with pytest.raises(InvalidInput, match="自己"):
        merge_enterprises(kept.pk, into_id=kept.pk, actor=LI, stamp=stamp(), words="像")


def test_a_full_look_takes_a_reason_and_is_entered():
    """U12, T19."""
    row = make_enterprise(contact="单小梅", phone="13812345678")
    with pytest.raises(InvalidInput):
        reveal_contact(row, reason=" ", actor=LI, stamp=stamp())
    shown = reveal_contact(row, reason="通知开会", actor=LI, stamp=stamp())
    assert shown == {"contact": "单小梅", "phone": "13812345678"}
    assert deeds_of(row)[-1] == "enterprise.revealed"


def test_who_has_no_right_is_refused():
    row = make_enterprise()
    refused = [
        lambda: register_enterprise(told(), actor=WANG, stamp=stamp(WANG)),
        lambda: amend_enterprise(row.pk, Amendment(), actor=WANG, stamp=stamp(WANG)),
        lambda: reopen_enterprise(row.pk, actor=WANG, stamp=stamp(WANG), words="走访"),
        lambda: merge_enterprises(row.pk, into_id=uuid4(), actor=WANG, stamp=stamp(WANG), words="像"),
        lambda: reveal_contact(row, reason="看看", actor=WANG, stamp=stamp(WANG)),
    ]
    for deed in refused:
        with pytest.raises(NotAllowed):
            deed()


def test_the_contact_lies_in_clear_nowhere():
    """T19."""
    row = make_enterprise(contact="欧阳鸢飞", phone="13877701234")
    amend_enterprise(row.pk, Amendment(contact="曾戾天", phone="13966601234"), actor=LI, stamp=stamp())
    with connection.cursor() as cursor:
        stored = []
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")
            stored += [str(line) for line in cursor.fetchall()]
    everything = "\n".join(stored)
    assert "青石农机" in everything
    for canary in ("鸢飞", "戾天", "77701234", "66601234", "ouyang"):
        assert canary not in everything, canary


def test_enterprises_are_facts_without_doubles():
    kept, double = make_enterprise(uscc=uscc(), industry="C"), make_enterprise("青石农机公司")
    merge_enterprises(double.pk, into_id=kept.pk, actor=LI, stamp=stamp(), words="同一家")
    (row,) = FACTS["enterprise"].sources[0](TOWN)
    assert (row["id"], row["industry"], row["registered_on"]) == (kept.pk, "C", date(2026, 11, 22))
