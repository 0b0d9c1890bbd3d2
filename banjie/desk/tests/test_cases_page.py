"""The page of one case: scope, masks, reasons, line of entries, deeds on offer, and its query budget (U6, U10, U12)."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from banjie.base.clock import BEIJING
from banjie.cases import actions
from banjie.cases.actions import Occasion, Word
from banjie.cases.models import Clock
from banjie.cases.tests.factories import (
    XIGOU,
    accepted,
    assigned,
    handled,
    registered,
    replied,
)
from banjie.desk.tests.cases_office import browser, open_today
from banjie.ledger.record import Stamp
from banjie.people.actions import take_leave
from banjie.residents.actions import register_resident
from banjie.residents.facts import ResidentFacts
from banjie.rulebook.in_force import say_ref

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
UUID_SHAPE = re.compile(r">[^<]*[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}[^<]*<")


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def offered(client, case):
    return [offer.deed for offer in client.get(f"/cases/{case.number}").context["sight"].offers]


def test_zhao_of_another_village_gets_404_everywhere():
    office = open_today()
    case = handled(office)
    client = browser(office, "zhao")
    for rest in (
        "",
        "/reply",
        "/phone",
        "/newer?seen=0",
        "/receipt",
        "/print",
        f"/files/{uuid4()}",
        "/comment",
    ):
        assert client.get(f"/cases/{case.number}{rest}").status_code == 404
    assert client.post(f"/cases/{case.number}/comment", {"words": "x"}).status_code == 404
    assert client.get("/cases/QZ-NONE").status_code == 404


def test_the_head_says_light_reason_article_and_who_answers():
    office = open_today()
    case = handled(office)
    page = text(browser(office, "li").get(f"/cases/{case.number}"))
    for words in (case.number, "路灯不亮", "办理剩", "限时办结制", "现在由", "李建国", "留痕", "第1号"[:1]):
        assert words in page
    clock = case.clock_set.get(name="handle")
    assert clock.explanation in page
    assert say_ref(clock.article) == "限时办结制 第三条（出厂第1版）"
    assert say_ref(clock.article) in page


def test_while_li_is_away_his_stand_in_is_named_with_the_reason():
    office = open_today()
    case = handled(office)
    take_leave(
        office.li,
        office.occasion("li").stamp(),
        staff_id=office.li.id,
        from_at=office.at,
        until_at=None,
        reason="sick",
    )
    page = text(browser(office, "wu").get(f"/cases/{case.number}"))
    assert "李建国病假" in page
    assert "反馈" in page


def test_the_asker_is_covered_and_nothing_of_him_in_clear():
    office = open_today()
    resident = register_resident(
        ResidentFacts(name="欧阳小红", phone="13800135678", division_code=XIGOU),
        actor=office.chen,
        stamp=office.occasion("chen").stamp(),
    )
    case = registered(office, resident_id=resident.pk)
    page = text(browser(office, "chen").get(f"/cases/{case.number}"))
    assert "欧阳小红" not in page
    assert "13800135678" not in page
    assert "138****5678" in page


def test_the_line_tells_deeds_words_and_changes_and_no_ids_or_codes():
    office = open_today()
    case = replied(office)
    actions.call_back_case(
        case, office.occasion("sun", hours=6), word=Word(said="dissatisfied", words="还有一盏不亮")
    )
    page = text(browser(office, "sun").get(f"/cases/{case.number}"))
    for words in (
        "登记",
        "受理",
        "派办",
        "签收",
        "反馈",
        "回访",
        "退回重办",
        "还有一盏不亮",
        "第2轮",
        "责任人：",
        "不满意",
    ):
        assert words in page
    shown = re.sub(r"<(script|style|input|form)[^>]*>", "", page)
    assert not UUID_SHAPE.search(shown)
    for code in ("dissatisfied", "handling", "case.replied", "assigned_at", "handler_id"):
        assert code not in shown.partition("<h2>留痕")[2]


def test_each_due_date_stands_with_the_sentence_that_tells_how_it_was_counted():
    """U46: of every clock that runs, the day and 算5个工作日…"""
    office = open_today()
    case = handled(office)
    page = text(browser(office, "li").get(f"/cases/{case.number}"))
    clocks = Clock.objects.filter(case=case, stopped_at__isnull=True)
    assert clocks
    for clock in clocks:
        assert f"{clock.due_at.astimezone(BEIJING):%m-%d}" in page
        assert clock.explanation.startswith("算")
        assert clock.explanation in page


def test_what_was_written_down_later_and_for_another_is_marked():
    office = open_today()
    case = handled(office)
    occasion = Occasion(
        by=office.chen,
        at=office.at + timedelta(hours=5),
        happened_at=office.at + timedelta(hours=2),
        for_whom=office.wu,
        ground="电话",
    )
    actions.comment_case(case, occasion, words="吴主任说先查电缆")
    page = text(browser(office, "li").get(f"/cases/{case.number}"))
    assert "（代吴强记录）" in page
    assert "补录：" in page
    assert "凭据：电话" in page


def test_each_person_is_offered_exactly_his_deeds():
    office = open_today()
    new, waiting, in_hand, answered = registered(office), assigned(office), handled(office), replied(office)
    taken = accepted(office)
    of_clerk = {"accept_case", "settle_case", "comment_case", "attach_file", "withdraw_case", "urge_case"}
    assert of_clerk | {"merge_case"} == set(offered(browser(office, "chen"), new))
    assert offered(browser(office, "chen"), taken)[0] == "assign_case"
    assert offered(browser(office, "li"), waiting)[0] == "sign_for_case"
    assert "sign_for_case" not in offered(browser(office, "wang"), waiting)
    li = offered(browser(office, "li"), in_hand)
    assert {"reply_case", "pause_case", "transfer_case", "ask_extension", "report_progress"} <= set(li)
    assert li[0] == "reply_case"
    assert not {"reply_case", "pause_case", "transfer_case"} & set(offered(browser(office, "wang"), in_hand))
    assert "call_back_case" not in offered(browser(office, "li"), answered)
    assert {"call_back_case", "close_case"} <= set(offered(browser(office, "sun"), answered))


def test_offered_deeds_open_and_others_say_why_not():
    office = open_today()
    case = handled(office)
    client = browser(office, "li")
    for offer in client.get(f"/cases/{case.number}").context["sight"].offers:
        assert "form-end" in text(client.get(offer.href))
    page = text(client.get(f"/cases/{case.number}/close"))
    assert "form-end" not in page
    assert "您不能销号" in page


def test_htmx_gets_the_form_alone():
    office = open_today()
    case = handled(office)
    client = browser(office, "li")
    part = client.get(f"/cases/{case.number}/reply", headers={"HX-Request": "true", "HX-Target": "deed"})
    assert "<html" not in text(part)
    assert "经核实，您反映的情况是：" in text(part)


def test_the_group_line_names_no_asker():
    office = open_today()
    case = handled(office)
    assert "【交办】1号 路灯不亮｜李建国｜" in text(browser(office, "li").get(f"/cases/{case.number}"))


def test_a_colleagues_deed_is_told_and_ones_own_is_not():
    office = open_today()
    case = assigned(office)
    client = browser(office, "chen")
    seen = client.get(f"/cases/{case.number}").context["sight"].file.seen
    ask = f"/cases/{case.number}/newer?seen={seen}"
    quiet = {"X-Banjie-Quiet": "1"}
    assert client.get(ask, headers=quiet).status_code == 204
    actions.comment_case(case, office.occasion("chen", hours=1), words="自己的")
    assert client.get(ask, headers=quiet).status_code == 204
    actions.sign_for_case(case, office.occasion("li", hours=2))
    assert "刚被李建国办了：签收" in text(client.get(ask, headers=quiet))
    assert client.get(ask + "junk", headers=quiet).status_code == 204
    assert client.get(ask).status_code == 302


def test_asking_for_news_renews_no_session():
    office = open_today()
    case = handled(office)
    client = browser(office, "li")
    session = client.session
    session["seen_at"] = 1
    session.save()
    client.get(f"/cases/{case.number}/newer?seen=0", headers={"X-Banjie-Quiet": "1"})
    assert client.session["seen_at"] == 1


@pytest.mark.parametrize("name", ["li", "chen", "sun", "zhou"])
def test_a_page_with_thirty_entries_takes_at_most_twelve_queries(name):
    office = open_today()
    case = replied(office)
    actions.call_back_case(
        case, office.occasion("sun", hours=6), word=Word(said="dissatisfied", words="没好")
    )
    for hour in range(24):
        later = replace(office, at=office.at + timedelta(minutes=hour))
        case = actions.report_progress(case, later.occasion("li", hours=7), words="在修")
    client = browser(office, name)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(f"/cases/{case.number}")
    assert len(response.context["sight"].lines) >= 30
    assert len(queries) <= 12, "\n".join(query["sql"][:150] for query in queries)


def test_who_saw_the_asker_in_full_is_one_tab_of_the_case():
    """U12: with the use that was told, for whoever may read the case and for nobody else."""
    office = open_today()
    facts = ResidentFacts(name="单小梅", phone="13800005678", division_code=XIGOU)
    stamp = Stamp(office.chen.id, office.at, office.at)
    case = handled(office, resident_id=register_resident(facts, actor=office.chen, stamp=stamp).pk)
    li, where = browser(office, "li"), f"/cases/{case.number}/looks"
    assert where in li.get(f"/cases/{case.number}").content.decode()
    assert "还没有人看过" in li.get(where).content.decode()
    told = {"parts": ["phone"], "reason": "回访联系", "client_key": str(uuid4())}
    li.post(f"/residents/{case.resident_id}/reveal", told)
    wang = browser(office, "wang")
    with CaptureQueriesContext(connection) as queries:
        page = wang.get(where).content.decode()
    assert "李建国" in page
    assert "回访联系" in page
    assert "13800005678" not in page
    assert len(queries) <= 12, "\n".join(query["sql"][:150] for query in queries)
    assert browser(office, "zhao").get(where).status_code == 404
