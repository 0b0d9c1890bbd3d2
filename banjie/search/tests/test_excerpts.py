"""The words around a hit: marked, short, and without a person's number in full (T19)."""

import pytest

from banjie.search.bigrams import wanted
from banjie.search.excerpts import WIDTH, excerpt, marked


def said(bits):
    return "".join(f"[{bit.text}]" if bit.is_hit else bit.text for bit in bits)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("路灯", "村口[路灯]不亮，ＬＥＤ[路灯]"),
        ("路灯 村", "[村]口[路灯]不亮，ＬＥＤ[路灯]"),
        ("led", "村口路灯不亮，[ＬＥＤ]路灯"),
        ("路灯不亮 路灯", "村口[路灯不亮]，ＬＥＤ[路灯]"),
        ("水管", "村口路灯不亮，ＬＥＤ路灯"),
    ],
)
def test_each_hit_is_marked_as_it_was_written(words, shown):
    assert said(marked("村口路灯不亮，ＬＥＤ路灯", wanted(words))) == shown


def test_an_excerpt_is_cut_around_the_first_hit():
    text = "前" * 200 + "路灯不亮" + "后" * 200
    shown = said(excerpt([text], wanted("路灯")))
    assert "[路灯]" in shown
    assert shown.startswith("…前")
    assert shown.endswith("后…")
    assert len(shown) == WIDTH + len("[]……")


def test_the_text_that_holds_most_of_the_query_is_shown():
    texts = ["路灯不亮", "换了路灯的灯泡", "别的"]
    assert said(excerpt(texts, wanted("路灯 灯泡"))) == "换了[路灯]的[灯泡]"


def test_terms_of_two_texts_are_both_shown():
    texts = ["路灯不亮", "换了灯泡", "路灯"]
    assert said(excerpt(texts, wanted("路灯 灯泡"))) == "[路灯]不亮 换了[灯泡]"


def test_where_no_text_holds_a_term_there_is_no_excerpt():
    assert excerpt(["别的"], wanted("路灯")) == ()
    assert excerpt([], wanted("路灯")) == ()


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("13912345678", "139****5678"),
        ("139 1234 5678", "139******5678"),
        ("34012319800101123X", "3****************X"),
        ("１３９１２３４５６７８", "１３９****５６７８"),
    ],
)
def test_a_persons_number_is_covered(number, shown):
    assert said(excerpt([f"路灯，回电{number}"], wanted("路灯"))) == f"[路灯]，回电{shown}"


def test_lines_become_one_and_a_ligature_moves_no_mark():
    assert said(excerpt(["㎡ 路灯\n不亮"], wanted("不亮"))) == "m2 路灯 [不亮]"


def test_an_empty_query_marks_nothing():
    assert said(marked("村口路灯", wanted(""))) == "村口路灯"
