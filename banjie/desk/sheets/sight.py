"""What the page of a batch shows: where it stands, what was found, what it will do, how long it still takes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse

from banjie.base.clock import local_day
from banjie.books.queries import books_of
from banjie.books.sheets import FAMILY
from banjie.desk.cases.watch import say_moment
from banjie.desk.progress import STUCK, Progress, say_left
from banjie.sheets.declared import Column, Importer, importer_named
from banjie.sheets.layout.table import letter_of
from banjie.sheets.models import Batch, State
from banjie.sheets.outcome import Outcome
from banjie.sheets.queries import Sheet

WHERE_TO = {
    "cases.historical": ("看导入的历史件", "cases:list", "?group=historical"),
    "cases.open_requests": ("看导入的件", "cases:list", "?order=newest"),
    "enterprises.enterprises": ("去企业名册", "enterprises:list", ""),
    "residents.residents": ("去群众名册", "residents:find", ""),
}
"""Where a clerk finds what came in; what has no page of its own is found under 设置."""
FINDINGS_SHOWN = 100
TONES = {
    State.DONE: "green",
    State.FAULTY: "red",
    State.FAILED: "red",
    State.READY: "blue",
    State.READ: "amber",
}
DOING = {
    State.CHECKING: "正在逐行核对",
    State.RUNNING: "正在导入",
    State.VOIDING: "正在撤回已写入的",
}

COMPARING = "正在与系统里已有的比对"


@dataclass(frozen=True)
class FindingRow:
    """A finding as the page shows it: where it is in Excel, under which head, and what to do."""

    line_no: int
    cell: str
    title: str
    words: str


def titled(importer: Importer, *, town: str, at: datetime) -> Importer:
    """Return an importer under the name that a town knows it by: that of a book is the book's."""
    family, _, key = importer.key.partition(".")
    books = books_of(town, local_day(at)) if family == FAMILY else None
    return replace(importer, title=books.book(key).title) if books and key in books else importer


def title_of(batch: Batch) -> str:
    """Return the office's word for what a batch imports."""
    known = importer_named(batch.importer)
    return titled(known, town=batch.town, at=batch.made_at).title if known else batch.importer


def way_on(importer: str) -> dict[str, str]:
    """Return the link to where what came in is found, with its words."""
    family, _, key = importer.partition(".")
    if family == FAMILY:
        return {"label": "去看这本台账", "href": reverse("books:list", args=[key])}
    label, name, query = WHERE_TO.get(importer, ("回设置", "office:home", ""))
    return {"label": label, "href": f"{reverse(name)}{query}"}


def chip_of(batch: Batch) -> tuple[str, str]:
    """Return the state of a batch as a chip: its word and tone."""
    return str(batch.get_state_display()), TONES.get(State(batch.state), "")


def progress_of(batch: Batch, *, at: datetime) -> Progress:
    """Return the bar of a batch at work, with an estimate once there is something to go by (U21)."""
    total, done = max(batch.rows, 1), min(batch.rows_done, batch.rows)
    took = at - batch.moved_at
    if batch.state == State.CHECKING and done in (0, batch.rows):
        words = f"共 {batch.rows:,} 行" + ("，各格已看完" if done else "")
        return Progress(COMPARING if done else DOING[State.CHECKING], 0, 0, words, is_stuck=took > STUCK)
    words = f"{done:,} / {batch.rows:,} 行"
    if batch.state == State.RUNNING:
        words += say_left(done, batch.rows, took=took)
    return Progress(DOING[State(batch.state)], done, total, words, is_stuck=took > STUCK)


def finding_rows(outcome: Outcome, sheet: Sheet, *, start: int) -> Sequence[FindingRow]:
    """Return a page of findings."""
    titles = {column.key: column.title for column in sheet.columns}
    heads = {head.place: head.words for head in sheet.table.heads}
    return [
        FindingRow(
            line_no=finding.line_no,
            cell=f"{letter_of(place)}{finding.line_no}" if place is not None else "",
            title=heads.get(place, "") if place is not None else titles.get(finding.column_key, ""),
            words=finding.words,
        )
        for finding in outcome.findings[start : start + FINDINGS_SHOWN]
        for place in [sheet.matching.place_of(finding.column_key)]
    ]


def facts_of(batch: Batch, outcome: Outcome) -> list[dict[str, str]]:
    """Return what was read and what becomes of it, for the head of the preview."""
    told = [("读到", f"{batch.rows:,} 行"), ("工作表", batch.sheet_name)]
    if batch.state == State.FAULTY:
        told.append(("有问题", f"{outcome.bad_lines:,} 行，{len(outcome.findings):,} 处"))
    if outcome.unchanged:
        told.append(("已在系统里", f"{outcome.unchanged:,} 行，内容一样，不再写入"))
    if outcome.left_out:
        told.append(("不导入的列", "、".join(outcome.left_out)))
    if outcome.aside:
        told.append(("不算数据的行", _say_aside(outcome)))
    return [{"label": label, "value": value} for label, value in told if value]


def said_at(batch: Batch) -> str:
    """Return when the batch came to where it stands."""
    return say_moment(batch.moved_at)


def required_words(columns: Iterable[Column]) -> str:
    """Return which columns must be there."""
    return "、".join(column.title for column in columns if column.is_required)


def _say_aside(outcome: Outcome) -> str:
    shown = [f"第{line.line_no}行{line.why}“{line.words}”" for line in outcome.aside[:4]]
    more = f"等{len(outcome.aside)}行" if len(outcome.aside) > 4 else ""
    return "；".join(shown) + more


def preview(outcome: Outcome, batch: Batch) -> dict[str, object]:
    """Return the sample rows with their heads, and how many rows would be written."""
    return {
        "titles": outcome.titles,
        "sample": outcome.sample,
        "to_write": outcome.good - outcome.unchanged,
        "more": max(0, batch.rows - len(outcome.sample)),
    }
