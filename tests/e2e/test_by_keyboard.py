"""Everything by keyboard alone: register and a deed without the mouse, the focus always seen (U31)."""

import re

import pytest
from playwright.sync_api import Page

from tests.e2e.desk import KEY_CAP, Desk

pytestmark = pytest.mark.browser

MOST_TABS = 60
FOCUSED = """() => {
  const here = document.activeElement, style = getComputedStyle(here);
  const label = here.labels && here.labels.length ? here.labels[0].textContent : here.textContent;
  return [label.replace(/\\s+/g, " ").trim(), here.matches(":focus-visible")
    ? parseFloat(style.outlineWidth) * (style.outlineStyle !== "none") : 9, style.boxShadow !== "none"];
}"""


def tab_to(page: Page, label: str) -> None:
    """Press Tab until the focus is on what is called `label`, and see the focus on the way."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        found, outline, has_shadow = page.evaluate(FOCUSED)
        assert outline >= 2 or has_shadow, f"the focus on “{found}” is not seen"
        if re.fullmatch(rf"{re.escape(label)}(（选填）)?{KEY_CAP}", found):
            return
    raise AssertionError(f"{MOST_TABS} tabs did not reach “{label}” on {page.url}")


def choose(page: Page, option: str) -> None:
    """Walk a select by the arrow keys until it shows `option`."""
    for _ in range(MOST_TABS):
        page.keyboard.press("ArrowDown")
        if page.evaluate("document.activeElement.selectedOptions[0].textContent").strip().startswith(option):
            return
    raise AssertionError(f"the select never came to “{option}”")


def register_by_keys(chen: Desk) -> None:
    keys = chen.page.keyboard
    keys.press("g")
    keys.press("d")
    chen.page.wait_for_url("**/register")
    chen.look()
    tab_to(chen.page, "内容")
    keys.insert_text("西沟村活动室的窗子破了两扇")
    tab_to(chen.page, "诉求人")
    keys.type("zgl")
    chen.page.locator(".find-list [role=option]").first.wait_for()
    keys.press("ArrowDown")
    keys.press("Enter")
    assert chen.page.evaluate("document.activeElement.value"), "the picked resident stands in the field"
    tab_to(chen.page, "村（社区）、网格")
    choose(chen.page, "西沟村")
    keys.press("Control+Enter")
    chen.page.wait_for_url("**/cases/*")
    chen.look()


def test_a_case_is_registered_accepted_and_assigned_without_the_mouse(town, desk):
    chen = desk("chen")
    register_by_keys(chen)
    tab_to(chen.page, "受理")
    with chen.page.expect_navigation():
        chen.page.keyboard.press("Enter")
    assert chen.stage == "已受理"
    tab_to(chen.page, "派办")
    chen.page.keyboard.press("Enter")
    chen.page.locator("#deed-form").wait_for()
    tab_to(chen.page, "经办人")
    choose(chen.page, "李建国")
    with chen.page.expect_navigation():
        chen.page.keyboard.press("Control+Enter")
    assert chen.stage == "已派办"


def test_the_search_box_is_one_key_away_and_leads_to_the_case(town, desk):
    chen = desk("chen")
    register_by_keys(chen)
    number = chen.number
    chen.open("/")
    chen.page.keyboard.press("/")
    chen.page.keyboard.type(number)
    chen.page.keyboard.press("Enter")
    chen.page.wait_for_url(f"**/cases/{number}")


def test_enter_submits_nothing_while_an_input_method_composes(town, desk):
    chen = desk("chen")
    chen.open("/register")
    chen.field("标题").focus()
    client = chen.page.context.new_cdp_session(chen.page)
    client.send("Input.imeSetComposition", {"text": "lu'deng", "selectionStart": 7, "selectionEnd": 7})
    client.send(
        "Input.dispatchKeyEvent", {"type": "rawKeyDown", "windowsVirtualKeyCode": 229, "key": "Enter", "code": "Enter"}
    )  # fmt: skip
    client.send("Input.insertText", {"text": "路灯"})
    assert chen.path == "/register"
    assert chen.field("标题").input_value() == "路灯"
