"""The sorts of value that a parameter can have: handed to code in its own type, and said in Chinese."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from fractions import Fraction

from banjie.people.rights import Role
from banjie.rulebook.numerals import in_characters
from banjie.worktime.calendar import WEEKDAY_WORDS
from banjie.worktime.terms import Term, TermUnit, say_term

CENTS = 100
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


def _said_name(sort: str, name: str) -> str:
    """Return a role by its label, a post such as 民生办/窗口岗 without the stroke, others as they are."""
    if sort == "role":
        return Role(name).label if name in set(Role) else name
    return name.replace("/", "") if sort == "post" else name


def _said_whole(number: int) -> str:
    return f"{number // 10_000}万" if number and number % 10_000 == 0 else str(number)
