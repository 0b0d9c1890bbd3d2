"""What the address of a page of figures asks for: period, group, and what it is held against."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from banjie.base.declarations import FactColumn
from banjie.base.errors import InvalidInput
from banjie.desk.selects import Option
from banjie.figures.comparing import BASE_WORDS, Against
from banjie.figures.periods import Period

FIRST_YEAR = 1949
PRESETS = ("本月", "上月", "本季度", "本年", "上年")


@dataclass(frozen=True)
class Asked:
    """A period, cut off today, by which group, against which earlier period."""

    period: Period
    group: str
    against: Against
    today: date

    @property
    def base(self) -> Period:
        """Return the period it is held against."""
        return self.period.same_last_year if self.against is Against.LAST_YEAR else self.period.previous

    @property
    def is_running(self) -> bool:
        """Tell whether the period still goes on today."""
        return self.period.to_on >= self.today

    def query(self, **changes: str) -> str:
        """Return the address's query with these changes; what is empty is left out."""
        told = {
            "from": self.period.from_on.isoformat(),
            "to": self.period.to_on.isoformat(),
            "group": self.group,
            "against": self.against.value,
        }
        return urlencode({name: value for name, value in (told | changes).items() if value})

    def records(
        self, key: str, *, period: Period | None = None, more: Mapping[str, str] | None = None
    ) -> str:
        """Return the address of the records behind a number (U16)."""
        over = period or self.period
        told = {"figure": key, "from": over.from_on.isoformat(), "to": over.to_on.isoformat(), **(more or {})}
        return f"{reverse('figures:records')}?{urlencode(told)}"

    @property
    def presets(self) -> tuple[Option, ...]:
        """Return the usual periods, each as the query that asks for it."""
        found = []
        for label, period in zip(PRESETS, _usual(self.today), strict=True):
            query = self.query(**{"from": period.from_on.isoformat(), "to": period.to_on.isoformat()})
            found.append(Option(query, label, period == self.period))
        return tuple(found)

    @property
    def bases(self) -> tuple[Option, ...]:
        """Return what it may be held against."""
        return tuple(Option(one.value, BASE_WORDS[one], one is self.against) for one in Against)

    def groups(self, columns: tuple[FactColumn, ...]) -> tuple[Option, ...]:
        """Return the groups to choose from."""
        none = Option("", "不分组", not self.group)
        return (none, *(Option(c.name, c.title, c.name == self.group) for c in columns))


def asked_in(told: Mapping[str, str], *, today: date, columns: tuple[FactColumn, ...] = ()) -> Asked:
    """Read the address; by itself this month up to today. Raises InvalidInput for days that cannot be read."""
    period = _period(told, today)
    known = {column.name for column in columns}
    group = told.get("group", "")
    against = told.get("against", "")
    return Asked(
        period=period,
        group=group if group in known else "",
        against=Against(against) if against in set(Against) else Against.LAST_YEAR,
        today=today,
    )


def _period(told: Mapping[str, str], today: date) -> Period:
    if not (told.get("from") or told.get("to")):
        return Period.month_to(today)
    try:
        first, last = (date.fromisoformat(told.get(name, "")) for name in ("from", "to"))
        if first.year < FIRST_YEAR or last.year > today.year + 1:
            raise ValueError(first)
        return Period(first, last)
    except ValueError:
        problem = "日期没有写对。请写起止两天，如 2026-01-01 到 2026-11-30，止日不早于起日。"
        raise InvalidInput(problem, fields={"from": problem}) from None


def _usual(today: date) -> list[Period]:
    month = Period.month_to(today)
    last_month = Period.month(month.from_on.year, month.from_on.month).previous
    quarter = Period.quarter(today.year, (today.month + 2) // 3).until(today)
    return [month, last_month, quarter, Period.year_to(today), Period.year(today.year - 1)]
