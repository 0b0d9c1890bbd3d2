"""What pages show of houses: what a list is narrowed by, what was done about one, and the tabs of the registers."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from banjie.desk.intake.counter import GRID
from banjie.desk.looks import Look, looks_at
from banjie.residents.home_words import USES
from banjie.residents.models import House
from banjie.residents.queries import HousesAsked

LONGEST_TYPED = 80
DEEDS = {"house.registered": "登记", "house.corrected": "更正"}


def asked_in(given: Mapping[str, str], places: Sequence[tuple[str, str]]) -> tuple[HousesAsked, str]:
    """Return what a list of houses is narrowed by, and the place as it was chosen; no value of ours narrows nothing."""
    chosen = given.get("place", "") if given.get("place", "") in dict(places) else ""
    is_grid = chosen.startswith(GRID)
    asked = HousesAsked(
        division_code="" if is_grid else chosen,
        grid_id=UUID(chosen.removeprefix(GRID)) if is_grid else None,
        use=given.get("use", "") if given.get("use", "") in set(USES) else "",
        address=given.get("q", "").replace("\0", "")[:LONGEST_TYPED].strip(),
    )
    return asked, chosen


def house_looks(house: House) -> list[Look]:
    """Return what was done about a house, the newest first."""
    return looks_at(house, DEEDS)
