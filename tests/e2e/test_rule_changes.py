"""A rule changed in the browser by people who have never seen a rule file: 5 workdays become 3, each case by its own."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.desk import Desk
from tests.e2e.server import TownServer
from tests.e2e.test_main_job import at
from tests.e2e.test_papers import registered

pytestmark = pytest.mark.browser

LIMITS = "/rules/regulations/time_limits"
WORKER_MS = 60_000
PROMISE = "群众诉求自受理次日起，{}内办结并反馈"
MEETING, PAPER = "镇党委会2026年第12次会议", "青政发〔2026〕5号"


def draft_three_workdays(he: Desk) -> str:
    """Draft the change value by value and send it to review; return the draft's address."""
    he.open(LIMITS)
    he.sees(PROMISE.format("5个工作日"))
    he.press("起草修改")
    where = he.path
    change(he, "群众诉求自受理次日起")
    he.fill("新的值", "3")
    he.choose("单位", "个工作日")
    he.fill("依据", MEETING)
    he.press("保存到草案")
    he.sees(PROMISE.format("3个工作日"))
    return where


def change(he: Desk, sentence: str) -> None:
    """Open the form of the value that stands in a sentence."""
    he.page.get_by_role("link", name=re.compile(rf"^改\s*{sentence}")).first.click()
    he.look()


def replay(town: TownServer, he: Desk, where: str) -> None:
    """Try the draft on the year that is over, as the page proposes, and come back to it."""
    with town.worker():
        he.press("测算")
        he.press("测算")
        expect(he.page.get_by_text("按草案超期").first).to_be_visible(timeout=WORKER_MS)
    he.look()
    he.sees("不作问责依据")
    he.open(where)


def decide(zhou: Desk, where: str, *, on: str) -> None:
    zhou.open(where)
    zhou.press("登记决定")
    zhou.fill("决定的会议", MEETING)
    zhou.fill("发文字号", PAPER)
    zhou.fill("施行日期", on)
    zhou.press("登记决定")
    zhou.sees("已成为施行的版本")


def term_of(desk: Desk, number: str) -> str:
    """Return the term of a case's handling clock as its sentence says it."""
    desk.open_case(number)
    return re.search(r"算(\d+个工作日)", desk.clocks)[1]


def cited(desk: Desk) -> str:
    """Open the ground of the handling clock and return the provision to which it leads."""
    desk.page.locator(".fold summary").filter(has_text="办理").first.click()
    desk.page.locator("a[href^='/rules/cited']:visible").filter(has_text="第三条").first.click()
    desk.look()
    return desk.page.locator(":target").inner_text()


def test_a_limit_goes_from_five_workdays_to_three_and_each_case_keeps_its_own(town, desk):
    chen, he, sun, zhou = desk("chen"), desk("he"), desk("sun"), desk("zhou")
    before = registered(chen)

    where = draft_three_workdays(he)
    replay(town, he, where)
    he.press("送合法性审查")
    he.sees("等起草人以外的人审查")
    assert he.page.get_by_role("link", name="作合法性审查").count() == 0
    sun.open(where)
    sun.press("作合法性审查")
    sun.tick("通过")
    sun.press("提交审查结论")
    sun.sees("等会议决定")
    decide(zhou, where, on="2026-09-29")
    he.open(LIMITS)
    he.sees(PROMISE.format("5个工作日"))
    he.sees("还没有到施行日期")

    town.set_clock(at(9, 29, 9))
    chen.log_in("chen")
    after = registered(chen)
    for number, term, version in ((before, "5个工作日", "出厂1"), (after, "3个工作日", "镇1")):
        assert term_of(chen, number) == term
        assert PROMISE.format(term) in cited(chen), "the compendium and the clock agree to the letter"
        chen.sees(version)
    he.log_in("he")
    he.open(LIMITS)
    he.sees(PROMISE.format("3个工作日"))
    he.sees(f"{MEETING}，{PAPER}")
    assert town.run("verify").returncode == 0
    repeal(he, zhou)


def repeal(he: Desk, zhou: Desk) -> None:
    """Repeal the town's own text: the shipped one rules again, also for the tests that follow."""
    zhou.log_in("zhou")
    zhou.open(LIMITS)
    zhou.press("废止")
    zhou.fill("决定的会议", MEETING)
    zhou.fill("发文字号", "青政发〔2026〕6号")
    zhou.fill("从哪一天起废止", "2026-09-29")
    zhou.press("登记废止")
    he.open(LIMITS)
    he.sees(PROMISE.format("5个工作日"))


def test_what_law_forbids_is_refused_with_its_article_and_without_script(town, desk):
    he = desk("he", width=360, height=640, script=False)
    he.open(LIMITS)
    he.press("起草修改")
    where = he.path
    change(he, "农村宅基地申请")
    he.fill("新的值", "25")
    he.fill("依据", MEETING)
    he.press("保存到草案")
    he.sees("行政许可法 第四十二条")
    he.open(where)
    he.press("撤回草案")
    he.sees("这份草案已经了结")
