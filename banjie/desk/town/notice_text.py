"""Read a yearly notice of days off as it is pasted: the State Council's own sentences, or one day a line. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from banjie.base.errors import InvalidInput
from banjie.worktime.calendar import DayKind
from banjie.worktime.notice import NoticeDay

_BRACKETS = re.compile(r"[（(][^）)]*[）)]")
_COUNTER = re.compile(r"^\s*(?:[一二三四五六七八九十]+|\d{1,2})(?:[、．]|\.(?!\d))\s*")
_DAY = r"(?:(?P<year{0}>\d{{4}})[-年./])?(?:(?P<month{0}>\d{{1,2}})[-月./])?(?P<day{0}>\d{{1,2}})日?"
_FIRST = _DAY.format("").replace(")[-月./])?", ")[-月./])")
_SPAN = re.compile(_FIRST + r"(?:\s*(?:至|到|~|—+|–|－)\s*" + _DAY.format("_to") + ")?")
_NAME = re.compile(r"[\u4e00-\u9fff]{2,8}")
_KIND_WORDS = ("放假", "调休", "上班", "补班", "休息", "共", "天")
LONGEST_SPAN = 15


@dataclass(frozen=True)
class _Span:
    """A row of days that a sentence names."""

    first: date
    last: date

    def days(self) -> Iterator[date]:
        for step in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=step)


def read_notice(text: str, *, year: int) -> list[NoticeDay]:
    """Return the days that a pasted notice names, in its order; InvalidInput names each line that cannot be read.

    A line may be "一、元旦：1月1日（周五）至3日（周日）放假调休。1月9日（周六）上班。" or "2027-01-09 补班".
    """
    days: list[NoticeDay] = []
    problems: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            days += _read_line(line, year=year)
        except ValueError as error:
            problems.append(f"第{number}行{error}")
    if problems or not days:
        words = "；".join(problems) or "没有读出任何一天。请贴上通知里逐个节日的安排"
        raise InvalidInput(f"{words}。", fields={"days": f"{words}。"})
    return days


def _read_line(line: str, *, year: int) -> Iterator[NoticeDay]:
    plain = _COUNTER.sub("", _BRACKETS.sub("", line))
    head, colon, rest = re.sub("[:：]", "：", plain).partition("：")
    name = head.strip() if colon else ""
    pending: list[_Span] = []
    found = False
    for clause in re.split("[。；;，,]", rest if colon else plain):
        pending += _spans(clause, year=year)
        kind = _kind(clause)
        if kind is None or not pending:
            continue
        found = True
        called = name or _name(clause)
        yield from (NoticeDay(day, kind, called) for span in pending for day in span.days())
        pending = []
    if pending:
        raise ValueError("没有写明是“放假”还是“上班”")
    if not found:
        raise ValueError("没有日期。请写成“1月1日至3日放假”或“2027-01-09 补班”")


def _spans(sentence: str, *, year: int) -> Iterator[_Span]:
    for found in _SPAN.finditer(sentence):
        first = _date(found, "", default=date(year, 1, 1))
        last = _date(found, "_to", default=first) if found["day_to"] else first
        if not timedelta(0) <= last - first <= timedelta(days=LONGEST_SPAN):
            raise ValueError(f"的“{found[0].strip()}”前后颠倒或超过{LONGEST_SPAN}天，请核对")
        yield _Span(first, last)


def _date(found: re.Match[str], end: str, *, default: date) -> date:
    try:
        return date(
            int(found[f"year{end}"] or default.year),
            int(found[f"month{end}"] or default.month),
            int(found[f"day{end}"]),
        )
    except ValueError as error:
        raise ValueError(f"的“{found[0].strip()}”不是日期，请核对") from error


def _kind(clause: str) -> DayKind | None:
    if "上班" in clause or "补班" in clause:
        return DayKind.MAKE_UP
    return DayKind.HOLIDAY if "放假" in clause or "休" in clause else None


def _name(sentence: str) -> str:
    words = (word for word in _NAME.findall(sentence) if not any(kind in word for kind in _KIND_WORDS))
    return next(words, "")
