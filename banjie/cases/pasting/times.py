"""Moments as chats and sheets write them: 2019/4/25 9:32:09, 昨天 09:12, 上午9:12, a sheet's serial number."""

import re
from datetime import date, datetime, time, timedelta

DAY = (
    r"(?:\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?|\d{1,2}[-/月]\d{1,2}日?"
    r"|前天|昨天|今天|(?:星期|周)[一二三四五六日天])"
)
CLOCK = (
    r"(?:凌晨|早上|上午|中午|下午|傍晚|晚上)?\s?\d{1,2}[:：]\d{2}(?:[:：]\d{2}(?:\.\d+)?)?(?:\s?[AaPp][Mm])?"
)
MOMENT = rf"{DAY}[日,，T\s]*{CLOCK}"
_READ = re.compile(
    r"(?:(?P<year>\d{4})\s?[-/.年]\s?)?(?:(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})日?)?"
    r"(?P<word>前天|昨天|今天|(?:星期|周)[一二三四五六日天])?[,，T\s]*"
    r"(?:(?P<half>凌晨|早上|上午|中午|下午|傍晚|晚上)?\s?(?P<hour>\d{1,2})[:：点时](?P<minute>\d{2})?分?"
    r"(?:[:：](?P<second>\d{2})(?:\.\d+)?)?(?:\s?(?P<ampm>[AaPp][Mm]))?)?"
)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_EPOCH = date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = 36526, 73050
"""1 January 2000 and 31 December 2099 as Excel counts days; other numbers are no dates."""
_AHEAD = timedelta(days=1)
_AFTERNOON = ("下午", "傍晚", "晚上")
_WEEKDAYS = "一二三四五六日"


def read_moment(words: str, *, at: datetime, day: date | None = None) -> datetime | None:
    """Return the moment that `words` mean on the office's clock, or None when they mean none.

    `at` is now in the office's zone: a day without its year is the last one that fits, 昨天 is counted from it.
    `day` is the day that a chat's divider named, for a time of day alone.
    """
    match = _READ.fullmatch(words.strip())
    if not match or not match.group().strip() or (match["year"] and not match["month"]):
        return None
    try:
        told_on = _day(match, at, day)
        told = datetime.combine(told_on, _clock(match), tzinfo=at.tzinfo)
        is_yearless = bool(match["month"]) and not match["year"]
        if is_yearless and told > at + _AHEAD:
            return told.replace(year=told.year - 1)
    except (ValueError, OverflowError):
        return None
    is_clock_alone = day is None and not (match["month"] or match["word"])
    return told - timedelta(days=1) if is_clock_alone and told > at else told


def read_serial(words: str, *, at: datetime) -> datetime | None:
    """Return the moment of a sheet's serial number of days, such as 43580.3976, or None."""
    if not _SERIAL.fullmatch(words.strip()):
        return None
    count = float(words)
    if not FIRST_SERIAL <= count <= LAST_SERIAL:
        return None
    midnight = datetime.combine(_EPOCH, time(), tzinfo=at.tzinfo)
    return midnight + timedelta(seconds=round(count * 86400))


def _day(match: re.Match[str], at: datetime, day: date | None) -> date:
    if match["month"]:
        year = int(match["year"] or (day or at).year)
        return date(year, int(match["month"]), int(match["day"]))
    word = match["word"] or ""
    if word[-1:] in ("天",) and word in ("前天", "昨天", "今天"):
        return at.date() - timedelta(days={"今天": 0, "昨天": 1, "前天": 2}[word])
    if word:
        weekday = _WEEKDAYS.index(word[-1].replace("天", "日"))
        return at.date() - timedelta(days=(at.weekday() - weekday) % 7)
    return day or at.date()


def _clock(match: re.Match[str]) -> time:
    if not match["hour"]:
        return time()
    hour = int(match["hour"])
    is_late = match["half"] in _AFTERNOON or (match["ampm"] or "").lower() == "pm"
    if is_late and hour < 12:
        hour += 12
    if match["half"] == "中午" and hour < 3:
        hour += 12
    return time(hour, int(match["minute"] or 0), int(match["second"] or 0))
