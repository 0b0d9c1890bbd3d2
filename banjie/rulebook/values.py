"""The value of a parameter: read from how it is written, said in Chinese, and handed to code in its own type."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from banjie.people.rights import Role
from banjie.rulebook.numerals import in_characters
from banjie.worktime.calendar import WEEKDAY_WORDS
from banjie.worktime.terms import Term, TermUnit, say_term

TERM_UNITS = frozenset({"workdays", "workhours"})
SPANS = {"minutes": timedelta(minutes=1), "hours": timedelta(hours=1), "days": timedelta(days=1)}
FACTORS = {"KB": 1024, "MB": 1024**2, "GB": 1024**3, "megapixels": 1_000_000}
UNIT_WORDS = {
    "workdays": "个工作日",
    "workhours": "个工作小时",
    "minutes": "分钟",
    "hours": "小时",
    "days": "天",
    "times": "次",
    "files": "个",
    "rows": "条",
    "cases": "件",
    "characters": "个字符",
    "digits": "位数字",
    "hanzi": "字",
    "items": "项",
    "copies": "份",
    "points": "分",
    "people": "人",
    "households": "户",
    "weeks": "周",
    "months": "个月",
    "years": "年",
    "KB": "KB",
    "MB": "MB",
    "GB": "GB",
    "megapixels": "00万像素",  # 50 is said 5000万像素
}
_QUANTITY = re.compile(r"(?P<amount>\d+) (?P<unit>\w+)")
_SHARE = re.compile(r"(?P<top>\d+)/(?P<bottom>[1-9]\d*)|(?P<hundredths>\d+(\.\d+)?)%")
_HOURS = re.compile(r"(\d\d?):(\d\d)-(\d\d?):(\d\d)")
_MONEY = re.compile(r"(?P<yuan>\d+)(\.(?P<cents>\d\d?))? yuan")
_REFERENCE = re.compile(r"(?P<sort>role|unit|post|deed|kind|category):(?P<key>.+)")
_WEEKDAY = re.compile(r"weekday:(?P<day>\w+)")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CENTS = 100
FORMS = (
    "写法有：5 workdays、30 minutes、20 MB、1/3、25%、12.50 yuan、08:30-12:00、weekday:mon、role:unit_head"
    "（都加英文引号），整数，日期，true，词的列表"
)

Plain = (
    int
    | bool
    | Fraction
    | timedelta
    | Term
    | date
    | str
    | tuple[str, ...]
    | tuple[int, ...]
    | tuple[time, time]
)


@dataclass(frozen=True)
class Quantity:
    """A whole number of a unit; code gets a Term, a timedelta, bytes, pixels or the bare number."""

    amount: int
    unit: str

    @property
    def plain(self) -> int | timedelta | Term:
        """Return the value as code uses it."""
        if self.unit in TERM_UNITS:
            return self.term
        if self.unit in SPANS:
            return self.amount * SPANS[self.unit]
        return self.amount * FACTORS.get(self.unit, 1)

    @property
    def term(self) -> Term:
        """Return the value as a term of workdays, workhours, days or hours; ValueError for any other unit."""
        return Term(self.amount, TermUnit(self.unit))

    @property
    def said(self) -> str:
        """Return the value in Chinese."""
        return f"{_said_whole(self.amount)}{UNIT_WORDS[self.unit]}"


@dataclass(frozen=True)
class Limit:
    """A term that code counts in workdays, workhours, days or hours."""

    plain: Term

    @property
    def said(self) -> str:
        """Return the value in Chinese: 15日, 5个工作日."""
        return say_term(self.plain)


@dataclass(frozen=True)
class Money:
    """An amount, kept in 分."""

    plain: int

    @property
    def said(self) -> str:
        """Return the value in Chinese: 12.50元, 1万元."""
        yuan, cents = divmod(self.plain, CENTS)
        return f"{yuan}.{cents:02d}元" if cents else f"{_said_whole(yuan)}元"


@dataclass(frozen=True)
class Day:
    """A day of the year that bears a number."""

    plain: date

    @property
    def said(self) -> str:
        """Return the value in Chinese: 2026年1月1日."""
        return f"{self.plain.year}年{self.plain.month}月{self.plain.day}日"


@dataclass(frozen=True)
class Weekday:
    """A day of the week; code gets Monday as 0."""

    plain: int

    @property
    def said(self) -> str:
        """Return the value in Chinese: 周一."""
        return f"周{WEEKDAY_WORDS[self.plain]}"


@dataclass(frozen=True)
class Weekdays:
    """Days of the week; code gets Monday as 0."""

    plain: tuple[int, ...]

    @property
    def said(self) -> str:
        """Return the value in Chinese: 周一、周四."""
        return "、".join(Weekday(day).said for day in self.plain)


@dataclass(frozen=True)
class Choice:
    """One of the words that a rule type gives to choose from."""

    plain: str
    said: str


@dataclass(frozen=True)
class Whole:
    """A bare whole number."""

    plain: int

    @property
    def said(self) -> str:
        """Return the value in Chinese."""
        return _said_whole(self.plain)


@dataclass(frozen=True)
class Share:
    """A part of a whole, kept exactly."""

    plain: Fraction
    is_percent: bool

    @property
    def said(self) -> str:
        """Return the value in Chinese: 三分之一 or 25%."""
        if self.is_percent:
            return f"{float(self.plain * 100):g}%"
        return f"{in_characters(self.plain.denominator)}分之{in_characters(self.plain.numerator)}"


@dataclass(frozen=True)
class Switch:
    """Something that is done or not."""

    plain: bool

    @property
    def said(self) -> str:
        """Return the value in Chinese."""
        return "实行" if self.plain else "不实行"


@dataclass(frozen=True)
class Words:
    """A list of words."""

    plain: tuple[str, ...]

    @property
    def said(self) -> str:
        """Return the value in Chinese."""
        return "、".join(self.plain)


@dataclass(frozen=True)
class Hours:
    """A span of the day."""

    plain: tuple[time, time]

    @property
    def said(self) -> str:
        """Return the value in Chinese: 8:30—12:00."""
        return "—".join(f"{at.hour}:{at.minute:02d}" for at in self.plain)


@dataclass(frozen=True)
class Reference:
    """The name of a role, unit, post, deed, kind or category; whether it exists is checked with the whole rulebook."""

    sort: str
    plain: str

    @property
    def said(self) -> str:
        """Return the value in Chinese."""
        return _said_name(self.sort, self.plain)


@dataclass(frozen=True)
class References:
    """Names of one sort: units, roles, posts."""

    sort: str
    plain: tuple[str, ...]

    @property
    def said(self) -> str:
        """Return the value in Chinese: 民生办、综治办."""
        return "、".join(_said_name(self.sort, name) for name in self.plain)


Value = (
    Quantity
    | Limit
    | Whole
    | Share
    | Money
    | Switch
    | Choice
    | Words
    | Day
    | Hours
    | Weekday
    | Weekdays
    | Reference
    | References
)


def parse_value(raw: object) -> Value:
    """Read a value as written; ValueError says in Chinese which forms there are."""
    if isinstance(raw, bool):
        return Switch(raw)
    if isinstance(raw, int):
        return Whole(raw)
    if isinstance(raw, list) and raw and all(isinstance(word, str) and word.strip() for word in raw):
        return _parse_list([word.strip() for word in raw])
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return Day(raw)
    if isinstance(raw, str):
        return _parse_words(raw.strip())
    raise ValueError(f"看不懂的值 {raw!r}。{FORMS}")


def _parse_list(words: Sequence[str]) -> Value:
    """Read a list: names of one sort, days of the week, or words."""
    if days := [found["day"] for word in words if (found := _WEEKDAY.fullmatch(word))]:
        return (
            Weekdays(tuple(_weekday(day) for day in days)) if len(days) == len(words) else Words(tuple(words))
        )
    named = [found for word in words if (found := _REFERENCE.fullmatch(word))]
    sorts = {found["sort"] for found in named}
    if len(named) == len(words) and len(sorts) == 1:
        return References(sorts.pop(), tuple(found["key"].strip() for found in named))
    return Words(tuple(words))


def _parse_words(raw: str) -> Value:
    if money := _MONEY.fullmatch(raw):
        return Money(int(money["yuan"]) * CENTS + int((money["cents"] or "0").ljust(2, "0")))
    if quantity := _QUANTITY.fullmatch(raw):
        return _quantity(int(quantity["amount"]), quantity["unit"])
    if share := _SHARE.fullmatch(raw):
        return _share(share)
    if hours := _HOURS.fullmatch(raw):
        return _hours(*(int(part) for part in hours.groups()))
    if weekday := _WEEKDAY.fullmatch(raw):
        return Weekday(_weekday(weekday["day"]))
    if reference := _REFERENCE.fullmatch(raw):
        return Reference(reference["sort"], reference["key"].strip())
    raise ValueError(f"看不懂的值 {raw!r}。{FORMS}")


def _weekday(word: str) -> int:
    if word not in WEEKDAYS:
        raise ValueError(f"一周里没有 {word}。请写 {'、'.join(WEEKDAYS)} 之一，如 weekday:mon")
    return WEEKDAYS.index(word)


def _quantity(amount: int, unit: str) -> Quantity:
    unit = unit if unit in UNIT_WORDS else f"{unit}s"
    if unit not in UNIT_WORDS:
        raise ValueError(f"不认识的单位 {unit[:-1]}。可用的单位：{'、'.join(UNIT_WORDS)}")
    quantity = Quantity(amount, unit)
    if unit in TERM_UNITS:
        _ = quantity.term
    return quantity


def _share(found: re.Match[str]) -> Share:
    is_percent = found["hundredths"] is not None
    share = (
        Fraction(found["hundredths"]) / 100
        if is_percent
        else Fraction(int(found["top"]), int(found["bottom"]))
    )
    if share > 1:
        raise ValueError(f"份额 {found.group()} 超过了全部。请写成不超过 100% 的数")
    return Share(share, is_percent)


def _hours(*parts: int) -> Hours:
    try:
        start, end = time(parts[0], parts[1]), time(parts[2], parts[3])
    except ValueError:
        raise ValueError("一天里没有这个钟点。请写成 08:30-12:00") from None
    if start >= end:
        raise ValueError("开始不早于结束。请把早的写在前面，如 08:30-12:00")
    return Hours((start, end))


def _said_name(sort: str, name: str) -> str:
    """Return a role by its label, a post such as 民生办/窗口岗 without the stroke, others as they are."""
    if sort == "role":
        return Role(name).label if name in set(Role) else name
    return name.replace("/", "") if sort == "post" else name


def _said_whole(number: int) -> str:
    return f"{number // 10_000}万" if number and number % 10_000 == 0 else str(number)
