"""The page of a replay: asked on a draft, watched, read with letters for units, listed as far as one may see (测算)."""

import ast
import re
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings

from banjie.base.clock import now
from banjie.base.declarations import FACTS
from banjie.cases.models import Case
from banjie.cases.tests.factories import DAY
from banjie.cases.tests.pasts import office_with_past
from banjie.desk.tests.cases_office import browser
from banjie.ledger.record import Stamp
from banjie.people.models import Staff
from banjie.rulebook.actions import run_replay, set_value, start_draft
from banjie.rulebook.models import DraftState, Replay, ReplayState, RuleDraft
from banjie.rulebook.text import Section

pytestmark = pytest.mark.django_db
PERIOD = {"from_on": "2026-08-01", "to_on": "2026-11-15"}


@pytest.fixture
def office():
    office = office_with_past()
    Staff.objects.update(must_change_password=False)
    return office


@pytest.fixture
def draft(office):
    stamp = Stamp(by=office.he.id, happened_at=DAY, recorded_at=DAY)
    draft = start_draft(office.he, stamp, section=Section.REGULATIONS, key="time_limits")
    told = {"name": "handle.resident_request", "raw": "3 workdays", "basis": "镇党委会议"}
    return set_value(office.he, stamp, draft_id=draft.pk, **told)


def asked(client, draft, **told):
    where = f"/rules/drafts/{draft.pk}/replay"
    assert re.search(r'name="from_on" value="20\d\d-\d\d-\d\d"', client.get(where).content.decode())
    return client.post(where, {**PERIOD, "client_key": str(uuid4()), **told})


def counted(office, draft):
    """Return a browser and the page of a replay that has been counted."""
    client = browser(office, "he")
    answer = asked(client, draft)
    assert answer.status_code == 302
    replay = Replay.objects.get()
    run_replay(replay.pk, clock=now, processes=0)
    return client, answer["Location"]


def test_a_draft_is_tried_watched_and_read_with_its_watermark(office, draft):
    """U21: waiting shows a bar and can be stopped; the result puts both counts side by side."""
    client = browser(office, "he")
    where = asked(client, draft)["Location"]
    waiting = client.get(where).content.decode()
    assert "等后台空出手来" in waiting
    assert "停止" in waiting
    run_replay(Replay.objects.get().pk, clock=now, processes=0)
    told = client.get(where).content.decode()
    assert 'class="rows trial"' in told
    assert "5个工作日 → 3个工作日" in told
    assert re.search(r"变为超期</span><span class=\"stat-value\">[1-9]", told)
    assert "办理 · 群众诉求" in told
    watched = client.get(where, headers={"HX-Request": "true", "HX-Target": "replay-state"})
    assert watched["HX-Refresh"] == "true"
    assert "<html" not in watched.content.decode()


def test_units_go_by_letters_until_the_draft_is_decided(office, draft):
    client, where = counted(office, draft)
    by_unit = (
        client.get(where).content.decode().partition("<h2>按承办单位</h2>")[2].partition("</section>")[0]
    )
    assert "单位A" in by_unit
    assert "单位B" in by_unit
    assert "民生办" not in by_unit
    RuleDraft.objects.filter(pk=draft.pk).update(state=DraftState.DECIDED)
    by_unit = (
        client.get(where).content.decode().partition("<h2>按承办单位</h2>")[2].partition("</section>")[0]
    )
    assert "民生办" in by_unit
    assert "单位A" not in by_unit


def test_no_person_and_no_title_stands_on_its_pages(office, draft):
    client, where = counted(office, draft)
    shown = client.get(where).content.decode() + client.get(f"{where}/cases").content.decode()
    shown = shown.replace(office.people["he"].name, "", 4)  # whose log-in it is
    told = [*(person.name for person in office.people.values() if person.name != "何敏"), "路灯不亮"]
    assert not [words for words in told if words in shown]


def test_the_cases_that_change_sides_are_listed_page_by_page_as_far_as_one_may_see(
    office, draft, django_assert_max_num_queries
):
    client, where = counted(office, draft)
    with django_assert_max_num_queries(16):
        told = client.get(f"{where}/cases").content.decode()
    numbers = re.findall(r'href="/cases/(QZ2026-9\d+)"', told)
    assert numbers
    assert len(set(numbers)) == len(numbers) <= 25
    assert Case.objects.filter(number__in=numbers).count() == len(numbers)
    administrator = browser(office, "guan").get(f"{where}/cases").content.decode()
    assert "QZ2026-9" not in administrator
    assert "不在您的查看范围" in administrator


def test_a_replay_can_be_stopped_and_is_refused_for_days_to_come(office, draft):
    client = browser(office, "he")
    where = asked(client, draft)["Location"]
    client.post(f"{where}/stop", {"client_key": str(uuid4())})
    assert Replay.objects.get().state == ReplayState.STOPPED
    assert "已经停止" in client.get(where).content.decode()
    refused = asked(client, draft, to_on=f"{date.today() + timedelta(days=9)}")
    assert refused.status_code == 422
    assert "还没有过完" in refused.content.decode()


def test_who_handles_cases_may_not_try_drafts(office, draft):
    assert browser(office, "li").get(f"/rules/drafts/{draft.pk}/replay").status_code == 403


def test_what_a_replay_counted_leads_nowhere_but_to_its_page():
    """Never exported to the county: no fact, paper, sheet or export knows of replays."""
    rooms = ("figures", "reports", "sheets", "desk/exports", "desk/figures", "desk/reports")
    package = Path(settings.BASE_DIR)
    for path in (
        path for room in rooms for path in (package / room).rglob("*.py") if "tests" not in path.parts
    ):
        names = {node.id for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Name)}
        assert not names & {"Replay", "ReplayedChange", "replays_of", "replay_of"}, path
    assert not [name for name in FACTS if "replay" in name]
