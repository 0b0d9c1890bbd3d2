"""A book from an office's own sheet, without TOML: made, typed into, filled by Excel, given out, taken back (U13–U15)."""

import re
from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from tests.e2e.desk import Desk
from tests.e2e.sheetwork import send, start
from tests.e2e.test_by_keyboard import choose

pytestmark = pytest.mark.browser

HEADS = ["发放日期", "村", "农户", "树苗（株）", "补贴金额（元）", "树种", "是否验收", "备注"]
VILLAGES, TREES = ("西沟村", "东坡村"), ("核桃", "柿子")
ROWS = 500
BAD = {9: (0, "开春那天"), 233: (3, "一车")}
"""Lines of the sheet in which a cell cannot be understood: which column, and what stands there."""


def line(n: int) -> list[str]:
    """Return a row of the office's sheet."""
    day = f"2026-{n % 8 + 1:02d}-{n % 27 + 1:02d}"
    return [
        day,
        VILLAGES[n % 2],
        f"第{n}户",
        str(n),
        f"{n * 3}.50",
        TREES[n % 2],
        "是" if n % 3 else "否",
        "",
    ]


def pasted(rows: int) -> str:
    return "\n".join("\t".join(cells) for cells in [HEADS, *(line(n) for n in range(1, rows + 1))])


def workbook(path: Path, rows: list[list[str]]) -> Path:
    with xlsxwriter.Workbook(path, {"strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("发放表")
        for place, cells in enumerate(rows):
            sheet.write_row(place, 0, cells)
    return path


def make_the_book(he: Desk) -> None:
    """Paste eight columns, look over what they were taken for, and keep the book with its first rows."""
    he.follow("台账")
    he.follow("台账目录")
    he.press("新建一本")
    he.fill("从 Excel 里连表头一起复制，粘到这里", pasted(8))
    he.press("下一步")
    taken_for = {
        he.page.locator(f"[name=f-{n}-label]").input_value(): he.page.locator(
            f"[name=f-{n}-type] option:checked"
        ).inner_text()
        for n in range(len(HEADS))
    }
    assert taken_for == {
        "发放日期": "日期",
        "村": "村（社区）",
        "农户": "短文字",
        "树苗": "整数",
        "补贴金额": "金额（元）",
        "树种": "从几项里选一项",
        "是否验收": "是或否",
        "备注": "短文字",
    }
    he.fill("台账名称", "树苗发放台账")
    he.fill("菜单里叫什么", "树苗")
    he.choose("放在目录哪一类", "民生与公共服务")
    he.fill("代替哪些表、本子", "树苗发放表（Excel）")
    he.fill("谁看、用在哪里", "月度通报、林业站季报")
    he.fill("记什么、什么时候记", "发了树苗当天记。")
    he.press("建好，开始记")
    expect(he.page.get_by_text("没有发现问题").first).to_be_visible()
    he.page.get_by_role("button", name="导入 8 行").click()
    expect(he.page.get_by_text("已导入。")).to_be_visible()


def type_three(he: Desk) -> None:
    """Enter three records without touching the mouse: what is known stands there already."""
    he.press("去看这本台账")
    keys = he.page.keyboard
    for n in (601, 602, 603):
        keys.press("n")
        he.page.wait_for_url("**/new")
        he.look()
        he.field("发放日期").focus()
        for cell in line(n)[:7]:
            if he.page.evaluate("document.activeElement.tagName") == "SELECT":
                choose(he.page, cell)
            else:
                keys.insert_text(cell)
            keys.press("Tab")
        keys.press("Control+Enter")
        he.page.wait_for_url(re.compile(r"/books/[a-z0-9]+/[0-9a-f-]{36}$"))
        he.sees(f"第{n}户")
        he.follow("树苗发放台账")


def import_five_hundred(he: Desk, folder: Path) -> None:
    """Send 500 rows of which two cells are wrong, put the marked file right, send that."""
    rows = [line(n) for n in range(1001, 1001 + ROWS)]
    for line_no, (place, words) in BAD.items():
        rows[line_no - 2][place] = words
    he.press("导入")
    send(he, workbook(folder / "发放.xlsx", [HEADS, *rows]), till="有几处要改")
    told = [row.locator("td").all_inner_texts() for row in he.page.locator("tbody tr").all()]
    assert [row[1] for row in told] == ["A9", "D233"]
    with he.page.expect_download() as coming:
        he.find("下载标注文件").click()
    coming.value.save_as(folder / "标注.xlsx")
    marked = CalamineWorkbook.from_path(folder / "标注.xlsx").get_sheet_by_index(0)
    cells = [[str(cell) for cell in row] for row in marked.to_python(skip_empty_area=False)]
    for line_no, (place, _) in BAD.items():
        cells[line_no - 1][place] = line(1000 + line_no - 1)[place]
    send(he, workbook(folder / "改好.xlsx", [row[: len(HEADS)] for row in cells]), till="没有发现问题")
    start(he)
    he.sees(f"写入 {ROWS} 条")
    he.press("去看这本台账")


def check_totals(he: Desk) -> None:
    """See under the list what its 511 rows add up to, and what those of one village do."""
    numbers = [*range(1, 9), 601, 602, 603, *range(1001, 1001 + ROWS)]
    foot = he.text("tfoot")
    assert f"合计 {len(numbers)} 条" in foot
    assert f"{sum(numbers):,}".replace(",", "") in foot.replace(",", "")
    he.choose("村", "东坡村")
    he.press("筛选")
    assert f"合计 {len([n for n in numbers if n % 2])} 条" in he.text("tfoot")
    he.follow("全部清除")


def give_out_and_take_back(he: Desk, folder: Path) -> None:
    """Export what is filtered; the very file comes back and changes nothing (U14)."""
    he.press("导出")
    with he.page.expect_download() as coming:
        he.find("下载数据版").click()
    coming.value.save_as(folder / "数据版.xlsx")
    he.follow("回到列表")
    he.press("导入")
    send(he, folder / "数据版.xlsx", till="没有改动，不会重复记")
    he.follow("台账")
    he.follow("树苗发放台账")
    assert f"合计 {8 + 3 + ROWS} 条" in he.text("tfoot")


def test_a_book_is_made_of_a_pasted_sheet_and_lives(town, desk, tmp_path):
    he = desk("he")
    make_the_book(he)
    type_three(he)
    with town.worker():
        import_five_hundred(he, tmp_path)
        check_totals(he)
        give_out_and_take_back(he, tmp_path)
    assert town.run("verify").returncode == 0


def test_a_visit_typed_once_stands_in_four_books(desk):
    he = desk("he")
    he.open("/books/catalogue")
    for title in ("连心卡发放登记", "企业融资用工需求", "意见建议登记"):
        row = he.page.locator("tr").filter(has=he.page.get_by_text(title))
        row.get_by_role("button", name="启用").click()
        he.look()
    li = desk("li")
    li.follow("台账")
    li.press("走访、连心卡、融资用工、意见建议")
    note_of_a_visit(li)
    li.press("记下")
    li.sees("记了一次，4本台账各得一条")
    for title in ("连心卡发放登记", "企业融资用工需求", "意见建议登记", "走访台账"):
        li.follow("台账")
        li.follow(title)
        li.sees("2026-09-28")
        assert li.page.locator("tbody tr").count() == 1


def note_of_a_visit(li: Desk) -> None:
    """Tell what was done and heard on one visit; what several books ask is asked once."""
    for label in ("走访日期", "发放日期", "收到日期", "摸底日期"):
        shown = li.page.get_by_label(re.compile(f"^{label}")).locator("visible=true").count()
        assert shown <= 1
    li.choose("村（社区）", "西沟村")
    li.pick("企业", "清泉", "清泉")
    li.fill("了解到的情况", "厂里想招人，村民想修渠")
    li.choose("卡的种类", "便民连心卡")
    li.fill("卡的版本", "2026版")
    li.fill("发到", "1")
    li.choose("需求", "用工")
    li.fill("需要用工", "5")
    li.choose("谁提的", "群众")
    li.choose("关于", "民生")
    li.fill("建议内容", "把渠修到二组")


def test_a_place_is_picked_by_a_click_and_stands_on_the_map_of_its_book(desk):
    """No tile and no other host is asked; the policy of the pages lets the map be drawn."""
    he = desk("he")
    he.open("/books/catalogue")
    he.page.locator("tr").filter(has_text="闲置资源台账").get_by_role("button", name="启用").click()
    li = desk("li")
    li.open("/books/idle_assets/new")
    li.fill("名称", "旧粮站")
    li.choose("类型", "闲置房屋")
    li.choose("村（社区）", "西沟村")
    li.page.locator(".map").click()
    expect(li.page.get_by_label(re.compile("^地图上的位置"))).to_have_value(
        re.compile(r"^3\d\.\d{5},10\d\.\d{5}$")
    )
    li.press("记下")
    expect(li.page.locator("path.map-spot")).to_have_count(1)
    li.open("/books/idle_assets")
    li.follow("地图")
    li.page.locator("path.map-spot").click()
    expect(li.page.locator(".leaflet-popup a")).to_have_text(re.compile("旧粮站"))
    li.look()
