"""What the words of heads mean: figures, units, villages, kinds, periods, sums, or nothing that is known. Pure.

Every word of a head must be understood: what is left over means something that the figure does not.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from banjie.fields.plain_text import half_width
from banjie.reports.asked.blanks import without_unit
from banjie.reports.asked.spans import months_in

_MARKS = re.compile(r"[\s*:;,.、/_\-()\[\]【】<>《》“”\"'‰%|·\u200b-\u200f\ufeff]+")
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.]|\(?[一二三四五六七八九十]{1,3}\)|\d{1,2}[、.]|\(\d{1,2}\)|[①-⑳])"
)


class Sense(StrEnum):
    """What a word of a head says."""

    FIGURE = "figure"
    GROUP = "group"
    SPAN = "span"
    CHANGE = "change"
    TOTAL = "total"
    TOLD = "told"
    NOISE = "noise"


@dataclass(frozen=True)
class Term:
    """A word with what it says: a figure's key, a group's column and value, a span, or who and when.

    A group with a `fact` is one of that fact alone, such as a choice in a field of a book.
    """

    words: str
    sense: Sense
    target: str = ""
    column: str = ""
    is_title: bool = False
    fact: str = ""


@dataclass(frozen=True)
class Understood:
    """The terms of a head in their order, and what of it nobody knows."""

    terms: tuple[Term, ...] = ()
    left: str = ""

    def of(self, sense: Sense) -> list[Term]:
        """Return the terms of a sense."""
        return [term for term in self.terms if term.sense is sense]


@dataclass(frozen=True)
class Vocabulary:
    """Every word that heads are made of; of two meanings of one word the first given holds."""

    terms: tuple[Term, ...]
    _known: dict[str, Understood] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def _by_first(self) -> Mapping[str, list[Term]]:
        found: dict[str, dict[str, Term]] = defaultdict(dict)
        for term in self.terms:
            if term.words:
                found[term.words[0]].setdefault(term.words, term)
        return {first: sorted(said.values(), key=lambda t: -len(t.words)) for first, said in found.items()}

    def understand(self, head: str) -> Understood:
        """Return what a head says, taking the longest word at each place."""
        if head not in self._known:
            self._known[head] = self._read(head)
        return self._known[head]

    def _read(self, head: str) -> Understood:
        months, rest = months_in(_NUMBERED.sub("", half_width(head).strip()))
        terms = [Term(months.span, Sense.SPAN, months.span)] if months else []
        text, left, at = plain(rest), "", 0
        while at < len(text):
            term = next(
                (one for one in self._by_first.get(text[at], ()) if text.startswith(one.words, at)), None
            )
            if term is None:
                left += text[at]
                at += 1
                continue
            terms.append(term)
            at += len(term.words)
        return Understood(tuple(terms), left)


def plain(head: str) -> str:
    """Return a head without blanks, marks and its unit, as words are compared."""
    return _MARKS.sub("", half_width(without_unit(head)).lower())


def terms_of(
    said: Iterable[str],
    sense: Sense,
    target: str = "",
    *,
    column: str = "",
    title: Sequence[str] = (),
    fact: str = "",
) -> list[Term]:
    """Return terms for every word that means one thing; `title` are those that are its own name.

    `fact` is the fact whose column a group is of, where no other fact has it.
    """
    names = {plain(one) for one in title}
    return [
        Term(words, sense, target, column, is_title=words in names, fact=fact)
        for one in dict.fromkeys((*title, *said))
        if len(words := plain(one)) > 0
    ]
