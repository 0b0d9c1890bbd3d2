"""The small town of the cases' tests, opened just now, with a browser for each of its people."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from django.test import Client

from banjie.base.clock import now
from banjie.cases.tests.factories import Office, open_office
from banjie.people.models import Staff

SPAN = timedelta(days=1)


def open_today() -> Office:
    """Return the office as of yesterday at this hour, so that what its people did lies before the browser's now."""
    office = replace(open_office(), at=now() - SPAN)
    Staff.objects.update(must_change_password=False)
    return office


def browser(office: Office, name: str) -> Client:
    """Return a browser in which one of the office's people is logged in, past his first password."""
    client = Client()
    Staff.objects.filter(pk=office.people[name].pk).update(must_change_password=False)
    person = Staff.objects.get(pk=office.people[name].pk)
    client.force_login(person, backend="banjie.people.backends.StaffBackend")
    client.get("/")
    return client


def send(client: Client, case, word: str, **told: object):
    """Post a deed's form as the page would, with a client key and what its page has seen."""
    page = client.get(f"/cases/{case.number}").content.decode()
    seen = page.partition("newer?seen=")[2].partition('"')[0]
    fields = {"client_key": str(uuid4()), "seen": seen, **told}
    return client.post(f"/cases/{case.number}/{word}", fields)
