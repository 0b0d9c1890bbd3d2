"""A trial on real letters, which lie outside the repository: BANJIE_TRIAL_DATA names their folder."""

import os
import re
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.e2e.desk import Desk

TRIAL = Path(os.environ.get("BANJIE_TRIAL_DATA") or "/nonexistent")
ROWS, WHOLE_LIVES = 40, 12
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not TRIAL.is_dir(), reason="no real letters: set BANJIE_TRIAL_DATA to their folder"),
]


def sheet(name: str) -> list[list[str]]:
    """Return the rows of a workbook as texts, its head row first."""
    workbook = CalamineWorkbook.from_path(TRIAL / name)
    rows = workbook.get_sheet_by_index(0).to_python()
    return [[str(cell) for cell in row] for row in rows]


def some_of(rows: list[list[str]], count: int, *, by: int) -> list[list[str]]:
    """Return the longest and the shortest few by the text in one column, and the first of the others."""
    ordered = sorted(rows, key=lambda row: len(row[by]))
    ends = ordered[:3] + ordered[-3:]
    return ends + [row for row in rows if row not in ends][: count - len(ends)]


def as_cells(rows: list[list[str]]) -> str:
    """Return rows as a spreadsheet puts them on the clipboard: tabs between, quotes about what breaks lines."""

    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if re.search(r'[\t\n\r"]', text) else text

    return "\r\n".join("\t".join(cell(text) for text in row) for row in rows)


def squeezed(text: str) -> str:
    """Return a text without its blanks, to compare by."""
    return re.sub(r"\s", "", text)


def test_forty_rows_of_a_petition_board_become_cases_and_a_dozen_live_their_lives(town, desk):
    he, li, sun = desk("he"), desk("li"), desk("sun")
    head, *letters = sheet("petitions.xlsx")
    letters = some_of(letters, ROWS, by=4)
    answered = some_of(sheet("petition-replies.xlsx")[1:], WHOLE_LIVES, by=5)
    he.open("/paste")
    he.fill("粘贴内容", as_cells([head, *letters]))
    he.press("分成草稿")
    check_drafts(he, letters)
    numbers = register(he, letters)
    assert len(numbers) == ROWS
    for number, reply in zip(numbers[:WHOLE_LIVES], answered, strict=True):
        live(he, li, sun, number=number, reply=reply[5])
    assert town.run("verify").returncode == 0


def check_drafts(he: Desk, letters: list[list[str]]) -> None:
    """See the code of whoever wrote, the time and the whole text of each letter in its draft."""
    cards = he.page.locator(".pasted-one")
    assert cards.count() == len(letters)
    for card, (number, code, title, told_at, text, *_) in zip(cards.all(), letters, strict=True):
        shown = squeezed(card.text_content() or "")
        year, month, day, hour, minute = map(int, re.findall(r"\d+", told_at)[:5])
        assert code in shown
        assert f"{year}-{month:02d}-{day:02d}{hour:02d}:{minute:02d}" in shown
        assert number in shown
        assert squeezed(title)[:20] in shown
        assert squeezed(text) in shown, f"the text of {number} is not whole"


def register(he: Desk, letters: list[list[str]]) -> list[str]:
    """Say for each draft where it belongs, and register all that are ticked."""
    for select in he.page.locator(".pasted-one select[name$=place]").all():
        select.select_option(index=select.locator("option").count() - 1)
    he.fill("补录的原因", "整理网上来信") if he.page.get_by_label(re.compile("补录的原因")).count() else None
    he.press("登记打勾的")
    said = he.text(".toast, .messages, main")
    first, last = re.search(r"(QZ\d{4}-\d+) 至 (QZ\d{4}-\d+)", said).groups()
    prefix, low, high = first[:7], int(first[7:]), int(last[7:])
    return [f"{prefix}{n:05d}" for n in range(low, high + 1)]


def live(he: Desk, li: Desk, sun: Desk, *, number: str, reply: str) -> None:
    """Lead one case from its registration to its end, with a real reply."""
    he.open_case(number)
    he.do("受理")
    he.deed("派办")
    he.choose("经办人", "李建国")
    he.submit()
    li.open_case(number)
    li.do("签收")
    li.deed("反馈")
    li.fill("办理结果", reply)
    li.submit()
    assert li.stage == "已反馈", li.text("#error-summary")
    sun.open_case(number)
    sun.deed("回访")
    sun.tick("满意")
    sun.submit()
    assert sun.stage == "已销号"
