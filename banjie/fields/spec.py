"""Fields as declarations: what each is called, what it takes, and how its value is checked and said.

Values are kept in stored form, which is plain JSON: text, whole numbers and money (分) as they are, decimals as
text, days, months and moments in ISO form, yes and no as booleans; a choice, village, grid, unit, colleague, resident,
enterprise, case or record by key, a file or photo by the id of what is kept, several of them with commas between.
A point on a map is latitude and longitude in WGS-84 (`fields.points`).
A number told as 1200余 or 近1200 has its qualifier beside it (T-06), under the field's key and `__bound`.
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
    SHARE = "share"
    DATE = "date"
    MONTH = "month"
    MOMENT = "moment"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    PHONE = "phone"
    ID_NUMBER = "id_number"
    PHOTO = "photo"
    FILE = "file"
    PLACE = "place"
    POINT = "point"
    STAFF = "staff"
    UNIT = "unit"
    VILLAGE = "village"
    GRID = "grid"
    RESIDENT = "resident"
    ENTERPRISE = "enterprise"
    CASE = "case"
    RECORD = "record"

    @property
    def is_picked(self) -> bool:
        """Tell whether a value is picked from a list rather than typed."""
        return self in _PICKED

    @property
    def has_choices(self) -> bool:
        """Tell whether its values are among choices that the declaration names."""
        return self in (FieldType.CHOICE, FieldType.CHOICES)

    @property
    def is_kept_file(self) -> bool:
        """Tell whether a value names what is kept among the files."""
        return self in (FieldType.PHOTO, FieldType.FILE)


NUMBERS = frozenset((FieldType.WHOLE, FieldType.DECIMAL, FieldType.MONEY, FieldType.SHARE))
"""The types whose values are reckoned with."""
REFERENCES = frozenset(
    (
        FieldType.STAFF,
        FieldType.UNIT,
        FieldType.VILLAGE,
        FieldType.GRID,
        FieldType.RESIDENT,
        FieldType.ENTERPRISE,
        FieldType.CASE,
        FieldType.RECORD,
    )
)
"""The types whose values stand for a row kept elsewhere, which has a name."""
_PICKED = REFERENCES | {FieldType.CHOICE, FieldType.CHOICES, FieldType.YES_NO}
BOUND = "__bound"
"""Follows the key of a field in the key under which its qualifier is stored."""


class Bound(StrEnum):
    """How far a number is meant to the letter (T-06): 1200余 and 突破1200 are at least 1200, 近1200 is under it."""

    AT_LEAST = "at_least"
    EXACT = "exact"
    UNDER = "under"


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
    `places` the decimals. What is `personal` is shown covered unless asked for in full. A number that is `bound` takes
    a qualifier. `means` says which fact is asked, so that one note fills all that ask it; `asked_again` explains why a
    fact is asked in a second place. A record is `of` a book.
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
    bound: bool = False
    of: str = ""
    means: str = ""
    asked_again: str = ""

    @property
    def bound_key(self) -> str:
        """Return the key under which its qualifier is stored."""
        return f"{self.key}{BOUND}"

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
