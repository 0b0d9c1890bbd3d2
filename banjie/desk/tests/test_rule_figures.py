"""A figure is made on the web over a fact, and is the text that an engineer would file (issue's Done when, U16)."""

from dataclasses import replace

import pytest
from django.core.management import call_command

from banjie.base.clock import local_day, now
from banjie.base.declarations import FACTS
from banjie.cases.tests.factories import registered
from banjie.desk.tests.cases_office import browser
from banjie.desk.tests.test_rule_drafts import decided, post, reviewed, told
from banjie.figures.conditions import picked_in
from banjie.figures.periods import Period
from banjie.figures.queries import computed
from banjie.figures.rules import figures_in
from banjie.figures.writing import figures_of
from banjie.rulebook.models import RuleDraft
from banjie.rulebook.queries import rules_on
from banjie.rulebook.shelf import filed_in
from banjie.rulebook.text import Section

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
TYPED = {
    "title": "窗口收到的路灯件",
    "note": "期内从窗口收到、归在路灯的件。",
    "measure": "count",
    "better": "neither",
    "where_words": ["received"],
    "where_among_channel": ["window"],
    "where_among_category": ["street_lamp"],
}
SHARE = {
    "title": "路灯件按期办结率",
    "note": "期内到期的路灯件中，在期限内办结的占多少。",
    "measure": "rate",
    "better": "more",
    "where_words": ["due"],
    "where_among_category": ["street_lamp"],
    "top_words": ["on_time"],
}
FILED = """+++
title = "本镇数据指标"
type = "figures"

[own."窗口收到的路灯件"]
title = "窗口收到的路灯件"
fact = "case"
where = "received AND category = 'street_lamp' AND channel = 'window'"
count = true
note = "期内从窗口收到、归在路灯的件。"

[own."路灯件按期办结率"]
title = "路灯件按期办结率"
fact = "case"
where = "due AND category = 'street_lamp'"
rate = "on_time"
note = "期内到期的路灯件中，在期限内办结的占多少。"
better = "more"
+++
# 本镇数据指标

本镇自己定的数据指标，口径写在每一项里。
"""


def test_figures_made_on_the_web_are_the_text_that_an_engineer_files_and_count(office, tmp_path):
    he, today = browser(office, "he"), local_day(now())
    assert "两个指标相除" in told(he.get("/rules/drafts/new-figure"))
    answer = post(he, "/rules/drafts/new-figure?what=case", **TYPED)
    assert answer.status_code == 302, answer.context["form"].errors
    where = answer["Location"].removesuffix("/figures")
    answer = post(he, f"{where}/figures/new?what=case", **SHARE)
    assert answer.status_code == 302, answer.context["form"].errors
    assert "加指标“窗口收到的路灯件”" in told(he.get(where))
    assert "窗口收到的路灯件" in told(he.get(f"{where}/figures"))
    reviewed(office, where)
    assert decided(office, where, today).status_code == 302
    call_command("rulebook", "dump", str(tmp_path), "--town", office.town, "--own")
    (filed,) = filed_in(tmp_path)
    assert filed.source == FILED
    registered(replace(office, at=now()), category="street_lamp")
    key = "own.窗口收到的路灯件"
    value = computed(office.town, [key], Period.year_to(today), today=today)[key, ""]
    assert value.words == "1件"
    assert "窗口收到的路灯件" in told(he.get(f"/figures/{key}"))


def test_a_figure_of_a_draft_is_changed_and_taken_out(office):
    he = browser(office, "he")
    where = post(he, "/rules/drafts/new-figure?what=case", **TYPED)["Location"]
    one = f"{where}/of/own.窗口收到的路灯件"
    form = he.get(one).context["form"]
    assert form.initial["where_words"] == ["received"]
    assert form.initial["where_among_category"] == ["street_lamp"]
    changed = {"where_words": ["open"], "measure": "median", "number": "days(done_on, received_on)"}
    assert post(he, one, **(TYPED | changed)).status_code == 302
    figure = figures_of(RuleDraft.objects.get().read)["own.窗口收到的路灯件"]
    assert (figure.where, figure.over) == (
        "open AND category = 'street_lamp' AND channel = 'window'",
        "days(done_on, received_on)",
    )
    assert post(he, f"{one}/drop").status_code == 302
    assert not figures_of(RuleDraft.objects.get().read)


def test_what_lacks_or_is_taken_is_said(office):
    he = browser(office, "he")
    page = told(post(he, "/rules/drafts/new-figure?what=case", **(TYPED | {"measure": "rate"})), 422)
    assert "占比请写明分子" in page
    page = told(post(he, "/rules/drafts/new-figure?what=case", **(TYPED | {"measure": "sum"})), 422)
    assert "请选算哪个数" in page
    page = told(post(he, "/rules/drafts/new-figure?what=case", **(TYPED | {"title": "收到"})), 422)
    assert "已经有叫“收到”的指标" in page
    assert not RuleDraft.objects.exists()


def test_a_shipped_figure_that_a_form_cannot_show_keeps_its_condition(office):
    he = browser(office, "he")
    where = post(he, "/rules/figures/affairs/draft")["Location"]
    before = figures_of(RuleDraft.objects.get().read)["meetings.held"]
    one = f"{where}/figures/of/meetings.held"
    assert "条件不变" in told(he.get(one))
    typed = {"title": "开会次数", "note": "期内开的会。", "unit": "次", "better": "less"}
    assert post(he, one, **typed).status_code == 302
    after = figures_of(RuleDraft.objects.get().read)["meetings.held"]
    assert after.title == "开会次数"
    assert (after.where, after.measure, after.unit) == (before.where, before.measure, before.unit)


def test_conditions_are_read_back_as_they_are_written(office):
    texts = [one.text for one in rules_on(office.town, local_day(now())).texts(Section.FIGURES)]
    cases = [one for one in figures_in(texts)[0] if one.fact == "case"]
    read = {one.key: picked_in(one.where, FACTS["case"]) for one in cases}
    assert sum(one is not None for one in read.values()) > len(read) / 2
    for one in cases:
        if picked := read[one.key]:
            assert set(picked.expression.split(" AND ")) == set(one.where.split(" AND "))
    assert picked_in("done_on BETWEEN :from AND :to", FACTS["case"]) is None


def test_the_pages_of_figures_have_their_query_budget(office, django_assert_max_num_queries):
    he = browser(office, "he")
    where = post(he, "/rules/drafts/new-figure?what=case", **TYPED)["Location"]
    for path in (where, f"{where}/new", f"{where}/new?what=case", f"{where}/of/own.窗口收到的路灯件"):
        he.get(path)
        with django_assert_max_num_queries(14):
            assert he.get(path).status_code == 200
