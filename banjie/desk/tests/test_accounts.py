"""Log-in, lock-out, idle time-out renewed in place, first passwords, and lost rights (T14, T24, U5)."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from banjie.base.clock import now
from banjie.desk.tests.factories import LONG_PASSWORD, TOWN, VILLAGE, client_of, make_person, make_town
from banjie.ledger.record import Stamp
from banjie.people.actions import appoint, deactivate, give_up_post
from banjie.people.models import Post
from banjie.people.queries import founder_of
from banjie.people.rights import Role

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
NEW_PASSWORD = "copper-lantern-orchard"
FETCH = {"X-Banjie-Fetch": "1"}


def log_in(client, person, password=LONG_PASSWORD, **more):
    return client.post("/login", {"username": person.login, "password": password, **more})


def founder():
    actor, at = founder_of(TOWN), now()
    return actor, Stamp(by=actor.id, happened_at=at, recorded_at=at)


def test_the_log_in_page_tells_nothing_personal():
    person = make_person(Role.HANDLER)
    shown = Client().get("/login").content.decode()
    assert person.name not in shown
    assert person.login not in shown


def test_who_logs_in_goes_on_to_where_he_wanted():
    client, li = Client(), make_person(Role.HANDLER, password=LONG_PASSWORD)
    answer = log_in(client, li, next="/rules")
    assert (answer.status_code, answer["Location"]) == (302, "/rules")
    assert client.get("/rules").status_code == 200


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_log_in_never_leads_to_another_house(elsewhere):
    answer = log_in(Client(), make_person(Role.HANDLER, password=LONG_PASSWORD), next=elsewhere)
    assert "example" not in answer["Location"]
    assert "javascript" not in answer["Location"]


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer():
    known = log_in(Client(), make_person(Role.HANDLER, password=LONG_PASSWORD), "wrong-wrong-wrong")
    unknown = Client().post("/login", {"username": "nobody", "password": "wrong-wrong-wrong"})
    assert known.status_code == unknown.status_code == 422
    assert "用户名或密码不对" in known.content.decode()
    assert "用户名或密码不对" in unknown.content.decode()


def test_too_many_failures_lock_the_account_here_and_say_how_long():
    client, li, wang = Client(), make_person(password=LONG_PASSWORD), make_person(password=LONG_PASSWORD)
    for _ in range(5):
        log_in(client, li, "wrong-wrong-wrong")
    refused = log_in(client, li)
    assert refused.status_code == 422
    assert "15分钟" in refused.content.decode()
    assert log_in(client, wang).status_code == 302, "the office's address is spared"


def test_an_unfinished_log_in_form_names_what_is_missing():
    shown = Client().post("/login", {"username": ""}).content.decode()
    assert "没有填用户名" in shown
    assert "没有填密码" in shown


def test_log_out_is_a_post_and_ends_the_session_on_the_server():
    client = client_of(make_person(Role.HANDLER))
    assert client.get("/logout").status_code == 405
    client.post("/logout")
    assert client.get("/rules").status_code == 302
    assert not Session.objects.exists()


def test_a_session_dies_on_the_server_after_the_idle_time_out():
    client = client_of(make_person(Role.HANDLER))
    assert client.get("/rules").status_code == 200
    session = Session.objects.get()
    assert now() < session.expire_date <= now() + timedelta(minutes=30)
    Session.objects.update(expire_date=now() - timedelta(seconds=1))
    assert client.get("/rules")["Location"].startswith("/login")
    assert client.get("/alive", headers=FETCH).status_code == 401


def test_a_dead_session_is_renewed_in_place_with_a_fresh_token():
    client, li = Client(), make_person(Role.HANDLER, password=LONG_PASSWORD)
    answer = client.post(
        "/login/renew",
        {"username": li.login, "password": LONG_PASSWORD, "person": str(li.pk)},
        headers=FETCH,
    )
    assert answer.status_code == 204
    assert answer["X-CSRFToken"]
    assert client.get("/alive", headers=FETCH).status_code == 204


def test_a_page_is_not_taken_over_by_another_person():
    client, wang = Client(), make_person(name="王芳", password=LONG_PASSWORD)
    li = make_person(Role.HANDLER)
    answer = client.post(
        "/login/renew",
        {"username": wang.login, "password": LONG_PASSWORD, "person": str(li.pk)},
        headers=FETCH,
    )
    assert answer.status_code == 422
    assert client.get("/alive", headers=FETCH).status_code == 401


def test_a_wrong_password_in_place_is_refused_in_words():
    li = make_person(Role.HANDLER, password=LONG_PASSWORD)
    answer = Client().post("/login/renew", {"username": li.login, "password": "x"}, headers=FETCH)
    assert answer.status_code == 422
    assert "用户名或密码不对" in answer.content.decode()


def test_a_first_password_is_changed_before_anything_else():
    client, li = Client(), make_person(Role.HANDLER, password=LONG_PASSWORD)
    type(li).objects.filter(pk=li.pk).update(must_change_password=True)
    log_in(client, li)
    assert client.get("/rules")["Location"] == "/account?first=1"
    assert client.post("/drafts/x", {"a": "1"}, headers=FETCH).status_code == 403
    typed = {"old_password": LONG_PASSWORD, "password": NEW_PASSWORD, "again": NEW_PASSWORD}
    assert client.post("/account", typed).status_code == 302
    assert client.get("/rules").status_code == 200


def test_changing_the_password_ends_every_other_session():
    li = make_person(Role.HANDLER, password=LONG_PASSWORD)
    here, elsewhere = client_of(li), client_of(li)
    typed = {"old_password": LONG_PASSWORD, "password": NEW_PASSWORD, "again": NEW_PASSWORD}
    assert here.post("/account", typed).status_code == 302
    assert here.get("/rules").status_code == 200
    assert elsewhere.get("/rules").status_code == 302


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"old_password": "no", "password": NEW_PASSWORD, "again": NEW_PASSWORD}, "原密码不对"),
        ({"old_password": LONG_PASSWORD, "password": "short", "again": "short"}, "至少要15个字符"),
        ({"old_password": LONG_PASSWORD, "password": NEW_PASSWORD, "again": "other"}, "不一样"),
        ({}, "没有填新密码"),
    ],
)
def test_a_password_that_will_not_do_comes_back_with_its_reason(typed, words):
    client = client_of(make_person(Role.HANDLER, password=LONG_PASSWORD))
    answer = client.post("/account", typed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert NEW_PASSWORD not in answer.content.decode()


def test_a_disabled_account_is_refused_at_its_next_request():
    li = make_person()
    client = client_of(li)
    assert client.get("/rules").status_code == 200
    actor, stamp = founder()
    deactivate(actor, stamp, staff_id=li.pk)
    assert client.get("/rules").status_code == 302


def test_a_post_taken_away_takes_its_rights_with_it_at_once():
    admin = make_person(Role.ADMINISTRATOR)
    client = client_of(admin)
    assert client.get("/office/units/add").status_code == 200
    actor, stamp = founder()
    give_up_post(actor, stamp, post_id=Post.objects.get(holder_a=admin).pk, on=now().date())
    assert client.get("/office/units/add").status_code == 403


def test_an_appointment_is_felt_at_the_next_request():
    make_person(Role.ADMINISTRATOR)
    li = make_person()
    client = client_of(li)
    assert client.get("/office/units/add").status_code == 403
    actor, stamp = founder()
    appoint(actor, stamp, post_id=Post.objects.get().pk, holder_a=li.pk, holder_b=None)
    assert client.get("/office/units/add").status_code == 200


def test_a_request_costs_the_session_the_person_and_his_posts(django_assert_num_queries):
    make_town()
    client = client_of(make_person(Role.HANDLER))
    client.get("/alive")
    with django_assert_num_queries(3):
        client.get("/alive")


def test_a_pin_is_set_by_its_owner_alone_on_his_own_log_in():
    li = make_person(Role.VILLAGE_CADRE)
    client = client_of(li)
    assert client.post("/account/pin", {"pin": "111111", "again": "111111"}).status_code == 422
    assert client.post("/account/pin", {"pin": "482915", "again": "482915"}).status_code == 302
    li.refresh_from_db()
    assert li.pin


def test_a_shared_device_is_offered_no_pin_of_its_own():
    make_town()
    device = make_person(name="村里电脑", division_code=VILLAGE, is_shared_device=True)
    assert "设办理码" not in client_of(device).get("/account").content.decode()


def test_an_old_browser_is_told_which_button_to_press():
    assert "极速模式" in Client().get("/old-browser").content.decode()
