"""Days and moments in the shapes in which sheets hold them, brought to the one that fields understand."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

from banjie.base.clock import BEIJING
from banjie.base.errors import InvalidInput
from banjie.fields.plain_text import half_width
from banjie.fields.values import parse_date, parse_moment

_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_EPOCH = datetime(1899, 12, 30, tzinfo=BEIJING)
FIRST_SERIAL, LAST_SERIAL = 21916, 73050
"""1 January 1960 and 31 December 2099 as Excel counts days; other numbers are no dates."""
_DAY = r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*[日号]?|\d{8}"
_WITH_TIME = re.compile(rf"({_DAY})[\sT,]*(.*)", re.DOTALL)
_PACKED = re.compile(r"(\d{8})(\d{2})(\d{2})(\d{2})?")
_CLOCK = re.compile(
    r"(?P<half>凌晨|早上|上午|中午|下午|傍晚|晚上)?\s*(?P<hour>\d{1,2})\s*[:时点]\s*(?P<minute>\d{1,2}|半)?\s*分?"
    r"(?:\s*:?\s*(?P<second>\d{1,2})(?:\.\d+)?\s*秒?)?(?:Z|\+08:?00)?\s*(?P<ampm>[ap]\.?m\.?)?",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\(?(?:星期|周)[一二三四五六日天]\)?")
_NUMERALS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_WRITTEN_OUT = re.compile(
    r"[〇○零一二三四五六七八九]{4}年[〇○零一二三四五六七八九十]{1,3}月[〇○零一二三四五六七八九十]{1,3}[日号]"
)
_LATE = ("下午", "傍晚", "晚上")


def read_day(text: str) -> date:
    """Return the day in a cell; a time of day beside it is left out. Raises InvalidInput."""
    plain = _plain(text)
    if serial := _serial(plain):
        return serial.date()
    packed, timed = _PACKED.fullmatch(plain), _WITH_TIME.fullmatch(plain)
    if packed:
        return parse_date(packed[1])
    return parse_date(timed[1] if timed and (not timed[2] or _CLOCK.fullmatch(timed[2])) else text)


def read_moment(text: str) -> datetime:
    """Return the moment in a cell, aware in Beijing time; a day alone begins at midnight. Raises InvalidInput."""
    plain = _plain(text)
    if serial := _serial(plain):
        return serial
    if packed := _PACKED.fullmatch(plain):
        return parse_moment(f"{packed[1]} {packed[2]}:{packed[3]}:{packed[4] or '00'}")
    timed = _WITH_TIME.fullmatch(plain)
    if timed is None:
        return parse_moment(text)
    if not timed[2]:
        return _midnight(parse_date(timed[1]))
    clock = _CLOCK.fullmatch(timed[2])
    return parse_moment(f"{timed[1]} {_of_day(clock)}" if clock else text)


def _plain(text: str) -> str:
    plain = _WEEKDAY.sub(" ", half_width(text)).strip()
    return _WRITTEN_OUT.sub(_in_digits, plain)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=BEIJING)


def _serial(plain: str) -> datetime | None:
    """Return the moment of a sheet's count of days, such as 43580.3976."""
    if not _SERIAL.fullmatch(plain) or not FIRST_SERIAL <= Decimal(plain) <= LAST_SERIAL:
        return None
    return _EPOCH + timedelta(seconds=round(float(plain) * 86_400))


def _of_day(clock: "re.Match[str]") -> str:
    hour = int(clock["hour"])
    ampm = (clock["ampm"] or "").replace(".", "").lower()
    if (clock["half"] in _LATE or ampm == "pm") and hour < 12:
        hour += 12
    if clock["half"] == "中午" and hour < 3:
        hour += 12
    if (ampm == "am" or clock["half"] == "凌晨") and hour == 12:
        hour = 0
    minute = "30" if clock["minute"] == "半" else clock["minute"] or "0"
    return f"{hour}:{minute}:{clock['second'] or 0}"


def _in_digits(found: "re.Match[str]") -> str:
    """Return 二〇二六年三月二十五日 as 2026年3月25日."""
    year, month, day = re.split("[年月]", found[0].rstrip("日号"))
    return f"{year.translate(_NUMERALS)}年{_small(month)}月{_small(day)}日"


def _small(words: str) -> int:
    """Return a number up to 99 that is written out: 十二, 二十, 三."""
    tens, ten, ones = words.rpartition("十")
    digits: Callable[[str], int] = lambda part: int(part.translate(_NUMERALS))  # noqa: E731
    if not ten:
        return digits(ones)
    return (digits(tens) if tens else 1) * 10 + (digits(ones) if ones else 0)


def refuse_unclear(text: str) -> None:
    """Raise InvalidInput for a day that may be read two ways, or that lacks its year."""
    plain = _plain(text)
    if re.fullmatch(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2}(?:\d{2})?.*", plain):
        raise InvalidInput(f"“{text.strip()}”分不清年、月、日，请写成四位年份在前，如2026-03-05")
    if re.fullmatch(r"\d{1,2}[-/月.]\d{1,2}[日号]?", plain):
        raise InvalidInput(f"“{text.strip()}”没有写年份，请补上，如2026-03-05")
