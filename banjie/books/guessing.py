"""粘进来，我来认: the fields that a sheet of an office's own seems to have, by its heads and what stands below them."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from banjie.base.errors import InvalidInput
from banjie.fields.citizen import check_id_number
from banjie.fields.names import pinyin_of
from banjie.fields.phone import check_phone
from banjie.fields.plain_text import half_width, without_blanks
from banjie.fields.points import parse_point
from banjie.fields.spec import FieldType
from banjie.fields.values import parse_date, parse_decimal, parse_money, parse_month, parse_whole
from banjie.sheets.layout import Table

MOST_READ = 200
"""So many rows tell what a column holds."""
LONG = 40
"""A text with so many characters in a cell is a long one."""
KEY_LENGTH = 30
_UNIT = re.compile(r"^(?P<label>.+?)[（(](?P<unit>[^（）()]{1,6})[）)]$")
_PEOPLE = {
    "人": "人",
    "人次": "人次",
    "人数": "人",
    "户": "户",
    "户数": "户",
    "亩": "亩",
    "次数": "次",
    "件数": "件",
}
_NUMBERED = ("序号", "编号")
_YES_NO = frozenset(("是", "否", "有", "无", "√", "×"))


@dataclass(frozen=True)
class Habits:
    """What the town's rule has of guessing: most words of a choice, how often each stands, heads of money."""

    most_choices: int
    repeats: int
    money: Collection[str]


@dataclass(frozen=True)
class Offices:
    """By what habits is guessed, and the names by which a cell may mean a village, a unit or a colleague."""

    habits: Habits
    villages: Collection[str] = ()
    units: Collection[str] = ()
    staff: Collection[str] = ()


@dataclass(frozen=True)
class Guess:
    """A field as it is guessed: what it is called, what it takes, and a few of its cells to judge by."""

    place: int
    key: str
    label: str
    type: FieldType
    unit: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False
    personal: bool = False
    samples: tuple[str, ...] = ()


def guesses_of(table: Table, offices: Offices) -> list[Guess]:
    """Return a field for each column of a table that is more than the running number of its lines."""
    found: list[Guess] = []
    for head in table.heads:
        if head.words in _NUMBERED[:1]:
            continue
        cells = [line.cell(head.place).strip() for line in table.lines[:MOST_READ]]
        taken = {guess.key for guess in found}
        found.append(
            _guess(head.place, head.words, [cell for cell in cells if cell], len(cells), offices, taken)
        )
    return found


def key_of(label: str, taken: Collection[str]) -> str:
    """Return a key for a label: its pinyin in letters, with a number behind where it is taken already."""
    letters = re.sub(r"[^a-z0-9]+", "", pinyin_of(half_width(label)).lower())[:KEY_LENGTH]
    base = letters if letters and letters[0].isalpha() else f"field{letters}"
    key, more = base, 2
    while key in taken:
        key, more = f"{base}{more}", more + 1
    return key


def day_of(guesses: Sequence[Guess]) -> str:
    """Return the key of the field by which records would be ordered: the first date, else the first month, or ""."""
    dates = [guess.key for guess in guesses if guess.type is FieldType.DATE]
    months = [guess.key for guess in guesses if guess.type is FieldType.MONTH]
    return next(iter([*dates, *months]), "")


def _guess(
    place: int, words: str, cells: Sequence[str], rows: int, offices: Offices, taken: Collection[str]
) -> Guess:
    label, unit = _label_and_unit(words)
    kind = _type_of(label, unit, cells, offices)
    is_number = kind in (FieldType.WHOLE, FieldType.DECIMAL)
    return Guess(
        place=place,
        key=key_of(label, taken),
        label=label,
        type=kind,
        unit=(unit or _unit_by(label)) if is_number else "",
        choices=tuple(dict.fromkeys(cells)) if kind is FieldType.CHOICE else (),
        required=bool(rows) and len(cells) == rows,
        personal=kind in (FieldType.PHONE, FieldType.ID_NUMBER) or label in ("姓名", "户主", "户主姓名"),
        samples=tuple(dict.fromkeys(cells))[:3],
    )


def _label_and_unit(words: str) -> tuple[str, str]:
    """Return 走访户数 and 户 of 走访户数（户）."""
    found = _UNIT.match(without_blanks(words))
    return (found["label"], found["unit"]) if found else (words.strip(), "")


def _unit_by(label: str) -> str:
    return next((unit for ending, unit in _PEOPLE.items() if label.endswith(ending)), "个")


def _type_of(label: str, unit: str, cells: Sequence[str], offices: Offices) -> FieldType:
    if not cells:
        return FieldType.TEXT
    for kind, fits in _tests(label, unit, offices):
        if all(fits(cell) for cell in cells):
            return kind
    if _is_choice(cells, offices.habits):
        return FieldType.CHOICE
    return FieldType.LONG_TEXT if max(map(len, cells)) > LONG else FieldType.TEXT


def _tests(label: str, unit: str, offices: Offices) -> Iterator[tuple[FieldType, Callable[[str], bool]]]:
    """Yield what a column may hold with how to tell, the surest first."""
    yield FieldType.DATE, lambda cell: _reads(cell, parse_date)
    yield FieldType.MONTH, lambda cell: _reads(cell, parse_month)
    yield FieldType.ID_NUMBER, lambda cell: _reads(cell, check_id_number)
    yield FieldType.PHONE, lambda cell: _reads(cell, check_phone)
    yield FieldType.VILLAGE, lambda cell: cell in offices.villages
    yield FieldType.UNIT, lambda cell: cell in offices.units
    yield FieldType.STAFF, lambda cell: cell in offices.staff
    yield FieldType.YES_NO, lambda cell: cell in _YES_NO
    if unit in ("元", "万元") or (not unit and any(word in label for word in offices.habits.money)):
        yield FieldType.MONEY, lambda cell: _reads(cell, parse_money)
    yield FieldType.POINT, lambda cell: _reads(cell, parse_point)
    yield FieldType.WHOLE, lambda cell: _reads(cell, parse_whole)
    yield FieldType.DECIMAL, lambda cell: _reads(cell, parse_decimal)


def _reads(cell: str, read: Callable[[str], object]) -> bool:
    try:
        read(cell)
    except InvalidInput:
        return False
    return True


def _is_choice(cells: Sequence[str], habits: Habits) -> bool:
    different = set(cells)
    return (
        len(different) <= habits.most_choices
        and len(cells) >= habits.repeats * len(different)
        and max(map(len, different)) <= LONG // 2
    )


TYPE_WORDS: Mapping[FieldType, str] = {
    FieldType.TEXT: "短文字",
    FieldType.LONG_TEXT: "长文字",
    FieldType.WHOLE: "整数",
    FieldType.DECIMAL: "小数",
    FieldType.MONEY: "金额（元）",
    FieldType.SHARE: "百分比",
    FieldType.DATE: "日期",
    FieldType.MONTH: "月份",
    FieldType.MOMENT: "日期和时间",
    FieldType.CHOICE: "从几项里选一项",
    FieldType.CHOICES: "可选几项",
    FieldType.YES_NO: "是或否",
    FieldType.PHONE: "电话（加密）",
    FieldType.ID_NUMBER: "身份证号（加密）",
    FieldType.VILLAGE: "村（社区）",
    FieldType.GRID: "网格",
    FieldType.UNIT: "镇里的单位",
    FieldType.STAFF: "工作人员",
    FieldType.RESIDENT: "群众（登记过的）",
    FieldType.ENTERPRISE: "企业（登记过的）",
    FieldType.CASE: "系统里的件",
    FieldType.PLACE: "地点",
    FieldType.POINT: "地图上的位置",
    FieldType.PHOTO: "照片",
    FieldType.FILE: "附件",
}
"""What each type is called where a book is made on the web; a record of another book is declared in a file."""
