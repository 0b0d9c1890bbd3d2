"""How personal values look to whoever need not see them in full: the mask table of standards §14."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum

from banjie.fields.names import is_han, split_name
from banjie.fields.phone import MOBILE

_PARTS = re.compile(r"([· ])")


class NameMask(StrEnum):
    """How a name is covered: the given name kept, to tell people apart inside; the surname kept, for notices."""

    FIRST = "first"
    SURNAME = "surname"


class PhoneMask(StrEnum):
    """How a phone is covered: in the middle, but for its last four digits, or whole."""

    MIDDLE = "middle"
    LAST_FOUR = "last_four"
    WHOLE = "whole"


class IdMask(StrEnum):
    """How an ID number is covered: but for its ends, or whole."""

    ENDS = "ends"
    WHOLE = "whole"


NAME_WORDS = {NameMask.FIRST: "遮住姓、留名字（*三）", NameMask.SURNAME: "留姓、名字写“某”（张某）"}
PHONE_WORDS = {
    PhoneMask.MIDDLE: "遮住中间四位（138****5678）",
    PhoneMask.LAST_FOUR: "只留后四位（*******5678）",
    PhoneMask.WHOLE: "全部遮住",
}
ID_WORDS = {IdMask.ENDS: "只留首位和末位", IdMask.WHOLE: "全部遮住"}


@dataclass(frozen=True)
class Masks:
    """How personal values are covered, as the town's rule has it."""

    name: NameMask = NameMask.FIRST
    phone: PhoneMask = PhoneMask.MIDDLE
    id_number: IdMask = IdMask.ENDS


class _Rule:
    """Whoever answers a request or runs a task says by which rule it covers; read when first needed."""

    def __init__(self, read: Callable[[], Masks]) -> None:
        self._read = read
        self._masks: Masks | None = None

    def masks(self) -> Masks:
        if self._masks is None:
            self._masks = self._read()
        return self._masks


_RULE: ContextVar[_Rule | None] = ContextVar("masks", default=None)


def cover_by(read: Callable[[], Masks]) -> None:
    """Cover by the rule that `read` returns, until the next request of this thread says otherwise.

    A model shows itself covered wherever it is shown, so the rule goes along beside the call: this room lies under
    the rulebook, and no caller can forget to hand it over.
    """
    _RULE.set(_Rule(read))


@contextmanager
def covering(read: Callable[[], Masks]) -> Iterator[None]:
    """Cover by the rule that `read` returns within the block, then as before."""
    before = _RULE.set(_Rule(read))
    try:
        yield
    finally:
        _RULE.reset(before)


def cover_as_usual() -> None:
    """Cover in the usual way again, whatever the last request of this thread said."""
    _RULE.set(None)


def _masks() -> Masks:
    """Return how this call covers; the usual way where nobody said so."""
    rule = _RULE.get()
    return rule.masks() if rule else Masks()


def mask_name(name: str, style: NameMask | None = None) -> str:
    """Cover a name: *三, **娜 for 欧阳娜, ***拉·**提 for two parts; in SURNAME style 张某, 欧阳某, 阿某.

    Names that are not written as surname and given name keep the last letter of each part.
    """
    if not name:
        return ""
    surname, given = split_name(name)
    if (style or _masks().name) is NameMask.SURNAME:
        return f"{surname or name[0]}某"
    if surname and is_han(name):
        return "*" * len(surname) + given
    return "".join(part if part in ("·", " ") else _last_kept(part) for part in _PARTS.split(name))


def mask_phone(phone: str) -> str:
    """Cover a canonical number: 138****5678; of a landline only the area code and the last two digits stay."""
    style = _masks().phone
    if style is not PhoneMask.MIDDLE:
        kept = 4 if style is PhoneMask.LAST_FOUR else 0
        return "*" * max(len(phone) - kept, 0) + (phone[-kept:] if kept else "")
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
    if _masks().id_number is IdMask.WHOLE:
        return "*" * len(number)
    return f"{number[0]}{'*' * (len(number) - 2)}{number[-1]}"


def _last_kept(part: str) -> str:
    return "*" * (len(part) - 1) + part[-1] if len(part) > 1 else "*" * len(part)
