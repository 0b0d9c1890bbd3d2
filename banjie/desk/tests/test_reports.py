"""Papers on the desk: each number opens, the Word file comes down, a finalised paper keeps its numbers (U16, U18)."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import docx
import pytest
from django.db import transaction
from django.urls import reverse

from banjie.base.clock import local, now
from banjie.cases import actions
from banjie.cases.models import Case
from banjie.cases.tests.factories import intake, open_office
from banjie.desk.tests.cases_office import browser
from banjie.people.models import Staff
from banjie.reports.models import FinalPaper
from banjie.reports.tests.factories import busy_office

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
PAPER = "/reports/paper/monthly_handling"
SEPTEMBER = "?month=2026-09&span=month"


@pytest.fixture(scope="module")
def office(django_db_setup, django_db_blocker):
    """Return one town for all these tests, each of which is taken back; the town itself at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        office = busy_office()
        Staff.objects.update(must_change_password=False)
        yield replace(office, at=now() - timedelta(days=1))
        transaction.set_rollback(True)


def told(answer):
    return answer.content.decode()


def finalise(client, page, **more):
    seen = told(page).partition('name="seen" value="')[2].partition('"')[0]
    fields = {"client_key": str(uuid4()), "seen": seen, "month": "2026-09", "span": "month"}
    return client.post(f"{PAPER}/finalise", {**fields, **more})


def test_the_papers_are_listed_with_the_leaders_of_the_day(office):
    answer = told(browser(office, "he").get("/reports"))
    assert "月度办理情况通报" in answer
    assert "周海" in answer
    assert "还没有定稿" in answer


def test_a_paper_shows_its_numbers_and_each_opens(office):
    answer = told(browser(office, "he").get(PAPER + SEPTEMBER))
    assert "关于2026年9月群众诉求和交办事项办理情况的通报" in answer
    assert 'class="paper-number"' in answer
    records = reverse("figures:records")
    assert f'href="{records}?figure=case.received&amp;from=2026-09-01&amp;to=2026-09-30"' in answer
    assert "group=unit_id" in answer


def test_the_list_behind_each_number_is_as_long_as_the_number_says(office):
    client = browser(office, "he")
    answer = told(client.get(PAPER + SEPTEMBER))
    hrefs = [
        part.partition('"')[0].replace("&amp;", "&") for part in answer.split('href="/figures/records?')[1:]
    ]
    counts = [href for href in dict.fromkeys(hrefs) if "figure=case.received" in href]
    assert len(counts) > 4
    for href in counts:
        shown = answer.partition(f'href="/figures/records?{href.replace("&", "&amp;")}"')[2]
        number = shown.partition(">")[2].partition("<")[0].removesuffix("件")
        assert f"共 {number} 件" in told(client.get(f"/figures/records?{href}")), href


def test_a_period_may_be_a_quarter_or_the_year_so_far(office):
    client = browser(office, "he")
    assert "2026年第三季度" in told(client.get(PAPER + "?month=2026-09&span=quarter"))
    assert "2026年1—9月" in told(client.get(PAPER + "?month=2026-09&span=year_to"))
    assert client.get(PAPER + "?month=bosh&span=bosh").status_code == 200


def test_what_was_said_last_time_stands_beside_each_paragraph(office):
    answer = told(browser(office, "he").get(PAPER + SEPTEMBER + "&beside=1"))
    assert "paper-before" in answer
    assert "2026年8月，全镇收到群众诉求和交办事项0件" in answer


def test_the_word_file_comes_down_under_its_title(office):
    answer = browser(office, "he").get(f"{PAPER}/word{SEPTEMBER}")
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert "filename*=utf-8''%E5%85%B3" in answer["Content-Disposition"]
    document = docx.Document(BytesIO(answer.content))
    words = "".join(one.text for one in document.paragraphs)
    assert "收到群众诉求和交办事项9件" in words
    assert "本文是草稿" in words


def test_the_print_page_is_one_click_away(office):
    answer = told(browser(office, "he").get(f"{PAPER}/print{SEPTEMBER}"))
    assert 'class="sheet official"' in answer
    assert "data-print" in answer


def test_a_hot_topic_opens_its_cases(office):
    client = browser(office, "he")
    answer = told(client.get(PAPER + SEPTEMBER))
    href = f"{PAPER}/topics/"
    addresses = {part.partition('"')[0].replace("&amp;", "&") for part in answer.split(f'href="{href}')[1:]}
    assert addresses
    pages = [told(client.get(href + address)) for address in addresses]
    assert any("西沟组路灯还不亮" in page and "共 3 件" in page for page in pages)
    assert client.get(f"{href}99{SEPTEMBER}").status_code == 404


def test_a_finalised_paper_keeps_its_numbers_and_later_drift_is_shown(office):
    client = browser(office, "he")
    answer = finalise(client, client.get(PAPER + SEPTEMBER))
    final = FinalPaper.objects.get()
    assert answer["Location"] == f"/reports/final/{final.pk}"
    page = told(client.get(answer["Location"]))
    assert "第1稿" in page
    assert final.code in page
    assert "没有影响这份文稿的变动" in page
    word = client.get(f"{answer['Location']}/word").content
    recorded_late(office)
    again = told(client.get(answer["Location"]))
    assert "定稿以后变了的数" in again
    assert client.get(f"{answer['Location']}/word").content == word
    assert final.code in "".join(one.text for one in docx.Document(BytesIO(word)).paragraphs)


def recorded_late(office):
    """Register today what happened in September (补录)."""
    happened = Case.objects.filter(registered_at__year=2026).earliest("happened_at").happened_at
    today = replace(office, at=now())
    late = today.occasion("chen", client_key=uuid4().hex, happened_at=happened, ground="纸质登记本补录")
    return actions.register_case(intake(title="补录的事"), late)


def test_a_paper_changed_from_outside_is_known_for_it(office):
    client = browser(office, "he")
    finalise(client, client.get(PAPER + SEPTEMBER))
    final = FinalPaper.objects.get()
    final.content["title"] = "改过的"
    FinalPaper.objects.update(content=final.content)
    assert "校验码不符" in told(client.get(f"/reports/final/{final.pk}"))


def test_a_repeat_answers_with_the_first_and_nothing_new_is_not_finalised_twice(office):
    client = browser(office, "he")
    page = client.get(PAPER + SEPTEMBER)
    key = str(uuid4())
    first, again = (finalise(client, page, client_key=key)["Location"] for _ in range(2))
    assert first == again
    refused = finalise(client, page)
    assert refused.status_code == 409
    assert "不用再定" in told(refused)
    assert FinalPaper.objects.count() == 1


def test_numbers_that_moved_since_the_page_was_opened_are_not_finalised(office):
    client = browser(office, "he")
    page = client.get(PAPER + SEPTEMBER)
    recorded_late(office)
    answer = finalise(client, page)
    assert answer.status_code == 409
    assert "数字已经不一样" in told(answer)


def test_a_period_that_is_not_over_is_not_finalised(office):
    client = browser(office, "he")
    this_month = f"{local(now()):%Y-%m}"
    answer = finalise(client, client.get(f"{PAPER}?month={this_month}"), month=this_month, seen="x")
    assert answer.status_code == 422
    assert "还没有结束" in told(answer)


@pytest.mark.parametrize(("name", "read", "end"), [("chen", 403, 403), ("sun", 200, 403), ("zhou", 200, 302)])
def test_who_reads_and_who_finalises(office, name, read, end):
    client = browser(office, name)
    page = browser(office, "he").get(PAPER + SEPTEMBER)
    assert client.get(PAPER + SEPTEMBER).status_code == read
    assert finalise(client, page).status_code == end


def test_another_town_s_final_paper_is_not_found(office):
    client = browser(office, "he")
    finalise(client, client.get(PAPER + SEPTEMBER))
    final = FinalPaper.objects.get()
    other = open_office(town="990011102", name="黑石镇")
    Staff.objects.update(must_change_password=False)
    stranger = browser(other, "he")
    for tail in ("", "/word", "/print", "/topics/0"):
        assert stranger.get(f"/reports/final/{final.pk}{tail}").status_code == 404


def test_a_paper_costs_the_same_few_queries_however_many_cases_there_are(
    office, django_assert_max_num_queries
):
    client = browser(office, "he")
    client.get(PAPER + SEPTEMBER)
    with django_assert_max_num_queries(70):  # of them some that only SQLite needs to add up groups (ADR 0078)
        client.get(PAPER + SEPTEMBER)


def test_the_text_of_a_paper_is_shown_among_the_rules_with_its_marks(office):
    answer = told(browser(office, "he").get("/rules/papers/monthly_handling"))
    assert "{{ case.received }}" in answer
    assert "（未写明）" not in answer
