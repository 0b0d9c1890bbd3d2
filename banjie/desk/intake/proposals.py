"""What a text proposes: category, village and grid, and what may be the same matter. Nothing is set by it (U3, U4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from banjie.cases.intake import Intake
from banjie.cases.queries import category_proposals, duplicates_of
from banjie.desk.cases.kin import Relative, relative_of
from banjie.desk.cases.sorting import offered
from banjie.desk.intake.counter import GRID, Counter
from banjie.places.finding import PlaceFinder, PlaceFound
from banjie.places.queries import finder_of

FEW = 3
LEAST_TYPED = 4
"""Fewer characters than this say nothing yet."""
MOST_COMPARED = 4000


@dataclass(frozen=True)
class Proposal:
    """One value that a text proposes for a field: what is sent, what is shown, and what it goes by."""

    value: str
    label: str
    why: str = ""
    is_chosen: bool = False


def categories_in(counter: Counter, *, title: str, text: str) -> list[Proposal]:
    """Return the categories that a text speaks for, each with how certain that is."""
    rules = counter.rules
    found = category_proposals(counter.actor.town, title, text, rules=rules, learned=counter.learned)
    return [Proposal(one.key, one.label, one.why) for one in offered(rules.categories, found)]


def doubles_in(counter: Counter, told: Mapping[str, str]) -> list[Relative]:
    """Return what may be the same matter as what is being typed, with the state of each (U4)."""
    if len(told.get("title", "") + told.get("text", "")) < LEAST_TYPED and not told.get("resident_id"):
        return []
    place, asker = told.get("place", ""), told.get("resident_id", "")
    asked = Intake(
        kind="",
        title=told.get("title", ""),
        text=told.get("text", "")[:MOST_COMPARED],
        category=told.get("category", ""),
        division_code=counter.division_of(place)[0] if place in dict(counter.places) else "",
        resident_id=UUID(asker) if is_uuid(asker) else None,
        asker_code=told.get("asker_code", ""),
    )
    found = duplicates_of(counter.actor, asked, rules=counter.rules, at=counter.at)
    return [relative_of(alike) for alike in found]


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


def is_uuid(words: str) -> bool:
    """Tell whether a hidden field holds an id, whatever was sent in its place."""
    try:
        UUID(words)
    except ValueError:
        return False
    return True


def group_words(text: str, hits: Sequence[PlaceFound]) -> str:
    """Return the words for the spot after a village's name, such as 三组, where the text says them."""
    return next((hit.group for hit in hits if hit.group), "")
