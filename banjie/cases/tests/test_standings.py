"""What figures count of cases is held against the cases, and made of those that were there before it was kept."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from banjie.cases import actions
from banjie.cases.actions.standings import renew_standings
from banjie.cases.models import CaseStanding
from banjie.cases.tests.factories import (
    TOWN,
    accepted,
    assigned,
    handled,
    open_office,
    own_word,
    registered,
    replied,
)
from banjie.ledger.verify import verify

pytestmark = pytest.mark.django_db


def test_verifying_a_town_names_cases_that_figures_would_count_wrong(capsys):
    """T9: what is kept beside the ledger is held against the cases, and remade by one command."""
    office = open_office()
    lost, other, whole = replied(office), registered(office), handled(office)
    assert verify(TOWN).findings == []
    CaseStanding.objects.filter(case=lost).delete()
    CaseStanding.objects.filter(case=other).update(handle_due_on=date(2020, 1, 1))
    CaseStanding.objects.filter(case=whole).update(ended_on=date(2026, 9, 30))
    named = {(finding.row, finding.column) for finding in verify(TOWN).findings}
    assert named == {
        (f"cases.case:{lost.pk}", ""),
        (f"cases.case:{other.pk}", "handle_due_on"),
        (f"cases.case:{whole.pk}", "ended_on"),
    }
    call_command("recount", TOWN)
    assert "3件" in capsys.readouterr().out
    assert verify(TOWN).findings == []


@pytest.mark.parametrize("deed", ["reply_case", "pause_case"])
def test_a_deed_is_done_and_counted_though_the_row_for_figures_was_lost(deed):
    office = open_office()
    case = handled(office)
    CaseStanding.objects.all().delete()
    told = {"words": "办好了"} if deed == "reply_case" else {"ground": "weather", "words": "等雨停"}
    getattr(actions, deed)(case, office.occasion("li", hours=30), **told)
    assert verify(TOWN).findings == []


def test_the_migration_makes_of_cases_that_were_there_the_rows_that_deeds_would_have_kept():
    office = open_office()
    for make in (registered, accepted, assigned, handled, replied):
        make(office)
    case = replied(office)
    rated = actions.rate_case(case, office.occasion("chen", hours=5), word=own_word(case))
    actions.close_case(rated, office.occasion("chen", hours=6))
    actions.void_case(registered(office), office.occasion("he", hours=2), reason="重复登记")
    kept = {row.case_id: row.counted for row in CaseStanding.objects.all()}
    CaseStanding.objects.all().delete()
    import_module("banjie.cases.migrations.0005_standings_of_what_was_there").fill(apps, connection)
    assert {row.case_id: row.counted for row in CaseStanding.objects.all()} == kept
    assert {row.state for row in CaseStanding.objects.all()} >= {"closed", "void", "handling"}
    assert renew_standings(TOWN) == 0
