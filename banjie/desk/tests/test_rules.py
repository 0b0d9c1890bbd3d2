"""The compendium: contents, search, what runs on each provision, versions by date, Word file, wall card, citations."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import docx
import pytest
from django.db import transaction

from banjie.base.clock import local_day, now
from banjie.cases.models import Clock
from banjie.cases.tests.factories import handled, open_office, set_up
from banjie.desk.tests.cases_office import browser
from banjie.people.models import Staff
from banjie.rulebook.actions import load_files
from banjie.rulebook.in_force import say_ref
from banjie.rulebook.queries import rules_on
from banjie.rulebook.shelf import Filed
from banjie.rulebook.text import Section

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
LIMITS = "/rules/regulations/time_limits"


@pytest.fixture(scope="module")
def office(django_db_setup, django_db_blocker):
    """Return one town with a case in 李's hands, for all these tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        office = replace(open_office(), at=now() - timedelta(days=1))
        handled(office)
        Staff.objects.update(must_change_password=False)
        yield office
        transaction.set_rollback(True)


def told(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def amend(office, old, new):
    """Let the town have its own time limits from today."""
    today = local_day(now())
    source = rules_on(office.town, today).editions[(Section.REGULATIONS, "time_limits")].source
    filed = Filed(
        Section.REGULATIONS, "time_limits", None, source.replace(old, new), "regulations/time_limits.md"
    )
    load_files(
        [filed],
        town=office.town,
        from_on=today,
        stamp=replace(set_up(), happened_at=now(), recorded_at=now()),
    )


def test_the_contents_name_each_text_with_what_runs_on_it(office):
    page = told(browser(office, "li").get("/rules"))
    assert "限时办结制" in page
    assert "现在按它走的" in page
    assert "印成册" in page
    assert page.index("窗口服务和代办") < page.index("为基层减负") < page.index("上位法")


def test_a_text_that_people_carry_out_says_so_and_a_law_shows_what_it_demands(office):
    li = browser(office, "li")
    assert "这一篇由人执行" in told(li.get("/rules/regulations/meetings"))
    assert "这一篇由人执行" not in told(li.get(LIMITS))
    law = told(li.get("/rules/laws/administrative_licensing"))
    assert "对本镇制度的约束" in law
    assert "不超过20个工作日" in law


def test_a_provision_says_how_many_clocks_run_on_it_now(office):
    page = told(browser(office, "li").get(LIMITS))
    third = page.partition('id="第三条"')[2].partition("</section>")[0]
    assert "群众诉求自受理次日起，5个工作日内办结并反馈" in third
    assert "现在有1个时限按这一条走" in third


def test_words_are_found_in_the_provisions_and_marked(office):
    page = told(browser(office, "li").get("/rules", {"q": "宅基地"}))
    assert "<mark>宅基地</mark>" in page
    assert f"{LIMITS}/%E5%87%BA%E5%8E%821#第三条" in page
    assert "没有条文含有这些字" in told(browser(office, "li").get("/rules", {"q": "飞碟降落"}))


def test_the_ground_of_a_clock_leads_to_the_very_version_and_provision(office):
    clock = Clock.objects.get(town=office.town, name="handle")
    page = told(browser(office, "li").get(f"/cases/{clock.case.number}"))
    href = page.partition('href="/rules/cited?')[2].partition('"')[0]
    assert href
    answer = browser(office, "li").get("/rules/cited", {"ref": clock.article})
    assert answer.status_code == 302
    assert answer["Location"].startswith(f"{LIMITS}/%E5%87%BA%E5%8E%821#%E7%AC%AC%E4%B8%89")
    assert say_ref(clock.article) in page


def test_a_reference_to_no_text_is_not_found(office):
    assert browser(office, "li").get("/rules/cited", {"ref": "没有的制度 第三条@镇9"}).status_code == 404
    assert browser(office, "li").get(f"{LIMITS}/镇9").status_code == 404


def test_what_began_under_a_version_is_shown_with_it_when_the_town_has_its_own(office):
    with transaction.atomic():
        amend(
            office, 'call_back.resident_request = { value = "3', 'call_back.resident_request = { value = "2'
        )
        client = browser(office, "li")
        assert "反馈以后，群众诉求2个工作日内" in told(client.get(LIMITS))
        old = told(client.get(f"{LIMITS}/出厂1"))
        assert "这一版现在不是现行版本" in old
        assert "反馈以后，群众诉求3个工作日内" in old
        assert "镇里另有规定" in old
        before = local_day(now()) - timedelta(days=1)
        assert f"{LIMITS}/%E5%87%BA%E5%8E%821" in told(client.get("/rules", {"on": before.isoformat()}))
        transaction.set_rollback(True)


def test_the_compendium_comes_as_one_word_file_that_says_what_the_page_says(office):
    answer = browser(office, "li").get("/rules/word", {"number": "青政发〔2026〕3号"})
    document = docx.Document(BytesIO(answer.content))
    words = [one.text for one in document.paragraphs]
    assert words[1] == "青禾镇人民政府文件"
    assert "青政发〔2026〕3号" in words
    assert any(one.endswith("、限时办结制") for one in words)
    assert any("群众诉求自受理次日起，5个工作日内办结并反馈" in one for one in words)
    assert not any("{{" in one for one in words)
    assert any(one.startswith("\u3000青禾镇人民政府办公室\t") for one in words)


def test_the_card_for_a_wall_is_plain(office):
    card = told(browser(office, "li").get(f"{LIMITS}/card")).partition("wall-words")[2]
    assert "群众诉求自受理次日起，<b>5个工作日</b>内办结并反馈" in card
    assert "行政许可法" not in card
    assert "第三条" not in card


@pytest.mark.parametrize("path", ["/rules", LIMITS, "/rules?q=办结"])
def test_the_pages_have_their_query_budget(office, path, django_assert_max_num_queries):
    client = browser(office, "li")
    client.get(path)
    with django_assert_max_num_queries(9):
        told(client.get(path))


def test_the_self_check_lists_each_switch_that_law_keeps_off(office):
    page = told(browser(office, "guan").get("/rules/sensitive"))
    line = page.partition("打卡排名")[2].partition("</tr>")[0]
    assert "不实行" in line
    assert "国办函〔2026〕12号" in line
    assert "自查人（签字）" in page


def test_the_board_of_promises_holds_each_against_the_law(office):
    """S-003: 时限压缩率 against the 20 workdays of 行政许可法 第四十二条."""
    page = told(browser(office, "guan").get("/rules/promises"))
    for words in ("15个工作日", "20个工作日", "25.0%", "服务承诺制", "行政许可法 第四十二条"):
        assert words in page
