"""What a text proposes: category, village and grid. Nothing is set by it; each proposal is marked 请人工确认 (U3)."""

from collections.abc import Sequence
from dataclasses import dataclass

from banjie.desk.intake.counter import GRID, Counter, path_and_unit
from banjie.places.finding import PlaceFinder, PlaceFound
from banjie.places.queries import finder_of

FEW = 3


@dataclass(frozen=True)
class Proposal:
    """One value that a text proposes for a field: what is sent, what is shown, and what it goes by."""

    value: str
    label: str
    why: str = ""
    is_chosen: bool = False


def categories_in(counter: Counter, text: str) -> list[Proposal]:
    """Return the categories whose usual words the text holds."""
    found = counter.rules.categories.propose(text, limit=FEW)
    return [Proposal(leaf.key, leaf.title, path_and_unit(counter, leaf)) for leaf in found]


def places_in(counter: Counter, text: str, *, finder: PlaceFinder | None = None) -> list[Proposal]:
    """Return the villages and grids that the text names and this person reaches, sure ones first."""
    offered = dict(counter.places)
    hits = (finder or finder_of(counter.actor.town)).find(text)
    found: dict[str, Proposal] = {}
    for hit in sorted(hits, key=lambda hit: (not hit.is_sure, hit.grid_id is None)):
        value = f"{GRID}{hit.grid_id}" if hit.grid_id else hit.code
        if value in offered:
            found.setdefault(value, Proposal(value, offered[value], f"文中“{hit.words}{hit.group}”"))
    return list(found.values())[:FEW]


def group_words(text: str, hits: Sequence[PlaceFound]) -> str:
    """Return the words for the spot after a village's name, such as 三组, where the text says them."""
    return next((hit.group for hit in hits if hit.group), "")
