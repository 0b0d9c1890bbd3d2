"""Invent a record of any declared book so that it passes the book's own checks. Pure: no database, no clock."""

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from uuid import UUID, uuid5
from zlib import crc32

from banjie.base.errors import InvalidInput
from banjie.books.book import Book, BookField, Check
from banjie.fields.spec import NUMBERS, REFERENCES, FieldType, Stored
from banjie.fields.stored import check
from banjie.sample import words_of_books as words

NAMESPACE = UUID("9900111010000000000000000000c0de")
AHEAD = ("until", "ends_on", "due_on", "answer_by", "next_", "review_on", "valid_")
"""Parts of the keys of days that lie ahead of the record's own."""
USUAL = {
    "人": 40,
    "人次": 60,
    "户": 30,
    "户次": 40,
    "份": 60,
    "亩": 20,
    "平方米": 900,
    "公里": 80,
    "分钟": 60,
}
DONE = ("published_on", "fixed_on", "done_on", "law_on", "decided_on", "served_on", "started_on", "tested")
"""Parts of the keys of what is mostly told, since most things are done."""
TRIES, MENDS = 30, 60
UNFILLED = (FieldType.PHOTO, FieldType.FILE, FieldType.CASE, FieldType.ID_NUMBER)
"""What the sample has nothing for: papers that were taken in, cases that a record grew into."""
MIDDLE, SPREAD, NEAR = (30.5, 119.5), 60, 12
"""Where the invented town lies; so many thousandths of a degree its villages are off it, and places off those."""


@dataclass(frozen=True)
class Ref:
    """Something that stands in the town, by what it is and a key or a running number."""

    sort: FieldType
    key: str

    @property
    def stand_in(self) -> str:
        """Return what stands for it while a record is checked without a database."""
        return _stand_in(self.sort, self.key)


@cache
def _stand_in(sort: FieldType, key: str) -> str:
    return key if sort is FieldType.VILLAGE else str(uuid5(NAMESPACE, f"{sort}:{key}"))


Told = str | Ref
Typed = dict[str, Told]


@dataclass(frozen=True)
class Setting:
    """Where and when a record is invented: its day and the day of writing, the village, and what may be named."""

    on: date
    today: date
    village: str
    part: str
    people: tuple[str, ...]
    units: tuple[str, ...]
    records: Mapping[str, int] = field(default_factory=dict)
    residents: int = 1
    enterprises: int = 1


class CannotInvent(ValueError):
    """A book whose checks no invented record met, with the words of the last one that failed."""


def invent(book: Book, setting: Setting, chance: random.Random, given: Mapping[str, Told]) -> Typed:
    """Return a record of a book as it is typed, holding what is `given`; raises CannotInvent."""
    failed = ""
    for _ in range(TRIES):
        attempt = _Attempt(book, setting, chance, given)
        failed = attempt.mended()
        if not failed:
            return attempt.typed
    raise CannotInvent(f"{book.key}: {failed}")


class _Attempt:
    """One record on its way: what is typed, mended until every check of the book holds."""

    def __init__(
        self, book: Book, setting: Setting, chance: random.Random, given: Mapping[str, Told]
    ) -> None:
        self.book, self.setting, self.chance, self.given = book, setting, chance, given
        self.asked = {spec.key: spec for spec in book.asked_on(setting.on)}
        self.typed: Typed = {}
        self.stored: dict[str, Stored] = {}
        self._put(book.day_field, _day(book, setting.on))
        for spec in self.asked.values():
            if spec.key in given:
                if given[spec.key]:
                    self._put(spec, given[spec.key])
            elif spec.type is FieldType.POINT:
                self._put(spec, _point(book, setting))
            elif spec.key != book.day and (spec.required or chance.random() < _likely(spec)):
                self._fill(spec)

    def mended(self) -> str:
        """Mend what fails, again and again; return the words of what still does, or nothing."""
        for _ in range(MENDS):
            failing = next(iter(self._failing()), None)
            if failing is None:
                return ""
            self._mend(failing)
        return failing.words if failing else ""

    def _failing(self) -> list[Check]:
        return [one for one in self.book.checks if one.fails(self.stored, today=self.setting.today)]

    def _put(self, spec: BookField, told: Told) -> None:
        raw = told.stand_in if isinstance(told, Ref) else told
        value = check(spec, raw, on=self.setting.on)
        self.typed[spec.key] = told
        if value is not None:
            self.stored[spec.key] = value

    def _mend(self, failing: Check) -> None:
        told_by = failing.when.names if failing.when and self.chance.random() < 0.25 else failing.must.names
        keys = sorted(key for key in told_by if key in self.asked and key not in (self.book.day, *self.given))
        if not keys:
            keys = sorted(set(failing.when.names if failing.when else ()) - {self.book.day, *self.given})
        if not keys:
            return
        missing = [key for key in keys if key not in self.typed]
        key = self.chance.choice(missing or keys)
        spec = self.asked[key]
        if key in self.typed and not spec.required and self.chance.random() < 0.5:
            del self.typed[key]
            self.stored.pop(key, None)
        else:
            self._fill(spec)

    def _fill(self, spec: BookField) -> None:
        value = _invented(self.book, spec, self.setting, self.chance)
        if value is not None:
            self._put(spec, value)


def _likely(spec: BookField) -> float:
    if spec.type in REFERENCES or any(part in spec.key for part in DONE):
        return 0.7
    return 0.15 if spec.type is FieldType.DATE else 0.4


def _day(book: Book, on: date) -> str:
    kind = book.day_field.type
    if kind is FieldType.MONTH:
        return f"{on:%Y-%m}"
    return f"{on} 10:00" if kind is FieldType.MOMENT else str(on)


def _invented(book: Book, spec: BookField, setting: Setting, chance: random.Random) -> Told | None:
    if spec.type in UNFILLED or spec.default.startswith("from."):
        return None
    if spec.type in REFERENCES:
        return _reference(spec, setting, chance)
    if spec.type in NUMBERS:
        return _number(spec, chance)
    if spec.type in (FieldType.DATE, FieldType.MONTH, FieldType.MOMENT):
        return _date(book, spec, setting, chance)
    if spec.choices:
        keys = [choice.key for choice in spec.choices if choice.until is None]
        return chance.choice(keys)
    return _words(book, spec, chance)


def _reference(spec: BookField, setting: Setting, chance: random.Random) -> Told | None:
    keys = {
        FieldType.STAFF: lambda: chance.choice(setting.people),
        FieldType.UNIT: lambda: chance.choice(setting.units),
        FieldType.VILLAGE: lambda: setting.village,
        FieldType.GRID: lambda: f"{setting.village}/{setting.part}",
        FieldType.RESIDENT: lambda: str(chance.randrange(setting.residents)),
        FieldType.ENTERPRISE: lambda: str(chance.randrange(setting.enterprises)),
    }
    if spec.type is FieldType.RECORD:
        count = setting.records.get(spec.of, 0)
        return Ref(spec.type, f"{spec.of}/{chance.randrange(count)}") if count else None
    return Ref(spec.type, keys[spec.type]())


def _number(spec: BookField, chance: random.Random) -> str:
    low = math.ceil(spec.least or 0)
    if spec.type is FieldType.MONEY:
        return str(max(low // 100, chance.randrange(5, 400) * 100))
    if spec.type is FieldType.SHARE:
        return str(chance.randrange(10, 100))
    high = min(int(spec.most) if spec.most is not None else 10**9, max(low, 1) + _usual(spec.unit))
    if low >= high:
        return str(low)
    return str(chance.randint(max(low, 0), high))


def _point(book: Book, setting: Setting) -> str:
    """Return a place near the village, the same for the same day: it takes nothing from what is left to chance."""
    near = f"{book.key}{setting.on}{setting.part}"
    offs = [_off(f"{setting.village}{axis}", SPREAD) + _off(f"{near}{axis}", NEAR) for axis in ("lat", "lng")]
    return ",".join(f"{middle + off:.5f}" for middle, off in zip(MIDDLE, offs, strict=True))


def _off(seed: str, most: int) -> float:
    """Return between minus and plus so many thousandths."""
    return (crc32(seed.encode()) % 2001 / 1000 - 1) * most / 1000


def _usual(unit: str) -> int:
    """Return how much more than one is usual in a unit."""
    return USUAL.get(unit, 4)


def _date(book: Book, spec: BookField, setting: Setting, chance: random.Random) -> str:
    if any(part in spec.key for part in AHEAD):
        day = setting.on + timedelta(days=chance.randrange(20, 300))
    elif book.day == "due_on":
        day = setting.on - timedelta(days=chance.randrange(-1, 4))
    else:
        day = min(setting.on + timedelta(days=chance.randrange(20)), setting.today)
    if spec.type is FieldType.MONTH:
        return f"{day:%Y-%m}"
    return f"{day} 10:30" if spec.type is FieldType.MOMENT else str(day)


def _words(book: Book, spec: BookField, chance: random.Random) -> str:
    fixed = {
        FieldType.YES_NO: ("是", "否"),
        FieldType.PLACE: words.PLACES,
        FieldType.LONG_TEXT: words.LONG,
        FieldType.PHONE: ("19900002718", "19900003141"),
    }
    if spec.type in fixed:
        return chance.choice(fixed[spec.type])
    first = next((one.key for one in book.fields if one.type is FieldType.TEXT and one.required), "")
    if spec.key == first and book.key in words.TITLES:
        return chance.choice(words.TITLES[book.key])
    said = chance.choice(words.NAMES if spec.label.endswith(("姓名", "网格长", "驾驶人")) else words.TEXTS)
    return said[: spec.longest] if spec.longest else said


def is_readable(book: Book, typed: Typed, on: date) -> bool:
    """Tell whether every field takes what was invented for it."""
    try:
        for spec in book.asked_on(on):
            told = typed.get(spec.key)
            is_prefilled = spec.default.startswith("from.")
            if told is not None or (spec.required and not is_prefilled):
                check(spec, told.stand_in if isinstance(told, Ref) else told, on=on)
    except InvalidInput:
        return False
    return True
