"""Categories are learned from what people chose, proposed with their certainty, and set by nobody but people (U3)."""

import subprocess
import sys
from datetime import timedelta

import pytest

from banjie.base.clock import local_day
from banjie.cases.actions.learning import learn_categories
from banjie.cases.learning.features import document, features
from banjie.cases.learning.training import Examples, cross_validated, trained, weights_of
from banjie.cases.learning.weights import packed, unpacked
from banjie.cases.models import LearnedCategories
from banjie.cases.queries import category_proposals
from banjie.cases.tests.factories import TOWN, open_office, registered
from banjie.rulebook.queries import rules_on

pytestmark = pytest.mark.either_database

LAMPS = ["路灯坏了晚上黑", "村口的路灯不亮", "路灯杆歪了", "请装一盏路灯", "路灯一直闪"]
WATER = ["停水三天了", "自来水断了", "水管爆裂没水", "又停水了没水做饭", "水压低二楼没水"]
NOISE = ["半夜施工太吵", "广场舞音响声音大", "夜里机器响睡不着", "工地噪音扰民", "音响吵得睡不着"]


def examples():
    texts = [document(words, words) for words in (*LAMPS, *WATER, *NOISE)] * 2
    categories = (["street_lamp"] * 5 + ["water_outage"] * 5 + ["noise"] * 5) * 2
    return Examples(texts, categories, ["路灯 照明", "停水 断水"], ["street_lamp", "water_outage"])


def test_features_are_characters_and_pairs_of_one_run():
    assert list(features("路灯，A3")) == ["路", "灯", "路灯", "a", "3", "a3"]


def test_plain_python_proposes_what_the_library_would():
    learned = trained(examples())
    weights = unpacked(packed(weights_of(learned)))
    words = "门口路灯不亮"
    theirs = dict(zip(learned.model.classes_, learned.certainties([document(words, words)])[0], strict=True))
    ours = weights.propose(words, words)
    assert ours[0].category == "street_lamp"
    assert all(abs(certainty - theirs[category]) < 0.02 for category, certainty in ours)


def test_two_categories_are_told_apart_too():
    told = examples()
    kept = [(t, c) for t, c in zip(told.texts, told.categories, strict=True) if c != "noise"]
    learned = trained(Examples([t for t, _ in kept], [c for _, c in kept], [], []))
    proposed = unpacked(packed(weights_of(learned))).propose("没水了", "停水")
    theirs = learned.certainties([document("没水了", "停水")])[0]
    assert proposed[0].category == "water_outage"
    assert abs(proposed[0].certainty - max(theirs)) < 0.02


def test_the_shares_are_of_texts_left_out_of_the_training():
    shares = cross_validated(examples())
    assert 0.5 < shares.first <= shares.among_three == 1


def test_unknown_words_propose_nothing():
    assert unpacked(packed(weights_of(trained(examples())))).propose("xyz", "") == []


def test_broken_weights_are_said_to_be_broken():
    with pytest.raises(ValueError, match="cannot be read"):
        unpacked(b"nonsense")


def test_the_web_does_not_load_the_learning_library():
    code = (
        "import django, os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'banjie.config.settings'; django.setup();"
        "from django.urls import get_resolver; get_resolver().url_patterns;"
        "import banjie.cases.tasks; sys.exit(bool({'sklearn', 'numpy', 'scipy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.fixture
def office(db):
    office = open_office()
    for _ in range(3):
        for words, category in ((LAMPS, "street_lamp"), (WATER, "water_outage"), (NOISE, "noise")):
            for text in words:
                registered(office, title=text, text=text, category=category)
    return office


def proposed(office, title, text=""):
    return category_proposals(TOWN, title, text, rules=rules_on(TOWN, local_day(office.at)))


def learn(office, **more):
    rules = rules_on(TOWN, local_day(office.at))
    return learn_categories(TOWN, rules=rules, at=office.at, **more)


def test_a_town_learns_from_its_own_cases_and_proposes(office):
    assert learn(office)
    found = proposed(office, "门口的路灯坏了不亮")
    assert found[0].category == "street_lamp"
    assert found[0].is_certain == (found[0].certainty >= 0.6)
    assert len(found) <= 3
    kept = LearnedCategories.objects.get(town=TOWN)
    assert kept.case_count == 45
    assert kept.first_share <= kept.third_share


def test_before_anything_is_learned_the_usual_words_of_the_tree_propose(office):
    found = proposed(office, "门口路灯不亮", "晚上黑")
    assert [(one.category, one.certainty, one.is_certain) for one in found] == [("street_lamp", None, False)]
    assert proposed(office, "请问镇上的事情") == []


def test_what_was_learned_comes_before_the_usual_words(office):
    learn(office)
    found = proposed(office, "门口的路灯坏了不亮，路灯", "村里的水表也坏了")
    assert found[0].certainty is not None
    assert len({one.category for one in found}) == len(found)


def test_what_is_uncertain_is_marked(office):
    learn(office)
    assert not any(one.is_certain for one in proposed(office, "请问镇上的事情", "不亮 没水 太吵"))


def test_hardly_anything_new_is_not_learned_again(office):
    learn(office)
    assert not learn(office, is_due_only=True)
    assert learn(office)


def test_learning_again_takes_the_place_of_what_was_learned(office):
    learn(office)
    rules = rules_on(TOWN, local_day(office.at))
    learn_categories(TOWN, rules=rules, at=office.at + timedelta(days=1))
    assert LearnedCategories.objects.get().learned_at == office.at + timedelta(days=1)
    assert proposed(office, "门口的路灯坏了不亮")


@pytest.mark.django_db
def test_few_cases_teach_nothing():
    office = open_office()
    registered(office)
    assert not learn(office)
