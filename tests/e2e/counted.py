"""What an old ledger adds up to, counted from its rows in plain Python: nothing of the program is asked.

Days are those of the wall clock as the sheet has them. The words are those of the paper's text and of standards.md §2.
"""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

NO_UNIT, NO_CATEGORY = "没有承办单位", "未分类"
TOP, OLDEST, MOST_MATTERS = 3, 5, 10
TOPICS = re.compile(r"多人反映同一件事的有：((?:[^（；。]+（\d+件）；?)+)。")


@dataclass(frozen=True)
class OldRow:
    """One row of the old ledger: `order` sorts those of one day, the category is of our first level or empty."""

    number: str
    title: str
    told_on: date
    replied_on: date
    category: str = ""
    order: str = ""

    @property
    def days(self) -> int:
        """Return the days from the letter to its reply."""
        return (self.replied_on - self.told_on).days


@dataclass(frozen=True)
class Count:
    """What a set of rows comes to from one day to another, both counted."""

    rows: Sequence[OldRow]
    first: date
    last: date

    @classmethod
    def of_month(cls, rows: Sequence[OldRow], year: int, month: int) -> "Count":
        """Count a month."""
        return cls(rows, date(year, month, 1), date(year, month, monthrange(year, month)[1]))

    @property
    def received(self) -> list[OldRow]:
        """Return what was told in the period."""
        return [row for row in self.rows if self.first <= row.told_on <= self.last]

    @property
    def done(self) -> list[OldRow]:
        """Return what was replied to in the period."""
        return [row for row in self.rows if self.first <= row.replied_on <= self.last]

    @property
    def undone(self) -> list[OldRow]:
        """Return what waited for a reply at the period's end, the longest first."""
        waiting = [row for row in self.rows if row.told_on <= self.last < row.replied_on]
        return sorted(waiting, key=lambda row: (row.told_on, row.order))

    @property
    def days_used(self) -> str:
        """Return the median of days of what was done, as a figure is printed."""
        used = [row.days for row in self.done]
        return f"{half_up(Decimal(str(median(used))))}天" if used else "—"

    def a_year_before(self) -> "Count":
        """Count the same month of the year before."""
        return Count.of_month(self.rows, self.first.year - 1, self.first.month)

    def waited(self, row: OldRow) -> int:
        """Return the days that a row had waited at the period's end."""
        return (self.last - row.told_on).days


def half_up(number: Decimal) -> Decimal:
    """Return a number with one decimal, halves going up."""
    return number.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def change(now: int, before: int) -> str:
    """Return how a count stands to that of the year before."""
    if now == before:
        return "同比持平"
    if not before:
        return f"比上年同期增加{now}件（上年同期为零，不计算增幅）"
    share = half_up(Decimal(100 * (now - before)) / before)
    if not share:
        return "同比持平"
    return f"同比增长{share}%" if share > 0 else f"同比下降{-share}%"


def busiest_month(rows: Sequence[OldRow], *, least_undone: int = 1) -> Count:
    """Return the month with most letters that has something undone at its end and a year of the ledger before it."""
    first = min(row.told_on for row in rows)
    months = {(row.told_on.year, row.told_on.month) for row in rows if row.told_on.year > first.year + 1}
    counts = [Count.of_month(rows, *month) for month in sorted(months)]
    return max((c for c in counts if len(c.undone) >= least_undone), key=lambda c: len(c.received))


def sentences(count: Count, *, issued_on: date) -> list[str]:
    """Return every piece of the monthly paper's prose that holds a number, with that number."""
    was, month = count.a_year_before(), f"{count.first.year}年{count.first.month}月"
    received, done, undone = len(count.received), len(count.done), count.undone
    told, handled = change(received, len(was.received)), change(done, len(was.done))
    said = [
        f"关于{month}",
        f"现将{month}全镇",
        f"{month}，全镇收到群众诉求和交办事项{received}件，{told}；办结{done}件，{handled}；",
        f"销号0件，同比持平；从以前的台账导入的历史件{done}件，当时没有经过销号，不算在内。"
        if done
        else "销号0件，同比持平。",
        f"截至{month}{count.last.day}日，尚未办结{len(undone)}件",
        "表1",
        "表2",
        "表2",
        say_day(issued_on),
    ]
    matters = [row for row in by_category(count) if row[0] != NO_CATEGORY and row[1] != "0"]
    said.append("反映最多的是" + "、".join(f"{row[0]}（{row[1]}件）" for row in matters[:TOP]))
    if undone:
        said.append(f"截至{month}{count.last.day}日还没有办结的件中")
        said.append(f"等待最久的一件已有{count.waited(undone[0])}天")
        said.append("；".join(waiting(count, row) for row in undone[:OLDEST]))
    return said


def waiting(count: Count, row: OldRow) -> str:
    """Return how a paper names a case that waits."""
    told = f"{say_day(row.told_on)}反映，已等{count.waited(row)}天"
    return f"{row.title}（{row.number}号，{NO_UNIT}，{told}）"


def by_unit(count: Count) -> list[list[str]]:
    """Return the table of units: an old ledger names none of ours."""
    cells = [str(len(count.received)), str(len(count.done)), "—", str(len(count.undone)), "0", "0"]
    return [[NO_UNIT, *cells], ["合计", *cells]]


def by_category(count: Count) -> list[list[str]]:
    """Return the table of categories, most received first, those without a category last."""
    received, done, undone = (_tally(rows) for rows in (count.received, count.done, count.undone))
    order = sorted(received | done | undone, key=lambda name: (not name, -received[name], name))
    return [
        [name or NO_CATEGORY, str(received[name]), str(done[name]), "—", str(undone[name]), "0"]
        for name in order[:MOST_MATTERS]
    ]


def _tally(rows: Iterable[OldRow]) -> Counter[str]:
    return Counter(row.category for row in rows)


def say_day(day: date) -> str:
    """Return a day as papers write it."""
    return f"{day.year}年{day.month}月{day.day}日"


def unexplained(prose: str, said: Sequence[str]) -> list[str]:
    """Return what is missing of `said` and every number in the prose that none of it holds.

    Hot topics are taken out: how many letters are alike is no plain count; the page must open each of them.
    """
    left, lacking = TOPICS.sub("", re.sub(r"\s", "", prose)), []
    for piece in sorted(said, key=len, reverse=True):
        if piece not in left:
            lacking.append(piece)
        left = left.replace(piece, "　", 1)
    return lacking + re.findall(r"\d[\d.]*", left)
