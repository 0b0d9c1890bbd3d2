"""A yearly notice of the State Council on days off: checked when typed in, and turned into a calendar. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from banjie.base.errors import InvalidInput
from banjie.worktime.calendar import Calendar, DayKind, is_weekend, say_weekday

FIRST_YEAR, LAST_YEAR = 1999, 2098
DECEMBER = 12
FIXED_DAYS = ((1, 1, "元旦"), (5, 1, "劳动节"), (10, 1, "国庆节"), (10, 2, "国庆节"), (10, 3, "国庆节"))
"""Statutory days whose date never moves (全国年节及纪念日放假办法 第二条): a notice without them is incomplete."""
STATUTORY_DAYS = ((2025, 13), (2008, 11), (0, 10))
"""From which year how many statutory days there are; no notice gives fewer days off."""


@dataclass(frozen=True)
class NoticeDay:
    """A day that a notice names: off (holiday) or worked at a weekend (make_up), and for which festival."""

    day: date
    kind: DayKind
    name: str = ""


@dataclass(frozen=True)
class Notice:
    """What the notice of one year says; a New Year's notice may reach back into the December before."""

    year: int
    source: str
    days: tuple[NoticeDay, ...]

    @property
    def digest(self) -> str:
        """Return the SHA-256 of all it says, so that two notices that say the same are known for one."""
        told = "".join(f"\n{day.day.isoformat()} {day.kind} {day.name}" for day in self.days)
        return sha256(f"{self.year} {self.source}{told}".encode()).hexdigest()


def checked_notice(year: int, days: Sequence[NoticeDay], source: str) -> Notice:
    """Return the notice with its days in order; InvalidInput that names every complaint at once."""
    fields: dict[str, str] = {}
    if not FIRST_YEAR <= year <= LAST_YEAR:
        fields["year"] = f"年份应在{FIRST_YEAR}和{LAST_YEAR}之间"
    if not source.strip():
        fields["source"] = "请填写通知的文号，例如 国办发明电〔2025〕7号"
    complaints = [*_misplaced(year, days), *_doubled(days), *_missing(year, days)]
    if complaints:
        fields["days"] = "；".join(complaints)
    if fields:
        told = "；".join(fields.values())
        raise InvalidInput(f"{year}年放假安排没有录入：{told}。请对照通知原文改正后再保存。", fields=fields)
    ordered = tuple(sorted(days, key=lambda day: day.day))
    return Notice(year=year, source=source.strip(), days=ordered)


def calendar_from(notices: Iterable[Notice]) -> Calendar:
    """Return the calendar of these notices; it is known up to the end of their first unbroken row of years."""
    ordered = sorted(notices, key=lambda notice: notice.year)
    works = {day.day: day.kind is DayKind.MAKE_UP for notice in ordered for day in notice.days}
    return Calendar(works, _known_until([notice.year for notice in ordered]))


def _known_until(years: Sequence[int]) -> date:
    if not years:
        return date.min
    last = years[0]
    for year in years:
        last = year if year == last + 1 else last
    return date(last, 12, 31)


def _misplaced(year: int, days: Iterable[NoticeDay]) -> Iterator[str]:
    for day in days:
        told = f"{day.day.year}年{day.day.month}月{day.day.day}日"
        is_december_before = (day.day.year, day.day.month) == (year - 1, DECEMBER)
        if day.day.year != year and not is_december_before:
            yield f"{told}不在{year}年（只有元旦安排可以涉及上一年12月）"
        if day.kind not in (DayKind.HOLIDAY, DayKind.MAKE_UP):
            yield f"{told}既不是放假也不是补班，不用列出"
        if day.kind is DayKind.MAKE_UP and not is_weekend(day.day):
            yield f"{told}是{say_weekday(day.day)}，本来就上班，不能列为补班"


def _doubled(days: Iterable[NoticeDay]) -> Iterator[str]:
    seen: set[date] = set()
    for day in days:
        if day.day in seen:
            yield f"{day.day.month}月{day.day.day}日列了两次"
        seen.add(day.day)


def _missing(year: int, days: Iterable[NoticeDay]) -> Iterator[str]:
    off = {day.day for day in days if day.kind is DayKind.HOLIDAY}
    missing = [
        (month, day, name) for month, day, name in FIXED_DAYS if (year, month, day) not in _triples(off)
    ]
    yield from (f"缺少{month}月{day}日（{name}）" for month, day, name in missing)
    least = next(count for since, count in STATUTORY_DAYS if year >= since)
    if len(off) < least and not missing:
        yield f"只列了{len(off)}天放假，法定节假日至少{least}天"


def _triples(days: Iterable[date]) -> set[tuple[int, int, int]]:
    return {(day.year, day.month, day.day) for day in days}
