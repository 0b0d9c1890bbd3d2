"""Whole numbers in Chinese characters, as prose of law writes them."""

import re

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_GROUPS = ("", "万", "亿")


def in_characters(number: int) -> str:
    """Return 15 as 十五 and 10005 as 一万零五; up to 12 digits."""
    if not 0 <= number < 10**12:
        raise ValueError(f"{number} is out of range")
    if number == 0:
        return _DIGITS[0]
    said = ""
    for place, group in enumerate(_GROUPS):
        four = number // 10_000**place % 10_000
        higher = number // 10_000 ** (place + 1)
        if four:
            gap = _DIGITS[0] if higher and four < 1000 else ""
            said = f"{gap}{_four(four)}{group}" + said
        elif said and higher and not said.startswith(_DIGITS[0]):
            said = _DIGITS[0] + said
    return said.removeprefix("一") if said.startswith("一十") else said


def digits_to_characters(text: str) -> str:
    """Return `text` with each run of digits written in characters: 5个工作日 becomes 五个工作日."""
    return re.sub(r"\d+", lambda run: in_characters(int(run.group())), text)


def _four(number: int) -> str:
    said, is_gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            said += (_DIGITS[0] if is_gap and said else "") + _DIGITS[digit] + _PLACES[place]
        is_gap = digit == 0
    return said
