"""T19: canary residents leave no trace in clear in any table."""

import pytest
from django.apps import apps
from django.db import connection

from banjie.fields.names import initials_of, pinyin_of
from banjie.residents.actions import correct_resident, reveal_resident
from banjie.residents.facts import Correction
from banjie.residents.models import Resident
from banjie.residents.tests.factories import LI, id_number, make_resident, make_villages, stamp

pytestmark = pytest.mark.django_db
NAMES = ("欧阳鸢飞", "曾戾天", "阿卜杜拉·鱼跃", "𠮷㛃渊")


def everything_stored() -> str:
    tables = [model._meta.db_table for model in apps.get_models(include_auto_created=True)]
    with connection.cursor() as cursor:
        stored = []
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            stored.extend(str(row) for row in cursor.fetchall())
    return "\n".join(stored)


def test_no_name_pinyin_phone_id_or_house_of_a_resident_lies_in_clear_anywhere():
    make_villages()
    canaries: set[str] = set()
    for serial, name in enumerate(NAMES, start=1):
        phone, number, house = f"1387770{serial:04d}", id_number(serial), f"鹤鸣岗{serial}号"
        row = make_resident(name, phone=phone, id_number=number, house=house)
        change = Correction(
            phone=f"1396660{serial:04d}", id_number=id_number(serial + 50), house=f"九皋坡{serial}号"
        )
        correct_resident(row.pk, change, actor=LI, stamp=stamp())
        reveal_resident(row, ["name", "phone", "id_number", "house"], reason="核对", actor=LI, stamp=stamp())
        row = Resident.objects.get(pk=row.pk)
        parts = {
            name,
            *name.split("·"),
            pinyin_of(name),
            phone,
            number,
            house,
            row.phone,
            row.id_number,
            row.house,
        }
        canaries |= parts | {name[1:], phone[-8:], number[6:14] + number[14:]}
    stored = everything_stored()
    assert "resident.registered" in stored
    assert "西沟村" in stored
    assert [canary for canary in sorted(canaries) if canary in stored or canary.upper() in stored] == []


def test_initials_and_last_fours_lie_in_no_key_in_clear():
    make_villages()
    row = make_resident("曾戾天", phone="13877701234")
    with connection.cursor() as cursor:
        cursor.execute("SELECT digest FROM residents_residentkey")
        digests = {str(digest) for (digest,) in cursor.fetchall()}
    assert not digests & {"1234", initials_of("曾戾天"), str(int("1234")), str(row.pk)}
    assert all(len(digest) > 8 for digest in digests)
