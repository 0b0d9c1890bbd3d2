"""Words looked for in the compendium: the provisions that hold all of them, with the words around the hits marked."""

from collections.abc import Iterator
from dataclasses import dataclass

from banjie.desk.rules.reading import plain_provisions
from banjie.rulebook.in_force import Edition, Rules
from banjie.search.bigrams import holds, wanted
from banjie.search.excerpts import Bit, excerpt

MOST = 60
"""Provisions that are shown of one search: whoever finds more adds a word."""
WIDTH = 120


@dataclass(frozen=True)
class Hit:
    """A provision that holds what was looked for."""

    edition: Edition
    provision: str
    bits: tuple[Bit, ...]


def hits_in(rules: Rules, typed: str) -> list[Hit]:
    """Return the provisions in force that hold every word typed, a text's title counted with each of them."""
    return [hit for hit, _ in zip(_hits(rules, typed), range(MOST), strict=False)]


def _hits(rules: Rules, typed: str) -> Iterator[Hit]:
    query = wanted(typed)
    if not query:
        return
    for edition in rules.editions.values():
        for name, words in plain_provisions(edition.text):
            if holds([edition.text.title, words], query):
                around = excerpt([words], query, width=WIDTH) or (Bit(words[:WIDTH]),)
                yield Hit(edition, name, around)
