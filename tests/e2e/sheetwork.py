"""An import as its clerk does it: choose, send, look at the preview, press the button, wait, take it back."""

import re
import time
from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.desk import Desk

CHECKED_MS, IMPORTED_MS = 60_000, 120_000


def choose(he: Desk, title: str) -> None:
    """Go to the page of one kind of import by the navigation."""
    he.follow("设置")
    he.follow("导入导出")
    row = he.page.locator("tr").filter(has=he.page.get_by_role("cell", name=title, exact=True))
    row.get_by_role("link", name=re.compile("^传表")).click()
    he.look()


def send(he: Desk, path: Path, *, till: str) -> None:
    """Send a file from the page that is shown, match its columns where asked, and wait until it is checked."""
    he.page.set_input_files("input[type=file]", path)
    if (where := he.page.get_by_label("没有写明村（社区）的算在哪里")).count():
        where.select_option(index=1)
    he.press("读入并核对")
    if he.path.endswith("/columns"):
        he.press("核对各行")
    expect(he.page.get_by_text(till).first).to_be_visible(timeout=CHECKED_MS)
    he.look()


def start(he: Desk) -> float:
    """Press the button that imports, see the bar, wait for the end; return the seconds that it took."""
    he.page.get_by_role("button", name=re.compile(r"^导入 [\d,]+ 行$")).click()
    pressed = time.monotonic()
    expect(he.page.get_by_role("progressbar")).to_be_visible()
    expect(he.page.get_by_text("已导入。")).to_be_visible(timeout=IMPORTED_MS)
    took = time.monotonic() - pressed
    he.look()
    return took


def undo(he: Desk) -> float:
    """Take the batch that is shown back; return the seconds that it took."""
    he.unfold("撤销这一批")
    he.page.get_by_role("button", name=re.compile(r"^撤销 [\d,]+ 条$")).click()
    pressed = time.monotonic()
    expect(he.page.get_by_text("已整批撤销")).to_be_visible(timeout=IMPORTED_MS)
    took = time.monotonic() - pressed
    he.look()
    return took
