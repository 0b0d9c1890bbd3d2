"""The town of these tests, founded through the rooms' own actions in the home that BANJIE_HOME names."""

from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import transaction

from banjie.cases.tests.factories import DAY, TOWN, XIGOU, Office, open_office, set_up
from banjie.config.readiness import collect_static
from banjie.enterprises.actions import register_enterprise
from banjie.enterprises.particulars import Particulars
from banjie.ledger.actions import record_all
from banjie.ledger.record import Deed, Stamp
from banjie.people.actions import add_post, hire_staff
from banjie.people.models import Staff, Unit
from banjie.people.queries import founder_of
from banjie.residents.actions import register_residents
from banjie.residents.facts import ResidentFacts
from tests.e2e.people import PASSWORD, RESIDENTS


def found_town() -> None:
    """Bring the schema and the static files, then the office of 青禾镇 and a few residents."""
    call_command("migrate", interactive=False, verbosity=0)
    collect_static()
    office = open_office()
    _appoint_administrators(office)
    _let_in(office)
    _take_in_residents(office)
    _take_in_an_enterprise(office)


def _appoint_administrators(office: Office) -> None:
    """Seat the other two of the three administrators (三员分立)."""
    founder, stamp = founder_of(TOWN), set_up()
    hall = Unit.objects.get(key="hall")
    for login, name, role in (
        ("an", "安卫", "security_administrator"),
        ("ji", "纪慎", "audit_administrator"),
    ):
        office.people[login] = hire_staff(founder, stamp, login=login, name=name, division_code=TOWN)
        add_post(
            founder,
            stamp,
            unit_id=hall.pk,
            title=f"管理 {name}",
            roles=[role],
            division_code=TOWN,
            holder_a=office.people[login].pk,
        )


def _let_in(office: Office) -> None:
    """Give everyone the one password, hashed once."""
    people = list(office.people.values())
    Staff.objects.filter(pk__in=[person.pk for person in people]).update(password=make_password(PASSWORD))
    opened = {"must_change_password": False}
    with transaction.atomic():
        record_all([Deed("staff.password_set", person, changes=opened) for person in people], set_up())


def _take_in_residents(office: Office) -> None:
    at = DAY - timedelta(days=1)
    facts = [
        ResidentFacts(name=name, phone=phone, house=house, division_code=XIGOU if house else TOWN)
        for name, phone, house in RESIDENTS
    ]
    register_residents(facts, actor=office.chen, stamp=Stamp(office.chen.id, at, at))


def _take_in_an_enterprise(office: Office) -> None:
    told = Particulars(name="清泉水厂", division_code=XIGOU)
    at = DAY - timedelta(days=1)
    register_enterprise(told, actor=office.chen, stamp=Stamp(office.chen.id, at, at))
