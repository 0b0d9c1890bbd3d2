"""What a number that was typed into a superior's form holds as a quoted number. Pure.

What is no number, and what only looks like one (a telephone, an identity number), is none.
"""

import re
from collections.abc import Mapping

from banjie.fields.plain_text import half_width
from banjie.figures.periods import Period

BOOK = "quoted_numbers"
NAME_LENGTH = 100
UNSTATED = "没有说"
UNIT_WORDS = {"人": "人", "宗": "起", "场": "场次", "批": "批次", "名": "人", "份": "份"}
"""Units of forms that the book calls otherwise."""
_NUMBER = re.compile(r"(?:近|超|突破|超过)?(\d[\d,]*)(\.\d+)?([余多])?")
_CALLED = re.compile(r"电话|手机|号码|身份证|邮编|传真|代码|账号|编号|年份|年度")
_DIGITS = re.compile(r"[\d〇零一二三四五六七八九十年月季度上下半]+")
_MOST_DIGITS = 9


def quoted_number(label: str, text: str, *, unit: str) -> tuple[str, str] | None:
    """Return number and unit of what was typed, None where it is no number: 12% is ("12", "%")."""
    told = "".join(half_width(text).split())
    if told.endswith("%"):
        told, unit = told[:-1], "%"
    elif unit and told.endswith(unit):
        told = told[: -len(unit)]
    found = _NUMBER.fullmatch(told)
    if found is None or _CALLED.search(label) or len(found[1].replace(",", "")) > _MOST_DIGITS:
        return None
    return told, unit


def typed_record(
    label: str, number: str, *, unit: str, quoted: str, title: str, days: Period, units: Mapping[str, str]
) -> dict[str, object]:
    """Return the record of a quoted number as it is typed; `units` are those of the book by what they are called."""
    called = UNIT_WORDS.get(unit, unit)
    return {
        "cut_off_on": days.to_on.isoformat(),
        "from_on": days.from_on.isoformat(),
        "indicator": "other",
        "name": name_of(label),
        "number": number,
        "number_unit": units.get(called) or units[UNSTATED],
        "forecast": "actual",
        "area": "town",
        "said_by": quoted,
        "paper": quoted,
        "asked_in": title[:NAME_LENGTH],
    }


def is_of_form(asked_in: str, title: str) -> bool:
    """Tell whether a number is one for a form: typed into one of that title, whatever its month, or into none."""
    return not asked_in or _DIGITS.sub("", asked_in) == _DIGITS.sub("", title[:NAME_LENGTH])


def name_of(label: str) -> str:
    """Return the name by which a number of a cell is kept and found again."""
    return label[:NAME_LENGTH]
