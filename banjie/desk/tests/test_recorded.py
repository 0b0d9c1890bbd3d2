"""代录: whoever's deeds others write down hears of it once a week and reads it on one page."""

from dataclasses import replace
from datetime import timedelta

import pytest

from banjie.base.clock import now
from banjie.cases import actions
from banjie.cases.actions.recorded import tell_recorded
from banjie.cases.tests.factories import TOWN, handled, open_office
from banjie.desk.tests.factories import client_of
from banjie.notices.models import Notice
from banjie.people.models import Staff

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]


@pytest.fixture
def office():
    """Return a town in which 陈静 wrote down at the window what 李建国 told her by phone."""
    office = replace(open_office(), at=now() - timedelta(days=8))
    case = handled(office)
    told = replace(office.occasion("chen", hours=2), for_whom=office.li, ground="电话")
    actions.report_progress(case, told, words="已到现场")
    return office


def log_in(office, name):
    Staff.objects.filter(pk=office.people[name].pk).update(must_change_password=False)
    return client_of(Staff.objects.get(pk=office.people[name].pk))


def test_a_person_hears_once_a_week_how_often_others_wrote_in_his_name(office):
    monday = office.at + timedelta(days=7 - office.at.weekday())
    for days in (0, 1, 3):
        tell_recorded(TOWN, at=monday + timedelta(days=days))
    notice = Notice.objects.get(kind="recorded_for")
    assert (notice.to_id, notice.title) == (office.people["li"].pk, "上周以您名义记录了1条，请核对")
    tell_recorded(TOWN, at=monday + timedelta(days=7))
    assert Notice.objects.filter(kind="recorded_for").count() == 1


def test_the_page_names_case_deed_writer_and_ground(office):
    shown = log_in(office, "li").get("/recorded-for").content.decode()
    assert all(words in shown for words in ("QZ2026-", "报进度", "陈静", "电话"))
    assert "这五周没有人替您记录" in log_in(office, "wang").get("/recorded-for").content.decode()


def test_whoever_prints_papers_opens_that_of_one_who_does_not_log_in_and_nobody_else(office):
    path = f"/recorded-for/{office.people['li'].pk}"
    assert "报进度" in log_in(office, "sun").get(path).content.decode()
    assert log_in(office, "wang").get(path).status_code == 403
