"""谁在办: on a village's shared device each deed asks for name and PIN; elsewhere the log-in answers."""

from uuid import uuid4

import pytest
from django import forms
from django.http import QueryDict
from django.template import RequestContext, Template
from django.test import RequestFactory

from banjie.base.clock import now
from banjie.base.errors import Conflict, InvalidInput, NotAllowed, NotFound
from banjie.desk.deeds import acting_actor, attempt, client_key_of, stamp_of
from banjie.desk.forms import DeskForm
from banjie.desk.tests.factories import VILLAGE, client_of, make_person, make_town
from banjie.people.models import Staff
from banjie.people.queries import actor_for
from banjie.people.rights import Role
from banjie.people.tests.factories import make_post

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
PIN = "482915"


class Words(DeskForm):
    words = forms.CharField(label="原话")


def asking(person, **posted):
    request = RequestFactory().post("/deed", posted)
    request.actor = actor_for(person, at=now())
    return request


def make_device():
    make_town()
    return make_person(name="村里电脑", division_code=VILLAGE, is_shared_device=True)


def make_cadre(name="周洲"):
    cadre = make_person(name=name, division_code=VILLAGE)
    make_post(Role.VILLAGE_CADRE, a=cadre, division_code=VILLAGE)
    client_of(cadre).post("/account/pin", {"pin": PIN, "again": PIN})
    return Staff.objects.get(pk=cadre.pk)


def test_an_ordinary_log_in_answers_for_its_owner():
    li = make_person(Role.HANDLER)
    assert acting_actor(asking(li)).id == li.pk


def test_on_a_device_the_entry_is_by_whoever_proved_himself():
    device, zhou = make_device(), make_cadre()
    acting = acting_actor(asking(device, acting_person=str(zhou.pk), acting_pin=PIN))
    assert (acting.id, acting.device_id) == (zhou.pk, device.pk)
    assert acting.may("cases.register_case")
    assert not acting.may("residents.reveal_resident")


def test_nobody_wrong_pin_and_strangers_are_refused():
    device, zhou = make_device(), make_cadre()
    with pytest.raises(InvalidInput, match="没有选谁在办"):
        acting_actor(asking(device))
    with pytest.raises(NotAllowed, match="不对"):
        acting_actor(asking(device, acting_person=str(zhou.pk), acting_pin="000000"))
    with pytest.raises(NotAllowed):
        acting_actor(asking(device, acting_person=str(uuid4()), acting_pin=PIN))


def test_a_write_form_asks_who_acts_on_a_device_alone():
    device, zhou = make_device(), make_cadre()
    form = Template('{% include "desk/parts/form_start.html" %}')
    shown = form.render(RequestContext(asking(device)))
    assert "谁在办" in shown
    assert zhou.name in shown
    assert "谁在办" not in form.render(RequestContext(asking(zhou)))


def test_a_stamp_bears_the_key_of_the_form_and_no_secret():
    li, key = make_person(Role.HANDLER), str(uuid4())
    request = asking(li, client_key=key, words="灯不亮", acting_pin=PIN)
    stamp = stamp_of(request, acting_actor(request))
    assert (stamp.by, stamp.client_key) == (li.pk, key)
    assert PIN not in str(stamp.content)
    assert client_key_of(asking(li, client_key="'; drop")) == ""


@pytest.mark.parametrize(
    ("refusal", "status", "beside"),
    [
        (InvalidInput("不行。", fields={"words": "太短"}), 422, True),
        (InvalidInput("不行。", fields={"elsewhere": "太短"}), 422, False),
        (Conflict("变了。"), 409, False),
        (NotAllowed("不能。"), 403, False),
    ],
)
def test_a_refusal_comes_back_in_the_form(refusal, status, beside):
    form = Words(QueryDict("words=灯"))

    def act(typed):
        raise refusal

    done = attempt(form, act)
    assert (done.is_done, done.status) == (False, status)
    assert ("words" in form.errors) is beside
    assert bool(form.non_field_errors()) is not beside


def test_what_is_not_found_gets_its_page_and_an_empty_form_is_refused():
    def act(typed):
        raise NotFound("没有。")

    with pytest.raises(NotFound):
        attempt(Words(QueryDict("words=灯")), act)
    assert attempt(Words(QueryDict("")), lambda typed: None).status == 422
    assert attempt(Words(QueryDict("words=灯")), lambda typed: None).is_done
