"""A matter is added, changed and closed on the web, and the text is the one that an engineer would file (U3, U32)."""

from dataclasses import replace

import pytest
from django.core.management import call_command

from banjie.base.clock import local_day, now
from banjie.base.errors import InvalidInput
from banjie.cases.tests.factories import registered
from banjie.desk.tests.cases_office import browser
from banjie.desk.tests.test_rule_drafts import decided, post, reviewed, told
from banjie.rulebook.category_rows import without_columns
from banjie.rulebook.models import RuleDraft
from banjie.rulebook.queries import rules_on
from banjie.rulebook.shelf import SHIPPED, filed_in

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
BASIS = "镇党委会2026年第12次会议"
TREE = (SHIPPED / "categories/town.md").read_text()


def start(client):
    return post(client, "/rules/categories/town/draft")["Location"]


def test_matters_changed_on_the_web_are_the_text_that_an_engineer_files(office, tmp_path):
    he, today = browser(office, "he"), local_day(now())
    where = start(he)
    assert "改事项" in told(he.get(where))
    page = told(he.get(f"{where}/matters?under=sanitation"))
    assert "垃圾清运" in page
    added = {"title": "占道摆摊", "duty": "assist", "basis": BASIS, "words": "摆摊、占路"}
    answer = post(he, f"{where}/matters/new?under=sanitation", **added)
    assert answer.status_code == 302, answer.context["form"].errors
    toilet = {"title": "公厕管护与改厕", "unit": "", "duty": "", "basis": BASIS, "words": "厕所"}
    assert post(he, f"{where}/matters/of/toilet", **toilet).status_code == 302
    assert post(he, f"{where}/submit").status_code == 302
    assert post(browser(office, "sun"), f"{where}/review", verdict="passed").status_code == 302
    assert decided(office, where, today).status_code == 302
    call_command("rulebook", "dump", str(tmp_path), "--town", office.town, "--own")
    (filed,) = filed_in(tmp_path)
    posters = next(line for line in TREE.split("\n") if line.startswith("| posters "))
    old = next(line for line in TREE.split("\n") if line.startswith("| toilet "))
    hand = TREE.replace(
        posters, f"{posters}\n| 占道摆摊 | | | 占道摆摊 | | 配合 | {BASIS} | 摆摊 占路 |"
    ).replace(old, f"| toilet | | | 公厕管护与改厕 | | | {BASIS} | 厕所 |")
    assert filed.source == hand
    leaf = rules_on(office.town, today).categories.find("占道摆摊")
    assert (leaf.unit, leaf.parent) == ("村建办", "sanitation")


def test_a_closed_matter_takes_no_new_case_and_keeps_its_name(office):
    he, today = browser(office, "he"), local_day(now())
    case = registered(replace(office, at=now()), category="street_lamp")
    where = start(he)
    typed = {"title": "路灯", "words": "路灯不亮", "is_closed": "on"}
    assert post(he, f"{where}/matters/of/street_lamp", **typed).status_code == 302
    assert "停用" in told(he.get(f"{where}/matters?under=roads"))
    reviewed(office, where)
    assert decided(office, where, today).status_code == 302
    tree = rules_on(office.town, today).categories
    assert "street_lamp" in tree
    assert "street_lamp" not in {leaf.key for leaf in tree.open_leaves}
    assert not tree.propose("路灯不亮")
    with pytest.raises(InvalidInput, match="停用"):
        registered(replace(office, at=now()), category="street_lamp")
    assert "道路交通 / 路灯" in told(browser(office, "chen").get(f"/cases/{case.number}"))


def test_a_matter_without_unit_or_ground_is_refused_in_a_sentence(office):
    he = browser(office, "he")
    where = start(he)
    page = told(post(he, f"{where}/matters/new", title="养老"), 422)
    assert "“养老”没有责任单位" in page
    page = told(post(he, f"{where}/matters/new?under=roads", title="路灯"), 422)
    assert "“道路交通 / 路灯”写了两次" in page
    assert RuleDraft.objects.get().text == TREE
    whole = {"title": "养老", "unit": "民生办", "duty": "must_do", "basis": BASIS}
    assert post(he, f"{where}/matters/new", **whole).status_code == 302
    assert "养老" in told(he.get(f"{where}/matters"))


def test_on_paper_the_columns_for_the_system_are_left_out():
    printed = without_columns(
        "字\n| 编码 | 一级 | 常用说法 |\n| --- | --- | --- |\n| a | 路 | 坑 |\n字", ("编码", "常用说法")
    )
    assert printed == "字\n| 一级 |\n| --- |\n| 路 |\n字"


def test_the_pages_of_matters_have_their_query_budget(office, django_assert_max_num_queries):
    he = browser(office, "he")
    where = start(he)
    for path in ("matters", "matters/new?under=roads", "matters/of/street_lamp"):
        he.get(f"{where}/{path}")
        with django_assert_max_num_queries(12):
            assert he.get(f"{where}/{path}").status_code == 200
