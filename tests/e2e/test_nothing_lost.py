"""What was typed survives the tab, the session and a colleague who was quicker (U5, U10)."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from banjie.cases.tests.factories import DAY
from tests.e2e.desk import Desk
from tests.e2e.people import PASSWORD

pytestmark = pytest.mark.browser

TEXT = "西沟村卫生室的药柜锁坏了，村医说要换"


def type_and_wait(chen: Desk) -> None:
    chen.open("/register")
    chen.field("内容").press_sequentially(TEXT)
    expect(chen.page.locator("[data-draft-state]").first).to_contain_text("已保存")


def registered(chen: Desk, text: str) -> str:
    chen.open("/register")
    chen.fill("内容", text)
    chen.choose("村（社区）、网格", "西沟村")
    chen.press("登记")
    return chen.number


def test_what_was_typed_is_there_when_the_tab_was_closed(town, desk):
    chen = desk("chen")
    type_and_wait(chen)
    chen.page.close()
    chen.page = chen.page.context.new_page()
    chen.open("/register")
    assert chen.field("内容").input_value() == TEXT
    chen.choose("村（社区）、网格", "西沟村")
    chen.press("登记")
    chen.open("/register")
    assert chen.field("内容").input_value() == "", "what was sent is no draft any more"


def test_what_was_typed_last_is_there_though_the_page_was_left_at_once(town, desk):
    chen = desk("chen")
    chen.open("/register")
    chen.field("内容").press_sequentially(TEXT)
    chen.press("群众")
    chen.open("/register")
    assert chen.field("内容").input_value() == TEXT
    chen.fill("内容", "")
    expect(chen.page.locator("[data-draft-state]").first).to_contain_text("已保存")


def test_an_expired_session_is_renewed_in_place_and_the_text_goes_on(town, desk):
    chen = desk("chen")
    type_and_wait(chen)
    town.set_clock(DAY + timedelta(days=1))
    chen.field("内容").press_sequentially("，急")
    again = chen.page.locator("#log-in-again")
    expect(again).to_be_visible()
    again.get_by_label("用户名").fill("chen")
    again.get_by_label("密码").fill(PASSWORD)
    again.get_by_role("button", name="登录并继续").click()
    expect(again).to_be_hidden()
    expect(chen.page.locator("[data-draft-state]").first).to_contain_text("已保存")
    chen.choose("村（社区）、网格", "西沟村")
    chen.press("登记")
    assert f"{TEXT}，急" in chen.text()


def test_a_colleagues_deed_shows_itself_and_a_stale_form_overwrites_nothing(town, desk):
    chen, he = desk("chen"), desk("he")
    number = registered(chen, "西沟村小学门口要画斑马线")
    chen.do("受理")
    he.open_case(number)
    he.deed("派办")
    he.choose("承办单位", "农业农村办")
    he.fill("交代", "先去看看再说")
    chen.deed("派办")
    chen.choose("经办人", "李建国")
    chen.submit()
    expect(he.page.locator("main").get_by_text("刚被陈静办了：派办")).to_be_visible(timeout=12_000)
    he.submit()
    he.sees("您的没有存入")
    assert he.field("交代").input_value() == "先去看看再说"
    chen.open_case(number)
    assert "民生办" in chen.text(".page-head")
