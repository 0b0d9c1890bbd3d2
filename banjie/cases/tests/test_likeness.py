"""What may be the same matter is shown with its state, never merged by itself; many of one matter are a hot topic (U4)."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from banjie.base.clock import local_day
from banjie.base.errors import Conflict, InvalidInput, NotAllowed, NotFound
from banjie.cases import actions
from banjie.cases.likeness import clusters, grams, middle
from banjie.cases.models import Case
from banjie.cases.queries import duplicates_of, hot_topics
from banjie.cases.tests.factories import DONGPO, TOWN, XIGOU, intake, open_office, registered
from banjie.cases.workflow import State
from banjie.ledger.queries import entries_of
from banjie.ledger.verify import verify
from banjie.rulebook.queries import rules_on

LETTER = "西沟组到小学的石桥去年冬天被大水冲坏了护栏，孩子上学每天都要走，请来人看看，最好年前修好"


@dataclass(frozen=True)
class Period:
    from_on: date
    to_on: date


@pytest.fixture
def office(db):
    return open_office()


def alike(office, asked, *, by="chen", days=0):
    at = office.at + timedelta(days=days)
    return duplicates_of(getattr(office, by), asked, rules=rules_on(TOWN, local_day(at)), at=at)


@pytest.mark.parametrize(
    ("one", "other", "are_alike"),
    [
        ("投诉东风桥头搅拌站噪音扰民", "东风桥头修建搅拌站噪音灰尘污染", True),
        ("投诉东风桥头搅拌站噪音扰民", "咨询高龄补贴怎么申请", False),
        ("东风桥头搅拌站", "东风桥头搅拌站", True),
    ],
)
def test_titles_on_one_matter_hang_together(one, other, are_alike):
    titles = [grams(words) for words in (one, other, "路灯不亮", "申请低保", "自来水浑浊", "修水渠")]
    assert (clusters(titles, least=0.35)[0] == [0, 1]) == are_alike


def test_the_title_in_the_middle_stands_for_its_group():
    titles = [grams(words) for words in ("搅拌站噪音扰民", "东风桥搅拌站噪音扰民", "东风桥头又在施工")]
    assert middle(titles, [0, 1, 2]) == 1


def test_a_title_of_ten_thousand_cases_is_compared_with_rare_words_only():
    titles = [grams(f"关于{n:04d}号门牌的建议") for n in range(600)]
    assert len(clusters(titles, least=0.9)) > 500


def test_the_same_letter_under_another_title_is_found(office):
    first = registered(office, title="桥坏了", text=LETTER, category="", division_code=DONGPO)
    found = alike(office, intake(title="孩子上学不安全", text=LETTER, category=""))
    assert [one.case.number for one in found] == [first.number]
    assert found[0].share > 0.9


def test_a_matter_told_under_a_title_that_says_nothing_is_found(office):
    first = registered(office, title="东风桥头新建搅拌站噪音大", text="吵", category="", division_code=DONGPO)
    told = "东风桥头边上新建了一个搅拌站，噪音大得晚上睡不着，灰尘也到处飞"
    found = alike(office, intake(title="环境污染", text=told, category=""))
    assert [one.case.number for one in found] == [first.number]


def test_another_matter_of_another_village_is_not_shown(office):
    registered(
        office, title="咨询高龄补贴", text="八十岁了怎么申请高龄补贴", category="", division_code=DONGPO
    )
    assert alike(office, intake(title="桥坏了", text=LETTER, category="")) == []


def test_one_person_s_open_requests_are_shown_whatever_they_say(office):
    told = {"asker_code": "U0001", "category": ""}
    registered(office, title="咨询高龄补贴", text="怎么申请", division_code=DONGPO, **told)
    found = alike(office, intake(title="桥坏了", text=LETTER, **told))
    assert [one.is_same_person for one in found] == [True]


def test_one_village_s_requests_of_one_category_are_shown(office):
    registered(office, title="灯泡碎了", text="村口那盏")
    found = alike(office, intake(title="晚上黑", text="没有亮"))
    assert [one.is_same_place for one in found] == [True]


def test_at_most_five_are_shown_the_likeliest_first(office):
    for number in range(7):
        registered(office, title=f"路灯不亮{number}", text="西沟组的路灯坏了")
    exact = registered(office, title="石桥护栏坏了", text=LETTER)
    found = alike(office, intake(title="石桥护栏坏了", text=LETTER))
    assert len(found) == 5
    assert found[0].case.number == exact.number


def test_what_lies_back_longer_than_the_rulebook_says_is_not_compared(office):
    registered(office)
    assert alike(office, intake(), days=29)
    assert alike(office, intake(), days=31) == []


def test_a_case_is_not_its_own_double_and_merged_ones_are_not_shown(office):
    standing, case = registered(office), registered(office)
    assert [one.case.pk for one in alike(office, case)] == [standing.pk]
    actions.merge_case(case, office.occasion("he", hours=1), into=standing)
    assert alike(office, standing) == []


def test_what_is_closed_is_shown_but_nothing_can_be_merged_into_it(office):
    case = registered(office)
    actions.decline_case(case, office.occasion("he", hours=1), reason="已经在办")
    assert [one.may_stand for one in alike(office, intake())] == [False]


def test_nobody_is_shown_what_lies_outside_his_scope(office):
    """赵 of 东坡村 registers; what 西沟村 asked is not his to see."""
    registered(office, division_code=XIGOU)
    assert alike(office, intake(division_code=DONGPO), by="zhao") == []


def test_nothing_is_merged_by_itself(office):
    registered(office)
    assert alike(office, registered(office))
    assert not Case.objects.filter(state=State.MERGED).exists()


def test_many_of_one_matter_are_a_hot_topic_with_their_places(office):
    for place in (XIGOU, XIGOU, DONGPO):
        registered(office, title="石桥护栏坏了没人修", category="", division_code=place)
    registered(office, title="咨询高龄补贴怎么申请", category="")
    day = local_day(office.at)
    topics = hot_topics(TOWN, Period(day, day), rules=rules_on(TOWN, day))
    assert [(topic.count, topic.title) for topic in topics] == [(3, "石桥护栏坏了没人修")]
    assert set(topics[0].places) == {"西沟村", "东坡村"}
    assert hot_topics(TOWN, Period(day + timedelta(1), day + timedelta(9)), rules=rules_on(TOWN, day)) == []


def test_a_hot_topic_names_nothing_that_only_handlers_may_read(office):
    for _ in range(3):
        registered(office, title="石桥护栏坏了没人修", category="", sensitivity="handlers_only")
    day = local_day(office.at)
    assert hot_topics(TOWN, Period(day, day), rules=rules_on(TOWN, day)) == []


def test_a_pair_told_apart_is_proposed_from_neither_side_and_again_once_that_is_undone(office):
    """U3, U4: the word of a person stands over the likeness; a third double is still shown."""
    one, other, third = registered(office), registered(office), registered(office)
    actions.distinguish_case(other, office.occasion("chen", hours=1), other=one)
    assert [found.case.pk for found in alike(office, one)] == [third.pk]
    assert [found.case.pk for found in alike(office, other)] == [third.pk]
    assert {entry.deed for entry in entries_of(other)} >= {"case.told_apart"}
    actions.undistinguish_case(one, office.occasion("he", hours=2), other=other)
    assert {found.case.pk for found in alike(office, one)} == {other.pk, third.pk}
    actions.distinguish_case(one, office.occasion("he", hours=3), other=other)
    assert verify(TOWN).findings == []


def test_telling_apart_is_refused_twice_for_oneself_and_out_of_sight(office):
    one, other = (registered(office, division_code=DONGPO) for _ in "ab")
    with pytest.raises(InvalidInput, match="它自己"):
        actions.distinguish_case(one, office.occasion("chen"), other=one)
    with pytest.raises(Conflict, match="没有说过"):
        actions.undistinguish_case(one, office.occasion("chen"), other=other)
    actions.distinguish_case(one, office.occasion("chen"), other=other)
    with pytest.raises(Conflict, match="已经说过"):
        actions.distinguish_case(other, office.occasion("he"), other=one)
    with pytest.raises(NotAllowed):
        actions.distinguish_case(one, office.occasion("zhao"), other=other)
    foreign = registered(open_office(town="990011102", name="他镇"))
    with pytest.raises(NotFound):
        actions.distinguish_case(one, office.occasion("chen"), other=foreign)
