"""How personal values look to whoever need not see them in full: the mask table of standards §14."""

import re
from enum import StrEnum

from banjie.fields.names import is_han, split_name
from banjie.fields.phone import MOBILE

_PARTS = re.compile(r"([· ])")


class NameMask(StrEnum):
    """How a name is covered: the given name kept, to tell people apart inside; the surname kept, for notices."""

    FIRST = "first"
    SURNAME = "surname"


def mask_name(name: str, style: NameMask = NameMask.FIRST) -> str:
    """Cover a name: *三, **娜 for 欧阳娜, ***拉·**提 for two parts; in SURNAME style 张某, 欧阳某, 阿某.

    Names that are not written as surname and given name keep the last letter of each part.
    """
    if not name:
        return ""
    surname, given = split_name(name)
    if style is NameMask.SURNAME:
        return f"{surname or name[0]}某"
    if surname and is_han(name):
        return "*" * len(surname) + given
    return "".join(part if part in ("·", " ") else _last_kept(part) for part in _PARTS.split(name))


def mask_phone(phone: str) -> str:
    """Cover a canonical number: 138****5678; of a landline only the area code and the last two digits stay."""
    if MOBILE.fullmatch(phone):
        return f"{phone[:3]}****{phone[-4:]}"
    if not phone:
        return ""
    area, dash, local = phone.partition("转")[0].rpartition("-")
    return f"{area}{dash}{'*' * (len(local) - 2)}{local[-2:]}"


def mask_id(number: str) -> str:
    """Cover an ID number but for its first and last character: 3****************X."""
    if not number:
        return ""
    return f"{number[0]}{'*' * (len(number) - 2)}{number[-1]}"


def _last_kept(part: str) -> str:
    return "*" * (len(part) - 1) + part[-1] if len(part) > 1 else "*" * len(part)
