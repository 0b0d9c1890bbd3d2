"""How one value stands to another, in the words that papers use (standards.md §2). Pure.

Counts and amounts in per cent, rates in points, nothing over a zero, missing or negative base.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from banjie.figures.values import PERCENT, Exact, Value, half_up, plainly

DASH = "—"


class Against(StrEnum):
    """What a value is held against."""

    LAST_YEAR = "last_year"
    PREVIOUS = "previous"


PREFIX = {Against.LAST_YEAR: "同比", Against.PREVIOUS: "环比"}
BASE_WORDS = {Against.LAST_YEAR: "上年同期", Against.PREVIOUS: "上期"}


class Course(StrEnum):
    """Which way a value went; `none` where it cannot be told."""

    UP = "up"
    DOWN = "down"
    LEVEL = "level"
    NONE = "none"


@dataclass(frozen=True)
class Comparison:
    """What a paper says of the two, which way it went, by how much it is printed, and why where nothing is said."""

    words: str
    course: Course
    change: Decimal | None = None
    note: str = ""


def compared(
    now: Value,
    before: Value | None,
    *,
    against: Against = Against.LAST_YEAR,
    digits: int = 1,
    is_balance: bool = False,
) -> Comparison:
    """Hold a value against that of an earlier period; `is_balance` says that below zero means a loss (盈亏).

    Raises ValueError for two values of different units: 人 and 人次 are not compared (2.16).
    """
    base = BASE_WORDS[against]
    if now.number is None:
        return Comparison(DASH, Course.NONE, note=now.missing)
    if before is None or before.number is None:
        why = before.missing if before else "没有数据"
        return Comparison(DASH, Course.NONE, note=f"{base}{why}，不作比较")
    if (now.unit, now.is_rate) != (before.unit, before.is_rate):
        raise ValueError(f"{now.unit} cannot be compared with {before.unit}")
    if now.is_rate:
        return _in_points(now, before, PREFIX[against])
    if is_balance and (now.number < 0 or before.number < 0):
        return _balance(now, before, PREFIX[against])
    if before.number <= 0:
        return _over_nothing(now, before, against)
    return _in_per_cent(now.number, before.number, PREFIX[against], digits)


def growth_compared(now: Exact, before: Exact, *, digits: int = 1) -> Comparison:
    """Hold a growth rate, in per cent, against that of the same period last year (2.3)."""
    printed, base = half_up(Decimal(now), digits), half_up(Decimal(before), digits)
    change = printed - base
    if base < 0 < printed:
        return Comparison("增速由负转正", Course.UP, change)
    if printed < 0 < base:
        return Comparison("增速由正转负", Course.DOWN, change)
    if not change:
        return Comparison("增速与上年同期持平", Course.LEVEL, change)
    points = f"{plainly(abs(change))}个百分点"
    if change > 0:
        return Comparison(f"增速比上年同期提高{points}", Course.UP, change)
    return Comparison(f"增速比上年同期下降{points}", Course.DOWN, change)


def in_times(now: Exact, before: Exact, *, digits: int = 1) -> str:
    """Say a growth by its multiple, empty where 倍 is not to be used: 增长1.5倍 is 2.5 times as much (2.8).

    翻一番 is twice and 翻两番 four times as much; a fall, and a growth of less than 100%, is never told so.
    """
    if before <= 0 or now < 2 * before:
        return ""
    ratio = Decimal(now) / Decimal(before)
    exact = {Decimal(2): "翻一番", Decimal(4): "翻两番"}.get(ratio)
    return exact or f"增长{plainly(half_up(ratio - 1, digits))}倍"


def parts_note(printed: list[Decimal], total: Decimal) -> str:
    """Return the usual note when printed parts do not add up to the printed total, else nothing (2.11)."""
    if sum(printed, Decimal(0)) == total:
        return ""
    return "注：部分数据因四舍五入，分项合计与总计可能略有出入。"


def _in_per_cent(now: Exact, before: Exact, prefix: str, digits: int) -> Comparison:
    change = half_up(PERCENT * (Decimal(now) - Decimal(before)) / Decimal(before), digits)
    if not change:
        return Comparison(f"{prefix}持平", Course.LEVEL, change)
    if change > 0:
        return Comparison(f"{prefix}增长{plainly(change)}%", Course.UP, change)
    return Comparison(f"{prefix}下降{plainly(-change)}%", Course.DOWN, change)


def _in_points(now: Value, before: Value, prefix: str) -> Comparison:
    """Take the difference of the two printed rates, so that a reader can check it (2.12)."""
    change = now.printed - before.printed
    if not change:
        return Comparison(f"{prefix}持平", Course.LEVEL, change)
    points = f"{plainly(abs(change))}个百分点"
    if change > 0:
        return Comparison(f"{prefix}提高{points}", Course.UP, change)
    return Comparison(f"{prefix}下降{points}", Course.DOWN, change)


def _over_nothing(now: Value, before: Value, against: Against) -> Comparison:
    """Say the change itself: over a base of zero or less there is no rate (2.4, 2.6, 2.7)."""
    base, change = BASE_WORDS[against], now.printed - before.printed
    if not change:
        return Comparison(f"{PREFIX[against]}持平", Course.LEVEL, change)
    why = f"{base}为{'零' if not before.printed else '负'}，不计算增幅"
    if change > 0:
        return Comparison(f"比{base}增加{plainly(change)}{now.unit}（{why}）", Course.UP, change, why)
    return Comparison(f"比{base}减少{plainly(-change)}{now.unit}（{why}）", Course.DOWN, change, why)


def _balance(now: Value, before: Value, prefix: str) -> Comparison:
    """Say a change across or below zero: 扭亏为盈, 由盈转亏, 减亏, 增亏 with the change itself (2.6)."""
    change = now.printed - before.printed
    told = f"{plainly(abs(change))}{now.unit}"
    if not change:
        return Comparison(f"{prefix}持平", Course.LEVEL, change)
    if before.printed < 0 <= now.printed:
        return Comparison(f"扭亏为盈，增加{told}", Course.UP, change)
    if now.printed < 0 <= before.printed:
        return Comparison(f"由盈转亏，减少{told}", Course.DOWN, change)
    if change > 0:
        return Comparison(f"减亏{told}", Course.UP, change)
    return Comparison(f"增亏{told}", Course.DOWN, change)
