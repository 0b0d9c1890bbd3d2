"""The page of the outward senders: what there is, what did not go out, a message to try each; no address is shown."""

import pytest

from banjie.base.clock import now
from banjie.desk.tests.factories import TOWN, client_of, make_person, make_town
from banjie.notices.models import Message, MessageState
from banjie.people.rights import Role

pytestmark = pytest.mark.django_db
FILE = """
[[sender]]
name = "党政办群"
form = "wecom"
url = "https://elsewhere.example/send?key=secret"
"""


@pytest.fixture
def guan(settings, tmp_path):
    settings.HOME = tmp_path
    make_town()
    return client_of(make_person(Role.ADMINISTRATOR))


def test_the_page_shows_senders_and_failures_and_never_an_address(
    guan, settings, django_assert_max_num_queries
):
    assert "没有接通外发渠道" in guan.get("/notices/senders").content.decode()
    (settings.HOME / "senders.toml").write_text(FILE)
    at = now()
    Message.objects.create(
        town=TOWN, sender="党政办群", text="某件", made_at=at, next_try_at=at, tries=2, error="HTTP 502"
    )
    with django_assert_max_num_queries(10):
        page = guan.get("/notices/senders").content.decode()
    assert "企业微信群" in page
    assert "HTTP 502" in page
    assert "secret" not in page
    assert "某件" not in page


def test_a_message_is_tried_and_a_sender_that_leads_elsewhere_is_told(guan, settings):
    (settings.HOME / "senders.toml").write_text(FILE)
    answer = guan.post("/notices/senders/try", {"sender": "党政办群"}, follow=True)
    assert "不在允许的地址之内" in answer.content.decode()
    assert Message.objects.get().state == MessageState.GIVEN_UP
    assert guan.post("/notices/senders/try", {"sender": "没有的"}).status_code == 404


def test_a_file_that_cannot_be_read_is_told(guan, settings):
    (settings.HOME / "senders.toml").write_text("[[sender]]\nname = 3")
    assert "读不懂" in guan.get("/notices/senders").content.decode()


def test_only_the_administrator_sees_the_senders(guan):
    assert client_of(make_person(Role.DISPATCHER, name="何敏")).get("/notices/senders").status_code == 403
