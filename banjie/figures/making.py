"""Facts made of texts: a room above tells how one of its texts is a fact, and a figure asks for it by name.

`book.visits` is made of the text `visits` on the shelf of books when it is first asked for. No Django here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from banjie.base.declarations import FACTS, Fact
from banjie.rulebook.editions import Edition
from banjie.rulebook.text import Section, Text

Make = Callable[[Text], Fact | None]


@dataclass(frozen=True)
class FactMaker:
    """How the texts of a section become facts, each called `<word>.<key>`; None for a text that cannot be read."""

    word: str
    section: Section
    make: Make


MAKERS: dict[Section, FactMaker] = {}


def makes(maker: FactMaker) -> None:
    """Take in how the texts of a section become facts; a second way for the same section is a bug."""
    if maker.section in MAKERS:
        raise ValueError(f"facts of {maker.section} are made twice")
    MAKERS[maker.section] = maker


class Facts(Mapping[str, Fact]):
    """The facts that the program offers and those of a town's texts, each made when it is asked for."""

    def __init__(self, texts: Iterable[Text | Edition]) -> None:
        """Take the texts or versions that rule together; those of other sections are passed over."""
        self._texts = {f"{MAKERS[one.section].word}.{one.key}": one for one in texts if one.section in MAKERS}
        self._made: dict[str, Fact] = {}

    def __getitem__(self, name: str) -> Fact:
        if name in FACTS:
            return FACTS[name]
        if name not in self._made:
            told = self._texts[name]
            made = MAKERS[told.section].make(told.text if isinstance(told, Edition) else told)
            if made is None:
                raise KeyError(name)
            self._made[name] = made
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        yield from FACTS
        yield from self._texts

    def __len__(self) -> int:
        return len(FACTS) + len(self._texts)
