"""The main job in a real browser: from a group chat to the asker's slip code, and the ledger that vouches for it."""

import re
from datetime import UTC, datetime

import pytest

from tests.e2e.desk import Desk

pytestmark = pytest.mark.browser

CHAIN = """马德福 9月28日 08:12
柳树湾路口的路灯三盏都不亮，西沟村的娃娃放学看不见路
赵明 9月28日 08:20
收到
丁玲 9月28日 08:31
东坡村瓦窑那条水沟堵了，污水淌到路上
马德福 9月28日 08:33
好的
黄翠 9月28日 08:40
西沟村有两户想问低保怎么申请
"""
LAMP = "柳树湾路口的路灯"


def at(month: int, day: int, hour: int) -> datetime:
    """Return an hour of the office's clock in 2026."""
    return datetime(2026, month, day, hour - 8, tzinfo=UTC)


def paste_chain(chen: Desk) -> None:
    chen.open("/")
    chen.fill("粘贴登记", CHAIN)
    chen.press("分成草稿")
    boxes = chen.page.get_by_role("checkbox")
    assert [box.is_checked() for box in boxes.all()] == [True, False, True, False, True]


def register_for_found_resident(chen: Desk) -> str:
    chen.page.get_by_role("link", name=re.compile(rf"^打开登记表\s*：\s*{LAMP}")).click()
    assert LAMP in chen.field("内容").input_value()
    chen.pick("诉求人", "shanx", "0001")
    chen.press("登记")
    assert chen.stage == "已登记"
    return chen.number


def register_the_rest(chen: Desk) -> None:
    chen.open("/paste")
    chen.press("登记打勾的")
    chen.sees("已登记2件")
    chen.press("放弃没打勾的")


def assign(desk: Desk, *, unit: str = "民生办", to: str = "李建国") -> None:
    desk.deed("派办")
    desk.choose("承办单位", unit)
    desk.choose("经办人", to)
    desk.submit()
    assert desk.stage == "已派办"


def reply(li: Desk, number: str, words: str) -> None:
    li.open_case(number)
    li.deed("反馈")
    li.fill("办理结果", words)
    li.submit()
    assert li.stage == "已反馈"


def test_a_request_from_the_group_chat_lives_its_whole_life(town, desk):
    chen, li, sun = desk("chen"), desk("li"), desk("sun")
    paste_chain(chen)
    number = register_for_found_resident(chen)
    register_the_rest(chen)

    chen.open_case(number)
    chen.do("受理")
    assert "2026-10-10" in chen.clocks, "28 September and five workdays: Saturday 10 October is worked"
    assign(chen)
    li.open("/")
    li.follow(LAMP)
    li.do("签收")
    assert li.stage == "办理中"

    town.set_clock(at(9, 30, 10))
    li.log_in("li")
    li.open_case(number)
    li.deed("中止")
    li.tick("天气或者灾害")
    li.fill("等什么、预计多久", "连日大雨，等天晴上杆")
    li.submit()
    assert li.stage == "已中止"

    town.set_clock(at(10, 9, 9))
    li.log_in("li")
    li.open_case(number)
    li.deed("恢复")
    li.submit()
    assert "2026-10-13" in li.clocks, "paused from 30 September to 9 October: two workdays later"
    assert "中止" in li.why, "the sentence says why the date moved"

    reply(li, number, "三盏灯都换了灯头，夜里试过，亮")
    sun.log_in("sun")
    sun.open_case(number)
    sun.deed("回访")
    sun.tick("不满意")
    sun.fill("对方说的", "还有一盏一闪一闪")
    sun.submit()
    assert sun.stage == "办理中"

    reply(li, number, "接头重新压过，三盏都稳了")
    chen.log_in("chen")
    chen.open_case(number)
    chen.press("打回执")
    code = re.search(r"回执码\s*(\d{6})", chen.text())[1]
    chen.open_case(number)
    chen.deed("评价")
    chen.tick("满意")
    chen.tick("回执码")
    chen.fill("回执码", code)
    chen.submit()
    chen.deed("销号")
    chen.submit()
    assert chen.stage == "已销号"


def register(chen: Desk, kind: str, text: str, **told: str) -> str:
    """Register something of another kind at the counter."""
    chen.open("/register")
    chen.tick(kind)
    chen.page.wait_for_load_state("networkidle")
    chen.fill("内容", text)
    chen.choose("村（社区）、网格", "西沟村")
    for label, value in told.items():
        if chen.field(label).evaluate("field => field.tagName") == "SELECT":
            chen.choose(label, value)
        else:
            chen.fill(label, value)
    return chen.path


def sign_and_reply(li: Desk, number: str, words: str) -> None:
    li.open_case(number)
    li.do("签收")
    reply(li, number, words)


def call_back(sun: Desk, number: str, *, said: str, words: str) -> None:
    sun.open_case(number)
    sun.deed("回访")
    sun.tick(said)
    sun.fill("对方说的", words)
    sun.submit()


def test_a_leader_instructs_by_mouth_and_the_clerk_writes_it_down(town, desk):
    chen, li, sun = desk("chen"), desk("li"), desk("sun")
    register(
        chen, "交办事项", "把西沟村独居老人走一遍，过冬缺什么列出来", 交办领导="周海", 交办方式="当面口头"
    )
    chen.unfold("以前说的")
    chen.choose("替谁登记（代录）", "周海")
    chen.fill("凭据", "周镇长当面口头")
    chen.press("登记")
    number = chen.number
    assert number.startswith("JB")
    assert "周海" in chen.text(".timeline"), "the entry says in whose name it was written down"
    assert "周镇长当面口头" in chen.text(".timeline")
    chen.do("受理")
    assign(chen)
    sign_and_reply(li, number, "走了二十一户，单子附后")
    call_back(sun, number, said="满意", words="单子看过，可以了")
    assert sun.stage == "已销号"


def test_a_hotline_order_is_due_before_its_given_time_and_ends_only_with_the_outer_verdict(town, desk):
    chen, li, sun = desk("chen"), desk("li"), desk("sun")
    register(
        chen, "热线工单", "来电人说西沟村自来水停了一天", 工单编号="HX-20260928-0042", 诉求性质="求助",
        工单限定的办结时间="2026-10-09T17:30",
    )  # fmt: skip
    chen.press("登记并受理")
    number = chen.number
    assert number.startswith("RX")
    assert "2026-10-09 17:30" in chen.text(".facts")
    assert "2026-10-08" in chen.clocks, "the light stands a workday before the given time"
    assign(chen)
    sign_and_reply(li, number, "主管接好，下午三点来水")
    call_back(sun, number, said="满意", words="来水了")
    assert sun.stage == "已反馈"
    sun.deed("销号")
    sun.page.locator("#deed-form").evaluate("form => form.noValidate = true")
    sun.submit()
    assert sun.stage == "已反馈", "no outer verdict, no end"
    sun.fill("外部系统的结论", "热线平台已办结")
    sun.submit()
    assert sun.stage == "已销号"


def test_verify_finds_nothing_and_after_one_column_is_changed_exactly_that_row(town, desk):
    chen = desk("chen")
    register(chen, "群众诉求", "西沟村路边护栏掉了一截")
    chen.press("登记")
    number = chen.number
    sound = town.run("verify")
    assert sound.returncode == 0, sound.stdout + sound.stderr
    [(title,)] = town.sql("SELECT title FROM cases_case WHERE number = ?", [number])
    town.sql("UPDATE cases_case SET title = ? WHERE number = ?", ["没有这回事", number])
    tampered = town.run("verify")
    town.sql("UPDATE cases_case SET title = ? WHERE number = ?", [title, number])
    assert tampered.returncode != 0
    found = [line for line in tampered.stdout.splitlines() if "title" in line or number in line]
    assert len(found) == 1, tampered.stdout
    assert town.run("verify").returncode == 0
