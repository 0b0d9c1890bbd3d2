"""What an enterprise is found by as one types: parts of its name, its pinyin, its initials, its credit code.

A name is no secret, so unlike a resident's it stands in clear; a town has some hundreds of enterprises, at most some
thousand, and every keystroke may look through the texts of all of them.
"""

from banjie.enterprises.particulars import plain_name
from banjie.fields.names import readings_of

BETWEEN = "\n"


def found_by(name: str, *, short_name: str, uscc: str) -> str:
    """Return the text in which what a clerk types is looked for."""
    words = [plain_name(one).lower() for one in (name, short_name) if one]
    spelled = dict.fromkeys(text for word in words for text in _spellings(word))
    return BETWEEN.join([*words, uscc.lower(), *spelled])


def typed_text(typed: str) -> str:
    """Return what was typed as it is looked for."""
    return plain_name(typed).lower()


def _spellings(word: str) -> list[str]:
    """Return each reading as letters and as initials: 清河农机 → qinghenongji, qhnj."""
    readings = readings_of(word)
    return [
        text
        for syllables in readings
        for text in ("".join(syllables), "".join(syllable[0] for syllable in syllables))
    ]
