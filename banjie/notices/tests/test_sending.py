"""What leaves the building: batched, in hours, capped, retried, under one key each (U38, T6)."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from banjie.base.errors import Conflict
from banjie.notices.actions import hand_on, mark_all_read, pack_messages, send_messages, try_sender
from banjie.notices.actions.handing_on import text_of
from banjie.notices.models import Delivery, Message, MessageState, Notice
from banjie.notices.policy import MOST_TRIES, wait_after
from banjie.notices.senders import BadSenders, Form, Sender, Senders, read_senders
from banjie.notices.tests.factories import (
    BOTH,
    GATEWAY,
    GROUP,
    MORNING,
    POLICY,
    TOWN,
    Outside,
    make_staff,
    make_unit,
    told,
)
from banjie.notices.vocabulary import NoticeKind
from banjie.people.queries import actor_for

pytestmark = pytest.mark.django_db
NIGHT = MORNING.replace(hour=21)


@pytest.fixture
def li():
    return make_staff(name="李明")


def run(senders, outside, *, at=MORNING, policy=POLICY):
    """Do what the worker does at one coming due."""
    hand_on(TOWN, senders, policy)
    pack_messages(TOWN, senders, policy, at=at)
    return send_messages(TOWN, senders, at=at, by=outside)


def test_a_group_hears_one_message_of_many_and_a_person_his_own(li):
    wang, outside = make_staff(name="王芳"), Outside()
    for n in range(3):
        told(li, wang, key=f"case:{n}")
    assert run(BOTH, outside) == 3
    assert sorted(name for name, _ in outside.keys) == ["党政办群", "县平台", "县平台"]
    assert "3条消息" in outside.texts[0]
    assert any(f'"to": "{li.login}"' in text for text in outside.texts)
    assert run(BOTH, outside, at=MORNING + timedelta(minutes=5)) == 0


def test_the_night_is_quiet_but_for_what_is_urgent(li):
    outside = Outside()
    told(li)
    told(li, key="case:2", is_urgent=True)
    assert run(Senders((GATEWAY,)), outside, at=NIGHT) == 1
    assert "1条消息" in outside.texts[0]
    assert run(Senders((GATEWAY,)), outside, at=MORNING + timedelta(days=1)) == 1


def test_a_person_gets_three_a_day_and_the_rest_together_the_next(li):
    outside, way = Outside(), Senders((GATEWAY,))
    for n in range(6):
        told(li, key=f"case:{n}")
        run(way, outside, at=MORNING + timedelta(minutes=5 * n))
    assert len(outside.keys) == 3
    run(way, outside, at=MORNING + timedelta(days=1))
    assert "3条消息" in outside.texts[3]


def test_what_was_read_meanwhile_is_not_sent_to_the_reader_and_still_to_the_group(li):
    outside = Outside()
    told(li)
    hand_on(TOWN, BOTH, POLICY)
    mark_all_read(actor_for(li, at=MORNING), at=MORNING)
    run(BOTH, outside)
    assert [name for name, _ in outside.keys] == ["党政办群"]


def test_kinds_and_units_say_who_carries_what(li):
    hall, other = make_unit(key="hall"), make_unit(key="other")
    told(li, group_id=hall.pk)
    told(li, key="case:2", group_id=other.pk)
    told(li, key="case:3", kind=NoticeKind.URGED, group_id=hall.pk)
    told(li, key="case:4", kind=NoticeKind.EXTENSION, group_id=hall.pk)
    only = Sender(
        "窗口群",
        Form.FEISHU,
        "https://open.feishu.cn/x",
        units=frozenset({"hall"}),
        kinds=frozenset({"派办", "延期"}),
    )
    assert hand_on(TOWN, Senders((only,)), POLICY) == 4
    assert list(Delivery.objects.values_list("once", flat=True)) == ["case:1"]


def test_without_a_sender_nothing_is_kept_for_one_that_comes_later(li):
    told(li)
    assert run(Senders(), Outside()) == 0
    assert run(BOTH, Outside(), at=MORNING + timedelta(minutes=5)) == 0
    assert Notice.objects.get().is_handed_on


def test_a_failed_message_waits_longer_each_time_and_is_given_up_in_the_end(li):
    told(li)
    outside, at = Outside(fails=MOST_TRIES), MORNING
    for tries in range(1, MOST_TRIES + 1):
        assert run(Senders((GROUP,)), outside, at=at) == 0
        message = Message.objects.get()
        assert message.tries == tries
        assert run(Senders((GROUP,)), outside, at=message.next_try_at - timedelta(seconds=1)) == 0
        at = message.next_try_at
    assert (message.state, message.error) == (MessageState.GIVEN_UP, "HTTP 502")
    assert [wait_after(n) for n in (1, 2, 20)] == [
        timedelta(minutes=1),
        timedelta(minutes=2),
        timedelta(hours=6),
    ]


class Killed(BaseException):
    """The worker is killed."""


@pytest.mark.parametrize("step", ["hand", "pack", "before", "after"])
def test_a_worker_killed_at_any_step_loses_nothing_and_repeats_only_under_the_same_key(li, step, monkeypatch):
    told(li)
    outside = Outside()

    def killed(*args, **kwargs):
        if step == "after":
            outside(*args, **kwargs)
        raise Killed

    if step == "hand":
        monkeypatch.setattr("banjie.notices.actions.handing_on.Delivery.objects.bulk_create", killed)
    if step == "pack":
        monkeypatch.setattr("banjie.notices.actions.handing_on.Message.objects.create", killed)
    with pytest.raises(Killed):
        run(Senders((GROUP,)), killed)
    monkeypatch.undo()
    assert run(Senders((GROUP,)), outside, at=MORNING + timedelta(minutes=5)) == 1
    assert len(outside.keys) == (2 if step == "after" else 1)
    assert len(set(outside.keys)) == 1
    assert run(Senders((GROUP,)), outside, at=MORNING + timedelta(minutes=10)) == 0


def test_a_message_whose_sender_was_taken_out_is_given_up(li):
    told(li)
    run(Senders((GROUP,)), Outside(fails=1))
    run(Senders(), Outside(), at=MORNING + timedelta(hours=1))
    assert Message.objects.get().state == MessageState.GIVEN_UP


def test_a_long_heap_is_named_in_part_and_its_number_told(li):
    notices = [Notice(title=f"第{n}件", about="case:x") for n in range(25)]
    text = text_of(notices, address="http://10.0.0.2:8000", page_of=lambda about: f"/cases/{about[5:]}")
    assert "25条消息" in text
    assert "另有5条" in text
    assert "第19件 http://10.0.0.2:8000/cases/x" in text
    assert "第20件" not in text


def test_each_form_is_what_the_other_side_reads():
    key = uuid4()
    bodies = {form: Sender("x", form, "https://x").body("你好", key=key).decode() for form in Form}
    assert bodies[Form.WECOM] == bodies[Form.DINGTALK] == '{"msgtype": "text", "text": {"content": "你好"}}'
    assert bodies[Form.FEISHU] == '{"msg_type": "text", "content": {"text": "你好"}}'
    assert str(key) in bodies[Form.JSON]


def test_the_file_of_senders_is_read_and_what_is_wrong_in_it_is_said(tmp_path):
    assert read_senders(tmp_path) == Senders()
    file = tmp_path / "senders.toml"
    file.write_text(
        'address = "http://10.0.0.2:8000/"\nhosts = ["oa.local:8080"]\n[[sender]]\nname = "县平台"\nurl = "http://oa.local:8080/send"\npersonal = true\n'
    )
    read = read_senders(tmp_path)
    assert (read.address, read.hosts, read.senders[0].is_personal) == (
        "http://10.0.0.2:8000",
        {"oa.local:8080"},
        True,
    )
    assert read.named("县平台").host == "oa.local"
    for wrong, words in (
        ("[[sender]]\nname = 'x'\n", "name 和 url"),
        ("[[sender]]\nname = 'x'\nurl = 'u'\nform = 'fax'\n", "form 只能是"),
        ("[[sender]]\nname = 'x'\nurl = 'u'\nform = 'wecom'\npersonal = true\n", "不能按人发送"),
        ("[[sender]]\nname = 'x'\nurl = 'u'\n[[sender]]\nname = 'x'\nurl = 'u'\n", "同名"),
        ("hosts = 'x'\n", "写成列表"),
        ("sender = 1\n", r"\[\[sender\]\]"),
        ("[[", "TOML"),
    ):
        file.write_text(wrong)
        with pytest.raises(BadSenders, match=words):
            read_senders(tmp_path)


def test_a_group_gets_twenty_a_minute_repeats_included_and_the_rest_waits(li):
    outside, policy = Outside(fails=30), replace(POLICY, per_group_and_minute=20)
    for n in range(30):
        at = MORNING - timedelta(hours=1)
        Message.objects.create(town=TOWN, sender="党政办群", text=str(n), made_at=at, next_try_at=at)
    sent = [
        send_messages(TOWN, BOTH, at=MORNING + timedelta(minutes=n), policy=policy, by=outside)
        for n in range(5)
    ]
    assert max(sent) <= 20
    assert Message.objects.filter(tries__gt=0).count() == 30
    assert sum(sent) + Message.objects.exclude(state=MessageState.SENT).count() == 30
    assert send_messages(TOWN, BOTH, at=MORNING + timedelta(hours=1), policy=policy, by=outside) <= 20


def test_a_sender_is_tried_at_once_and_only_once(li):
    outside = Outside()
    assert try_sender(TOWN, GROUP, BOTH, to=li, at=MORNING, by=outside).state == MessageState.SENT
    assert "试发" in outside.texts[0]
    failed = try_sender(TOWN, GATEWAY, BOTH, to=li, at=MORNING, by=Outside(fails=1))
    assert (failed.state, failed.error) == (MessageState.GIVEN_UP, "HTTP 502")
    for _ in range(19):
        try_sender(TOWN, GROUP, BOTH, to=li, at=MORNING, by=outside)
    with pytest.raises(Conflict, match="过一分钟"):
        try_sender(TOWN, GROUP, BOTH, to=li, at=MORNING, by=outside)


MAIL = """
hosts = ["mail.local:25"]
[[sender]]
name = "邮件"
form = "email"
server = "mail.local:25"
from = "banjie@mail.local"
personal = true
people = { PERSON = "li@mail.local" }
"""


def test_mail_goes_by_djangos_own_backend_to_the_address_of_the_log_in(li, tmp_path, mailoutbox):
    (tmp_path / "senders.toml").write_text(MAIL.replace("PERSON", li.login))
    told(li)
    senders = read_senders(tmp_path)
    assert run(senders, None) == 1
    [sent] = mailoutbox
    assert sent.to == ["li@mail.local"]
    assert sent.subject == "【办结】1条消息"
    assert str(Message.objects.get().pk) in sent.extra_headers["Message-ID"]
    refused = try_sender(TOWN, senders.senders[0], replace(senders, hosts=frozenset()), to=li, at=MORNING)
    assert refused.error == "不在允许的地址之内"
    assert (
        try_sender(TOWN, senders.senders[0], senders, to=make_staff(name="王芳"), at=MORNING).error
        == "没有写这个人的邮箱"
    )


@pytest.mark.parametrize(
    ("gone", "words"), [('server = "mail.local:25"', "server"), ("people = { PERSON", "没有写发给谁")]
)
def test_a_mailbox_that_is_not_whole_is_told(tmp_path, gone, words):
    told_ = "\n".join(line for line in MAIL.splitlines() if not line.startswith(gone))
    (tmp_path / "senders.toml").write_text(told_)
    with pytest.raises(BadSenders, match=words):
        read_senders(tmp_path)
