"""People with a log-in: 李 of the town, 王 his colleague, 赵 of another town; for every test that opens pages."""

from itertools import count

from django.db import transaction
from django.test import Client

from banjie.base.clock import now
from banjie.ledger.actions import record
from banjie.ledger.record import Deed, Stamp
from banjie.people.actions import hire_staff
from banjie.people.models import Staff
from banjie.people.queries import founder_of
from banjie.people.tests.factories import LONG_PASSWORD, OTHER_TOWN, TOWN, VILLAGE, make_post, make_unit
from banjie.places.actions import add_division

__all__ = [
    "LONG_PASSWORD",
    "OTHER_TOWN",
    "TOWN",
    "VILLAGE",
    "client_of",
    "make_person",
    "make_post",
    "make_town",
]

_serial = count(1)


def make_town(town=TOWN, name="青石镇"):
    founder = founder_of(town)
    at = now()
    stamp = Stamp(by=founder.id, happened_at=at, recorded_at=at)
    add_division(founder, stamp, code=town, name=name)
    add_division(founder, stamp, code=f"{town}201", name=f"{name[0]}山村")


def make_person(*roles, name="李明", town=TOWN, unit=None, password="", **more):
    """Hire someone who is past his first password, with a post of these roles; a real password is slow to hash."""
    founder, at = founder_of(town), now()
    stamp = Stamp(by=founder.id, happened_at=at, recorded_at=at)
    login = f"person{next(_serial)}"
    person = hire_staff(founder, stamp, login=login, name=name, password=password or None, **more)
    with transaction.atomic():
        record(Deed("staff.password_set", person, changes={"must_change_password": False}), stamp)
    if roles:
        make_post(*roles, unit=unit or make_unit(town=town), a=person, town=town)
    return Staff.objects.get(pk=person.pk)


def client_of(person):
    """Return a browser in which `person` is logged in."""
    client = Client()
    client.force_login(person, backend="banjie.people.backends.StaffBackend")
    return client
