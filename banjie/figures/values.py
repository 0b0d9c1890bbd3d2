"""The value of a figure: what was counted, what it is divided by, and the number, exact until it is printed. Pure."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

Exact = Decimal | int
PERCENT = Decimal(100)
MONEY = {"元": 2, "万元": 6, "亿元": 10}
"""How many places each unit of money stands above 分, in which money is kept."""


@dataclass(frozen=True)
class Value:
    """A figure of a period: a count or sum has a numerator alone; of a rate, `number` is in per cent, unrounded.

    Where there is no number `missing` says why, as a paper would.
    """

    numerator: Exact | None = None
    denominator: Exact | None = None
    number: Exact | None = None
    missing: str = ""
    is_rate: bool = False
    unit: str = "件"
    digits: int = 0

    def __post_init__(self) -> None:
        if (self.number is None) != bool(self.missing):
            raise ValueError("a value either has a number or says why it has none")

    @property
    def is_missing(self) -> bool:
        """Tell whether there is no number."""
        return self.number is None

    @property
    def printed(self) -> Decimal:
        """Return the number as it is printed: half up to its digits, and only here (standards.md 2.11)."""
        if self.number is None:
            raise ValueError(f"there is nothing to print: {self.missing}")
        return half_up(Decimal(self.number), self.digits)

    @property
    def words(self) -> str:
        """Return the number with its unit, 92.3% or 1,204件 without the comma; — where it is missing."""
        return "—" if self.number is None else f"{plainly(self.printed)}{self.unit}"

    @property
    def fraction_words(self) -> str:
        """Return numerator and denominator beside a rate: 120/130 (standards.md 2.17)."""
        if self.denominator is None or self.numerator is None:
            return ""
        return f"{plainly(Decimal(self.numerator))}/{plainly(Decimal(self.denominator))}"

    def is_small(self, least: int) -> bool:
        """Tell whether its base is under the size from which a rate says something (standards.md 2.17)."""
        return self.denominator is not None and self.denominator < least


def counted(number: Exact, *, unit: str = "件", digits: int = 0) -> Value:
    """Return a count, a sum, or anything that is not divided."""
    return Value(numerator=number, number=number, unit=unit, digits=digits)


def added_up(number: Exact, *, unit: str = "件", digits: int = 0) -> Value:
    """Return what a figure counts or adds up; money, which is kept in 分, in the unit of the figure."""
    told = Decimal(number).scaleb(-MONEY[unit]) if unit in MONEY else number
    return Value(numerator=number, number=told, unit=unit, digits=digits)


def missing(why: str, *, unit: str = "件", digits: int = 0, is_rate: bool = False) -> Value:
    """Return a value that there is not, with the reason."""
    return Value(missing=why, unit=unit, digits=digits, is_rate=is_rate)


def rated(top: Exact, bottom: Exact, *, digits: int = 1, unit: str = "%") -> Value:
    """Return a rate in per cent; missing when its base is zero."""
    if not bottom:
        why = "没有可比的基数（分母为零）"
        return Value(top, bottom, missing=why, is_rate=True, unit=unit, digits=digits)
    number = PERCENT * Decimal(top) / Decimal(bottom)
    return Value(top, bottom, number, is_rate=True, unit=unit, digits=digits)


def divided(top: Exact, bottom: Exact, *, unit: str, digits: int = 1) -> Value:
    """Return one number over another that is no share of it, such as days per case; missing over zero."""
    if not bottom:
        return Value(top, bottom, missing="没有可以平均的件（分母为零）", unit=unit, digits=digits)
    return Value(top, bottom, Decimal(top) / Decimal(bottom), unit=unit, digits=digits)


def half_up(number: Decimal, digits: int) -> Decimal:
    """Return `number` with so many decimals, halves going up in size (standards.md 2.11)."""
    return number.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def plainly(number: Decimal) -> str:
    """Return a number in digits, never as a power of ten."""
    return f"{number:f}"


def median_of(counts: dict[int, int]) -> Decimal | None:
    """Return the median of values given with how often each occurs; the mean of the two in the middle, None of none."""
    total = sum(counts.values())
    if not total:
        return None
    wanted = {(total - 1) // 2, total // 2}
    found: list[int] = []
    seen = 0
    for value in sorted(counts):
        found += [value for place in wanted if seen <= place < seen + counts[value]]
        seen += counts[value]
    return Decimal(sum(found)) / len(found)
