"""Conditions of the catalogue that a form can ask for: words of a fact and what its columns hold. No Django here.

What is asked for so is written as one chain of AND, and read back from it; a condition that was written otherwise
stands as it is and is changed in its file.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from banjie.base.declarations import Fact, Holds

AND = " AND "
_ONE = re.compile(r"(\w+) = '([^']+)'")
_AMONG = re.compile(r"(\w+) IN \(('[^']+'(?:, '[^']+')*)\)")
_BOUND = re.compile(r"(\w+) (>=|<=|=) (-?\d+)")
_DAY = re.compile(r"in_period\((\w+)\)|(\w+) <= :to|(\w+) IS NULL")


class DayIs(StrEnum):
    """Where the day of a column lies."""

    IN_PERIOD = "in_period"
    UNTIL_END = "until_end"
    EMPTY = "empty"


DAY_WORDS = {DayIs.IN_PERIOD: "在期内", DayIs.UNTIL_END: "到期末为止", DayIs.EMPTY: "没有填"}
_DAY_FORMS = {DayIs.IN_PERIOD: "in_period({})", DayIs.UNTIL_END: "{} <= :to", DayIs.EMPTY: "{} IS NULL"}


@dataclass(frozen=True)
class Picked:
    """What a row must be to be kept: words of the fact that hold, and for columns values, bounds or days."""

    words: tuple[str, ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    bounds: Mapping[str, tuple[int | None, int | None]] = field(default_factory=dict)
    days: Mapping[str, DayIs] = field(default_factory=dict)

    @property
    def expression(self) -> str:
        """Return it as the catalogue writes it; "" keeps every row."""
        return AND.join([*self.words, *self._atoms()])

    def _atoms(self) -> Iterator[str]:
        for column, day in self.days.items():
            yield _DAY_FORMS[day].format(column)
        for column, among in self.values.items():
            if len(among) == 1:
                yield f"{column} = '{among[0]}'"
            elif among:
                listed = ", ".join(f"'{one}'" for one in among)
                yield f"{column} IN ({listed})"
        for column, (low, high) in self.bounds.items():
            if low is not None and low == high:
                yield f"{column} = {low}"
                continue
            yield from ([f"{column} >= {low}"] if low is not None else [])
            yield from ([f"{column} <= {high}"] if high is not None else [])


def picked_in(expression: str, fact: Fact) -> Picked | None:
    """Return what a condition asks, or None where it asks more than a form can show."""
    columns = {column.name: column for column in fact.columns if not column.expression}
    words: list[str] = []
    values: dict[str, tuple[str, ...]] = {}
    bounds: dict[str, tuple[int | None, int | None]] = {}
    days: dict[str, DayIs] = {}
    for atom in expression.split(AND) if expression else ():
        if atom in fact.words:
            words.append(atom)
        elif (found := _ONE.fullmatch(atom) or _AMONG.fullmatch(atom)) and found[1] in columns:
            values[found[1]] = tuple(re.findall(r"[^', ]+", found[2]))
        elif (found := _BOUND.fullmatch(atom)) and found[1] in columns:
            bounds[found[1]] = _bounded(bounds.get(found[1], (None, None)), found[2], int(found[3]))
        elif (found := _DAY.fullmatch(atom)) and _named(found) in columns:
            days[_named(found)] = _day(found)
        else:
            return None
    told = Picked(tuple(words), values, bounds, days)
    is_whole = sorted(told.expression.split(AND)) == sorted(expression.split(AND))
    return told if is_whole and all(columns[name].holds is Holds.WHOLE for name in bounds) else None


def _bounded(before: tuple[int | None, int | None], sign: str, limit: int) -> tuple[int | None, int | None]:
    if sign == "=":
        return limit, limit
    return (limit, before[1]) if sign == ">=" else (before[0], limit)


def _named(found: re.Match[str]) -> str:
    return next(name for name in found.groups() if name)


def _day(found: re.Match[str]) -> DayIs:
    return (DayIs.IN_PERIOD, DayIs.UNTIL_END, DayIs.EMPTY)[
        next(place for place, name in enumerate(found.groups()) if name)
    ]
