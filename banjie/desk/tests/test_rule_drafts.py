"""A rule changed on the web: value by value, reviewed by another, decided, in force from a day, repealed (U32)."""

from datetime import timedelta
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from banjie.base.clock import local_day, now
from banjie.desk.tests.cases_office import browser
from banjie.rulebook.models import DraftState, RuleDraft
from banjie.rulebook.queries import rules_on

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
LIMITS = "/rules/regulations/time_limits"
HANDLE = "handle.resident_request"


def told(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[-3000:]
    return answer.content.decode()


def post(client, path, **fields):
    return client.post(path, {"client_key": str(uuid4())} | fields)


def drafted(client, days="3", basis="镇党委会2026年第12次会议"):
    """Start a draft of the time limits and change the one for residents' requests; return the draft's address."""
    where = post(client, f"{LIMITS}/draft")["Location"]
    answer = post(client, f"{where}/values/{HANDLE}", value=days, unit="workdays", basis=basis)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return where


def reviewed(office, where):
    assert post(browser(office, "he"), f"{where}/submit").status_code == 302
    assert post(browser(office, "sun"), f"{where}/review", verdict="passed").status_code == 302


def decided(office, where, on):
    fields = {
        "meeting": "镇党委会2026年第12次会议",
        "document": "青政发〔2026〕5号",
        "from_on": on.isoformat(),
    }
    return post(browser(office, "zhou"), f"{where}/decide", **fields)


def test_a_rule_goes_from_draft_to_force_on_its_day(office):
    client, today = browser(office, "he"), local_day(now())
    where = drafted(client)
    page = told(client.get(where))
    assert "<del>5个工作日（待镇里确定）</del>" in page
    assert "<ins>3个工作日</ins>" in page
    assert "3个工作日内办结并反馈" in page
    reviewed(office, where)
    assert "审查通过" in told(client.get(where))
    later = today + timedelta(days=3)
    assert decided(office, where, later).status_code == 302
    page = told(client.get(LIMITS))
    assert "群众诉求自受理次日起，5个工作日内办结" in page
    assert "还没有到施行日期" in page
    assert "镇党委会2026年第12次会议，青政发〔2026〕5号" in page
    limits = [
        rules_on(office.town, day).time_limit("handle", kind="resident_request") for day in (today, later)
    ]
    assert [str(limit.term) for limit in limits] == ["5 workdays", "3 workdays"]
    assert limits[1].article == "限时办结制 第三条@镇1"
    assert "群众诉求自受理次日起，3个工作日内办结" in told(
        client.get("/rules", {"q": "次日起", "on": later.isoformat()})
    ).replace("<mark>", "").replace("</mark>", "")


def test_nobody_reviews_his_own_draft_and_who_sends_back_says_why(office):
    where = drafted(browser(office, "he"))
    assert post(browser(office, "he"), f"{where}/submit").status_code == 302
    he = browser(office, "he")
    assert "作合法性审查" not in told(he.get(where))
    assert post(he, f"{where}/review", verdict="passed").status_code in (403, 409)
    sun = browser(office, "sun")
    assert "请写退回的理由" in told(post(sun, f"{where}/review", verdict="back"), 422)
    assert post(sun, f"{where}/review", verdict="back", words="没有写会议的名称").status_code == 302
    assert "没有写会议的名称" in told(he.get(where))


def test_an_advisers_paper_is_put_down_by_the_author_himself(office, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    where, he = drafted(browser(office, "he")), browser(office, "he")
    post(he, f"{where}/submit")
    paper = SimpleUploadedFile("意见书.txt", "没有抵触。".encode())
    answer = he.post(
        f"{where}/advice",
        {
            "client_key": str(uuid4()),
            "adviser": "镇法律顾问",
            "verdict": "passed",
            "words": "",
            "paper": paper,
        },
    )
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    page = told(he.get(where))
    assert "镇法律顾问" in page
    assert f"{where}/paper" in page


def test_a_value_that_law_forbids_is_refused_with_the_article(office):
    he = browser(office, "he")
    where = drafted(he)
    answer = post(
        he, f"{where}/values/handle.resident_request.homestead", value="25", unit="workdays", basis="某"
    )
    page = told(answer, 422)
    assert "行政许可法 第四十二条" in page
    assert ".md" not in page


def test_a_draft_without_a_change_is_not_sent_to_review_and_can_be_withdrawn(office):
    he = browser(office, "he")
    where = post(he, f"{LIMITS}/draft")["Location"]
    assert "还没有改动" in told(post(he, f"{where}/submit"), 409)
    assert post(he, f"{LIMITS}/draft").status_code == 409
    assert post(he, f"{where}/withdraw").status_code == 302
    assert RuleDraft.objects.get().state == DraftState.WITHDRAWN
    assert "已经了结的" in told(he.get("/rules/drafts"))


def test_the_words_are_changed_with_the_values_in_brackets(office):
    he = browser(office, "he")
    where = drafted(he)
    page = he.get(f"{where}/prose")
    typed = page.context["form"].initial["prose"]
    assert "{{" not in typed
    new = typed.replace("内办结并反馈", "内办结并当面反馈")
    assert post(he, f"{where}/prose", prose=new).status_code == 302
    assert "3个工作日内办结并当面反馈" in told(he.get(where))
    lacking = typed.replace("群众诉求自受理次日起", "").partition("【6：")
    assert "正文里少了" in told(
        post(he, f"{where}/prose", prose=f"{lacking[0]}{lacking[2].partition('】')[2]}"), 422
    )


def test_a_towns_own_text_is_repealed_and_the_shipped_one_rules_again(office):
    today = local_day(now())
    assert browser(office, "zhou").get(f"{LIMITS}/repeal").status_code == 404
    where = drafted(browser(office, "he"))
    reviewed(office, where)
    decided(office, where, today)
    assert "镇里的规定与出厂的不同" in told(browser(office, "he").get("/rules/upgrade"))
    assert "3个工作日" in told(browser(office, "he").get("/rules/upgrade"))
    on = today + timedelta(days=1)
    fields = {"meeting": "镇党委会", "document": "青政发〔2026〕6号", "from_on": on.isoformat()}
    assert post(browser(office, "zhou"), f"{LIMITS}/repeal", **fields).status_code == 302
    assert rules_on(office.town, on).time_limit("handle", kind="resident_request").article.endswith("@出厂1")
    assert "废止" in told(browser(office, "he").get(LIMITS))


def test_who_may_only_read_is_offered_no_change(office):
    where = drafted(browser(office, "he"))
    page = told(browser(office, "li").get(where))
    assert f"{where}/values/" not in page
    assert "起草修改" not in told(browser(office, "li").get(LIMITS))
    assert post(browser(office, "li"), f"{LIMITS}/draft").status_code == 403


def test_a_new_limit_comes_with_its_sentence(office):
    he = browser(office, "he")
    where = post(he, f"{LIMITS}/draft")["Location"]
    fields = {"part_0": "handle", "part_1": "resident_request", "part_2": "road_damage"}
    fields |= {"value": "2", "unit": "workdays", "basis": "镇党委会2026年第12次会议", "after": "第三条"}
    assert "请在句子里写一次" in told(post(he, f"{where}/values", **fields, sentence="道路破损内修补。"), 422)
    answer = post(he, f"{where}/values", **fields, sentence="道路破损【】内修补。")
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    page = told(he.get(where))
    assert "<ins>- 道路破损2个工作日内修补。</ins>" in page
    assert post(he, f"{where}/submit").status_code == 302


def test_a_town_makes_a_regulation_of_its_own(office):
    he = browser(office, "he")
    title = "赶场天值守制度"
    answer = post(he, "/rules/drafts/new", title=title, prose="第一条　赶场天有人值守。\r\n")
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    where = f"/rules/drafts/{RuleDraft.objects.get(title=title).pk}"
    fields = {
        "value": "2",
        "unit": "people",
        "basis": "镇里定的",
        "after": "第一条",
        "sentence": "每场不少于【】。",
    }
    assert "几次、几人、几件" in told(he.get(f"{where}/values"))
    assert post(he, f"{where}/values?what=count", **fields).status_code == 302
    assert "每场不少于2人。" in told(he.get(where))
    assert post(he, f"{where}/title", title="逢场值守制度").status_code == 302
    title = "赶场天值守制度"
    reviewed(office, where)
    assert decided(office, where, local_day(now())).status_code == 302
    assert "第一条　赶场天有人值守。" in told(he.get(f"/rules/regulations/{title}"))
    again = post(he, "/rules/drafts/new", title="限时办结制", prose="第一条　某。")
    assert "已经有“限时办结制”" in told(again, 422)


ADDED = [
    (
        "cadence",
        "report.*|choice",
        {"part_0": "resident_request", "value": "month"},
        "report.resident_request",
        "month",
    ),
    (
        "routing",
        "route.*|unit",
        {"part_0": "any", "part_2": "off_hours", "value": "unit:民生办"},
        "route.any.off_hours",
        "unit:民生办",
    ),
    (
        "escalation",
        "*.then|words",
        {"part_0": "sign", "part_1": "red", "value": ["分管领导"]},
        "sign.red.then",
        ["分管领导"],
    ),
    ("posts", "fallback.*|choice", {"part_0": "5", "value": "dispatch"}, "fallback.5", "dispatch"),
    (
        "commitments",
        "promise.*|term",
        {"part_0": "resident_request", "value": "4", "unit": "workdays"},
        "promise.resident_request",
        "4 workdays",
    ),
]


@pytest.mark.parametrize(("key", "what", "fields", "name", "raw"), ADDED)
def test_a_value_of_every_type_is_asked_for_as_its_schema_has_it(office, key, what, fields, name, raw):
    he = browser(office, "he")
    where = post(he, f"/rules/regulations/{key}/draft")["Location"]
    offers = told(he.get(f"{where}/values?what="))
    assert "加数值" in offers
    fields |= {"basis": "镇里定的", "after": "new", "sentence": "另定：【】。"}
    answer = post(he, f"{where}/values?{urlencode({'what': what})}", **fields)
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    draft = RuleDraft.objects.get(key=key)
    assert draft.read.parameters[name].raw == raw
    assert draft.text.rstrip().endswith(f"另定：{{{{ {name} }}}}。")


def test_a_value_is_taken_out_with_its_sentence_and_its_examples(office):
    he = browser(office, "he")
    where = post(he, f"{LIMITS}/draft")["Location"]
    name = "handle.resident_request.homestead"
    [(line, field)] = he.get(f"{where}/values/{name}/drop").context["form"].fields.items()
    assert field.initial == ""
    assert "删去这个数值" in told(post(he, f"{where}/values/{name}/drop", **{line: field.label}), 422)
    assert post(he, f"{where}/values/{name}/drop", **{line: ""}).status_code == 302
    read = RuleDraft.objects.get().read
    assert name not in read.parameters
    assert "宅基地" not in read.prose
    assert [example.given["limit"] for example in read.examples].count(name) == 0
    assert len(read.examples) == 4
    assert post(he, f"{where}/submit").status_code == 302


def test_what_waits_for_the_town_is_confirmed_at_once(office):
    he = browser(office, "he")
    where = post(he, f"{LIMITS}/draft")["Location"]
    assert "确认待定的" in told(he.get(where))
    fields = {"meeting": "镇党委会2026年第12次会议", "document": "青政发〔2026〕5号"}
    assert post(he, f"{where}/confirm", **fields).status_code == 302
    read = RuleDraft.objects.get().read
    assert not any(one.until_decided for one in read.parameters.values())
    bases = {name: one.basis for name, one in read.parameters.items()}
    assert bases["accept.resident_request"] == "S-018；镇党委会2026年第12次会议，青政发〔2026〕5号"
    assert bases["handle.resident_request.petition_claim"] == "信访工作条例 第三十四条"
    assert f"{where}/confirm" not in told(he.get(where))
    assert he.get(f"{where}/confirm").status_code == 404
    assert post(he, f"{where}/submit").status_code == 302


def test_the_pages_of_drafts_have_their_query_budget(office, django_assert_max_num_queries):
    he = browser(office, "he")
    where = drafted(he)
    for path in (where, "/rules/drafts", "/rules/upgrade"):
        he.get(path)
        with django_assert_max_num_queries(12):
            told(he.get(path))
