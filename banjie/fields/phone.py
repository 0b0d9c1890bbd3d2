"""Telephone numbers as people write them down: mobile, landline with area code and extension, 400, abroad."""

import re

from banjie.base.errors import InvalidInput
from banjie.fields.plain_text import half_width, without_blanks

_EXTENSION = re.compile(r"(?:转|分机|ext\.?|x|#)(\d{1,6})$", re.IGNORECASE)
_DASHED_EXTENSION = re.compile(r"^(.*\d{7,})-(\d{1,6})$")
_COUNTRY = re.compile(r"^(?:\+86|0086|86(?=1\d{10}$))")
_FORBIDDEN = re.compile(r"[^0-9()+-]")
_SEVERAL = re.compile(r"[、,;/]|\d{7,}\s+\d{7,}")
_LANDLINE = re.compile(r"(0(?:10|2\d|[3-9]\d{2}))([2-9]\d{6,7})")
_LOCAL = re.compile(r"[2-9]\d{6,7}")
_SERVICE = re.compile(r"[48]00\d{7}")
_ABROAD = re.compile(r"\+[1-9]\d{6,14}")
MOBILE_LENGTH = 11
MOBILE = re.compile(r"1[3-9]\d{9}")


def check_phone(text: str) -> str:
    """Return a number in canonical form: 13812345678, 0555-6781234, 0555-6781234转801, 4001234567, +85291234567.

    Raises InvalidInput that says what is wrong with it.
    """
    if not text.strip():
        raise InvalidInput("请填写联系电话")
    if _SEVERAL.search(half_width(text).strip()):
        raise InvalidInput("这一栏只填一个电话号码，其余号码请写在备注里")
    number, extension = _without_extension(without_blanks(text))
    number = _COUNTRY.sub("", number)
    wrong = _FORBIDDEN.search(number)
    if wrong:
        raise InvalidInput(f"电话号码里的“{wrong.group()}”不能识别，请只填数字")
    if number.startswith("+"):
        return _abroad(number)
    return _with_extension(_domestic(re.sub(r"\D", "", number)), extension)


def digits_of(phone: str) -> str:
    """Return the digits of a canonical number without its extension."""
    return re.sub(r"\D", "", phone.partition("转")[0])


def local_part(phone: str) -> str:
    """Return a landline number without its area code, and any other number whole."""
    return digits_of(phone.partition("-")[2] or phone)


def last_four(phone: str) -> str:
    """Return the last four digits that a caller would say, the extension left out."""
    return digits_of(phone)[-4:]


def _without_extension(number: str) -> tuple[str, str]:
    spoken = _EXTENSION.search(number)
    if spoken:
        return number[: spoken.start()].rstrip("-"), spoken.group(1)
    dashed = _DASHED_EXTENSION.match(number)
    if dashed and not number.startswith("+") and len(re.sub(r"\D", "", dashed.group(1))) <= MOBILE_LENGTH + 1:
        return dashed.group(1), dashed.group(2)
    return number, ""


def _with_extension(number: str, extension: str) -> str:
    if extension and MOBILE.fullmatch(number):
        raise InvalidInput("手机号没有分机，请去掉后面的分机号")
    return f"{number}转{extension}" if extension else number


def _abroad(number: str) -> str:
    plain = "+" + re.sub(r"\D", "", number)
    if not _ABROAD.fullmatch(plain):
        raise InvalidInput("境外号码应为“+国家或地区代码”加号码，如+85291234567，请核对")
    return plain


def _domestic(digits: str) -> str:
    landline = _LANDLINE.fullmatch(digits)
    if landline:
        return f"{landline.group(1)}-{landline.group(2)}"
    if MOBILE.fullmatch(digits) or _LOCAL.fullmatch(digits) or _SERVICE.fullmatch(digits):
        return digits
    raise InvalidInput(_complaint(digits))


def _complaint(digits: str) -> str:
    if not digits:
        return "请填写联系电话"
    if digits.startswith("1"):
        if len(digits) != MOBILE_LENGTH:
            return f"手机号应为11位，现在是{len(digits)}位，请核对"
        return f"手机号第2位应为3至9，现在是“{digits[1]}”，请核对"
    if digits.startswith("0"):
        return f"固定电话应为区号加7或8位号码，如0555-6781234，现在共{len(digits)}位，请核对"
    return f"固定电话应为7或8位（可加区号），现在是{len(digits)}位，请核对；集群短号请改填完整号码"
