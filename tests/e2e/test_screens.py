"""What is seen without scrolling on the office's screens, on a small laptop at 125 %, on a phone (U1, U7, U34)."""

import pytest

from tests.e2e.browser import WIDTHS
from tests.e2e.desk import Desk

pytestmark = pytest.mark.browser


def bottom_of(desk: Desk, word: str) -> float:
    """Return how far down the button or link of this word ends."""
    box = desk.find(word).bounding_box()
    return box["y"] + box["height"]


def test_registering_fits_one_screen_of_the_office(town, desk):
    chen = desk("chen")
    chen.open("/register")
    assert bottom_of(chen, "登记") <= 768, "U1: one screen at 1366×768"
    required = chen.page.locator("form.register label:visible").filter(has_not_text="选填")
    kinds = chen.page.locator(".kinds label").all_inner_texts()
    typed = [label for label in required.all_inner_texts() if label not in kinds]
    assert len(typed) + 1 <= 6, f"{typed} and the kind, which is one choice"


def test_the_workbench_answers_what_is_to_be_done_today_without_scrolling(town, desk):
    chen = desk("chen")
    chen.open("/register")
    chen.fill("内容", "西沟村老井边的护栏断了")
    chen.choose("村（社区）、网格", "西沟村")
    chen.press("登记")
    chen.open("/")
    first = chen.page.locator("main table[data-rows] td.main a").first.bounding_box()
    assert first["y"] + first["height"] <= 768, "U7: the first case without scrolling"
    for word in ("已超期", "今天到期", "本周到期"):
        assert chen.page.locator(".stats").get_by_text(word).bounding_box()["y"] < 768


@pytest.mark.parametrize("size", WIDTHS, ids=str)
def test_the_main_pages_keep_their_button_in_sight_at_every_width(town, desk, size):
    width, height = WIDTHS[size]
    chen = desk("chen", width=width, height=height)
    chen.open("/register")
    chen.fill("内容", "西沟村桥头堆了垃圾")
    chen.choose("村（社区）、网格", "西沟村")
    button = chen.find("登记").bounding_box()
    assert button["x"] >= 0
    assert button["x"] + button["width"] <= width
    chen.press("登记")
    assert bottom_of(chen, "受理") <= height, "the next deed is seen without scrolling"
    chen.deed("派办") if "派办" in chen.offered else chen.deed("备注")
    for path in ("/", "/cases", f"/cases/{chen.number}", "/paste", f"/cases/{chen.number}/receipt"):
        chen.open(path)
