"""The columns of a standing book, changed on the web (U32): names and choices change, what its records hold does not."""

from uuid import uuid4

import pytest

from banjie.base.clock import local_day, now
from banjie.books.queries import books_of
from banjie.cases.tests.factories import open_office
from banjie.desk.tests.test_intake import browser
from banjie.fields.spec import FieldType

pytestmark = pytest.mark.django_db
PAGE = "/books/visits/declare"


@pytest.fixture
def office():
    return open_office()


def sent(client, **told):
    """Send the form as a browser would that changed only what is `told`."""
    shown = client.get(PAGE).context
    about, rows = shown["about"], shown["fields"]
    asked = {name: about[name].value() for name in about.fields}
    asked |= {f"f-{name}": value for name, value in rows.management_form.initial.items()}
    for row in rows:
        for name in row.fields:
            value = row[name].value()
            if value not in (None, False):
                asked[row.add_prefix(name)] = value
    answer = client.post(PAGE, {**asked, **told, "client_key": str(uuid4()), "then": "declare"})
    return answer, answer.content.decode()


def visits(office):
    return books_of(office.town, local_day(now())).book("visits")


def test_a_renamed_day_is_still_the_day_of_the_book(office):
    answer, shown = sent(browser(office, "he"), **{"f-0-label": "走访的日子", "f-12-label": "天气"})
    assert answer.status_code == 302, shown
    book = visits(office)
    assert book.day_field.label == "走访的日子"
    assert [spec.type for spec in book.fields if spec.label == "天气"] == [FieldType.TEXT]


def test_what_a_standing_column_takes_is_shown_and_not_asked(office):
    """Keys and types never change: records were written under them."""
    client = browser(office, "he")
    shown = client.get(PAGE).content.decode()
    assert '<select name="f-0-type"' not in shown
    assert '<select name="f-12-type"' in shown
    answer, shown = sent(client, **{"f-0-type": "text"})
    assert answer.status_code == 422
    assert visits(office).day_field.type == FieldType.DATE
