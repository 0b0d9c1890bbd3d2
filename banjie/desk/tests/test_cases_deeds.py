"""Each deed by its form, happy and refused; conflicts that keep what was typed (U9, U10, U32, U43)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from banjie.base.clock import now
from banjie.cases import actions
from banjie.cases.actions import Word
from banjie.cases.models import Case, Extension, Voice
from banjie.cases.slips import slip_code
from banjie.cases.tests.factories import (
    TOWN,
    XIGOU,
    accepted,
    assigned,
    handled,
    own_word,
    registered,
    replied,
)
from banjie.desk.cases.deeds.catalogue import FORMS
from banjie.desk.cases.offers import URL_NAMES
from banjie.desk.tests.cases_office import browser, open_today, send
from banjie.ledger.models import Entry
from banjie.people.actions import add_post, hire_staff, set_pin
from banjie.people.models import Staff
from banjie.people.passwords import PinPolicy
from banjie.people.queries import actor_for, founder_of

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]


def paused(office):
    return actions.pause_case(handled(office), office.occasion("li", hours=2), ground="weather", words="下雪")


def asking(office):
    case = handled(office)
    actions.ask_extension(case, office.occasion("li", hours=2), term="2 workdays", reason="等配件")
    return case


def rated(office):
    case = replied(office)
    return actions.rate_case(case, office.occasion("chen", hours=5), word=own_word(case))


def unit(office):
    return {"unit": str(office.livelihood), "staff": str(office.people["wang"].pk)}


def merged(office):
    return actions.merge_case(registered(office), office.occasion("he"), into=registered(office))


def apart(office):
    one, other = Case.objects.order_by("id")
    actions.distinguish_case(one, office.occasion("he"), other=other)
    return {"other": one.number if other.state == "merged" else other.number}


def parked(office):
    until = (now() + timedelta(days=30)).date()
    return actions.park_case(
        handled(office), office.occasion("wu", hours=2), until_on=until, condition="资金下达", words="钱没到"
    )


def thrice_discontent(office):
    case = handled(office)
    for turn in range(3):
        case = actions.reply_case(case, office.occasion("li", hours=2 + 2 * turn), words="办了")
        word = Word("dissatisfied", "没好")
        case = actions.call_back_case(case, office.occasion("sun", hours=3 + 2 * turn), word=word)
    return case


def to_be_rechecked(office):
    case = actions.close_case(rated(office), office.occasion("sun", hours=6))
    Case.objects.filter(pk=case.pk).update(recheck_on=now().date())
    return case


HAPPY = [
    ("accept", "chen", registered, {}, "accepted"),
    ("decline", "he", registered, {"reason": "不归镇里管，依据……"}, "declined"),
    ("redirect", "he", registered, {"destination": "县供电公司"}, "redirected"),
    (
        "settle",
        "chen",
        registered,
        {"result": "当场换了", "said": "satisfied", "mark": "signature"},
        "closed",
    ),
    ("assign", "chen", accepted, unit, "assigned"),
    ("transfer", "wu", handled, lambda office: {**unit(office), "words": "王芳熟悉"}, "assigned"),
    ("sign-for", "li", assigned, {}, "handling"),
    (
        "object",
        "li",
        assigned,
        {"reason": "电力线路归供电所", "basis": "履职事项清单第8条", "should_go_to": "供电所"},
        "accepted",
    ),
    (
        "park",
        "wu",
        handled,
        {"until_on": f"{now() + timedelta(days=30):%Y-%m-%d}", "condition": "资金下达", "words": "钱没到"},
        "parked",
    ),
    ("return", "li", parked, {"words": "钱到了"}, "handling"),
    ("hear", "zhou", thrice_discontent, {"words": "到场7人，各方说完"}, "handling"),
    ("recheck", "sun", to_be_rechecked, {"finding": "sound", "words": "亮着"}, "closed"),
    ("recheck", "sun", to_be_rechecked, {"finding": "again", "words": "又灭了"}, "handling"),
    ("pause", "li", handled, {"ground_key": "weather", "words": "等雪化"}, "paused"),
    ("resume", "li", paused, {}, "handling"),
    ("ask-extension", "li", handled, {"amount": "2", "reason": "等配件"}, "handling"),
    ("decide-extension", "wu", asking, {"decision": "grant"}, "handling"),
    ("report-progress", "li", handled, {"words": "已联系电工"}, "handling"),
    ("comment", "chen", handled, {"words": "记一笔"}, "handling"),
    ("reply", "li", handled, {"words": "已修好"}, "replied"),
    ("rate", "chen", replied, {"said": "satisfied", "mark": "none"}, "replied"),
    ("call-back", "sun", replied, {"said": "satisfied", "words": "好了"}, "replied"),
    ("call-back", "sun", replied, {"said": "satisfied", "closes": "on"}, "closed"),
    ("call-back", "sun", replied, {"said": "dissatisfied", "words": "没好", "closes": "on"}, "handling"),
    ("close", "sun", rated, {"kind": "solved"}, "closed"),
    ("reopen", "wu", replied, {"words": "没修好"}, "handling"),
    ("withdraw", "chen", registered, {"words": "不要了"}, "withdrawn"),
    ("recall", "chen", assigned, {}, "accepted"),
    ("urge", "sun", assigned, {"words": "请今天签收"}, "assigned"),
    ("merge", "he", registered, lambda office: {"into": registered(office).number.lower()}, "merged"),
    ("unmerge", "he", merged, {}, "registered"),
    ("distinguish", "he", registered, lambda office: {"other": registered(office).number}, "registered"),
    ("undistinguish", "he", merged, apart, "merged"),
    ("void", "he", registered, {"reason": "登记重了"}, "void"),
]


@pytest.mark.parametrize(("word", "name", "make", "told", "state"), HAPPY)
def test_each_deed_is_done_by_its_form(word, name, make, told, state):
    office = open_today()
    case = make(office)
    told = told(office) if callable(told) else told
    response = send(browser(office, name), case, word, **told)
    assert response.status_code == 302, response.context["form"].errors
    assert response["Location"] == f"/cases/{case.number}"
    assert Case.objects.get(pk=case.pk).state == state


def test_every_deed_of_the_table_has_a_form_and_an_address():
    tried = {word for word, *_ in HAPPY} | {"attach"}
    assert tried == set(URL_NAMES.values())
    assert set(FORMS) == set(URL_NAMES)


REFUSED = [
    ("decline", "he", registered, {"reason": ""}, "还没有填理由和依据"),
    ("assign", "chen", accepted, {}, "还没有选承办单位"),
    ("pause", "li", handled, {"words": "等雪化"}, "还没有选中止理由"),
    ("object", "li", assigned, {"reason": "不归我们", "basis": "清单第8条"}, "还没有填应由谁办"),
    ("park", "wu", handled, {"until_on": "2020-01-01", "condition": "等", "words": "等"}, "今天以后"),
    ("ask-extension", "li", handled, {"amount": "99", "reason": "等"}, "最多延长"),
    ("decide-extension", "wu", asking, {"decision": "refuse"}, "请写明为什么不批准"),
    ("reply", "li", handled, {"words": " "}, "还没有填办理结果"),
    ("rate", "chen", replied, {"said": "satisfied", "mark": "slip_code", "slip_code": "1"}, "回执码不对"),
    ("rate", "chen", replied, {"said": "satisfied", "mark": "witness"}, "请填写见证人姓名"),
    ("close", "sun", rated, {"kind": "explained"}, "请写明依据"),
    ("merge", "he", registered, {"into": "QZ2026-99999"}, "没有找到"),
    ("void", "he", registered, {"reason": ""}, "还没有填为什么作废"),
]


@pytest.mark.parametrize(("word", "name", "make", "told", "words"), REFUSED)
def test_what_is_missing_comes_back_beside_its_field(word, name, make, told, words):
    office = open_today()
    case = make(office)
    before = Entry.objects.count()
    response = send(browser(office, name), case, word, **told)
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert "data-error-summary" in page
    assert Entry.objects.count() == before


def test_wang_who_does_not_handle_it_is_refused_and_keeps_his_words():
    office = open_today()
    case = handled(office)
    response = send(browser(office, "wang"), case, "reply", words="我来回一句")
    assert response.status_code == 403
    assert "我来回一句" in response.content.decode()
    assert "由李建国经办" in response.content.decode()


def test_a_deed_on_a_case_that_a_colleague_changed_shows_first_what_changed():
    office = open_today()
    case = handled(office)
    client = browser(office, "li")
    seen = client.get(f"/cases/{case.number}").context["sight"].file.seen
    actions.comment_case(case, office.occasion("wu", hours=3), words="先别回，电缆要换")
    told = {"words": "灯泡已换", "seen": str(seen), "client_key": str(uuid4())}
    response = client.post(f"/cases/{case.number}/reply", told)
    page = response.content.decode()
    assert response.status_code == 409
    assert "吴强刚办了“备注”" in page
    assert "先别回，电缆要换" in page
    assert "灯泡已换" in page
    again = client.post(
        f"/cases/{case.number}/reply", {**told, "seen": page.partition("newer?seen=")[2].partition('"')[0]}
    )
    assert again.status_code == 302


def test_the_second_of_two_who_close_is_told_and_nothing_is_lost():
    office = open_today()
    case = rated(office)
    actions.close_case(case, office.occasion("sun", hours=6))
    response = browser(office, "chen").post(
        f"/cases/{case.number}/close",
        {"kind": "explained", "basis": "政策第三条", "client_key": str(uuid4())},
    )
    assert response.status_code == 409
    assert "可能已被他人处理" in response.content.decode()
    assert "政策第三条" in response.content.decode()


def test_a_form_sent_twice_does_one_deed():
    office = open_today()
    case = handled(office)
    client = browser(office, "li")
    told = {"words": "已联系电工", "client_key": str(uuid4())}
    before = Entry.objects.count()
    assert [client.post(f"/cases/{case.number}/report-progress", told).status_code for _ in "ab"] == [
        302,
        302,
    ]
    assert Entry.objects.count() == before + 1


def test_by_phone_is_one_line_that_counts_as_progress():
    office = open_today()
    case = handled(office)
    assert send(browser(office, "li"), case, "phone", words="周五来修").status_code == 302
    assert "已电话联系，对方说周五来修" in browser(office, "li").get(f"/cases/{case.number}").content.decode()
    assert Entry.objects.filter(town=TOWN).order_by("-seq")[0].deed == "case.progress_reported"


def test_a_clerk_by_phone_leaves_a_remark():
    office = open_today()
    case = handled(office)
    assert send(browser(office, "chen"), case, "phone", words="催过了").status_code == 302
    assert Entry.objects.filter(town=TOWN).order_by("-seq")[0].deed == "case.commented"


def test_choosing_the_person_is_enough_to_assign():
    office = open_today()
    case = accepted(office)
    response = send(browser(office, "chen"), case, "assign", staff=str(office.people["li"].pk))
    assert response.status_code == 302
    case.refresh_from_db()
    assert (case.unit_id, case.handler_id) == (office.livelihood, office.people["li"].pk)


def test_a_clerk_writes_down_the_heads_decision_with_its_ground():
    office = open_today()
    case = asking(office)
    client = browser(office, "chen")
    assert "代别人记录" in client.get(f"/cases/{case.number}").content.decode()
    told = {"decision": "grant", "for_whom": str(office.people["wu"].pk)}
    assert send(client, case, "decide-extension", **told).status_code == 422
    assert send(client, case, "decide-extension", **told, ground="电话").status_code == 302
    entry = Entry.objects.filter(town=TOWN).order_by("-seq")[0]
    assert (entry.by, entry.on_behalf_of) == (office.people["chen"].pk, office.people["wu"].pk)
    assert Extension.objects.get().is_granted


def test_nobody_without_the_right_records_for_another():
    office = open_today()
    case = asking(office)
    told = {"decision": "grant", "for_whom": str(office.people["wu"].pk), "ground": "电话"}
    assert send(browser(office, "wang"), case, "decide-extension", **told).status_code == 403


def test_what_happened_earlier_is_told_with_its_time():
    office = open_today()
    case = handled(office)
    moment = (office.at + timedelta(hours=4)).astimezone().strftime("%Y-%m-%dT%H:%M")
    assert send(browser(office, "li"), case, "comment", words="昨天的", happened_at=moment).status_code == 302
    assert send(browser(office, "li"), case, "comment", words="x", happened_at="很久以前").status_code == 422


def test_the_asker_closes_by_the_code_of_his_slip():
    office = open_today()
    case = replied(office)
    client = browser(office, "chen")
    told = {"said": "satisfied", "mark": "slip_code", "slip_code": slip_code(case.pk)}
    assert send(client, case, "rate", **told).status_code == 302
    assert Voice.objects.filter(case=case, mark="slip_code").exists()
    assert send(client, case, "close", kind="solved").status_code == 302


def test_the_reply_keeps_an_unsent_text_and_drops_it_when_sent():
    office = open_today()
    case = handled(office)
    client = browser(office, "li")
    form = client.get(f"/cases/{case.number}/reply")
    client.post(form.context["draft_url"], {"words": "写到一半"})
    assert "写到一半" in client.get(f"/cases/{case.number}/reply").content.decode()
    assert send(client, case, "reply", words="写完了").status_code == 302
    assert "写到一半" not in client.get(f"/cases/{case.number}/reply").content.decode()


def test_on_a_shared_device_each_deed_asks_who_acts():
    office = open_today()
    at = office.occasion("li").stamp()
    founder = founder_of(TOWN)
    device = hire_staff(
        founder, at, login="device", name="西沟村电脑", division_code=XIGOU, is_shared_device=True
    )
    cadre = hire_staff(founder, at, login="cadre", name="马村长", division_code=XIGOU)
    add_post(
        founder,
        at,
        unit_id=office.livelihood,
        title="西沟村主任",
        roles=["village_cadre"],
        division_code=XIGOU,
        holder_a=cadre.pk,
    )
    set_pin(actor_for(cadre, at=now()), at, staff_id=cadre.pk, pin="739182", policy=PinPolicy())
    Staff.objects.update(must_change_password=False)
    case = registered(office)
    client = Client()
    client.force_login(device, backend="banjie.people.backends.StaffBackend")
    page = client.get(f"/cases/{case.number}/comment").content.decode()
    assert "谁在办" in page
    assert send(client, case, "comment", words="看过了").status_code == 422
    told = {"words": "看过了", "acting_person": str(cadre.pk), "acting_pin": "739182"}
    assert send(client, case, "comment", **told).status_code == 302
    assert Entry.objects.filter(town=TOWN).order_by("-seq")[0].by == cadre.pk
