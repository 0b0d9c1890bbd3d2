"""Reading the index: newest first, of one town, and nothing that is typed breaks it."""

from itertools import pairwise

import pytest

from banjie.search import engines
from banjie.search.bigrams import wanted
from banjie.search.engines import postgresql
from banjie.search.queries import matching
from banjie.search.tests.factories import KIND, OTHER_TOWN, TOWN, notes

pytestmark = pytest.mark.django_db


def test_the_newest_come_first_and_no_more_than_asked_for():
    with notes() as kept:
        wrote = [kept.write(f"第{n}盏路灯不亮") for n in range(6)]
        assert matching(KIND, TOWN, "路灯") == wrote[::-1]
        assert matching(KIND, TOWN, "路灯", most=2) == wrote[:3:-1]


def test_what_is_of_the_past_comes_last_however_late_it_is_taken_in():
    with notes() as kept:
        new = kept.write("路灯不亮")
        past = [kept.write(f"路灯{year}", is_past=True) for year in (2012, 2011)]
        newer = kept.write("路灯又不亮")
        assert matching(KIND, TOWN, "路灯") == [newer, new, *past]


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("灯", True),
        ("路灯", True),
        ("路灯 三组", True),
        ("路灯，三组", True),
        ("led", True),
        ("ＬＥ", True),
        ("2026", True),
        ("20", True),
        ("路组", False),
        ("ed", False),
        ("三组 四组", False),
    ],
)
def test_words_of_any_length_and_beginnings_of_numbers_find(words, is_found):
    with notes() as kept:
        lamp = kept.write("三组路灯不亮", "换成ＬＥＤ灯，20261122")
        assert matching(KIND, TOWN, words) == ([lamp] if is_found else [])


def test_another_town_and_another_kind_find_nothing():
    """T13."""
    with notes() as kept:
        kept.write("村口路灯不亮")
        theirs = kept.write("村口路灯不亮", town=OTHER_TOWN)
        assert matching(KIND, OTHER_TOWN, "路灯") == [theirs]
        assert matching("other", TOWN, "路灯") == []
        assert matching(KIND, "", "路灯") == []
        assert matching(KIND, TOWN, f"{KIND}{TOWN}") == []


HOSTILE = [
    "",
    " ",
    '"',
    "'",
    '"路灯',
    "路灯*",
    "路灯 AND",
    "NOT 路灯 OR",
    "NEAR(路 灯, 2)",
    "^路灯",
    "tokens:路灯",
    "- + ( ) { } ^",
    "路灯 & ! | <->",
    "路灯:*",
    "\\'",
    "%_",
    "\x00路灯\x00",
    "😀😀",
    "。，！",
    "٣",
    "ß ﬁ İ ς ǆ",
    "路灯" * 5000,
    "".join(chr(0x4E00 + n) for n in range(10_000)),
    " ".join(f"a{n}" for n in range(3000)),
]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_that_is_typed_breaks_the_index(words):
    with notes() as kept:
        lamp = kept.write("村口路灯不亮")
        assert matching(KIND, TOWN, words) in ([], [lamp])


def test_every_sign_that_is_a_letter_here_is_one_to_the_index():
    """A tokenizer that cut a token of ours in two would make of a query a phrase, which the index does not know."""
    with notes() as kept:
        letters = [
            chr(code)
            for code in (*range(0x80, 0x3000, 3), *range(0x3000, 0x3_3480, 499))
            if wanted(2 * chr(code))
        ]
        pk = kept.write(" ".join(f"{letter}{letter}" for letter in letters))
        assert not [letter for letter in letters if matching(KIND, TOWN, f"{letter}{letter}") != [pk]]


def test_the_blocks_of_the_index_on_postgresql_cover_every_row_once():
    """ADR 0036: small ones from the newest row to the end of a large one, then large ones."""
    fine, coarse = 1 << postgresql.FINE, 1 << postgresql.COARSE
    for first, last in ((1, 5), (-3, 5), (1, fine), (1, coarse + 1), (-coarse - 1, 3 * coarse - 1), (-9, -2)):
        covered = []
        for block in postgresql._blocks(first, last):
            size = fine if block[0] == "." else coarse
            covered.append((int(block[1:]) * size, int(block[1:]) * size + size - 1))
        assert covered[0][1] >= last
        assert covered[-1][0] <= first
        assert all(later[1] + 1 == newer[0] for newer, later in pairwise(covered))


def test_each_database_system_has_its_index():
    assert engines.engine_of("sqlite") is not engines.engine_of("postgresql")
