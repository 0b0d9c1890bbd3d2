"""设置 through HTTP: units, posts, accounts, leave, duty and handover, with scripts off (U32, U39, U50)."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from banjie.base.clock import local, local_day, now
from banjie.desk.tests.factories import OTHER_TOWN, TOWN, VILLAGE, client_of, make_person, make_town
from banjie.people.models import Absence, DutyTurn, Post, Staff, Unit
from banjie.people.rights import Role
from banjie.people.tests.factories import make_post, make_unit

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]


def key_in(answer):
    return re.search(r'name="client_key" value="([^"]+)"', answer.content.decode())[1]


def test_a_unit_is_set_up_once_however_often_the_form_is_sent():
    client = client_of(make_person(Role.ADMINISTRATOR))
    before = Unit.objects.count()
    typed = {"name": "民政办", "key": "civil_affairs", "kind": "office"}
    typed["client_key"] = key_in(client.get("/office/units/add"))
    for _ in range(2):
        assert client.post("/office/units/add", typed)["Location"] == "/office/units"
    assert Unit.objects.count() == before + 1
    assert "民政办" in client.get("/office/units").content.decode()


def test_a_wrong_unit_comes_back_with_what_was_typed_and_its_complaint():
    client = client_of(make_person(Role.ADMINISTRATOR))
    answer = client.post("/office/units/add", {"name": "民政办", "key": "民政", "kind": "office"})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert 'value="民政办"' in shown
    assert "代号用小写字母开头" in shown
    assert 'id="error-summary"' in shown


def test_a_key_in_use_is_a_conflict_in_the_form():
    client = client_of(make_person(Role.ADMINISTRATOR))
    make_unit(key="party")
    answer = client.post("/office/units/add", {"name": "党政办", "key": "party", "kind": "office"})
    assert answer.status_code == 409
    assert "已经用于本乡镇另一个单位" in answer.content.decode()


def test_a_post_is_set_up_with_roles_as_ticks_and_a_village_as_its_reach():
    make_town()
    client, zhou = client_of(make_person(Role.SECURITY_ADMINISTRATOR)), make_person(name="周洲")
    typed = {
        "unit_id": make_unit().pk,
        "title": "村务",
        "bound": VILLAGE,
        "roles": [Role.VILLAGE_CADRE, Role.GRID_WORKER],
        "holder_a": zhou.pk,
        "holder_b": "",
    }
    assert client.post("/office/posts/add", typed).status_code == 302
    post = Post.objects.get(title="村务")
    assert (post.division_code, post.holder_a_id, post.holder_b_id) == (VILLAGE, zhou.pk, None)
    assert set(post.roles) == {"village_cadre", "grid_worker"}


def test_a_colleague_of_another_town_cannot_be_put_on_a_post():
    make_town(OTHER_TOWN, "黑石镇")
    client, zhao = client_of(make_person(Role.SECURITY_ADMINISTRATOR)), make_person(town=OTHER_TOWN)
    post = make_post()
    answer = client.post(f"/office/posts/{post.pk}/appoint", {"holder_a": zhao.pk})
    assert answer.status_code == 422
    post.refresh_from_db()
    assert post.holder_a_id is None


def test_a_first_password_is_shown_once_and_must_be_changed():
    client = client_of(make_person(Role.ADMINISTRATOR))
    make_town()
    typed = {"name": "王芳", "login": "wangfang", "division_code": TOWN}
    typed["client_key"] = key_in(client.get("/office/staff/add"))
    answer = client.post("/office/staff/add", typed)
    password = re.search(r'id="first-password">([^<]+)<', answer.content.decode())[1]
    assert "no-store" in answer["Cache-Control"]
    again = client.post("/office/staff/add", typed)
    assert again["Location"].endswith(f"/office/staff/{Staff.objects.get(login='wangfang').pk}")
    logged_in = Client().post("/login", {"username": "wangfang", "password": password})
    assert logged_in.status_code == 302


def test_a_new_first_password_ends_the_sessions_of_its_owner():
    admin, wang = make_person(Role.ADMINISTRATOR), make_person(name="王芳")
    hers = client_of(wang)
    answer = client_of(admin).post(f"/office/staff/{wang.pk}/password")
    assert "first-password" in answer.content.decode()
    assert hers.get("/rules").status_code == 302


def test_who_still_owns_something_cannot_be_disabled_and_the_page_says_what():
    admin, li = make_person(Role.ADMINISTRATOR), make_person(Role.HANDLER)
    client = client_of(admin)
    assert "A岗1项" in client.get(f"/office/staff/{li.pk}").content.decode()
    refused = client.post(f"/office/staff/{li.pk}/disable")
    assert refused.status_code == 409
    assert "换人移交" in refused.content.decode()
    wang = make_person(name="王芳")
    assert client.post(f"/office/staff/{wang.pk}/disable").status_code == 302
    assert client.post(f"/office/staff/{wang.pk}/enable").status_code == 302


def test_staff_are_found_by_initials_and_paged_by_keyset():
    make_town()
    admin = make_person(Role.ADMINISTRATOR, name="管理员")
    for number in range(35):
        make_person(name=f"甘{'甲乙丙丁戊己庚辛壬癸'[number % 10]}")
    client = client_of(admin)
    shown = client.get("/office/staff", {"q": "gan"}).content.decode()
    assert "共 35 条" in shown
    following = re.search(r'href="(\?[^"]+)" rel="next"', shown)[1].replace("&amp;", "&")
    assert "回到第一页" in client.get(f"/office/staff{following}").content.decode()


def test_leave_moves_the_work_to_b_and_the_list_says_why():
    li, wang = make_person(name="李明"), make_person(name="王芳")
    make_post(Role.HANDLER, a=li, b=wang)
    client, start = client_of(li), local(now() - timedelta(minutes=5))
    typed = {"staff_id": li.pk, "reason": "sick", "from_at": start.strftime("%Y-%m-%dT%H:%M")}
    assert client.post("/office/leave/add", typed).status_code == 302
    assert "由B岗王芳代" in client.get("/office/leave").content.decode()
    assert client.post(f"/office/leave/{Absence.objects.get().pk}/end").status_code == 302
    assert "由B岗王芳代" not in client.get("/office/leave").content.decode()


def test_leave_of_another_is_recorded_by_right_alone():
    wang, li = make_person(Role.HANDLER, name="王芳"), make_person(Role.HANDLER)
    typed = {"staff_id": li.pk, "reason": "leave", "from_at": "2030-01-01T08:30"}
    assert client_of(wang).post("/office/leave/add", typed).status_code == 422
    assert client_of(make_person(Role.DISPATCHER)).post("/office/leave/add", typed).status_code == 302


def test_duty_is_planned_by_dispatch_and_read_by_all():
    wang = make_person(Role.HANDLER, name="王芳")
    typed = {"day": local_day(now()).isoformat(), "staff_id": wang.pk}
    assert client_of(make_person(Role.DISPATCHER)).post("/office/duty", typed).status_code == 302
    assert DutyTurn.objects.get().staff_id == wang.pk
    assert "王芳" in client_of(wang).get("/office/duty").content.decode()
    assert client_of(wang).post("/office/duty", typed).status_code in (403, 422)


def test_a_handover_is_previewed_done_in_one_deed_and_printed():
    disp, li, wang = make_person(Role.DISPATCHER), make_person(name="李明"), make_person(name="王芳")
    make_post(Role.HANDLER, a=li)
    client, pair = client_of(disp), {"from_id": str(li.pk), "to_id": str(wang.pk)}
    assert "A岗" in client.get("/office/handover", pair).content.decode()
    assert Post.objects.filter(holder_a=li).exists()
    done = client.post("/office/handover", pair)
    assert not Post.objects.filter(holder_a=li).exists()
    paper = client.get(done["Location"]).content.decode()
    assert "移交清单" in paper
    assert "A岗1项" in paper
    assert "接收人：王芳" in paper


def test_a_handover_to_oneself_or_of_nothing_is_refused_in_words():
    disp, li, wang = make_person(Role.DISPATCHER), make_person(name="李明"), make_person(name="王芳")
    client = client_of(disp)
    assert client.post("/office/handover", {"from_id": li.pk, "to_id": li.pk}).status_code == 422
    assert client.post("/office/handover", {"from_id": li.pk, "to_id": wang.pk}).status_code == 409


@pytest.mark.parametrize(
    "path", ["/office/units", "/office/posts", "/office/staff", "/office/leave", "/office/duty"]
)
def test_a_list_costs_the_same_for_two_rows_as_for_twelve(path, django_assert_max_num_queries):
    make_town()
    client = client_of(make_person(Role.ADMINISTRATOR))
    for number in range(12):
        make_post(a=make_person(name=f"员{'甲乙丙丁戊己庚辛壬癸子丑'[number]}"))
    client.get(path)
    with django_assert_max_num_queries(12):
        client.get(path)
