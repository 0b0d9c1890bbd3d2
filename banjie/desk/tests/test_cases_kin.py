"""Doubles are offered with their state and merged with one press; categories are accepted with one press (U3, U4)."""

from uuid import uuid4

import pytest

from banjie.cases import actions
from banjie.cases.models import Case
from banjie.cases.tests.factories import DONGPO, TOWN, XIGOU, handled, registered
from banjie.desk.tests.cases_office import browser, open_today, send

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
LETTER = "西沟组到小学的石桥去年冬天被大水冲坏了护栏，孩子上学每天都要走"


@pytest.fixture
def office():
    return open_today()


def page_of(client, case):
    return client.get(f"/cases/{case.number}").content.decode()


def proposals(client, **told):
    return client.post("/register/propose", told).content.decode()


def test_the_page_of_a_new_case_offers_what_may_be_the_same_with_its_state(office):
    standing, case = handled(office, title="石桥护栏坏了"), registered(office, title="石桥护栏坏了")
    page = page_of(browser(office, "chen"), case)
    assert "可能是同一件事" in page
    assert standing.number in page
    assert "办理中" in page


def test_one_press_merges_and_the_next_takes_it_back(office):
    standing, case = registered(office), registered(office)
    client = browser(office, "chen")
    assert send(client, case, "merge", into=standing.number).status_code == 302
    page = page_of(client, case)
    assert "已并入" in page
    assert standing.number in page
    assert "撤销并案" in page
    assert "并入的件" in page_of(client, standing)
    assert send(client, case, "unmerge").status_code == 302
    assert Case.objects.get(pk=case.pk).state == "registered"
    assert "并入的件" not in page_of(client, standing)


def test_whoever_replies_is_reminded_of_those_who_were_merged_in(office):
    standing, case = handled(office), registered(office)
    actions.merge_case(case, office.occasion("he", hours=2), into=standing)
    form = browser(office, "li").get(f"/cases/{standing.number}/reply").content.decode()
    assert f"并入的{case.number}，诉求人也要一并告知" in form


def test_who_may_not_merge_is_offered_no_button(office):
    registered(office)
    assert "并入" not in page_of(browser(office, "li"), handled(office))


def test_while_registering_doubles_are_shown_with_their_state(office):
    case = registered(office, title="石桥护栏坏了", text=LETTER)
    told = proposals(browser(office, "chen"), text=LETTER)
    assert case.number in told
    assert "已登记" in told
    assert "登记并并入" in told


def test_a_cadre_sees_nothing_of_another_village_while_registering(office):
    """赵 of 东坡村 types the words of a case of 西沟村."""
    case = registered(office, title="石桥护栏坏了", text=LETTER, division_code=XIGOU)
    assert case.number not in proposals(browser(office, "zhao"), text=LETTER, place=DONGPO)


def test_what_is_typed_is_registered_and_merged_with_one_press(office):
    standing = registered(office, title="石桥护栏坏了", text=LETTER)
    client = browser(office, "chen")
    fields = {
        "kind": "resident_request",
        "text": LETTER,
        "place": XIGOU,
        "channel": "window",
        "sensitivity": "ordinary",
        "merge_into": standing.number,
        "client_key": str(uuid4()),
    }
    answer = client.post("/register", fields)
    assert answer.status_code == 302, answer.context["form"].errors
    new = Case.objects.exclude(pk=standing.pk).get(town=TOWN)
    assert (new.state, new.merged_into_id) == ("merged", standing.pk)


def test_a_pair_that_is_not_the_same_is_proposed_no_more_until_that_is_taken_back(office):
    standing, case = registered(office, title="石桥护栏坏了"), registered(office, title="石桥护栏坏了")
    client = browser(office, "chen")
    assert "不是重复件</button>" in page_of(client, case)
    assert send(client, case, "distinguish", other=standing.number).status_code == 302
    for one, other in ((case, standing), (standing, case)):
        page = page_of(client, one)
        assert "可能是同一件事" not in page
        assert f"与{other.number}不是一件事" in page
    assert send(client, case, "undistinguish", other=standing.number).status_code == 302
    assert "可能是同一件事" in page_of(client, case)
    assert "说过不是一件事" not in page_of(client, case)


def test_what_is_said_of_a_double_while_registering_is_kept_with_the_new_case(office):
    standing = registered(office, title="石桥护栏坏了", text=LETTER)
    client = browser(office, "chen")
    assert " checked" in proposals(client, text=LETTER, not_same=standing.number)
    fields = {"kind": "resident_request", "text": LETTER, "place": XIGOU, "channel": "window"}
    fields |= {"sensitivity": "ordinary", "not_same": standing.number, "client_key": str(uuid4())}
    assert client.post("/register", fields).status_code == 302
    new = Case.objects.exclude(pk=standing.pk).get(town=TOWN)
    assert "说过不是一件事" in page_of(client, new)
    assert "可能是同一件事" not in page_of(client, new)


def test_nothing_is_registered_when_it_cannot_be_merged(office):
    case = registered(office, title="石桥护栏坏了", text=LETTER)
    actions.decline_case(case, office.occasion("he"), reason="已经修好")
    fields = {"kind": "resident_request", "text": LETTER, "place": XIGOU, "channel": "window"}
    fields |= {"sensitivity": "ordinary", "merge_into": case.number, "client_key": str(uuid4())}
    assert browser(office, "chen").post("/register", fields).status_code == 409
    assert Case.objects.filter(town=TOWN).count() == 1


def test_a_case_without_a_category_is_accepted_and_sorted_with_one_press(office):
    case = registered(office, category="", title="门口路灯不亮", text="路灯坏了")
    client = browser(office, "chen")
    page = page_of(client, case)
    assert "还没有归类，像是" in page
    assert "请人工确认" in page
    assert send(client, case, "accept", category_proposed="street_lamp").status_code == 302
    taken = Case.objects.get(pk=case.pk)
    assert (taken.state, taken.category) == ("accepted", "street_lamp")
    assert "归为路灯" in page_of(client, case)


def test_accepting_sets_no_category_by_itself(office):
    case = registered(office, category="", title="门口路灯不亮", text="路灯坏了")
    assert send(browser(office, "chen"), case, "accept").status_code == 302
    assert Case.objects.get(pk=case.pk).category == ""


def test_assigning_offers_the_category_too(office):
    case = registered(office, category="", title="门口路灯不亮", text="路灯坏了")
    actions.accept_case(case, office.occasion("chen"))
    client = browser(office, "chen")
    assert "类别像是" in client.get(f"/cases/{case.number}/assign").content.decode()
    told = {"unit": str(office.livelihood), "category": "street_lamp"}
    assert send(client, case, "assign", **told).status_code == 302
    assert Case.objects.get(pk=case.pk).category == "street_lamp"


def test_two_different_categories_are_refused(office):
    case = registered(office, category="", title="门口路灯不亮", text="路灯坏了")
    told = {"category_proposed": "street_lamp", "category": "noise"}
    answer = send(browser(office, "chen"), case, "accept", **told)
    assert answer.status_code == 422
    assert "类别选了两个不一样的" in answer.content.decode()


def test_an_urging_is_counted_on_the_page_and_marked_in_the_list(office):
    case = handled(office)
    client = browser(office, "sun")
    assert send(client, case, "urge", words="请今天回应").status_code == 302
    assert "催办1次" in page_of(client, case)
    assert ">催办</span>" in client.get("/cases").content.decode()
