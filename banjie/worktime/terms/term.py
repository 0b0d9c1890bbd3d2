"""A term: an amount of one unit, read from a rule and said in Chinese. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from banjie.base.errors import InvalidInput

MOST = 5000
"""No rule of the field comes near; more is a slip of the hand."""
_TERM = re.compile(r"(\d+)\s*([a-z]+|个?工作日|个?工作小时|日|天|个?小时)")


class TermUnit(StrEnum):
    """What a term counts."""

    WORKDAYS = "workdays"
    WORKHOURS = "workhours"
    DAYS = "days"
    HOURS = "hours"

    @property
    def reads_calendar(self) -> bool:
        """Tell whether the working calendar has a say in when such a term ends."""
        return self is not TermUnit.HOURS


_SAID = {
    TermUnit.WORKDAYS: "个工作日",
    TermUnit.WORKHOURS: "个工作小时",
    TermUnit.DAYS: "日",
    TermUnit.HOURS: "小时",
}
_READ = {
    **{unit.value: unit for unit in TermUnit},
    **{unit.value.removesuffix("s"): unit for unit in TermUnit},
    "工作日": TermUnit.WORKDAYS,
    "工作小时": TermUnit.WORKHOURS,
    "日": TermUnit.DAYS,
    "天": TermUnit.DAYS,
    "小时": TermUnit.HOURS,
}


class BadTerm(InvalidInput, ValueError):
    """A term that cannot be read; also a ValueError, which is what a rule type's `parse` owes the rulebook."""


@dataclass(frozen=True)
class Term:
    """An amount of one unit, such as 5 workdays; BadTerm unless the amount lies between 1 and 5000."""

    amount: int
    unit: TermUnit

    def __post_init__(self) -> None:
        if not 1 <= self.amount <= MOST:
            raise BadTerm(f"时限不能是{self.amount}{_SAID[self.unit]}。请填1到{MOST}之间的整数。")

    def __str__(self) -> str:
        return f"{self.amount} {self.unit if self.amount != 1 else self.unit.removesuffix('s')}"


def parse_term(text: str) -> Term:
    """Read a term such as "5 workdays", "1 workday" or "5个工作日"; BadTerm with the remedy when it cannot be read."""
    match = _TERM.fullmatch(text.strip().lower())
    unit = _READ.get(match[2].removeprefix("个")) if match else None
    if match is None or unit is None:
        raise BadTerm(f"看不懂时限“{text}”。请写成 5 workdays、4 workhours、15 days 或 24 hours。")
    return Term(int(match[1]), unit)


def say_term(term: Term) -> str:
    """Return a term in Chinese: 5个工作日, 4个工作小时, 15日, 24小时."""
    return f"{term.amount}{_SAID[term.unit]}"


def extended(term: Term, *by: Term) -> Term:
    """Return `term` with its extensions added; InvalidInput when an extension counts in another unit."""
    return Term(term.amount + extension_amount(term, by), term.unit)


def extension_amount(term: Term, by: Iterable[Term]) -> int:
    """Return how many units the extensions add to `term`; InvalidInput when one counts in another unit."""
    amount = 0
    for extension in by:
        if extension.unit is not term.unit:
            told = f"原时限按“{say_term(term)}”计算，延期“{say_term(extension)}”的单位不同。"
            raise InvalidInput(
                f"{told}请按原时限的单位填写延期。", fields={"extension": "单位须与原时限一致"}
            )
        amount += extension.amount
    return amount
