"""半月报按时率: each period in which a report was owed is one due, made in time or not (S-081)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from banjie.cases import actions
from banjie.cases.actions import Occasion, Word
from banjie.cases.actions.report_dues import renew_report_dues
from banjie.cases.models import ReportDue
from banjie.cases.queries.report_findings import report_findings
from banjie.cases.tests.factories import TOWN, handled, open_office, replied, set_up
from banjie.figures.periods import Period
from banjie.figures.queries import ALL, computed
from banjie.ledger.guards import lower_guards
from banjie.ledger.models import Entry, EntryBody
from banjie.ledger.verify import verify
from banjie.rulebook.actions import load_files
from banjie.rulebook.queries import rules_on
from banjie.rulebook.shelf import SHIPPED, filed_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 20)


@pytest.fixture
def office(db, tmp_path):
    """Return a town that wants a report on residents' requests each half month."""
    office = open_office()
    source = (SHIPPED / "regulations" / "cadence.md").read_text()
    (tmp_path / "regulations").mkdir()
    told = source.replace("report.rectification_item", "report.resident_request")
    (tmp_path / "regulations" / "cadence.md").write_text(told)
    load_files(filed_in(tmp_path), town=TOWN, from_on=date(2026, 9, 1), stamp=set_up())
    return office


def on(office, name, month, day):
    return Occasion(by=getattr(office, name), at=datetime(2026, month, day, 2, tzinfo=UTC))


def dues():
    rows = ReportDue.objects.order_by("due_on").values_list("due_on", "met_on", "sort")
    return [(str(due), str(met) if met else None, sort) for due, met, sort in rows]


def test_each_period_is_a_due_that_is_met_missed_or_met_late(office):
    case = handled(office)
    assert dues() == [("2026-10-15", None, "half_month")]
    case = actions.report_progress(case, on(office, "li", 10, 9), words="在排工期")
    rules = rules_on(TOWN, TODAY)
    assert actions.owe_missed_reports(TOWN, rules, day=date(2026, 11, 16)) == 1
    assert actions.owe_missed_reports(TOWN, rules, day=date(2026, 11, 16)) == 0
    case = actions.report_progress(case, on(office, "li", 11, 20), words="在施工")
    assert dues() == [
        ("2026-10-15", "2026-10-09", "half_month"),
        ("2026-10-31", "2026-11-20", "half_month"),
        ("2026-11-15", "2026-11-20", "half_month"),
        ("2026-11-30", None, "half_month"),
    ]
    actions.pause_case(case, on(office, "li", 11, 24), ground="weather", words="下雪")
    assert dues()[-1][0] == "2026-11-15"
    period = Period(date(2026, 10, 1), date(2026, 11, 30))
    name = "report.half_month_on_time"
    figure = computed(TOWN, [name], period, today=TODAY)[name, ALL]
    assert (figure.numerator, figure.denominator) == (1, 3)


def test_a_contact_after_a_bad_word_is_a_due_of_its_own_sort(office):
    case = actions.call_back_case(
        replied(office), office.occasion("sun", hours=5), word=Word("dissatisfied", "没修好")
    )
    assert ("2026-09-29", None, "contact") in dues()
    late = Occasion(by=office.li, at=office.at + timedelta(days=9))
    actions.report_progress(case, late, words="已联系")
    assert ("2026-09-29", "2026-10-07", "contact") in dues()


def test_what_is_kept_is_what_the_entries_say_and_is_remade_where_it_is_not(office):
    case = handled(office)
    case = actions.report_progress(case, on(office, "li", 10, 9), words="在排工期")
    actions.owe_missed_reports(TOWN, rules_on(TOWN, TODAY), day=date(2026, 11, 16))
    case = actions.report_progress(case, on(office, "li", 11, 20), words="在施工")
    actions.pause_case(case, on(office, "li", 11, 24), ground="weather", words="下雪")
    bad = actions.call_back_case(
        replied(office), office.occasion("sun", hours=5), word=Word("dissatisfied", "没修好")
    )
    kept = dues()
    assert {sort for *_, sort in kept} == {"half_month", "contact"}
    assert not list(report_findings(TOWN, today=TODAY))
    ReportDue.objects.filter(met_on__isnull=False).update(met_on=date(2026, 10, 20))
    ReportDue.objects.filter(case=bad).delete()
    found = {finding.row for finding in report_findings(TOWN, today=TODAY)}
    assert found == {case.ledger_key, bad.ledger_key}
    assert renew_report_dues(TOWN, today=TODAY) == 2
    assert set(kept) <= set(dues())
    assert not list(report_findings(TOWN, today=TODAY))


def test_a_report_that_was_missed_is_no_fault_before_the_night_and_none_after(office):
    handled(office)
    assert not list(report_findings(TOWN, today=date(2026, 11, 20)))
    actions.owe_missed_reports(TOWN, rules_on(TOWN, TODAY), day=date(2026, 11, 20))
    assert len(dues()) == 3
    assert not list(report_findings(TOWN, today=date(2026, 11, 20)))
    ReportDue.objects.all().delete()
    assert list(report_findings(TOWN, today=date(2026, 11, 20)))


@pytest.mark.parametrize(
    "content", ['{"words": ', "{}", "[]", '{"words": "", "ground": "", "rows": {"x": 3}}']
)
def test_a_body_changed_by_hand_is_named_by_verify_and_stops_nothing(office, content):
    """T1: what no longer reads is told of its entry, and no case is worked out from it."""
    case = handled(office)
    last = Entry.objects.filter(subject_id=case.pk).order_by("seq").last()
    lower_guards(connection)
    EntryBody.objects.filter(entry=last).update(content=content)
    assert any(finding.seq == last.seq for finding in verify(TOWN).findings)
    renew_report_dues(TOWN, today=TODAY)
