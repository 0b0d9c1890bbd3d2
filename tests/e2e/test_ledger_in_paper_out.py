"""The old ledger in, the first paper out: what offices have in Excel comes in, and every number leads back to it."""

import re
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import docx
import pytest
import xlsxwriter
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from banjie.base.clock import local_day
from banjie.cases.tests.factories import DAY
from banjie.sheets.tests.messy import MessyFile, OldLetter, messy_workbook
from tests.e2e.counted import Count, OldRow, busiest_month, by_category, by_unit, sentences, unexplained
from tests.e2e.desk import Desk
from tests.e2e.sheetwork import choose, send, start, undo

pytestmark = pytest.mark.browser

ROWS = 310
"""More than are written at once: the worker takes them, and the page shows how far it is."""
OURS = {"路灯": "道路交通", "污水与沟渠": "环境", "噪音": "环境", "垃圾清运": "环境"}
"""Which of the ledger's categories the town's own catalogue has, and what each lies under."""


@pytest.fixture
def ledger() -> MessyFile:
    """Return an old ledger with two cells that cannot be understood."""
    return messy_workbook(ROWS)


def counted_rows(ledger: MessyFile) -> list[OldRow]:
    return [
        OldRow(
            number=letter.number,
            title=letter.title,
            told_on=letter.told_at.date(),
            replied_on=letter.replied_at.date(),
            category=OURS.get(letter.category, ""),
            order=f"{letter.told_at:%H:%M}",
        )
        for letter in ledger.letters
    ]


def corrected(marked: Path, ledger: MessyFile) -> Path:
    """Write the marked file anew with its two bad cells filled in, as its clerk does in Excel."""
    rows = CalamineWorkbook.from_path(marked).get_sheet_by_index(0).to_python(skip_empty_area=False)
    for line in ledger.bad_lines:
        meant = letter_of(ledger, user=str(rows[line - 1][2]).strip(), text=str(rows[line - 1][5]).strip())
        rows[line - 1][1] = meant.number
        rows[line - 1][4] = f"{meant.told_at:%Y-%m-%d %H:%M}"
    with xlsxwriter.Workbook(marked.with_name("改好.xlsx"), {"strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("历年来信")
        for line, cells in enumerate(rows):
            for place, cell in enumerate(cells):
                sheet.write_string(line, place, str(cell)) if cell else None
    return marked.with_name("改好.xlsx")


def letter_of(ledger: MessyFile, *, user: str, text: str) -> OldLetter:
    (found,) = [one for one in ledger.letters if one.user == user and one.text == text]
    return found


def import_with_two_bad_cells(he: Desk, ledger: MessyFile, folder: Path) -> None:
    """Send the ledger, read what is wrong with it, correct the marked file, send that, import it."""
    sent = folder / "历年来信.xlsx"
    sent.write_bytes(ledger.content)
    choose(he, "历史件")
    send(he, sent, till="有几处要改")
    bad = [row.locator("td").all_inner_texts() for row in he.page.locator("tbody tr").all()]
    lines = [str(line) for line in ledger.bad_lines]
    assert sorted(row[0] for row in bad) == lines
    assert {row[1] for row in bad} == {f"B{lines[0]}", f"E{lines[1]}"}
    assert [row[3] for row in bad] == [
        "没有填“编号”，请补上。",
        "“去年冬天”不是时间，请写成2026-03-05 14:30或2026年3月5日14时30分。",
    ]
    with he.page.expect_download() as coming:
        he.find("下载标注文件").click()
    assert "问题标注" in coming.value.suggested_filename
    coming.value.save_as(folder / "标注.xlsx")
    send(he, corrected(folder / "标注.xlsx", ledger), till="没有发现问题")
    start(he)
    he.sees(f"写入 {ROWS} 条")


def shown_figures(he: Desk, count: Count) -> dict[str, str]:
    """Open the page of figures for a period by the navigation; return each figure by its title."""
    he.follow("数据")
    he.fill("从", f"{count.first}")
    he.fill("到", f"{count.last}")
    he.press("看")
    cells = [row.locator("td").all_inner_texts() for row in he.page.locator("tbody tr").all()]
    return {row[0].strip(): row[1].strip() for row in cells}


def counted_figures(count: Count) -> dict[str, str]:
    received, done, undone = len(count.received), len(count.done), count.undone
    return {
        "收到": f"{received}件",
        "历史件": f"{received}件",
        "办结": f"{done}件",
        "销号": f"{done}件",
        "认可或依规定销号": "0件",
        "历史件了结": f"{done}件",
        "期末未办结": f"{len(undone)}件",
        "期末未了结": f"{len(undone)}件",
        "办结用时中位数": count.days_used,
        "最久未办结": f"{count.waited(undone[0])}天" if undone else "—",
    }


def check_figures(he: Desk, count: Count) -> None:
    shown, counted = shown_figures(he, count), counted_figures(count)
    assert {title: shown[title] for title in counted} == counted


def open_to_its_records(he: Desk, count: Count) -> None:
    """Open the figure 收到 of the page that is shown: its records are as many as it says, and the very ones."""
    row = he.page.locator("tbody tr").filter(has=he.page.get_by_role("cell", name="收到", exact=True))
    row.get_by_role("link", name=f"{len(count.received)}件", exact=True).first.click()
    he.look()
    he.sees(f"收到　{len(count.received)}件")
    numbers = he.page.locator("tbody tr td[data-label=编号]").all_inner_texts()
    assert sorted(number.strip() for number in numbers) == sorted(row.number for row in count.received)


def open_paper(he: Desk, count: Count) -> None:
    he.follow("文稿")
    he.follow("月度办理情况通报")
    he.choose("月份", f"{count.first.year}年{count.first.month}月")
    he.press("换时段")


def check_paper(he: Desk, count: Count) -> None:
    """Hold the page of the paper against the count: its sentences, its tables, and no number besides."""
    prose = he.page.evaluate(
        """() => [...document.querySelectorAll(".paper > p, .paper > h2, .paper > h3")]
            .map(part => part.textContent).join("\\n")"""
    )
    assert unexplained(prose, sentences(count, issued_on=local_day(DAY))) == []
    tables = [table.locator("tbody tr").all() for table in he.page.locator(".paper table").all()]
    shown = [[row.locator("td").all_inner_texts() for row in rows] for rows in tables]
    assert shown == [by_unit(count), by_category(count)]


def check_every_number_opens(page: Page) -> int:
    """Follow each link of the paper; the list behind a plain number is as long as it says. Return how many opened."""
    links = page.locator(".paper a.paper-number").all()
    told = {(link.get_attribute("href") or "", link.inner_text()) for link in links}
    for href, words in told:
        answer = page.request.get(href)
        assert answer.ok, f"{words} leads to {href}: {answer.status}"
        if found := re.fullmatch(r"(\d+)件?", words):
            assert f"{found[1]}件" in answer.text().replace(" ", ""), f"{words}: {href}"
    assert page.locator(".paper td:not(:first-child):not(:has(a, .paper-missing))").count() == 0
    return len(links)


def check_word(he: Desk, count: Count) -> None:
    """Take the Word file away, open it with another program, and hold it against the same count."""
    with he.page.expect_download() as coming:
        he.find("下载 Word").click()
    word = docx.Document(BytesIO(Path(coming.value.path()).read_bytes()))
    prose = "\n".join(paragraph.text for paragraph in word.paragraphs)
    body, explained, _ = prose.partition("数据说明")
    assert explained
    assert unexplained(body, sentences(count, issued_on=local_day(DAY))) == []
    tables = [[[cell.text for cell in row.cells] for row in table.rows[1:]] for table in word.tables]
    assert tables == [by_unit(count), by_category(count)]


def check_gone(he: Desk, count: Count) -> None:
    """See that nothing of the ledger is left in lists and figures."""
    he.open("/cases?group=historical")
    expect(he.page.locator("tbody tr")).to_have_count(0)
    shown = shown_figures(he, count)
    assert {shown[title] for title in ("收到", "办结", "销号", "期末未办结", "历史件")} <= {"0件", "—"}
    assert shown["办结用时中位数"] == "—"


def test_an_old_ledger_comes_in_and_its_first_paper_goes_out(town, desk, ledger, tmp_path):
    he, rows = desk("he"), counted_rows(ledger)
    month = busiest_month(rows)
    year = Count(rows, month.first.replace(month=1, day=1), month.last.replace(month=12, day=31))
    with town.worker():
        import_with_two_bad_cells(he, ledger, tmp_path)
        batch = he.path
        check_figures(he, year)
        check_figures(he, month)
        open_to_its_records(he, month)
        open_paper(he, month)
        assert parse_qs(urlsplit(he.page.url).query)["month"] == [f"{month.first:%Y-%m}"]
        check_paper(he, month)
        assert check_every_number_opens(he.page) > 20
        check_word(he, month)
        he.open(batch)
        undo(he)
    check_gone(he, month)
    states = town.sql("SELECT DISTINCT state, is_open FROM cases_case WHERE closing_kind = 'historical'")
    assert states == [("void", 0)], "one void deed over the batch, nothing deleted"
    assert town.run("verify").returncode == 0
