"""What rooms keep beside the ledger, worked out from its rows; whoever keeps it says how it is looked at."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if (
    TYPE_CHECKING
):  # a server takes the registration and never the verification, which brings a pool of processes
    from banjie.ledger.verify import Finding

Look = Callable[[str], "Iterable[Finding]"]
"""Yields what does not agree in a town."""
DERIVED: dict[str, Look] = {}


def look_too(name: str, look: Look) -> None:
    """Have every verification of a town look at this too."""
    DERIVED[name] = look
