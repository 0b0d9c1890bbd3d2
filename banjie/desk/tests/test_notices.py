"""The inbox: one's own, opened to what it is about, counted in the frame for one query (U38)."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from banjie.base.clock import now
from banjie.desk import tasks
from banjie.desk.tests.factories import TOWN, client_of, make_person, make_town
from banjie.notices.actions import Telling, tell
from banjie.notices.models import Notice
from banjie.notices.vocabulary import NoticeKind
from banjie.people.rights import Role

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]


@pytest.fixture
def li():
    make_town()
    return make_person(Role.HANDLER)


def told(person, n=1, about="page:office:home"):
    tellings = [
        Telling(TOWN, [person.pk], NoticeKind.ASSIGNED, f"case:{i}", f"派办给您 QZ2026-0000{i}", about=about)
        for i in range(n)
    ]
    with transaction.atomic():
        tell(tellings, at=now())


def test_a_person_reads_his_own_and_opening_leads_to_what_it_is_about(li):
    told(li, 2)
    client, other = client_of(li), client_of(make_person(Role.HANDLER, name="王芳"))
    shown = client.get("/notices").content.decode()
    assert shown.count("派办给您 QZ2026-") == 4
    assert "共 2 条" in shown
    assert "派办给您" not in other.get("/notices").content.decode()
    notice = Notice.objects.get(key="case:1")
    assert other.post(reverse("notices:open", args=[notice.pk])).status_code == 404
    assert client.post(reverse("notices:open", args=[notice.pk]))["Location"] == "/office"
    assert "共 1 条" in client.get("/notices?unread=1").content.decode()
    client.post("/notices/read")
    assert "没有消息" in client.get("/notices?unread=1").content.decode()


def test_a_link_out_of_the_desk_is_not_followed(li):
    told(li, about="https://evil.example/")
    opened = client_of(li).post(reverse("notices:open", args=[Notice.objects.get().pk]))
    assert opened["Location"] == "/notices"


def asked_of_notices(client, path, **more):
    with CaptureQueriesContext(connection) as asked:
        client.get(path, **more)
    return len(asked), sum("notices_notice" in query["sql"] for query in asked)


def test_the_frame_counts_what_is_unread_for_one_query_and_a_part_of_a_page_for_none(li):
    client = client_of(li)
    told(li, 3)
    assert "消息<b>3</b>" in client.get("/account").content.decode()
    assert asked_of_notices(client, "/account")[1] == 1
    assert asked_of_notices(client, "/account", headers={"HX-Request": "true"})[1] == 0


def test_a_list_of_notices_costs_the_same_for_two_as_for_forty(li):
    client = client_of(li)
    told(li, 2)
    client.get("/notices")
    few, of_few = asked_of_notices(client, "/notices")
    told(li, 40)
    assert asked_of_notices(client, "/notices") == (few, of_few)
    assert (few <= 9, of_few) == (True, 3)
    first = client.get("/notices").content.decode()
    assert first.count("派办给您") == 60
    assert "下一页" in first


def test_the_worker_hands_on_and_clears_by_the_rulebook(li):
    told(li)
    tasks.send_notices(now())
    assert Notice.objects.get().is_handed_on
    tasks.clear_old_notices(now() + timedelta(days=181))
    assert not Notice.objects.exists()
