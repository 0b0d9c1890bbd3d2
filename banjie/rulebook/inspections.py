"""Looks at all texts together that a room above offers: `banjie rulebook <name>` runs one. No Django here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from banjie.rulebook.text import Text


@dataclass(frozen=True)
class Told:
    """One line of what an inspection found; one that is `to_mend` makes the command fail."""

    words: str
    to_mend: bool = False


@dataclass(frozen=True)
class Inspection:
    """What is looked for in the texts that are to rule together, and what it is called on the command line."""

    name: str
    help: str
    run: Callable[[Sequence[Text]], Sequence[Told]]


INSPECTIONS: dict[str, Inspection] = {}


def inspects(inspection: Inspection) -> None:
    """Take in an inspection, in the room's rules.py; a name that stands already is a bug."""
    if inspection.name in INSPECTIONS:
        raise ValueError(f"inspection {inspection.name} is declared twice")
    INSPECTIONS[inspection.name] = inspection
