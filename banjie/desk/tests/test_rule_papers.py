"""A paper's text is written on the web with titles in brackets, checked, tried, and is the text of the file (U16)."""

from dataclasses import replace

import pytest
from django.core.management import call_command

from banjie.base.clock import local_day, now
from banjie.base.errors import InvalidInput
from banjie.cases.tests.factories import registered
from banjie.desk.tests.cases_office import browser
from banjie.desk.tests.test_rule_drafts import decided, post, reviewed, told
from banjie.reports.brackets import MarkNames, shown_in_brackets, written_from_brackets
from banjie.reports.queries import mark_names
from banjie.rulebook.front import read_front
from banjie.rulebook.models import RuleDraft
from banjie.rulebook.shelf import SHIPPED, filed_in

SHIPPED_PAPER = (SHIPPED / "papers/monthly_handling.md").read_text()
NAMES = MarkNames({"case.received": "收到", "hot_topics": "反映集中的事"}, {"unit_id": "承办单位"})
TYPED = {
    "title": "季度路灯简报",
    "rhythm": "quarter",
    "prose": "# 关于【统计时段】路灯的简报\r\n\r\n全镇收到【收到】〔有 收到 时〕，最多的是【收到，按承办单位：最多的2项】〔完〕。",
}
FILED = """+++
title = "季度路灯简报"
type = "paper"
period = "quarter"
+++
# 关于{{ period }}路灯的简报

全镇收到{{ case.received }}{% when case.received %}，最多的是{{ case.received by unit : top 2 }}{% end %}。
"""


@pytest.mark.parametrize(
    ("shown", "written"),
    [
        ("【收到】", "{{ case.received }}"),
        ("【收到：与上年同期比】", "{{ case.received : change }}"),
        ("【收到，按承办单位：最多的3项】", "{{ case.received by unit : top 3 }}"),
        ("【承办单位：每组一行】", "{{ unit : each }}"),
        ("〔有 收到 时〕多〔完〕", "{% when case.received %}多{% end %}"),
        ("〔没有 收到 时〕", "{% when not case.received %}"),
        ("〔收到 大于 3 时〕", "{% when case.received > 3 %}"),
    ],
)
def test_a_mark_stands_in_brackets_by_its_title_and_comes_back(shown, written):
    assert shown_in_brackets(written, NAMES) == shown
    assert written_from_brackets(shown, NAMES) == written


@pytest.mark.parametrize(
    ("typed", "said"),
    [("【收倒】", "相近的有：收到"), ("【收到：随便】", "不是能用的写法"), ("〔收到〕", "读不懂")],
)
def test_a_bracket_that_names_nothing_is_refused_with_what_comes_near(typed, said):
    with pytest.raises(InvalidInput, match=said):
        written_from_brackets(typed, NAMES)


@pytest.mark.django_db
@pytest.mark.either_database
def test_a_paper_made_on_the_web_is_the_text_that_an_engineer_files(office, tmp_path):
    he, today = browser(office, "he"), local_day(now())
    registered(replace(office, at=now()), category="street_lamp")
    answer = post(he, "/rules/drafts/new-paper", **TYPED)
    assert answer.status_code == 302, answer.context["form"].errors
    where = answer["Location"]
    preview = told(he.get(f"{where}/preview?month={today:%Y-%m}"))
    assert "路灯的简报" in preview
    assert "1件" in preview
    reviewed(office, where)
    assert decided(office, where, today).status_code == 302
    call_command("rulebook", "dump", str(tmp_path), "--town", office.town, "--own")
    (filed,) = filed_in(tmp_path)
    assert filed.source == FILED
    assert "路灯的简报" in told(browser(office, "zhou").get("/reports/paper/季度路灯简报"))


@pytest.mark.django_db
@pytest.mark.either_database
def test_the_shipped_paper_is_edited_in_brackets_and_stays_what_it_was(office):
    he, names = browser(office, "he"), mark_names(office.town, local_day(now()))
    prose = read_front(SHIPPED_PAPER, file="a").prose
    shown = shown_in_brackets(prose, names)
    assert "{" not in shown
    assert written_from_brackets(shown, names) == prose
    where = post(he, "/rules/papers/monthly_handling/draft")["Location"]
    assert he.get(f"{where}/prose")["Location"] == f"{where}/words"
    typed = {"rhythm": "month", "prose": shown.replace("## 群众评价", "## 群众怎么说")}
    answer = post(he, f"{where}/words", **typed)
    assert answer.status_code == 302, answer.context["form"].errors
    assert RuleDraft.objects.get().text == SHIPPED_PAPER.replace("## 群众评价", "## 群众怎么说")


@pytest.mark.django_db
@pytest.mark.either_database
def test_a_text_that_cannot_be_a_paper_is_refused_in_sentences(office, django_assert_max_num_queries):
    he = browser(office, "he")
    page = told(post(he, "/rules/drafts/new-paper", **(TYPED | {"prose": "# 通报\n\n【收到的信】"})), 422)
    assert "“收到的信”不是能写的数" in page
    page = told(post(he, "/rules/drafts/new-paper", **(TYPED | {"prose": "全镇收到【收到】。"})), 422)
    assert "正文没有以标题开头" in page
    assert not RuleDraft.objects.exists()
    where = post(he, "/rules/drafts/new-paper", **TYPED)["Location"]
    for path in ("words", "preview"):
        he.get(f"{where}/{path}")
        with django_assert_max_num_queries(30):
            assert he.get(f"{where}/{path}").status_code == 200
