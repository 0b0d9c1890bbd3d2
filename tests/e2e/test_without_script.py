"""The core of the work with no script at all: a locked-down office machine, an old browser, a dead connection to it."""

import re

import pytest

from tests.e2e.desk import Desk

pytestmark = pytest.mark.browser


def register(chen: Desk) -> str:
    """Register for a resident whom the form offers once his pinyin is sent."""
    chen.open("/register")
    chen.fill("内容", "西沟村磨坊沟的井盖不见了，怕摔着人")
    chen.fill("诉求人", "zengguilan")
    chen.choose("村（社区）、网格", "西沟村")
    chen.press("登记")
    chen.sees("是哪一位")
    chen.tick("*桂兰")
    chen.press("登记")
    return chen.number


def test_a_case_lives_without_script(town, desk):
    chen, li = desk("chen", script=False), desk("li", script=False)
    number = register(chen)
    chen.do("受理")
    chen.deed("派办")
    chen.choose("承办单位", "民生办")
    chen.choose("经办人", "李建国")
    chen.submit()
    li.open_case(number)
    li.do("签收")
    li.deed("反馈")
    li.fill("办理结果", "井盖当天补上，换成防盗的")
    li.submit()
    chen.open_case(number)
    chen.press("打回执")
    code = re.search(r"回执码\s*(\d{6})", chen.text())[1]
    chen.open_case(number)
    chen.deed("评价")
    chen.tick("非常满意")
    chen.tick("回执码")
    chen.fill("回执码", code)
    chen.submit()
    chen.deed("销号")
    chen.submit()
    assert chen.stage == "已销号"


def test_a_wrong_slip_code_is_refused_in_words_and_nothing_typed_is_lost(town, desk):
    chen, li = desk("chen", script=False), desk("li", script=False)
    number = register(chen)
    chen.do("受理")
    chen.deed("派办")
    chen.choose("经办人", "李建国")
    chen.submit()
    li.open_case(number)
    li.do("签收")
    li.deed("反馈")
    li.fill("办理结果", "已补")
    li.submit()
    chen.open_case(number)
    chen.deed("评价")
    chen.tick("满意")
    chen.fill("原话", "谢谢你们")
    chen.tick("回执码")
    chen.fill("回执码", "000000")
    chen.submit()
    chen.sees("回执码不对")
    assert chen.field("原话").input_value() == "谢谢你们"
    assert chen.stage == "已反馈"
