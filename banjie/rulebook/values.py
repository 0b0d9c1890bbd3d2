"""The value of a parameter as it is written, read into its sort."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from fractions import Fraction

from banjie.rulebook.sorts import (
    CENTS,
    TERM_UNITS,
    UNIT_WORDS,
    Choice,
    Day,
    Hours,
    Limit,
    Money,
    Plain,
    Quantity,
    Reference,
    References,
    Share,
    Switch,
    Value,
    Weekday,
    Weekdays,
    Whole,
    Words,
)

__all__ = [
    "UNIT_WORDS",
    "Choice",
    "Day",
    "Hours",
    "Limit",
    "Money",
    "Plain",
    "Quantity",
    "Reference",
    "References",
    "Share",
    "Switch",
    "Value",
    "Weekday",
    "Weekdays",
    "Whole",
    "Words",
    "parse_value",
]

_QUANTITY = re.compile(r"(?P<amount>\d+) (?P<unit>\w+)")
_SHARE = re.compile(r"(?P<top>\d+)/(?P<bottom>[1-9]\d*)|(?P<hundredths>\d+(\.\d+)?)%")
_HOURS = re.compile(r"(\d\d?):(\d\d)-(\d\d?):(\d\d)")
_MONEY = re.compile(r"(?P<yuan>\d+)(\.(?P<cents>\d\d?))? yuan")
_REFERENCE = re.compile(r"(?P<sort>role|unit|post|deed|kind|category):(?P<key>.+)")
_WEEKDAY = re.compile(r"weekday:(?P<day>\w+)")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FORMS = (
    "写法有：5 workdays、30 minutes、20 MB、1/3、25%、12.50 yuan、08:30-12:00、weekday:mon、role:unit_head"
    "（都加英文引号），整数，日期，true，词的列表"
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
