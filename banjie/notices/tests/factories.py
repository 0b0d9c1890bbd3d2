"""People to tell things to, and a way out that only notes what it was given."""

from datetime import datetime, time

from django.db import transaction

from banjie.base.clock import BEIJING
from banjie.notices.actions import Telling, tell
from banjie.notices.outward import NotSent
from banjie.notices.policy import Policy
from banjie.notices.senders import Form, Sender, Senders
from banjie.notices.vocabulary import NoticeKind
from banjie.people.tests.factories import TOWN, make_post, make_staff, make_unit

__all__ = ["TOWN", "make_post", "make_staff", "make_unit"]
MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=BEIJING)
POLICY = Policy(hours=(time(8), time(20)), per_person_and_day=3, kinds=frozenset({"派办", "催办"}))
GROUP = Sender("党政办群", Form.WECOM, "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x")
GATEWAY = Sender("县平台", Form.JSON, "http://oa.local:8080/send", is_personal=True)
BOTH = Senders((GROUP, GATEWAY), frozenset({"oa.local:8080"}))


class Outside:
    """The other side: takes every message but those that it is told to fail, and remembers the keys."""

    def __init__(self, fails=0):
        self.fails, self.keys, self.texts = fails, [], []

    def __call__(self, sender, body, headers):
        if self.fails:
            self.fails -= 1
            raise NotSent("HTTP 502")
        self.keys.append((sender.name, headers["Idempotency-Key"]))
        self.texts.append(body.decode())


def told(*people, key="case:1", at=MORNING, **more):
    """Tell people that a case is theirs."""
    given = {
        "title": "派办给您 QZ2026-00001",
        "kind": NoticeKind.ASSIGNED,
        "about": "case:QZ2026-00001",
        **more,
    }
    with transaction.atomic():
        tell([Telling(TOWN, [person.pk for person in people], key=key, **given)], at=at)
