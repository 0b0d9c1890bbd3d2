"""Fields as declarations: what each is called, what it takes, and how its value is checked and said.

Values are kept in stored form, which is plain JSON: text, whole numbers and money (分) as they are, decimals as
text, days and moments in ISO form, yes and no as booleans; a choice, village, grid, unit or colleague by key.
A key, a type and a unit never change. What is no longer asked is retired with `until`; what was kept stays readable.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

Stored = str | int | bool


class FieldType(StrEnum):
    """What kind of value a field takes."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    WHOLE = "whole"
    DECIMAL = "decimal"
    MONEY = "money"
    DATE = "date"
    MOMENT = "moment"
    CHOICE = "choice"
    YES_NO = "yes_no"
    PHONE = "phone"
    ID_NUMBER = "id_number"
    STAFF = "staff"
    UNIT = "unit"
    VILLAGE = "village"
    GRID = "grid"

    @property
    def is_picked(self) -> bool:
        """Tell whether a value is picked from a list rather than typed."""
        return self in _PICKED


_PICKED = frozenset(
    (FieldType.CHOICE, FieldType.YES_NO, FieldType.STAFF, FieldType.UNIT, FieldType.VILLAGE, FieldType.GRID)
)


@dataclass(frozen=True)
class Choice:
    """One of the values of a choice field, asked from `since` up to the day before `until`."""

    key: str
    label: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class FieldSpec:
    """A declared field; `until` is the first day on which it is no longer asked.

    `least` and `most` bound numbers in stored form (money in 分), `longest` counts characters of text, and
    `places` the decimals. What is `personal` is shown covered unless asked for in full.
    """

    key: str
    label: str
    type: FieldType = FieldType.TEXT
    required: bool = False
    unit: str = ""
    choices: tuple[Choice, ...] = ()
    since: date | None = None
    until: date | None = None
    personal: bool = False
    help: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    longest: int | None = None
    places: int = 2

    def choice_label(self, key: str) -> str:
        """Return the label of a choice, retired or not; an unknown key stands for itself."""
        return next((choice.label for choice in self.choices if choice.key == key), key)


def is_asked(declared: FieldSpec | Choice, on: date | None) -> bool:
    """Tell whether a field or choice is asked on a day; without a day, whether it is not retired at all."""
    if on is None:
        return declared.until is None
    return (declared.since is None or declared.since <= on) and (
        declared.until is None or on < declared.until
    )


def in_force(specs: Iterable[FieldSpec], on: date) -> tuple[FieldSpec, ...]:
    """Return the fields that are asked on a day, in the order of declaration."""
    return tuple(spec for spec in specs if is_asked(spec, on))
