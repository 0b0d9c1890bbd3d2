"""A case and a resident lead to what books hold of them, loaded apart, within what the reader sees (U6, T13)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from banjie.base.clock import local_day, now
from banjie.books.actions import write
from banjie.cases.tests.factories import handled
from banjie.desk.tests.cases_office import browser, open_today
from banjie.ledger.record import Stamp
from banjie.residents.actions import register_resident
from banjie.residents.facts import ResidentFacts

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
PART = {"HX-Request": "true", "HX-Target": "records-about"}


def furnished():
    """Return an office with a case of 苏婉 whom 李 visited, and the two."""
    office = open_today()
    stamp = Stamp(office.li.id, now() - timedelta(hours=1), now())
    facts = ResidentFacts(name="苏婉", phone="13900005678", division_code=f"{office.town}201")
    resident = register_resident(facts, actor=office.chen, stamp=stamp)
    case = handled(office, resident_id=resident.pk)
    told = {
        "visited_on": local_day(now()).isoformat(),
        "visitor": str(office.li.id),
        "village": f"{office.town}201",
        "purpose": "outreach",
        "heard": "屋后排水沟堵了",
        "resident": str(resident.pk),
        "case": str(case.pk),
        "followed_up": "registered",
    }
    write("visits", told, actor=office.li, stamp=stamp)
    return office, case, resident


def test_what_books_hold_of_a_case_and_of_a_resident_is_listed_with_links():
    office, case, resident = furnished()
    client = browser(office, "li")
    for where in (f"/cases/{case.number}", f"/residents/{resident.pk}"):
        page = client.get(where).content.decode()
        assert f'hx-get="{where}/records"' in page
        assert f'href="{where}/records"' in page
        part = client.get(f"{where}/records", headers=PART).content.decode()
        assert part.lstrip().startswith('<section class="panel" id="records-about"')
        assert "走访台账" in part
        assert "苏婉" not in client.get(f"{where}/records").content.decode()


def test_only_books_that_the_reader_sees_are_listed():
    """The visits are his unit's: 孙 of another sees all of them by her part, 吴 his unit's, 陈 none."""
    office, case, _ = furnished()
    listed = {
        name: "走访台账" in browser(office, name).get(f"/cases/{case.number}/records").content.decode()
        for name in ("sun", "wu", "chen")
    }
    assert listed == {"sun": True, "wu": True, "chen": False}
    assert browser(office, "zhao").get(f"/cases/{case.number}/records").status_code == 404
    assert browser(office, "li").get(f"/residents/{uuid4()}/records").status_code == 404


def test_the_part_takes_few_queries():
    office, case, _ = furnished()
    client = browser(office, "li")
    client.get(f"/cases/{case.number}/records")
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/cases/{case.number}/records", headers=PART)
    assert len(queries) <= 8, "\n".join(query["sql"][:150] for query in queries)
