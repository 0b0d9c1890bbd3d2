"""Cases found by what is written in them (U8): by everyone who may see them, and by nobody else (T13, T19)."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from banjie.cases import actions
from banjie.cases.models import Case
from banjie.cases.queries import found_by_words
from banjie.cases.tests.factories import TOWN, handled, intake, open_office, own_word, registered, replied
from banjie.cases.tests.sheet_office import imported, letter
from banjie.cases.words import CASES, KIND
from banjie.residents.actions import register_resident
from banjie.residents.facts import ResidentFacts
from banjie.search.actions import forget, reindex
from banjie.search.bigrams import tokens, wanted
from banjie.search.queries import matching

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return open_office()


def numbers(actor, words, *, limit=10):
    return [hit.case.number for hit in found_by_words(actor, wanted(words), limit=limit).hits]


@pytest.mark.parametrize(
    "words", ["路灯", "灯", "路灯坏了三天", "桥头", "ｘｆ2026", "XF2026-77", "路灯 桥头"]
)
def test_a_case_is_found_by_its_title_text_place_and_outer_number(office, words):
    slip = {"outer_number": "XF2026-77", "given_due_at": "2026-10-12 18:00", "demand": "help"}
    case = registered(office, kind="hotline_order", channel="hotline", extra=slip, place_words="桥头")
    assert numbers(office.chen, words) == [case.number]


def test_a_case_is_found_by_what_was_said_in_its_deeds_too(office):
    case = replied(office)
    case = actions.comment_case(case, office.occasion("li", hours=5), words="等供电所来人")
    for words in ("灯泡", "供电所", "路灯 供电所", "夜里亮了"):
        assert numbers(office.chen, words) == [case.number], words


def test_a_new_case_comes_before_older_ones(office):
    older, newer = registered(office), registered(office)
    assert numbers(office.chen, "路灯") == [newer.number, older.number]
    assert numbers(office.chen, "路灯", limit=1) == [newer.number]
    assert found_by_words(office.chen, wanted("路灯"), limit=1).has_more


def test_pairs_that_lie_apart_are_not_found_as_one_term(office):
    registered(office, text="路灯亮着，台灯坏了")
    case = registered(office, text="路灯坏了")
    assert numbers(office.chen, "路灯坏") == [case.number]


def test_zhao_of_another_village_finds_nothing_of_it(office):
    """T13."""
    registered(office)
    assert numbers(office.zhao, "路灯") == []
    assert not found_by_words(office.zhao, wanted("路灯"), limit=5).has_more


def test_the_candidates_are_widened_for_whoever_sees_few_of_them(office):
    own = registered(office, division_code=f"{TOWN}202")
    for _ in range(5):
        registered(office)
    assert numbers(office.zhao, "路灯", limit=1) == [own.number]
    assert not found_by_words(office.zhao, wanted("路灯"), limit=1).has_more


def test_what_only_handlers_may_read_is_found_by_those_alone(office):
    """T19: not by its words, not by a count."""
    case = registered(office, sensitivity="handlers_only", text="举报某人占地")
    assert numbers(office.wang, "占地") == []
    assert numbers(office.he, "占地") == [case.number]
    assert numbers(office.chen, "占地") == [case.number]


def test_of_a_number_only_case_no_word_is_found(office):
    """线外."""
    registered(office, sensitivity="number_only", text="不得写入的内容", place_words="桥头")
    assert matching(KIND, TOWN, "不得写入") == []
    assert matching(KIND, TOWN, "桥头") == []


def test_who_asked_is_not_among_the_words(office):
    """T19: residents are found by their own keys."""
    facts = ResidentFacts(
        name="孤雁飞过", phone="13912345678", house="沙鸥里九号", division_code=f"{TOWN}201"
    )
    stamp = office.occasion("chen").stamp()
    resident = register_resident(facts, actor=office.chen, stamp=stamp)
    registered(office, resident_id=resident.pk, text="回电13912345678，路灯")
    for words in ("孤雁", "雁", "13912345678", "139", "沙鸥"):
        assert matching(KIND, TOWN, words) == [], words


def test_another_town_finds_nothing(office):
    other = open_office(town="990011102", name="别镇")
    registered(office)
    theirs = registered(other)
    assert numbers(other.chen, "路灯") == [theirs.number]


def test_words_of_a_refused_deed_are_not_found(office):
    case = handled(office)
    with pytest.raises(Exception, match="密级"):
        actions.comment_case(case, office.occasion("li", hours=2), words="机密★长期 供电所")
    assert numbers(office.chen, "供电所") == []


def test_filling_anew_reads_back_exactly_what_the_deeds_put_in(office):
    """Else a case could not be forgotten, and an upgrade would find less than before."""
    case = replied(office)
    case = actions.rate_case(case, office.occasion("chen", hours=5), word=own_word(case, said="dissatisfied"))
    case = actions.report_progress(case, office.occasion("li", hours=6), words="又去看了一次")
    words = {token for text in CASES.pieces([case.pk])[case.pk].texts for token in tokens(text)}
    assert "又去" in words
    before = {token: matching(KIND, TOWN, token) for token in words}
    assert all(pks == [case.pk] for pks in before.values())
    list(reindex())
    assert {token: matching(KIND, TOWN, token) for token in words} == before


def test_what_an_import_brought_in_is_read_back_with_its_reply_and_stays_behind_what_is_new(office):
    """历史件."""
    new = registered(office)
    imported(office, [letter()])
    past = Case.objects.exclude(pk=new.pk).get()
    words = {token for text in CASES.pieces([past.pk])[past.pk].texts for token in tokens(text)}
    before = {token: matching(KIND, TOWN, token) for token in words}
    assert all(pks[-1] == past.pk for pks in before.values())
    list(reindex())
    assert {token: matching(KIND, TOWN, token) for token in words} == before


def test_a_case_that_is_forgotten_leaves_no_token(office):
    """个人信息保护法 第四十七条."""
    case = replied(office)
    words = [token for text in CASES.pieces([case.pk])[case.pk].texts for token in tokens(text)]
    with transaction.atomic():
        forget(KIND, case.pk)
    assert not any(matching(KIND, TOWN, token) for token in words)


def test_a_repeat_of_a_registration_is_found_once(office):
    occasion = office.occasion("chen", client_key="same")
    first, again = actions.register_case(intake(), occasion), actions.register_case(intake(), occasion)
    assert first.pk == again.pk
    assert numbers(office.chen, "路灯") == [first.number]


def test_a_search_takes_six_queries_at_most(office):
    for _ in range(3):
        replied(office)
    actor = office.chen
    with CaptureQueriesContext(connection) as asked:
        assert len(numbers(actor, "路灯坏了三天")) == 3
    assert len(asked) <= 6
