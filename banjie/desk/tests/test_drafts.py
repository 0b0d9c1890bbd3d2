"""Unsent text outlives tab, server and power, and is its writer's alone (U5)."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.test import RequestFactory

from banjie.base.clock import now
from banjie.base.errors import InvalidInput
from banjie.desk.drafts.keeping import MOST_BYTES, draft_of, drafts_of, drop_draft, keep_draft
from banjie.desk.models import Draft
from banjie.desk.tasks import clear_drafts
from banjie.desk.tests.factories import TOWN, client_of, make_person
from banjie.ledger.record import SYSTEM, Stamp
from banjie.people.actions import hand_over
from banjie.people.queries import actor_for, belongings_of, founder_of
from banjie.people.rights import Role

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]


def asking(person):
    request = RequestFactory().get("/")
    request.actor = actor_for(person, at=now())
    return request


def test_what_was_typed_comes_back_for_its_writer_alone():
    li, wang = make_person(Role.WINDOW_CLERK), make_person(Role.WINDOW_CLERK, name="王芳")
    answer = client_of(li).post("/drafts/register", {"words": "三盏路灯不亮", "kinds": ["a", "b"]})
    assert answer.status_code == 204
    kept = draft_of(asking(li), "register")
    assert kept["words"] == "三盏路灯不亮"
    assert kept.getlist("kinds") == ["a", "b"]
    assert draft_of(asking(wang), "register") is None


def test_a_draft_lies_sealed_in_the_database():
    li = make_person(Role.WINDOW_CLERK)
    client_of(li).post("/drafts/register", {"words": "三盏路灯不亮"})
    assert "路灯" not in Draft.objects.get().sealed


def test_the_last_text_stands_and_secrets_are_not_kept():
    li = make_person(Role.WINDOW_CLERK)
    client = client_of(li)
    client.post("/drafts/register", {"words": "第一稿"})
    client.post("/drafts/register", {"words": "第二稿", "password": "x", "acting_pin": "482915"})
    kept = draft_of(asking(li), "register")
    assert dict(kept.lists()) == {"words": ["第二稿"]}
    assert Draft.objects.count() == 1


def test_an_emptied_form_and_a_sent_one_keep_nothing():
    li = make_person(Role.WINDOW_CLERK)
    client = client_of(li)
    client.post("/drafts/register", {"words": "第一稿"})
    client.post("/drafts/register", {"words": " "})
    assert not Draft.objects.exists()
    client.post("/drafts/register", {"words": "第二稿"})
    drop_draft(asking(li), "register")
    assert not Draft.objects.exists()


def test_a_draft_that_is_too_long_is_refused_in_words():
    li = make_person(Role.WINDOW_CLERK)
    with pytest.raises(InvalidInput, match="太长"):
        keep_draft(li.pk, "register", QueryDict("words=" + "x" * (MOST_BYTES + 1)), at=now())


def test_drafts_are_listed_and_discarded_by_their_writer():
    li, wang = make_person(Role.WINDOW_CLERK), make_person(Role.WINDOW_CLERK, name="王芳")
    client = client_of(li)
    client.post("/drafts/register", {"words": "三盏路灯不亮"})
    assert "三盏路灯不亮" in client.get("/drafts").content.decode()
    assert "三盏路灯不亮" not in client_of(wang).get("/drafts").content.decode()
    client_of(wang).post("/drafts/register/discard")
    assert Draft.objects.count() == 1
    client.delete("/drafts/register")
    assert not Draft.objects.exists()


def test_drafts_pass_in_a_handover_and_of_two_on_one_form_the_later_stands():
    """U50: counted in the preview, without a word of what stands in them."""
    li, wang = make_person(Role.WINDOW_CLERK), make_person(Role.WINDOW_CLERK, name="王芳")
    for person, key, words in (
        (li, "register", "李的旧稿"),
        (wang, "register", "王的新稿"),
        (wang, "paste", "王的旧稿"),
        (li, "paste", "李的新稿"),
        (li, "register:1", "三盏路灯不亮"),
    ):
        client_of(person).post(f"/drafts/{key}", {"words": words})
    assert "没有提交的草稿3项" in [line.words for line in belongings_of(li.pk, at=now())]
    hand_over(founder_of(TOWN), Stamp(SYSTEM, now(), now()), from_id=li.pk, to_id=wang.pk)
    kept = {draft.key: draft.fields["words"] for draft in drafts_of(wang.pk)}
    assert kept == {"register": "王的新稿", "paste": "李的新稿", "register:1": "三盏路灯不亮"}
    assert not Draft.objects.filter(staff_id=li.pk).exists()


def test_drafts_expire_after_the_time_that_the_rulebook_keeps_them():
    li = make_person(Role.WINDOW_CLERK)
    keep_draft(li.pk, "old", QueryDict("a=1"), at=now() - timedelta(days=31))
    keep_draft(li.pk, "new", QueryDict("a=1"), at=now())
    clear_drafts(now())
    assert list(Draft.objects.values_list("key", flat=True)) == ["new"]
