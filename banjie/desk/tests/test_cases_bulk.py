"""One deed on exactly the filtered rows, told per row, undone for ten minutes or confirmed by typing (U11)."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from banjie.base.clock import now
from banjie.cases import actions
from banjie.cases.models import Case
from banjie.cases.tests.factories import DONGPO, XIGOU, accepted, assigned, handled, registered
from banjie.desk.cases.bulk import choosing
from banjie.desk.cases.bulk.doing import OUTCOME
from banjie.desk.tests.cases_office import browser, open_today
from banjie.ledger.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
TO_ASSIGN = "?group=to_assign"


@pytest.fixture
def office():
    return open_today()


def sealed(client, word, query):
    page = client.get(f"/bulk/{word}{query}").content.decode()
    found = re.search(r'name="seal" value="(\w+)"', page)
    return found.group(1) if found else ""


def sent(client, word, query, *, seal=None, key=None, **told):
    seal = sealed(client, word, query) if seal is None else seal
    fields = {"client_key": key or str(uuid4()), "seal": seal, **told}
    return client.post(f"/bulk/{word}{query}", fields)


def states():
    return sorted(Case.objects.values_list("state", flat=True))


def test_the_button_says_how_many(office):
    for _ in range(3):
        accepted(office)
    page = browser(office, "he").get(f"/cases{TO_ASSIGN}").content.decode()
    assert "派办 3 件" in page
    assert "催办 3 件" in page
    assert "派办 3 件" not in browser(office, "he").get("/cases").content.decode()
    assert "派办 3 件" not in browser(office, "li").get(f"/cases{TO_ASSIGN}").content.decode()


def test_exactly_the_filtered_rows_are_assigned(office):
    here, there = accepted(office), accepted(office, division_code=DONGPO)
    client = browser(office, "he")
    query = f"{TO_ASSIGN}&village={XIGOU}"
    answer = sent(client, "assign", query, unit=str(office.livelihood))
    assert answer.status_code == 302
    assert Case.objects.get(pk=here.pk).state == "assigned"
    assert Case.objects.get(pk=there.pk).state == "accepted"
    assert "办成1件" in client.get(answer["Location"]).content.decode()


def test_rows_that_do_not_fit_say_why_and_stay(office):
    waiting, taken = accepted(office), handled(office)
    client = browser(office, "he")
    answer = sent(client, "assign", "?group=open", unit=str(office.livelihood))
    page = client.get(answer["Location"]).content.decode()
    assert "没有办成1件" in page
    assert taken.number in page
    assert "不能派办" in page
    assert Case.objects.get(pk=waiting.pk).state == "assigned"
    assert Case.objects.get(pk=taken.pk).state == "handling"


def test_a_filter_that_finds_others_by_now_does_nothing(office):
    accepted(office)
    client = browser(office, "he")
    seal = sealed(client, "assign", TO_ASSIGN)
    accepted(office)
    answer = sent(client, "assign", TO_ASSIGN, seal=seal, unit=str(office.livelihood))
    assert answer.status_code == 409
    assert "现在是2件" in answer.content.decode()
    assert states() == ["accepted", "accepted"]


def test_a_repeat_does_nothing_twice(office):
    case = accepted(office)
    client, key = browser(office, "he"), str(uuid4())
    seal = sealed(client, "assign", "?group=open")
    for _ in range(2):
        sent(client, "assign", "?group=open", seal=seal, key=key, unit=str(office.livelihood))
    assert Entry.objects.filter(subject_id=case.pk, deed="case.assigned").count() == 1


def test_assigning_is_undone_for_ten_minutes_but_not_what_was_signed_for(office):
    kept, signed = accepted(office), accepted(office)
    client = browser(office, "he")
    sent(client, "assign", TO_ASSIGN, unit=str(office.livelihood))
    actions.sign_for_case(signed, office.occasion("li", hours=24))
    assert "可以撤销" in client.get("/bulk/done").content.decode()
    assert client.post("/bulk/undo", {"client_key": str(uuid4())}).status_code == 302
    back = Case.objects.get(pk=kept.pk)
    assert (back.state, back.unit_id, back.assigned_at) == ("accepted", None, None)
    assert Case.objects.get(pk=signed.pk).state == "handling"
    page = client.get("/bulk/done").content.decode()
    assert signed.number in page
    assert "可以撤销" not in page


def test_undo_ends_after_its_span(office):
    accepted(office)
    client = browser(office, "he")
    sent(client, "assign", TO_ASSIGN, unit=str(office.livelihood))
    session = client.session
    session[OUTCOME] = {**session[OUTCOME], "done_at": (now() - timedelta(minutes=11)).isoformat()}
    session.save()
    assert client.post("/bulk/undo", {"client_key": str(uuid4())}).status_code == 409
    assert states() == ["assigned"]


def test_nothing_to_undo_says_so(office):
    assert browser(office, "he").post("/bulk/undo", {"client_key": str(uuid4())}).status_code == 409


def test_urging_all_takes_the_number_typed(office):
    for _ in range(2):
        assigned(office)
    client = browser(office, "sun")
    query = "?group=to_sign"
    assert sent(client, "urge", query, typed="3").status_code == 422
    assert not Entry.objects.filter(deed="case.urged").exists()
    assert sent(client, "urge", query, typed="2", words="请今天签收").status_code == 302
    assert Entry.objects.filter(deed="case.urged").count() == 2
    assert "可以撤销" not in client.get("/bulk/done").content.decode()


def test_more_than_the_rulebook_allows_at_once_is_refused(office, monkeypatch):
    monkeypatch.setattr(choosing.Chosen, "most", 2)
    for _ in range(3):
        registered(office)
    client = browser(office, "he")
    assert "一次最多2件" in client.get("/bulk/urge?group=to_accept").content.decode()
    assert sent(client, "urge", "?group=to_accept", seal="x", typed="3").status_code in (409, 422)
    assert not Entry.objects.filter(deed="case.urged").exists()


def test_nobody_acts_on_rows_beyond_his_reach(office):
    """吴强 heads 民生办: the filter of his list holds nothing of another unit."""
    case = accepted(office)
    answer = sent(browser(office, "wu"), "assign", TO_ASSIGN, seal="x", unit=str(office.livelihood))
    assert answer.status_code == 409
    assert Case.objects.get(pk=case.pk).state == "accepted"


def test_who_has_no_right_finds_no_page(office):
    assert browser(office, "li").get("/bulk/assign").status_code == 403
    assert browser(office, "li").get("/bulk/urge").status_code == 403
