"""Who acts: the least that a room needs to know of a person to decide what he may see and do."""

from typing import Protocol
from uuid import UUID


class Actor(Protocol):
    """A person at work; `people` implements it."""

    @property
    def id(self) -> UUID:
        """Return the id of the person, as entries name it."""

    @property
    def town(self) -> str:
        """Return the division code of the town he works for."""

    @property
    def scope(self) -> str:
        """Return the division code whose prefix bounds what he may see."""

    def may(self, deed: str) -> bool:
        """Tell whether one of his posts carries the right to `deed`, such as "cases.accept_case"."""
