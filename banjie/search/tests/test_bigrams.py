"""How a text is cut, and how a query is read."""

import pytest

from banjie.search.bigrams import LONGEST, MOST_TOKENS, holds, tokens, wanted


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("路灯坏", ["路灯", "灯坏", "路", "灯", "坏"]),
        ("路、灯", ["路", "灯"]),
        ("ＬＥＤ", ["led", "le"]),
        ("3栋2单元", ["3", "栋", "2", "单元", "单", "元"]),
        ("QZ2026-00012", ["qz2026", "qz", "qz2", "qz20", "qz202", "00012", "00", "000", "0001"]),
        ("龙\u2f8f", ["龙行", "龙", "行"]),
        ("𬭚街", ["𬭚街", "𬭚", "街"]),
        ("😀！？…", []),
        ("", []),
    ],
)
def test_a_text_is_cut_into_pairs_single_characters_and_beginnings_of_words(text, cut):
    assert tokens(text) == cut


@pytest.mark.parametrize(
    "number",
    [
        "13912345678",
        "139 1234 5678",
        "139-1234-5678",
        "0551-6234567",
        "34012319800101123x",
        "１３９１２３４５６７８",
    ],
)
def test_a_persons_numbers_are_no_tokens(number):
    """T19: they stand as hashes in the room of residents."""
    assert tokens(f"电话{number}，路灯") == tokens("电话，路灯")
    assert not wanted(number)


@pytest.mark.parametrize("number", ["20261122000123", "139123456789", "12345", "340123999911220001"])
def test_other_numbers_are_found(number):
    assert number[:LONGEST] in tokens(f"工单{number}已转")


def test_a_long_word_is_cut_and_proved_on_the_text():
    query = wanted("abcdefghijklmnop")
    assert query.tokens == ("abcdefghijkl",)
    assert query.wants_proof
    assert holds(["xx abcdefghijklmnopq"], query)
    assert not holds(["abcdefghijklzzzz"], query)


def test_one_or_two_characters_need_no_proof_and_three_do():
    assert not wanted("灯").wants_proof
    assert not wanted("路灯 灯").wants_proof
    assert wanted("路灯坏").wants_proof


def test_pairs_that_do_not_stand_together_are_not_the_term():
    assert not holds(["路灯亮，台灯坏"], wanted("路灯坏"))
    assert holds(["东边路灯坏了"], wanted("路灯坏"))


def test_every_piece_of_a_query_must_be_there_in_some_text():
    assert holds(["路灯不亮", "已修好"], wanted("修好 路灯"))
    assert not holds(["路灯不亮"], wanted("修好 路灯"))


def test_ten_thousand_characters_ask_for_few_tokens_and_want_proof():
    query = wanted("".join(chr(0x4E00 + n) for n in range(10_000)))
    assert len(query.tokens) == MOST_TOKENS
    assert query.wants_proof


@pytest.mark.parametrize(
    "words", ['"', "' OR 1=1 --", "路灯*", "a NEAR b", "^路", "x:y", "()", "& | !", "\\"]
)
def test_operators_are_signs_or_words_like_any_other(words):
    assert all(token.isalnum() for token in wanted(words).tokens)
