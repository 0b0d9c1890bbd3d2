"""What a resident is found by: the texts that stand for him, hashed under a key, and those that a clerk types.

Every keystroke must be one equality on an index (U2), so each beginning that may be typed is a key of its own:
characters (张, 张三), letters (z, zh … zhangsan), initials (zs) and each mix of whole syllables and initials
(zhangs, zsan). Texts that are longer than any key are cut to the longest one and compared after decryption.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import accumulate

from banjie.fields.crypto import blind_within
from banjie.fields.names import Reading, readings_of
from banjie.fields.phone import digits_of, last_four, local_part
from banjie.fields.plain_text import half_width

PURPOSE = "residents.keys"
LONGEST_CHARACTERS = 8
LONGEST_LETTERS = 12
MIXED_SYLLABLES = 3
"""Names of more syllables are found by letters, initials, or a whole surname and initials; else keys would explode."""
_NOT_TYPED = re.compile(r"[\s·'’\-.]+")
_NUMBER = re.compile(r"[!-~]*[0-9][!-~]*")
_HAN_THEN_DIGIT = re.compile(r"(?<=[^\x00-\x7f])(?=[0-9])")
_TWO_LETTER_INITIAL = re.compile(r"([zcs])h(?=[b-df-hj-np-tw-z])")
_HAN_THEN_LETTERS = re.compile(r"([^\x00-\x7f]+)([a-z]+)")


@dataclass(frozen=True)
class Sought:
    """What a clerk typed, as texts of keys: one of `words` and each of `numbers` must be among the resident's.

    `verify` is the typed name where the keys alone do not decide and the decrypted name must be compared.
    """

    words: tuple[str, ...]
    numbers: tuple[str, ...]
    verify: str = ""


digest_of = partial(blind_within, purpose=PURPOSE)
"""Return the look-up number of a key's text within a town."""


def sole_text(id_number: str) -> str:
    """Return the text of the key that no two residents of a town may share."""
    return f"id:{id_number}"


def key_texts(name: str, *, phone: str, id_number: str, outer_code: str) -> frozenset[str]:
    """Return every text under which a resident is found, besides `sole_text`."""
    return frozenset((*_name_texts(name), *_number_texts(phone, id_number, outer_code)))


def sought(typed: str) -> Sought:
    """Read what was typed into the search: a name in any script or mix, a number or code, or both (张三 5678)."""
    pieces = _HAN_THEN_DIGIT.sub(" ", half_width(typed)).split()
    numbers = tuple(_number_text(piece) for piece in pieces if _NUMBER.fullmatch(piece))
    name = "".join(_bare(piece) for piece in pieces if not _NUMBER.fullmatch(piece))
    if not name:
        return Sought(words=(), numbers=numbers)
    mixed = _HAN_THEN_LETTERS.fullmatch(name)
    if mixed:
        return Sought(words=_mixed_words(mixed[1], mixed[2]), numbers=numbers, verify=name)
    longest = LONGEST_LETTERS if name.isascii() else LONGEST_CHARACTERS
    words = dict.fromkeys(text[:longest] for text in (name, _TWO_LETTER_INITIAL.sub(r"\1", name)))
    return Sought(words=tuple(words), numbers=numbers, verify=name if len(name) > longest else "")


def is_named(name: str, typed: str) -> bool:
    """Tell whether a name begins with what was typed: characters, letters, or characters followed by letters."""
    plain = _bare(half_width(name))
    if plain.startswith(typed):
        return True
    mixed = _HAN_THEN_LETTERS.fullmatch(typed)
    if mixed:
        return plain.startswith(mixed[1]) and _is_spelled(name, plain[len(mixed[1]) :], mixed[2])
    return any("".join(reading).startswith(typed) for reading in readings_of(name))


def likeness(name: str, typed: str) -> tuple[bool, int]:
    """Return what hits are ordered by: the very name first, then shorter names."""
    plain = _bare(half_width(name))
    return plain != typed, len(plain)


def _is_spelled(name: str, rest: str, letters: str) -> bool:
    """Tell whether the rest of a name, after its first characters, may be typed as `letters`."""
    return any(
        letters in _beginnings(reading[-len(rest) :]) or "".join(reading[-len(rest) :]).startswith(letters)
        for reading in readings_of(name)
        if rest
    )


def _mixed_words(characters: str, letters: str) -> tuple[str, ...]:
    """Return letters for 张san: each reading of the characters with what follows, cut to the longest key."""
    spelled = ("".join(reading) + letters for reading in readings_of(characters))
    return tuple(dict.fromkeys(text[:LONGEST_LETTERS] for text in spelled))


def _name_texts(name: str) -> Iterator[str]:
    yield from accumulate(_bare(half_width(name))[:LONGEST_CHARACTERS])
    for reading in readings_of(name):
        yield from _beginnings(reading)


def _number_texts(phone: str, id_number: str, outer_code: str) -> Iterator[str]:
    if phone:
        yield from (_number_text(part) for part in (digits_of(phone), local_part(phone), last_four(phone)))
    if id_number:
        yield from (_number_text(part) for part in (id_number, id_number[-4:]))
    if outer_code:
        yield _number_text(outer_code)


def _number_text(text: str) -> str:
    return "n" + re.sub(r"[^0-9A-Z]", "", half_width(text).upper())


def _beginnings(reading: Reading) -> frozenset[str]:
    """Return every beginning of a reading that may be typed, up to LONGEST_LETTERS letters.

    >>> sorted(_beginnings(("li", "wei")))
    ['l', 'li', 'liw', 'liwe', 'liwei', 'lw', 'lwe', 'lwei']
    """
    initials = "".join(syllable[0] for syllable in reading)
    texts = {*accumulate("".join(reading)), *accumulate(initials)}
    texts.update(accumulate("".join(reading[:1]) + initials[1:]))
    if len(reading) <= MIXED_SYLLABLES:
        texts.update(_mixes(reading))
    return frozenset(text for text in texts if len(text) <= LONGEST_LETTERS)


def _mixes(reading: Reading) -> Iterator[str]:
    """Yield each mix in which the last syllable typed may be incomplete and those before it whole or initials."""
    heads = {""}
    for syllable in reading:
        for head in heads:
            yield from (head + part for part in accumulate(syllable))
        heads = {head + part for head in heads for part in (syllable, syllable[0])}


def _bare(text: str) -> str:
    return _NOT_TYPED.sub("", text).lower().replace("ü", "v")
