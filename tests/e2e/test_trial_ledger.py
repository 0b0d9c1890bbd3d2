"""A trial of imports on real letters, which lie outside the repository: BANJIE_TRIAL_DATA names their folder."""

import os
import re
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from tests.e2e.counted import Count, OldRow
from tests.e2e.desk import Desk
from tests.e2e.server import TownServer
from tests.e2e.sheetwork import choose, send, start, undo
from tests.e2e.test_trial import TRIAL, sheet

PATIENCE_MS = 60_000
OURS = {
    "劳动和社会保障": "社会保障",
    "城乡建设": "土地住房",
    "教育文体": "教育卫生",
    "卫生计生": "教育卫生",
    "交通运输": "道路交通",
    "商贸旅游": "消费与市场",
    "环境保护": "环境",
}
"""What the board's first level is called in the town's own catalogue, roughly; good enough to try learning with."""
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not TRIAL.is_dir(), reason="no real letters: set BANJIE_TRIAL_DATA to their folder"),
]


def old_rows() -> list[OldRow]:
    """Read the replies by their days in Beijing, which is how the sheet has them."""
    head, *rows = sheet("petition-replies.xlsx")
    number, title, told, replied = (
        head.index(name) for name in ("留言编号", "留言主题", "留言时间", "答复时间")
    )
    return [OldRow(row[number], row[title], _day(row[told]), _day(row[replied])) for row in rows]


def _day(text: str) -> date:
    return datetime.strptime(text.strip(), "%Y/%m/%d %H:%M:%S").date()


def shown_by_month(he: Desk, key: str, year: int) -> list[str]:
    """Return what the page of a figure says of each month of a year."""
    he.open(f"/figures/{key}?from={year}-01-01&to={year}-12-31")
    return [cell.strip() for cell in he.page.locator("#by-group td.figure").all_inner_texts()]


def cpu_of(pid: int) -> float:
    """Return the seconds of CPU that a process has taken: other work on the machine does not count."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def notes_of(he: Desk) -> str:
    """Return what the preview says of the rows."""
    said = he.page.locator("p.soft").all_inner_texts()
    return " ".join(note for note in said if re.match(r"\d+行|类别|说得", note))


def check_months(he: Desk, rows: list[OldRow]) -> int:
    """Hold received, done and the median of days of every month against the count; return how many months."""
    first, last = (pick(row.told_on.year for row in rows) for pick in (min, max))
    for year in range(first, last + 1):
        months = [Count.of_month(rows, year, month) for month in range(1, 13)]
        begun = date(year, 1, 1) if year > first else min(row.told_on for row in rows)
        told = [count for count in months if count.last >= begun]
        for key, counted in (
            ("case.received", [f"{len(count.received)}件" for count in told]),
            ("case.done", [f"{len(count.done)}件" for count in told]),
            ("case.days_used", [count.days_used for count in told]),
        ):
            shown = shown_by_month(he, key, year)
            assert shown[len(months) - len(told) :] == counted, f"{key} in {year}"
            assert set(shown[: len(months) - len(told)]) <= {"—"}, "before the ledger there is no data"
    return 12 * (last - first + 1)


def test_ten_years_of_real_replies_come_in_and_every_month_agrees(town, desk, capsys):
    he, rows = desk("he"), old_rows()
    he.page.set_default_timeout(PATIENCE_MS)
    with town.worker() as worker:
        choose(he, "历史件")
        send(he, TRIAL / "petition-replies.xlsx", till="没有发现问题")
        notes, before = notes_of(he), cpu_of(worker.pid)
        took, batch = start(he), he.path
        cpu = cpu_of(worker.pid) - before
        he.sees(f"写入 {len(rows)} 条")
        months = check_months(he, rows)
        whole = Count(rows, min(row.told_on for row in rows), max(row.replied_on for row in rows))
        he.open(f"/figures/case.days_used?from={whole.first}&to={whole.last}")
        he.sees(whole.days_used)
        he.open(batch)
        back = undo(he)
    assert town.run("verify").returncode == 0
    with capsys.disabled():
        print(
            f"\n{len(rows)} replies in {took:.1f} s ({cpu:.1f} s of CPU), {months} months agree, median {whole.days_used}, "
            f"taken back in {back:.1f} s; {notes}"
        )


def teach(he: Desk, town: TownServer, folder: Path) -> str:
    """Import the labelled letters under the town's own categories and learn from them; return what `learn` says."""
    head, *rows = sheet("petitions-labelled.xlsx")
    label = head.index("一级分类")
    rows = list(
        {row[0]: row for row in rows}.values()
    )  # one number stands twice, which the import would refuse
    with xlsxwriter.Workbook(folder / "已归类.xlsx", {"strings_to_numbers": False}) as book:
        written = book.add_worksheet()
        for line, row in enumerate([head, *([*row[:label], OURS[row[label]]] for row in rows)]):
            for place, cell in enumerate(row):
                written.write_string(line, place, cell)
    choose(he, "待办诉求")
    send(he, folder / "已归类.xlsx", till="没有发现问题")
    he.page.get_by_role("button", name=re.compile(r"^导入 [\d,]+ 行$")).click()
    he.sees("已导入。")
    learned = town.run("learn").stdout.strip()
    undo(he)
    return learned


def test_real_open_requests_come_in_with_categories_proposed_and_doubles_shown(town, desk, capsys, tmp_path):
    he, rows = desk("he"), sheet("petitions.xlsx")[1:]
    he.page.set_default_timeout(PATIENCE_MS)
    with town.worker() as worker:
        learned = teach(he, town, tmp_path)
        choose(he, "待办诉求")
        send(he, TRIAL / "petitions.xlsx", till="没有发现问题")
        notes, before = notes_of(he), cpu_of(worker.pid)
        took = start(he)
        cpu = cpu_of(worker.pid) - before
        he.sees(f"写入 {len(rows)} 条")
        back = undo(he)
    silent = int(found[1]) if (found := re.search(r"(\d+)行还没有类别建议", notes)) else 0
    unsure = int(found[1]) if (found := re.search(r"其中(\d+)行把握不够", notes)) else 0
    assert re.search(r"\d+行与别的行或已登记的件相像", notes)
    assert silent < len(rows)
    assert town.run("verify").returncode == 0
    proposed, sure = len(rows) - silent, len(rows) - silent - unsure
    with capsys.disabled():
        print(
            f"\n{len(rows)} requests in {took:.1f} s ({cpu:.1f} s of CPU), proposed {proposed / len(rows):.1%}, "
            f"surely {sure / len(rows):.1%}, taken back in {back:.1f} s; {notes} {learned}"
        )
