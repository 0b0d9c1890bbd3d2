"""The unified social credit code of GB 32100-2015 (统一社会信用代码): its shape and its check character."""

import re

from banjie.base.errors import InvalidInput
from banjie.fields.plain_text import without_blanks

LENGTH = 18
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""31 characters: the letters I, O, S, V and Z are left out, since they are read as digits or as one another."""
WEIGHTS = tuple(3**place % 31 for place in range(LENGTH - 1))
_REGISTERED_BY = "159ANY"
_SEPARATORS = re.compile("[-·]")


def check_uscc(text: str) -> str:
    """Return the 18 characters in canonical form; raises InvalidInput naming the place that is wrong.

    The check character is not judged here: some codes in use fail it, so `is_sound` only makes one ask again.

    >>> check_uscc(" 91350100m000100y43 ")
    '91350100M000100Y43'
    """
    code = _SEPARATORS.sub("", without_blanks(text)).upper()
    if not code:
        raise InvalidInput("请填写统一社会信用代码")
    if len(code) != LENGTH:
        raise InvalidInput(f"统一社会信用代码应为18位，现在是{len(code)}位，请对照营业执照核对")
    for place, character in enumerate(code, start=1):
        if character not in ALPHABET:
            raise InvalidInput(
                f"统一社会信用代码第{place}位不会是“{character}”（不用字母I、O、S、V、Z），请对照营业执照核对"
            )
    if code[0] not in _REGISTERED_BY:
        raise InvalidInput(f"统一社会信用代码不会以“{code[0]}”开头，请对照营业执照核对")
    if not code[2:8].isdecimal():
        raise InvalidInput("统一社会信用代码第3至8位是登记机关的区划代码，应为数字，请对照营业执照核对")
    return code


def is_sound(code: str) -> bool:
    """Tell whether the last of 18 characters is the check character of the others.

    >>> is_sound("91350100M000100Y43"), is_sound("91350100M000100Y4Z"), is_sound("123301000000000250")
    (True, False, True)
    """
    return len(code) == LENGTH and code[-1] == check_character(code[:-1])


def check_character(first_17: str) -> str:
    """Return the 18th character for the first 17 (mod 31; 31 becomes 0)."""
    total = sum(ALPHABET.index(one) * weight for one, weight in zip(first_17, WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]
