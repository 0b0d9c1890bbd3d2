"""换人移交 (U50): what each room carries from one person to another; upper rooms join with their own belongings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from banjie.ledger.record import Deed, Stamp


@dataclass(frozen=True)
class Belonging:
    """One line of a 移交清单: what kind of thing, how many, and which."""

    what: str
    count: int
    examples: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Return the line in Chinese."""
        names = f"：{'、'.join(self.examples)}" if self.examples else ""
        return f"{self.what}{self.count}项{names}"


@dataclass(frozen=True)
class Handover:
    """How a room takes part: `preview` tells what someone owns, `carry` returns the deeds that move all of it."""

    name: str
    preview: Callable[[UUID], Sequence[Belonging]]
    carry: Callable[[UUID, UUID, Stamp], Sequence[Deed]]


HANDOVERS: dict[str, Handover] = {}
"""The rooms that own something, by name."""


def join(handover: Handover) -> None:
    """Let a room take part in every handover; a name that stands already is a bug."""
    if handover.name in HANDOVERS:
        raise ValueError(f"handover {handover.name} is declared twice")
    HANDOVERS[handover.name] = handover
