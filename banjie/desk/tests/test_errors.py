"""Refusals in the form that was asked for, in words, without a stack (U32, T15)."""

import json

import pytest
from django.test import Client, RequestFactory

from banjie.base.errors import Conflict, InvalidInput, NotAllowed, NotFound, RuleMissing
from banjie.desk.errors import answer_error, server_error
from banjie.desk.tests.factories import client_of, make_person
from banjie.people.rights import Role

pytestmark = pytest.mark.django_db
REFUSED = Conflict("件已中止，不能办结。请先恢复办理。", ground="限时办结制 第三条")


def asking(**headers):
    return RequestFactory().get("/", headers=headers)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (InvalidInput("甲"), 422),
        (NotAllowed("乙"), 403),
        (NotFound("丙"), 404),
        (REFUSED, 409),
        (RuleMissing("丁"), 500),
    ],
)
def test_each_refusal_keeps_its_status_and_its_words(error, status):
    answer = answer_error(asking(accept="text/html"), error)
    assert answer.status_code == status
    assert error.message in answer.content.decode()


def test_a_page_names_the_ground_and_a_right_is_no_ground():
    assert "依据：限时办结制 第三条" in answer_error(asking(accept="text/html"), REFUSED).content.decode()
    without = answer_error(asking(accept="text/html"), NotAllowed("不能。", ground="people.manage_units"))
    assert "people.manage_units" not in without.content.decode()


def test_a_script_gets_json_text_or_a_part_of_the_page():
    told = json.loads(answer_error(asking(accept="application/json"), REFUSED).content)
    assert told == {"message": REFUSED.message, "ground": REFUSED.ground, "status": 409}
    part = answer_error(asking(accept="*/*", hx_request="true"), REFUSED).content.decode()
    assert "<html" not in part
    text = answer_error(asking(accept="*/*", x_banjie_fetch="1"), REFUSED)
    assert text.content.decode() == REFUSED.message


def test_an_address_that_leads_nowhere_is_answered_in_the_shell():
    answer = client_of(make_person(Role.HANDLER)).get("/nothing/here")
    assert answer.status_code == 404
    assert "没有找到这一页" in answer.content.decode()
    assert "退出登录" in answer.content.decode()


def test_a_form_without_the_token_is_told_what_to_do():
    answer = Client(enforce_csrf_checks=True).post("/login", {"username": "a", "password": "b"})
    assert answer.status_code == 403
    assert "刷新页面" in answer.content.decode()


def test_the_last_resort_asks_nothing_of_the_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = server_error(asking())
    assert answer.status_code == 500
    assert "Traceback" not in answer.content.decode()


@pytest.mark.parametrize("address", ["/rules?x=%00", "/login?next=%00", "/office/staff?q=%00"])
def test_a_nul_in_an_address_is_refused_and_crashes_nothing(address):
    assert client_of(make_person(Role.HANDLER)).get(address).status_code == 400


@pytest.mark.parametrize("year", ["0", "99999", "abc", "-1", "²²²²", ""])
def test_a_senseless_year_shows_some_year(year):
    client = client_of(make_person(Role.HANDLER))
    assert client.get("/town/calendar", {"year": year}).status_code == 200
