"""Which period a paper is looked at for: a month and how far it reaches, kept in the address."""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from banjie.desk.selects import Option
from banjie.figures.periods import Period
from banjie.reports.rules import Rhythm

MONTHS_BACK = 36
"""Months to choose from in a ledger that begins later than that."""
EARLIEST = date(2000, 1, 1)
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
YEAR_TO = "year_to"
SPAN_WORDS = {
    Rhythm.MONTH.value: "当月",
    Rhythm.QUARTER.value: "所在季度",
    YEAR_TO: "1月至当月",
    Rhythm.YEAR.value: "全年",
}


@dataclass(frozen=True)
class Chosen:
    """The month and span that were chosen; `today` bounds a period that is not over, `since` is the ledger's begin."""

    month: date
    span: str
    today: date
    since: date | None = None

    @property
    def whole(self) -> Period:
        """Return the period chosen, to its end."""
        year, month = self.month.year, self.month.month
        if self.span == Rhythm.QUARTER:
            return Period.quarter(year, (month + 2) // 3)
        if self.span == Rhythm.YEAR:
            return Period.year(year)
        last = Period.month(year, month).to_on
        return Period.year_to(last) if self.span == YEAR_TO else Period.month(year, month)

    @property
    def period(self) -> Period:
        """Return the period as far as it has gone."""
        return self.whole.until(self.today)

    @property
    def is_over(self) -> bool:
        """Tell whether its last day has passed."""
        return self.whole.to_on < self.today

    @property
    def query(self) -> str:
        """Return it as it stands in an address."""
        return urlencode({"month": f"{self.month:%Y-%m}", "span": self.span})

    @property
    def before(self) -> Period:
        """Return the adjacent period before."""
        return self.period.previous

    @property
    def years(self) -> list[tuple[int, list[Option]]]:
        """Return the months to choose from by their years, this one first, back to where the ledger begins."""
        least = _months_before(self.today, MONTHS_BACK - 1)
        begun = max(self.since or least, EARLIEST)
        last = min(least, self.month, begun.replace(day=1))
        found: dict[int, list[Option]] = {}
        first = self.today.replace(day=1)
        while first >= last:
            option = Option(f"{first:%Y-%m}", f"{first.year}年{first.month}月", first == self.month)
            found.setdefault(first.year, []).append(option)
            first = _months_before(first, 1)
        return list(found.items())

    @property
    def spans(self) -> list[Option]:
        """Return how far a period may reach."""
        return [Option(span, words, span == self.span) for span, words in SPAN_WORDS.items()]


def chosen_from(month: str, span: str, *, rhythm: Rhythm, today: date, since: date | None = None) -> Chosen:
    """Return what an address asks for; by itself the last month over, in the rhythm of the paper."""
    found = _MONTH.fullmatch(month)
    first = date(int(found[1]), int(found[2]), 1) if found and int(found[1]) >= EARLIEST.year else None
    if first is None or first > today:
        first = _months_before(today, 1)
    return Chosen(first, span if span in SPAN_WORDS else rhythm.value, today, since)


def _months_before(day: date, count: int) -> date:
    """Return the first day of the month so many months before that of `day`."""
    months = day.year * 12 + day.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)
