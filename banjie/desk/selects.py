"""What pages let their readers choose from, and what a list is narrowed by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True)
class Option:
    """One line of a select, or one preset."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Filter:
    """One select of the filter row."""

    name: str
    label: str
    options: tuple[Option, ...]

    @property
    def chosen(self) -> Option | None:
        """Return what is filtered by, if anything."""
        return next((option for option in self.options if option.is_chosen and option.value), None)


def filter_of(name: str, label: str, choices: Sequence[tuple[str, str]], told: Mapping[str, str]) -> Filter:
    """Return a select of the filter row with what was told of it chosen."""
    chosen = told.get(name, "")
    return Filter(name, label, tuple(Option(value, words, value == chosen) for value, words in choices))


@dataclass(frozen=True)
class Narrowed:
    """What the address of a list asks for, understood; what it asks for that does not exist is left out."""

    told: Mapping[str, str]
    filters: tuple[Filter, ...]

    @property
    def typed(self) -> Sequence[tuple[str, str, str]]:
        """Return name, label and words of what was typed rather than chosen."""
        return ()

    def href(self, **changes: str) -> str:
        """Return the address of the same list with some filters changed; paging starts anew."""
        kept = {name: value for name, value in {**self.told, **changes}.items() if value}
        kept.pop("after", None) if "after" not in changes else None
        return f"?{urlencode(kept)}" if kept else "?"

    @property
    def chips(self) -> list[dict[str, str]]:
        """Return the filters in force, each with the address without it."""
        chosen = [(f.name, f.label, f.chosen.label) for f in self.filters if f.chosen]
        told = [*chosen, *(one for one in self.typed if one[2])]
        return [
            {"label": f"{label}：{words}", "remove_href": self.href(**{name: ""})}
            for name, label, words in told
        ]
