"""Which days a cell of a form is of: the form's own period, or one that stands to it as 累计 and 上年同期 do. Pure."""

import re
from dataclasses import dataclass
from datetime import date

from banjie.fields.plain_text import half_width
from banjie.figures.periods import Period

PERIOD, YEAR_TO, PREVIOUS, LAST_YEAR, LAST_YEAR_TO = (
    "period",
    "year_to",
    "previous",
    "last_year",
    "last_year_to",
)
SPAN_WORDS = {
    PERIOD: "本期",
    YEAR_TO: "本年累计",
    PREVIOUS: "上期",
    LAST_YEAR: "上年同期",
    LAST_YEAR_TO: "上年同期累计",
}
_MONTHS = re.compile(r"(?:(\d{4})年)?(1[0-2]|0?[1-9])月?(?:-|至|~|到)(1[0-2]|0?[1-9])月份?")
_MONTH = re.compile(r"(?<![\d-])(1[0-2]|0?[1-9])月份?(?!\d|报)")
_NAMED = re.compile(
    r"(?:(?P<year>\d{4})年(?:度)?)?"
    r"(?:(?P<first>1[0-2]|0?[1-9])月?(?:-|至|~|到)(?P<last>1[0-2]|0?[1-9])月"
    r"|(?P<month>1[0-2]|0?[1-9])月|第?(?P<quarter>[一二三四1-4])季度|(?P<half>[上下])半年|(?P<whole>(?<=\d{4}年度)|(?<=\d{4}年)))"
)
_QUARTERS = {**{str(n): n for n in range(1, 5)}, **dict(zip("一二三四", range(1, 5), strict=True))}


@dataclass(frozen=True)
class Months:
    """Months of the form's year that a head names: 10月, 1—10月."""

    first: int
    last: int

    @property
    def span(self) -> str:
        """Return the months as a cell keeps them."""
        return f"{self.first}-{self.last}"


def months_in(head: str) -> tuple[Months | None, str]:
    """Return the months that a head names, and the head without them."""
    text = half_width(head)
    found = _MONTHS.search(text)
    if found:
        first, last = int(found[2]), int(found[3])
        if first <= last:
            return Months(first, last), text[: found.start()] + text[found.end() :]
    single = _MONTH.search(text)
    if single:
        return Months(int(single[1]), int(single[1])), text[: single.start()] + text[single.end() :]
    return None, text


def period_named(words: str, *, today: date) -> Period | None:
    """Return the period that a title names: 2026年10月, 三季度, 上半年, 1—10月; without a year the last one begun."""
    text = "".join(half_width(words).split())
    for found in _NAMED.finditer(text):
        if not found[0]:
            continue
        told = _period(found, int(found["year"] or today.year))
        if told is not None and found["year"] is None and told.from_on > today:
            told = _period(found, today.year - 1)
        return told
    return None


def days_of(span: str, period: Period) -> Period:
    """Return the days of a cell whose form is of `period`."""
    if span == YEAR_TO:
        return Period.year_to(period.to_on)
    if span == PREVIOUS:
        return period.previous
    if span == LAST_YEAR:
        return period.same_last_year
    if span == LAST_YEAR_TO:
        return Period.year_to(period.to_on).same_last_year
    first, _, last = span.partition("-")
    if first.isdigit() and last.isdigit():
        year = period.to_on.year
        return Period(Period.month(year, int(first)).from_on, Period.month(year, int(last)).to_on)
    return period


def span_words(span: str) -> str:
    """Return a span as the page says it."""
    first, _, last = span.partition("-")
    if first.isdigit():
        return f"{first}月" if first == last else f"{first}—{last}月"
    return SPAN_WORDS.get(span, span)


def is_span(span: str) -> bool:
    """Tell whether a word names a span."""
    first, _, last = span.partition("-")
    is_months = first.isdecimal() and last.isdecimal() and 1 <= int(first) <= int(last) <= 12
    return span in SPAN_WORDS or is_months


def _period(found: "re.Match[str]", year: int) -> Period | None:
    if not 1949 <= year <= 2199:
        return None
    if found["first"]:
        first, last = int(found["first"]), int(found["last"])
        if first > last:
            return None
        return Period(Period.month(year, first).from_on, Period.month(year, last).to_on)
    if found["month"]:
        return Period.month(year, int(found["month"]))
    if found["quarter"]:
        return Period.quarter(year, _QUARTERS[found["quarter"]])
    if found["half"]:
        first = 1 if found["half"] == "上" else 7
        return Period(Period.month(year, first).from_on, Period.month(year, first + 5).to_on)
    return Period.year(year) if found["year"] else None
