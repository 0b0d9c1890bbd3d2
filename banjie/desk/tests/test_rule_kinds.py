"""A new kind of case is made on the web, and is the very text that an engineer would file (issue's Done when)."""

from dataclasses import replace

import pytest
from django.core.management import call_command

from banjie.base.clock import local_day, now
from banjie.cases.models import Clock
from banjie.cases.tests.factories import registered
from banjie.desk.tests.cases_office import browser
from banjie.desk.tests.test_rule_drafts import decided, post, reviewed, told
from banjie.rulebook.actions import load_files
from banjie.rulebook.front import read_front
from banjie.rulebook.models import RuleDraft, TextVersion
from banjie.rulebook.queries import rules_on
from banjie.rulebook.shelf import SHIPPED, filed_in
from banjie.rulebook.tests.factories import OTHER_TOWN, stamp
from banjie.rulebook.writing import written_text

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
BASIS = "镇党委会2026年第12次会议"
TYPED = {
    "title": "占道经营",
    "number_prefix": "ZD",
    "origin": "own",
    "asker": "resident",
    "about": "占用道路、摆摊设点影响通行的，登记为占道经营，一处一件。",
    "raised_by": ["window_clerk", "dispatcher"],
    "clocks": ["accept", "sign", "object", "handle", "call_back", "reopen"],
    "limit_accept": "1",
    "limit_accept_unit": "workdays",
    "limit_handle": "2",
    "limit_handle_unit": "workdays",
    "limit_call_back": "3",
    "limit_call_back_unit": "workdays",
    "limit_sign_unit": "workdays",
    "limit_object_unit": "workdays",
    "limit_reopen_unit": "workdays",
    "extension_times": "1",
    "extension_longest": "5",
    "extension_unit": "workdays",
    "extension_by": "unit_head",
    "basis": BASIS,
    "confirmed_by": "asker",
    "endings": ["solved", "explained"],
    "pause_0_title": "正在听证",
    "pause_0_basis": "中华人民共和国行政许可法 第四十五条",
    "field_0_label": "摊位类别",
    "field_0_type": "choice",
    "field_0_choices": "果蔬、熟食",
    "field_0_required": "on",
}
KIND = f"""+++
title = "占道经营"
type = "kind"
prefix = "ZD"
origin = "own"
asker = "resident"
raised_by = ["window_clerk", "dispatcher"]
clocks = ["accept", "sign", "object", "handle", "call_back", "reopen"]

[closing]
confirmed_by = "asker"
kinds = ["solved", "explained"]

[fields."摊位类别"]
label = "摊位类别"
type = "choice"
choices = {{ "果蔬" = "果蔬", "熟食" = "熟食" }}
required = true

[[pause_grounds]]
key = "正在听证"
title = "正在听证"
basis = "中华人民共和国行政许可法 第四十五条"

[params]
extension.times = {{ value = "1 times", basis = "{BASIS}" }}
extension.longest = {{ value = "5 workdays", basis = "{BASIS}" }}
extension.decided_by = {{ value = "role:unit_head", basis = "{BASIS}" }}
+++
# 占道经营

第一条　占用道路、摆摊设点影响通行的，登记为占道经营，一处一件。

第二条　在规定时限内办不完的，承办人在到期以前写明理由申请延期，由{{{{ extension.decided_by }}}}批准；可以延期{{{{ extension.times }}}}，每次不超过{{{{ extension.longest }}}}，并告知提出人。
"""
LIMITS = f"""+++
title = "占道经营时限规定"
type = "time_limit"
part = "service"

[params]
"accept.占道经营" = {{ value = "1 workdays", basis = "{BASIS}" }}
"handle.占道经营" = {{ value = "2 workdays", basis = "{BASIS}" }}
"call_back.占道经营" = {{ value = "3 workdays", basis = "{BASIS}" }}
+++
# 占道经营时限规定

第一条　占道经营，{{{{ accept.占道经营 }}}}内决定是否受理并告知；{{{{ handle.占道经营 }}}}内办结并反馈；反馈以后{{{{ call_back.占道经营 }}}}内回访或者复核。
"""


def test_a_kind_made_on_the_web_is_the_text_that_an_engineer_files(office, tmp_path):
    he, today = browser(office, "he"), local_day(now())
    answer = post(he, "/rules/drafts/new-kind", **TYPED)
    assert answer.status_code == 302, answer.context["form"].errors
    assert "占道经营时限规定" in told(he.get(answer["Location"]))
    reviewed(office, answer["Location"])
    assert decided(office, answer["Location"], today).status_code == 302
    assert {one.state for one in RuleDraft.objects.all()} == {"decided"}
    call_command("rulebook", "dump", str(tmp_path), "--town", office.town, "--own")
    files = {f"{one.section}/{one.key}": one.source for one in filed_in(tmp_path)}
    assert files == {"kinds/占道经营": KIND, "regulations/占道经营时限规定": LIMITS}
    load_files(filed_in(tmp_path), town=OTHER_TOWN, from_on=today, stamp=stamp(at=now()))
    digests = TextVersion.objects.filter(key="占道经营").values_list("digest", flat=True)
    assert len(digests) == 2
    assert len(set(digests)) == 1
    case = registered(replace(office, at=now()), kind="占道经营", extra={"摊位类别": "果蔬"})
    assert case.number.startswith("ZD")
    assert "占道经营时限规定" in Clock.objects.get(case=case).article
    assert "占道经营" in told(browser(office, "chen").get("/register?kind=占道经营"))


def test_a_form_that_is_not_whole_says_what_lacks(office):
    he = browser(office, "he")
    lacking = TYPED | {"limit_handle": "", "number_prefix": "QZ", "field_0_choices": "", "pause_0_basis": ""}
    page = told(post(he, "/rules/drafts/new-kind", **lacking), 422)
    assert "请填办理时限是多久" in page
    assert "编号字头 QZ 已经是“群众诉求”的" in page
    assert "没有写可以选的" in page
    assert not RuleDraft.objects.exists()


def test_the_declaration_of_a_draft_is_changed_and_what_stood_stays_readable(office):
    he = browser(office, "he")
    where = post(he, "/rules/kinds/resident_request/draft")["Location"]
    form = he.get(f"{where}/declaration").context["form"]
    typed = {name: value for name, value in form.initial.items() if value not in (None, "", False)}
    typed |= {"field_0_choices": "咨询、求助、举报", "field_2_label": "现场照片说明", "field_2_type": "text"}
    answer = post(he, f"{where}/declaration", **typed)
    assert answer.status_code == 302, answer.context["form"].errors
    before = read_front((SHIPPED / "kinds/resident_request.md").read_text(), file="a").items
    after = RuleDraft.objects.get().read.items
    assert after["fields"]["demand"]["choices"]["ask"] == "咨询"
    assert after["fields"]["demand"]["choices"]["praise"] == {"label": "表扬", "until": local_day(now())}
    assert after["fields"]["现场照片说明"] == {"label": "现场照片说明", "type": "text"}
    assert after["fields"]["people_count"] == before["fields"]["people_count"]
    for name in ("phrases", "params", "pause_grounds", "closing", "from"):
        assert after[name] == before[name]
    assert post(he, f"{where}/submit").status_code == 302


@pytest.mark.parametrize(
    "filed", [one for one in filed_in(SHIPPED) if one.section == "kinds"], ids=lambda one: one.key
)
def test_a_written_text_reads_as_what_it_was_written_from(filed):
    front = read_front(filed.source, file="a")
    again = read_front(written_text(front.items, front.prose), file="a")
    assert again.items == front.items
    assert again.prose == front.prose


def test_all_that_waits_for_the_town_is_confirmed_by_one_batch(office):
    he, today = browser(office, "he"), local_day(now())
    fields = {
        "meeting": BASIS,
        "document": "青政发〔2026〕5号",
        "texts": ["regulations/urging", "settings/cases"],
    }
    answer = post(he, "/rules/drafts/confirm", **fields)
    assert answer.status_code == 302, answer.context["form"].errors
    draft = RuleDraft.objects.get(key="urging")
    where = f"/rules/drafts/{draft.pk}"
    assert "同批的草案" in told(he.get(where))
    reviewed(office, where)
    assert decided(office, where, today).status_code == 302
    standing = [
        rules_on(office.town, today).editions[place]
        for place in (("regulations", "urging"), ("settings", "cases"))
    ]
    assert not any(one.until_decided for edition in standing for one in edition.text.parameters.values())
    assert all(edition.version == "镇1" for edition in standing)


def test_a_batch_is_taken_back_as_one(office):
    he = browser(office, "he")
    where = post(he, "/rules/drafts/new-kind", **TYPED)["Location"]
    assert post(he, f"{where}/withdraw").status_code == 302
    assert {one.state for one in RuleDraft.objects.all()} == {"withdrawn"}


def test_the_pages_of_kinds_have_their_query_budget(office, django_assert_max_num_queries):
    he = browser(office, "he")
    where = post(he, "/rules/drafts/new-kind", **TYPED)["Location"]
    for path in ("/rules/drafts/new-kind", "/rules/drafts/confirm", f"{where}/declaration", f"{where}/title"):
        he.get(path)
        with django_assert_max_num_queries(12):
            told(he.get(path))
