"""The citizen number of GB 11643-1999 and the cards numbered after it; each refusal says which digit is wrong."""

import re
from datetime import date
from enum import StrEnum

from banjie.base.errors import InvalidInput
from banjie.fields.masks import mask_id, mask_name, mask_phone
from banjie.fields.plain_text import without_blanks

__all__ = [
    "IdKind",
    "born_on",
    "check_digit",
    "check_id_number",
    "check_other_id",
    "id_kind_of",
    "mask_id",
    "mask_name",
    "mask_phone",
]

LENGTH = 18
FIRST_GENERATION = 15
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
_OTHER = re.compile(r"[0-9A-Z()-]{4,25}")


class IdKind(StrEnum):
    """Which card a number stands on; told by its first digits, all but `OTHER`."""

    CITIZEN = "citizen"
    HMT_RESIDENCE = "hmt_residence"
    PERMANENT_RESIDENCE = "permanent_residence"
    OTHER = "other"

    @property
    def label(self) -> str:
        """Return the name that is printed on the card."""
        return _LABELS[self]


_LABELS = {
    IdKind.CITIZEN: "居民身份证",
    IdKind.HMT_RESIDENCE: "港澳台居民居住证",
    IdKind.PERMANENT_RESIDENCE: "外国人永久居留身份证",
    IdKind.OTHER: "其他证件",
}


def check_id_number(text: str, *, on: date | None = None) -> str:
    """Return the 18 characters in canonical form (half width, no blanks, X in upper case).

    Raises InvalidInput naming the place that is wrong; a birth after `on`, the day of entry, is refused. Any
    division code is accepted: codes are re-assigned and a card keeps the old one (standards §17.2).
    """
    number = without_blanks(text).upper()
    complaint = _shape_complaint(number) or _birth_complaint(number, on) or _check_complaint(number)
    if complaint:
        raise InvalidInput(complaint)
    return number


def check_other_id(text: str) -> str:
    """Return the number of a passport or other card in canonical form; raises InvalidInput when it has none."""
    number = without_blanks(text).upper()
    if not _OTHER.fullmatch(number):
        raise InvalidInput("其他证件的号码应为4至25位字母或数字，请对照证件核对")
    return number


def id_kind_of(number: str) -> IdKind:
    """Return which card a checked number stands on."""
    if len(number) != LENGTH or _shape_complaint(number):
        return IdKind.OTHER
    if number[:2] in ("81", "82", "83"):
        return IdKind.HMT_RESIDENCE
    return IdKind.PERMANENT_RESIDENCE if number[0] == "9" else IdKind.CITIZEN


def born_on(number: str) -> date | None:
    """Return the birth date inside a number of 18 characters, or None where it holds no existing day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def check_digit(first_17: str) -> str:
    """Return the 18th character for the first 17 digits (ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17, WEIGHTS, strict=True))
    return CHECK_DIGITS[total % 11]


def _shape_complaint(number: str) -> str:
    if not number:
        return "请填写身份证号"
    if len(number) == FIRST_GENERATION and number.isdecimal():
        return "15位的第一代身份证号已停止使用，请填写18位身份证号"
    if len(number) != LENGTH:
        return f"身份证号应为18位，现在是{len(number)}位，请核对"
    for place, character in enumerate(number, start=1):
        if character in "0123456789" or (place == LENGTH and character == "X"):
            continue
        should = "数字或X" if place == LENGTH else "数字"
        return f"身份证号第{place}位应为{should}，现在是“{character}”，请核对"
    return ""


def _birth_complaint(number: str, on: date | None) -> str:
    birth = born_on(number)
    if birth is None:
        return f"身份证号第7至14位“{number[6:14]}”不是存在的日期，请核对"
    if on and birth > on:
        return f"身份证号中的出生日期{birth.year}年{birth.month}月{birth.day}日还没有到，请核对第7至14位"
    return ""


def _check_complaint(number: str) -> str:
    return "" if check_digit(number[:17]) == number[17] else "身份证号第18位校验不符，请核对"
