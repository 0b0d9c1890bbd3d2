"""Numbers, money, dates and moments as they are typed in Chinese offices, and as papers and tables say them."""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from banjie.base.clock import BEIJING
from banjie.base.errors import InvalidInput
from banjie.fields.plain_text import half_width, without_blanks

FEN_IN_YUAN = 100
_UNITS = {"": 1, "元": 1, "万": 10_000, "万元": 10_000, "亿": 100_000_000, "亿元": 100_000_000}
_MONEY = re.compile(r"(?:¥|¥|RMB|人民币)?([+-]?[\d,.]+)(万元|亿元|万|亿|元)?(?:整)?", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")
_DATES = (
    re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})[日号]?"),
    re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)
_MONTH = re.compile(r"(\d{4})(?:年|[-/.]|)(\d{1,2})月?")
_MOMENT = re.compile(
    r"(.+?)(?:T|日|号|\s)\s*(\d{1,2})(?:[::]|时|点)(\d{1,2})?分?(?:[::](\d{1,2}))?(?:\.\d+)?(?:\+08:00)?"
)
_HALF_HOUR = re.compile(r"点半$")
DATE_EXAMPLES = "2026年3月5日、2026-03-05、2026/3/5或2026.3.5"


def parse_decimal(text: str) -> Decimal:
    """Return the number in `text`, thousands commas allowed; raises InvalidInput."""
    plain = without_blanks(text)
    if not _NUMBER.fullmatch(plain):
        raise InvalidInput(f"“{text.strip()}”不是数字，请只填数字，如1200或12.5")
    return Decimal(plain.replace(",", ""))


def parse_whole(text: str) -> int:
    """Return the whole number in `text`; raises InvalidInput."""
    number = parse_decimal(text)
    if number != number.to_integral_value():
        raise InvalidInput(f"应填整数，现在是{text.strip()}")
    return int(number)


def parse_money(text: str) -> int:
    """Return an amount in 分 from 1200, 1,200.50元 or 1.2万元; raises InvalidInput, also for parts of a 分."""
    found = _MONEY.fullmatch(without_blanks(text).replace("¥", ""))
    if not found or not _NUMBER.fullmatch(found.group(1)):
        raise InvalidInput(f"“{text.strip()}”不是金额，请填数字，单位是元，如1200.50，也可写1.2万元")
    fen = Decimal(found.group(1).replace(",", "")) * _UNITS[found.group(2) or ""] * FEN_IN_YUAN
    if fen != fen.to_integral_value():
        raise InvalidInput(f"金额最多到分，请核对“{text.strip()}”")
    return int(fen)


def say_money(fen: int) -> str:
    """Say an amount of 分: 1,200.50元, and 1,200元 for a round sum."""
    yuan, rest = divmod(abs(fen), FEN_IN_YUAN)
    sign = "-" if fen < 0 else ""
    return f"{sign}{yuan:,}.{rest:02d}元" if rest else f"{sign}{yuan:,}元"


def parse_date(text: str) -> date:
    """Return the day written as 2026年3月5日, 2026-03-05, 2026/3/5, 2026.3.5 or 20260305; raises InvalidInput."""
    plain = without_blanks(text)
    for form in _DATES:
        found = form.fullmatch(plain)
        if found:
            year, month, day = (int(part) for part in found.groups() if part.isdecimal())
            return _existing_day(year, month, day)
    raise InvalidInput(f"“{text.strip()}”不是日期，请写成{DATE_EXAMPLES}")


def parse_month(text: str) -> str:
    """Return 2026-03 for 2026年3月, 2026-03, 2026/3, 2026.3, 202603 or a day in it; raises InvalidInput."""
    found = _MONTH.fullmatch(without_blanks(text))
    try:
        day = _existing_day(int(found[1]), int(found[2]), 1) if found else parse_date(text)
    except InvalidInput as wrong:
        raise InvalidInput(f"“{text.strip()}”不是月份，请写成2026年3月或2026-03") from wrong
    return f"{day:%Y-%m}"


def say_month(month: str) -> str:
    """Say a month as papers do: 2026年3月."""
    year, number = month.split("-")
    return f"{year}年{int(number)}月"


def say_date(day: date) -> str:
    """Say a day as papers do: 2026年3月5日 (tables use the ISO form)."""
    return f"{day.year}年{day.month}月{day.day}日"


def parse_moment(text: str) -> datetime:
    """Return the moment, aware in Beijing time, written as a date and 14:30, 14时30分, 14点 or 14点半."""
    plain = _HALF_HOUR.sub("点30分", half_width(text).strip())
    found = _MOMENT.fullmatch(plain)
    if not found:
        raise InvalidInput(f"“{text.strip()}”不是时间，请写成2026-03-05 14:30或2026年3月5日14时30分")
    day = parse_date(found.group(1))
    hour, minute, second = (int(part or 0) for part in found.groups()[1:])
    try:
        return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=BEIJING)
    except ValueError as wrong:
        raise InvalidInput(f"没有{hour}时{minute}分这个时刻，请核对“{text.strip()}”") from wrong


def say_moment(moment: datetime) -> str:
    """Say a moment as papers do: 2026年3月5日14时30分."""
    there = moment.astimezone(BEIJING)
    return f"{say_date(there.date())}{there.hour}时{there.minute:02d}分"


def say_number(number: int | Decimal) -> str:
    """Say a number with thousands commas, its decimals as they stand."""
    return f"{number:,}"


def read_decimal(text: str) -> Decimal:
    """Return a decimal from its stored form; a broken one is a bug of the writer."""
    try:
        return Decimal(text)
    except InvalidOperation as broken:
        raise ValueError(f"stored decimal {text!r}") from broken


def _existing_day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as wrong:
        raise InvalidInput(f"没有{year}年{month}月{day}日这一天，请核对") from wrong
