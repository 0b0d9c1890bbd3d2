"""A text cut into what it is found by, and a typed query read the same way: no Django, no database.

Chinese has no blanks between words, so each two neighbouring characters are a token (路灯坏 → 路灯, 灯坏), each single
character is one, and each beginning of a word of letters or digits (ADR 0035). Numbers of persons are no tokens:
phone and ID numbers stand as hashes in the room of residents and are found there (T19).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

SHORTEST, LONGEST = 2, 12
"""Letters or digits from which a beginning of a word is a token, and up to which."""
MOST_TOKENS = 40
"""So many tokens of a query are asked of the index; the text itself is held against all of it."""
_CUT = re.compile(r"[^\W_]+")
_RUN = re.compile(r"[^\u2e80-\U0010ffff]+|[\u2e80-\U0010ffff]+")
PERSONAL = re.compile(
    r"(?<![0-9a-z])(?:"
    r"1[3-9]\d(?:[ -]?\d{4}){2}"
    r"|0\d{2,3}[ -]\d{7,8}"
    r"|[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dx]"
    r")(?![0-9a-z])"
)
"""Mobile, landline and ID numbers, in a text as it is compared."""


@dataclass(frozen=True)
class Wanted:
    """A query as it is asked: every term must stand in the text; `tokens` are what the index is asked for.

    The index knows which tokens a text holds and not where, so a term of more than one must be proved on the text.
    """

    terms: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()
    wants_proof: bool = False

    def __bool__(self) -> bool:
        return bool(self.tokens)


def normal(text: str) -> str:
    """Return `text` as it is compared: half width, small letters."""
    return unicodedata.normalize("NFKC", text).lower()


def tokens(text: str) -> list[str]:
    """Return what a text is found by, each once, in the order of the text.

    >>> tokens("路灯坏了，ＬＥＤ灯")
    ['路灯', '灯坏', '坏了', '路', '灯', '坏', '了', 'le', 'led']
    """
    found: dict[str, None] = {}
    for run in _runs(PERSONAL.sub(" ", normal(text))):
        found.update(dict.fromkeys(_tokens_of(run)))
    return list(found)


def wanted(typed: str) -> Wanted:
    """Read a query: pieces between blanks and signs, all of which must be in the text.

    >>> wanted("路灯坏 LED").tokens
    ('路灯', '灯坏', 'led')
    """
    terms = tuple(dict.fromkeys(_runs(PERSONAL.sub(" ", normal(typed)))))
    asked = tuple(dict.fromkeys(token for term in terms for token in _asked(term)))
    wants_proof = len(asked) > MOST_TOKENS or any(len(term) > _length_known(term) for term in terms)
    return Wanted(terms, asked[:MOST_TOKENS], wants_proof)


def holds(texts: Iterable[str], query: Wanted) -> bool:
    """Tell whether each term stands in one of the texts."""
    known = [normal(text) for text in texts]
    return all(any(term in text for text in known) for term in query.terms)


def _runs(text: str) -> Iterator[str]:
    """Yield the runs of characters that need cutting and the words that blanks divide."""
    for word in _CUT.findall(text):
        yield from _RUN.findall(word)


def _tokens_of(run: str) -> Iterator[str]:
    if is_word(run):
        yield run[:LONGEST]
        yield from (run[:end] for end in range(SHORTEST, min(len(run), LONGEST)))
    else:
        yield from _pairs(run)
        yield from run


def _asked(term: str) -> Iterable[str]:
    """Return the fewest tokens that a text with the term surely holds."""
    if is_word(term):
        return (term[:LONGEST],)
    return _pairs(term) if len(term) > 1 else (term,)


def _length_known(term: str) -> int:
    """Return how much of a term one token tells."""
    return LONGEST if is_word(term) else 2


def is_word(run: str) -> bool:
    """Tell whether a run is of a script with blanks between words, digits included."""
    return run[0] < "\u2e80"


def _pairs(run: str) -> Iterator[str]:
    return (run[at : at + 2] for at in range(len(run) - 1))
