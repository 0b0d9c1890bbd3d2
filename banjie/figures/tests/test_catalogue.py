"""The catalogue is checked: each wrong figure by file and line, with what to write instead."""

import json
import os
import subprocess
import sys

import pytest

from banjie.base.declarations import FACTS, Fact, FactColumn, FactWord, Holds
from banjie.figures import compiling
from banjie.figures.catalogue import Measure, read_figures
from banjie.figures.compiling import compiled
from banjie.figures.expressions import BadExpression, Scope, write
from banjie.figures.making import Facts
from banjie.figures.rules import figure_findings, figures_in
from banjie.rulebook.shelf import SHIPPED, filed_in, read_all
from banjie.rulebook.tests.factories import text_of
from banjie.rulebook.text import Section

HEAD = '+++\ntitle = "试"\ntype = "figures"\n'
GOOD = '[case.mine]\ntitle = "我的"\nfact = "case"\nwhere = "{where}"\n{measure}\nnote = "口径"\n'
FACT = Fact(
    name="thing",
    title="事",
    columns=(
        FactColumn("done_on", "办结日期", Holds.DAY),
        FactColumn("told_on", "日期", Holds.DAY),
        FactColumn("cents", "分", Holds.WHOLE),
        FactColumn("channel", "渠道", choices={"phone": "电话", "visit": "走访"}),
        FactColumn("stage", "阶段", expression="CASE WHEN done THEN 'a' ELSE 'b' END"),
    ),
    sources=(),
    opens="thing",
    words={
        "done": FactWord("done_on IS NOT NULL AND done_on <= :to", "办结"),
        "told": FactWord("in_period(told_on)", "期内"),
        "round": FactWord("round AND done", "绕"),
    },
)
SCOPE = Scope.of(FACT)


def text(body):
    return text_of(f"{HEAD}{body}+++\n# 试\n", section=Section.FIGURES, key="mine")


def findings(body):
    return [(f.place.line, f"{f.fault}。{f.remedy}") for f in figure_findings([text(body)])]


def good(where="received", measure="count = true"):
    return GOOD.format(where=where, measure=measure)


def shipped():
    figures, wrong = figures_in(shipped_texts())
    return figures, wrong


def shipped_texts():
    texts, wrong = read_all(filed_in(SHIPPED))
    assert wrong == []
    return texts


def facts_named(figures):
    """The facts that figures count, those of texts among them."""
    known = Facts(shipped_texts())
    return {**FACTS, **{figure.fact: known[figure.fact] for figure in figures if figure.fact}}


def test_the_shipped_catalogue_is_clean_and_every_figure_says_what_it_counts():
    figures, wrong = shipped()
    assert wrong == []
    assert len(figures) > 15
    assert [figure.key for figure in figures if len(figure.note) <= 8] == []


def test_a_sound_figure_has_no_findings():
    assert findings(good()) == []


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        (good(where="recieved"), 7, "没有“recieved”这个列或词"),
        (good(where="received AND"), 7, "读不懂"),
        (good(where="channel = 'fax'"), 7, "可以写"),
        (good(where="received_on > 3"), 7, "不能拿日期和数相比"),
        (good(where="is_done_late / 2 = 1"), 7, "程序最后再除"),
        (good(where="received; DROP TABLE cases_case"), 7, "不能用的符号"),
        (good(where="(SELECT 1) = 1"), 7, "不能用"),
        (good(where="received_on <= :now"), 7, "不认识 :now"),
        (good(measure='rate = "is_done_late"'), 8, "这里要写条件"),
        (good(measure='median = "done_on"'), 8, "这里要写数"),
        (good(measure='distinct = "nobody"'), 8, "不是一列"),
        (good(measure=""), 4, "要写、且只能写一种算法"),
        (good(measure='count = true\nrate = "done"'), 4, "只能写一种算法"),
        (good(measure="count = false"), 8, "请写成 count = true"),
        (good().replace('note = "口径"', ""), 4, "没有 note"),
        (good().replace('fact = "case"', 'fact = "cow"'), 7, "事实 cow 不存在"),
        (good().replace('fact = "case"', ""), 4, "fact 没有写"),
        (good() + 'colour = "red"\n', 10, "不认识的项 colour"),
        (good() + 'better = "up"\n', 10, "better 不认识"),
        ('[x]\ntitle = "商"\nof = "case.mine"\nby = "case.gone"\nnote = "两个相除"\n', 6, "case.gone"),
        ("", 3, "没有写任何指标"),
    ],
)
def test_what_is_wrong_is_found_by_its_line_with_a_remedy(body, line, words):
    found = findings(body)
    assert any(line == at and words in told for at, told in found), found


def test_a_figure_that_two_texts_define_is_found_at_the_second():
    twice = [text(good()), text_of(f"{HEAD}{good()}+++\n", section=Section.FIGURES, key="other")]
    assert any("已经写过" in finding.fault for finding in figure_findings(twice))


@pytest.mark.parametrize(
    ("source", "sqlite", "postgres"),
    [
        (
            "days(done_on, told_on)",
            'CAST(JULIANDAY("f"."done_on") AS INTEGER)',
            '("f"."done_on" - "f"."told_on")',
        ),
        ("days(:to, told_on)", "JULIANDAY(@to@)", '(@to@ - "f"."told_on")'),
    ],
)
def test_days_between_are_written_as_each_database_reckons(source, sqlite, postgres):
    assert sqlite in write(source, SCOPE, dialect="sqlite", wants=Holds.WHOLE).sql
    assert postgres in write(source, SCOPE, dialect="postgres", wants=Holds.WHOLE).sql


def test_words_expand_to_days_and_the_period_and_the_bound_is_known():
    told = write("told AND NOT done", SCOPE, dialect="sqlite")
    assert told.sql.count("@from@") == 1
    assert told.anchor == "told_on"
    assert write("told OR done", SCOPE, dialect="sqlite").anchor == ""


def test_a_word_that_leads_back_to_itself_is_refused():
    with pytest.raises(BadExpression, match="绕回"):
        write("round", SCOPE, dialect="sqlite")


def test_a_column_made_from_others_is_a_word_of_its_own():
    assert (
        compiled([], {"thing": FACT}, dialect="sqlite")
        .facts["thing"]
        .derived["stage"]
        .startswith("(CASE WHEN")
    )


def test_every_fact_that_the_program_offers_compiles_for_both_databases():
    for dialect in ("sqlite", "postgres"):
        for fact in FACTS.values():
            scope = Scope.of(fact)
            assert all(write(word, scope, dialect=dialect).sql for word in fact.words)


def test_a_process_of_its_own_compiles_the_same():
    figures, _ = shipped()
    facts = facts_named(figures)
    here = compiled(figures, facts, dialect="sqlite")
    request = {
        "asked": [
            {"key": f.key, "fact": f.fact, "where": f.where, "measure": f.measure, "over": f.over}
            for f in figures
            if f.measure is not Measure.OF
        ],
        "scopes": {name: vars(Scope.of(fact)) for name, fact in facts.items()},
        "standing": {name: fact.standing for name, fact in facts.items()},
        "dialect": "sqlite",
    }
    answered = subprocess.run(
        [sys.executable, "-m", "banjie.figures.compiling"],
        input=json.dumps(request),
        capture_output=True,
        text=True,
        check=True,
        cwd=compiling.ROOT,
    )
    assert compiling._read(json.loads(answered.stdout)) == here


def test_a_figure_is_read_with_its_unit_and_digits():
    figures, _ = read_figures(text(good(measure='median = "days(done_on, received_on)"')))
    assert (figures[0].measure, figures[0].unit, figures[0].digits) == (Measure.MEDIAN, "天", 1)


def test_sqlglot_is_not_read_at_start():
    said = (
        "import django, sys; django.setup(); import banjie.figures.queries; print('sqlglot' in sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", said],
        capture_output=True,
        text=True,
        check=True,
        cwd=compiling.ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "banjie.config.settings"},
    )
    assert ran.stdout.strip() == "False"
