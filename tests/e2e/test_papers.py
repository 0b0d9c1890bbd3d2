"""Papers: two receipts on one A4, the form on one, and a QR that holds nothing but a token (U19, U20, U47)."""

import re
from urllib.parse import unquote

import pytest
import segno

from tests.e2e.desk import Desk

pytestmark = pytest.mark.browser

A4_POINTS = (594, 841)


def registered(chen: Desk) -> str:
    chen.open("/register")
    chen.fill("内容", "柳树湾的水管漏了，邻居家进了水")
    chen.pick("诉求人", "shanx", "0001")
    chen.choose("村（社区）、网格", "西沟村")
    chen.press("登记并受理")
    return chen.number


def pages_of(pdf: bytes) -> list[tuple[int, int]]:
    """Return the size of each page in points."""
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", pdf)
    return [(int(float(width)), int(float(height))) for width, height in boxes]


@pytest.mark.parametrize("paper", ["receipt", "print"])
def test_the_paper_fits_one_sheet_of_a4(town, desk, paper):
    chen = desk("chen")
    number = registered(chen)
    chen.open(f"/cases/{number}/{paper}")
    printed = chen.page.pdf(prefer_css_page_size=True)
    assert pages_of(printed) == [A4_POINTS]


def test_the_receipt_says_all_that_the_asker_needs_and_nothing_of_him(town, desk):
    chen = desk("chen")
    number = registered(chen)
    chen.open(f"/cases/{number}/receipt")
    shown = chen.text()
    assert shown.count(number) >= 2, "two copies"
    for words in ("不用再跑", "0990-1234567", "2026年10月10日（周六）", "签字或按手印"):
        assert words in shown
    for personal in ("单雄", "13900010001", "139****0001"):
        assert personal not in shown
    assert shown.count("回执码") >= 1


def test_the_qr_holds_a_token_that_tells_strangers_whom_to_phone_and_opens_the_case_for_a_clerk(town, desk):
    chen, stranger = desk("chen"), desk()
    number = registered(chen)
    chen.open(f"/cases/{number}/receipt")
    [(token,)] = town.sql("SELECT token FROM cases_case WHERE number = ?", [number])
    address = f"{town.url}/q/{token}"
    expected = segno.make(address, micro=False, error="m").svg_data_uri(scale=4, border=2)
    shown = chen.page.get_by_role("img", name="二维码").first.get_attribute("src")
    assert unquote(shown) == unquote(expected), "the QR is the token's address and nothing else"
    assert number not in address
    stranger.open(f"/q/{token}")
    assert "0990-1234567" in stranger.text("body")
    assert number not in stranger.text("body")
    assert "水管" not in stranger.text("body")
    chen.open(f"/q/{token}")
    assert chen.number == number
