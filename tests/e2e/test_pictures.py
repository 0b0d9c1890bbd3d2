"""The pictures of the manual, taken of the sample town: BANJIE_PICTURES=1 takes them anew."""

import io
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from tests.e2e.browser import ROOT
from tests.e2e.desk import Desk
from tests.e2e.server import TownServer, open_town

PICTURES = ROOT / "docs" / "manual" / "pictures"
MORNING = datetime(2026, 9, 24, 2, 30, tzinfo=UTC)
MOST_BYTES, COLOURS = 150_000, 256
CHAIN = """马德福 9月24日 08:12
柳树湾路口的路灯三盏都不亮，娃娃放学看不见路
赵明 9月24日 08:20
收到
丁玲 9月24日 08:31
桥东那条水沟堵了，污水淌到路上
马德福 9月24日 08:33
好的
黄翠 9月24日 08:40
河坝有两户想问低保怎么申请
"""
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(os.environ.get("BANJIE_PICTURES") != "1", reason="BANJIE_PICTURES=1 takes them anew"),
]


@pytest.fixture
def town(tmp_path: Path) -> Iterator[TownServer]:
    """Serve the sample town as of one Thursday morning."""
    server = open_town(
        tmp_path, founding="from tests.e2e.sample import found_sample; found_sample()", at=MORNING
    )
    yield server
    server.stop()


def take(desk: Desk, name: str, *, height: int = 768) -> None:
    """Take a picture, small enough for a page that is opened over a slow line."""
    desk.page.set_viewport_size({"width": 1366, "height": height})
    desk.page.mouse.move(0, 0)
    shot = Image.open(io.BytesIO(desk.page.screenshot())).convert("RGB")
    PICTURES.mkdir(exist_ok=True)
    path = PICTURES / f"{name}.png"
    few = shot.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    assert path.stat().st_size <= MOST_BYTES


def open_first(desk: Desk, group: str) -> str:
    """Open the first request of residents in a group of the list."""
    desk.open(f"/cases?group={group}&kind=resident_request")
    desk.page.locator("td.main a").last.click()
    desk.look()
    return desk.number


def test_the_pictures_of_the_manual(town, desk):
    chen, he, li, sun = desk("chenjing"), desk("hemin"), desk("lijianguo"), desk("sunli")
    chen.open("/")
    take(chen, "workbench")
    chen.fill("粘贴登记", CHAIN)
    chen.press("分成草稿")
    take(chen, "drafts", height=900)
    chen.open("/register")
    chen.fill("内容", "柳树湾往上的路灯坏了四盏，晚上走路看不见")
    chen.field("诉求人").press_sequentially("wang")
    chen.page.locator(".find-list [role=option]").first.wait_for()
    take(chen, "register")
    open_first(he, "to_assign")
    he.deed("派办")
    take(he, "assign")
    number = open_first(li, "handling&who=me")
    li.page.locator(".page-head details.why summary").first.click()
    take(li, "light", height=560)
    li.open_case(number)
    li.deed("反馈")
    take(li, "reply")
    open_first(sun, "to_call_back")
    sun.deed("回访")
    take(sun, "call-back")
    number = open_first(chen, "to_call_back")
    chen.open(f"/cases/{number}/receipt")
    take(chen, "receipt", height=1000)
