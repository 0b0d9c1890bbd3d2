"""The period of a figure: whole days of the local calendar, with the periods it is compared with. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
_QUARTERS = "一二三四"


@dataclass(frozen=True, order=True)
class Period:
    """From one day to another, both counted."""

    from_on: date
    to_on: date

    def __post_init__(self) -> None:
        if self.to_on < self.from_on:
            raise ValueError(f"a period cannot end on {self.to_on} before it begins on {self.from_on}")

    @classmethod
    def month(cls, year: int, month: int) -> "Period":
        """Return a calendar month."""
        return cls(date(year, month, 1), _last_of_month(date(year, month, 1)))

    @classmethod
    def quarter(cls, year: int, quarter: int) -> "Period":
        """Return a quarter, counted from 1."""
        return cls(date(year, 3 * quarter - 2, 1), _last_of_month(date(year, 3 * quarter, 1)))

    @classmethod
    def year(cls, year: int) -> "Period":
        """Return a calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def year_to(cls, day: date) -> "Period":
        """Return the year up to and including a day (1—N月累计)."""
        return cls(date(day.year, 1, 1), day)

    @classmethod
    def month_to(cls, day: date) -> "Period":
        """Return the month up to and including a day."""
        return cls(day.replace(day=1), day)

    @property
    def is_whole_months(self) -> bool:
        """Tell whether it begins and ends with a month."""
        return self.from_on.day == 1 and self.to_on == _last_of_month(self.to_on)

    @property
    def days(self) -> int:
        """Return how many days it has."""
        return (self.to_on - self.from_on).days + 1

    @property
    def same_last_year(self) -> "Period":
        """Return the same days of the year before; a month's end stays one, 29 February becomes its neighbour."""
        ends_month = self.to_on == _last_of_month(self.to_on)
        to_on = _in_year(self.to_on, self.to_on.year - 1)
        to_on = _last_of_month(to_on) if ends_month else to_on
        from_on = _in_year(self.from_on, self.from_on.year - 1)
        return Period(min(from_on, to_on), to_on)

    @property
    def previous(self) -> "Period":
        """Return the adjacent period before: as many months for whole months and for a month begun, else as many days.

        A month up to the 22nd is held against the month before up to the 22nd.
        """
        if self.is_whole_months:
            count = _months_between(self.from_on, self.to_on) + 1
            return Period(_months_on(self.from_on, -count), _last_of_month(_months_on(self.from_on, -1)))
        if self.from_on.day == 1 and _months_between(self.from_on, self.to_on) == 0:
            begun = _months_on(self.from_on, -1)
            return Period(begun, begun.replace(day=min(self.to_on.day, _last_of_month(begun).day)))
        return Period(self.from_on - self.days * DAY, self.from_on - DAY)

    @property
    def months(self) -> tuple["Period", ...]:
        """Return its months, the first and last as far as they lie inside."""
        return tuple(self._months())

    def _months(self) -> Iterator["Period"]:
        begun = self.from_on
        while begun <= self.to_on:
            ended = min(_last_of_month(begun), self.to_on)
            yield Period(begun, ended)
            begun = ended + DAY

    @property
    def month_key(self) -> str:
        """Return the month in which it begins, as groups by month are keyed: 2026-03."""
        return f"{self.from_on:%Y-%m}"

    def until(self, day: date) -> "Period":
        """Return the part up to `day`; the whole where it ends before, its first day where it has not begun."""
        return Period(self.from_on, min(self.to_on, max(day, self.from_on)))

    def past(self, today: date | None) -> date:
        """Return the last of its days that is wholly over: what is due today is not late today."""
        return self.to_on if today is None else min(self.to_on, today - DAY)

    @property
    def words(self) -> str:
        """Return the period as papers write it: 2026年, 2026年1—11月, 2026年11月1—22日."""
        first, last = self.from_on, self.to_on
        if self.is_whole_months and first.year == last.year:
            return f"{first.year}年{_months_words(first.month, last.month)}"
        if self.is_whole_months:
            return f"{first.year}年{first.month}月—{last.year}年{last.month}月"
        told = f"{first.year}年{first.month}月{first.day}日"
        if first == last:
            return told
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.year}年{first.month}月{first.day}—{last.day}日"
        year = "" if first.year == last.year else f"{last.year}年"
        return f"{told}—{year}{last.month}月{last.day}日"

    @property
    def as_of_words(self) -> str:
        """Return its end as a point in time: 截至2026年11月30日 (截至, not 截止)."""
        return f"截至{self.to_on.year}年{self.to_on.month}月{self.to_on.day}日"


def _months_words(first: int, last: int) -> str:
    if (first, last) == (1, 12):
        return ""
    if first == last:
        return f"{first}月"
    if last - first == 2 and last % 3 == 0:
        return f"第{_QUARTERS[last // 3 - 1]}季度"
    return f"{first}—{last}月"


def _last_of_month(day: date) -> date:
    return _months_on(day.replace(day=1), 1) - DAY


def _months_on(first: date, count: int) -> date:
    """Return the first day of the month `count` months after that of `first`."""
    months = first.year * 12 + first.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)


def _months_between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def _in_year(day: date, year: int) -> date:
    """Return the same day of another year; 29 February becomes 28 February where there is none."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
