"""A 历史件 on the screens: no light, no open heap, its own tab; 推算 stands apart and is called so."""

import pytest

from banjie.cases.models import Case
from banjie.cases.tests.sheet_office import imported, letter
from banjie.desk.tests.cases_office import browser, open_today

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]


@pytest.fixture
def office():
    office = open_today()
    imported(office, [letter()])
    return office


def test_its_page_tells_what_it_took_and_marks_what_is_only_worked_out(office):
    page = browser(office, "he").get("/cases/2549").content.decode()
    assert "历史件" in page
    assert "个工作日" in page
    assert "推算，不亮灯，不计入统计" in page
    assert "已经换好灯泡，夜里亮了。" in page
    assert "light-red" not in page
    assert "退回重办" not in page
    assert "导入历史件" in page
    assert "凭据：导入的表格" in page
    assert "现在由" not in page


def test_it_lies_in_its_own_tab_alone(office):
    client = browser(office, "he")
    for group in ("open", "closed", "handling"):
        assert "桥头路灯不亮" not in client.get(f"/cases?group={group}").content.decode(), group
    assert "桥头路灯不亮" in client.get("/cases?group=historical").content.decode()
    assert "桥头路灯不亮" in client.get("/cases?group=all").content.decode()


def test_it_is_on_nobody_s_workbench(office):
    for name in ("chen", "he", "sun", "zhou"):
        assert "桥头路灯不亮" not in browser(office, name).get("/").content.decode(), name


def test_without_the_time_of_a_reply_nothing_is_held_against_a_limit(office):
    imported(office, [letter(number="7", reply="", replied="")])
    page = browser(office, "he").get("/cases/7").content.decode()
    assert "没有记下答复时间" in page
    assert "实际" not in page


def test_another_village_s_cadre_does_not_see_it(office):
    Case.objects.filter(number="2549").update(division_code="990011101201")
    assert browser(office, "zhao").get("/cases/2549").status_code == 404
