"""What pages let their readers choose from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Option:
    """One line of a select, or one preset."""

    value: str
    label: str
    is_chosen: bool
