"""Names of people: one spelling, surname and given name, and every way in which they are read in pinyin."""

import re
import unicodedata
from functools import lru_cache
from itertools import islice, product

from banjie.base.errors import InvalidInput
from banjie.fields.surnames import COMPOUND, GIVEN_ALSO, READ_ONE_WAY, READINGS

MAX_LENGTH = 50
"""Names of minorities run to 25 characters with their dots; more than this was meant for another field."""
MAX_READINGS = 8
_DOTS = re.compile(r"\s*[·•‧・⋅∙．･]\s*|\s*(?<=[^\x00-\x7f])\.(?=[^\x00-\x7f])\s*")
_BLANKS = re.compile(r"\s+")
_BLANK_BETWEEN_HAN = re.compile(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff]")

Reading = tuple[str, ...]
"""The syllables of a name in lower-case letters, ü as v."""


def check_name(text: str) -> str:
    """Return a name with one kind of dot (·) and no stray blanks; raises InvalidInput when it cannot be one."""
    name = _BLANKS.sub(" ", _INVISIBLE.sub("", _DOTS.sub("·", text))).strip()
    name = _BLANK_BETWEEN_HAN.sub("", name)
    if not name:
        raise InvalidInput("请填写姓名")
    if len(name) > MAX_LENGTH:
        raise InvalidInput(f"姓名最多{MAX_LENGTH}个字，现在是{len(name)}个字，请核对是否填错了栏")
    wrong = next((character for character in name if unicodedata.category(character)[0] in "CN"), "")
    if wrong:
        shown = wrong if wrong.isprintable() else "不可见字符"
        raise InvalidInput(f"姓名里有“{shown}”，请核对是否填错了栏")
    if not any(character.isalpha() for character in name):
        raise InvalidInput("姓名里没有文字，请核对")
    return name


def is_han(name: str) -> bool:
    """Tell whether a name is written in Chinese characters throughout, without a dot."""
    return all(_is_han_character(character) for character in name)


def split_name(name: str) -> tuple[str, str]:
    """Return surname and given name; the surname is empty where the name is not written that way (dots, Latin)."""
    if len(name) < 2 or not is_han(name):
        return "", name
    longest = next(
        (name[:size] for size in (5, 4, 3, 2) if name[:size] in COMPOUND and len(name) > size), name[0]
    )
    return longest, name[len(longest) :]


def readings_of(name: str) -> tuple[Reading, ...]:
    """Return every reading of a name, likeliest first: all of the surname's, the usual one of each other character.

    A word in Latin letters is one syllable; a character without a known reading is left out.
    """
    surname, given = split_name(name)
    rest = [_given_readings(character) for character in _pieces(given)]
    combined = product(_surname_readings(surname), *rest)
    return tuple(
        tuple(part for syllable in reading for part in syllable) for reading in islice(combined, MAX_READINGS)
    )


def pinyin_of(name: str) -> str:
    """Return the likeliest reading in letters without blanks, such as "zengxiaoxian"."""
    return "".join(readings_of(name)[0])


def initials_of(name: str) -> str:
    """Return the first letters of the likeliest reading, such as "zxx"."""
    return "".join(syllable[0] for syllable in readings_of(name)[0])


@lru_cache(maxsize=4096)
def _surname_readings(surname: str) -> tuple[Reading, ...]:
    if not surname:
        return ((),)
    if surname in READINGS:
        return tuple(tuple(reading.split()) for reading in READINGS[surname].split(","))
    if len(surname) > 1:
        return (tuple(syllable for character in surname for syllable in _usual(character)),)
    return tuple((reading,) for reading in _heteronyms(surname)[: 1 if surname in READ_ONE_WAY else 4]) or (
        (),
    )


@lru_cache(maxsize=16384)
def _given_readings(piece: str) -> tuple[Reading, ...]:
    if piece in GIVEN_ALSO:
        return tuple((reading,) for reading in GIVEN_ALSO[piece].split(","))
    return (_usual(piece),)


def _usual(piece: str) -> Reading:
    return _heteronyms(piece)[:1] if _is_han_character(piece) else (piece,)


def _heteronyms(character: str) -> Reading:
    """Return the dictionary's readings of one character, commonest first; none for a character it lacks."""
    from pypinyin import Style, pinyin  # here: its table takes 11 MB, and a process at rest reads no name

    found = pinyin(character, style=Style.NORMAL, heteronym=True)[0]
    return tuple(reading for reading in found if reading.isascii() and reading.isalpha())


def _pieces(text: str) -> list[str]:
    """Cut text into Chinese characters and lower-case Latin words; everything else divides."""
    return re.findall(r"[a-z]+|[^\x00-\x7f·]", _without_accents(text).lower())


def _without_accents(text: str) -> str:
    bare = unicodedata.normalize("NFD", text)
    return "".join(character for character in bare if not unicodedata.combining(character))


def _is_han_character(character: str) -> bool:
    point = ord(character[0])
    return (
        0x3400 <= point <= 0x9FFF
        or 0xF900 <= point <= 0xFAFF
        or 0x20000 <= point <= 0x3FFFF
        or character == "〇"
    )
