"""Shelves whose texts a room above the rulebook obeys: it hands in what may be written on them and what is wrong.

A room calls `read_section` in its `rules.py`; from then on check, load and dump cover its texts. No Django here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from banjie.rulebook.findings import Finding
from banjie.rulebook.text import Section, Text


def _nothing_broken(_old: Text, _new: Text) -> Iterable[Finding]:
    return ()


@dataclass(frozen=True)
class SectionReader:
    """What a room says of the texts of its section.

    `items` are the items that their heads may hold besides those of every text; None lets any stand, since they are
    the section's own tables. `findings` is handed all the texts that are to rule together. Where `has_own_marks`, the
    marks in the prose name no parameters and are the room's to check. `broken` is handed the text that rules and the
    one to take its place, and yields what that would break of what was written under the old one.
    """

    section: Section
    type: str
    findings: Callable[[Sequence[Text]], Iterable[Finding]]
    items: frozenset[str] | None = frozenset()
    has_own_marks: bool = False
    broken: Callable[[Text, Text], Iterable[Finding]] = _nothing_broken


READERS: dict[Section, SectionReader] = {}


def read_section(reader: SectionReader) -> None:
    """Take in the reader of a section; a second one for the same section is a bug."""
    if reader.section in READERS:
        raise ValueError(f"section {reader.section} is read twice")
    READERS[reader.section] = reader


def own_types() -> Mapping[Section, str]:
    """Return the type that texts of each section so read must name."""
    return {section: reader.type for section, reader in READERS.items()}
