"""What pages show of houses: what a list is narrowed by, what was done about one, and the tabs of the registers."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from banjie.desk.intake.counter import GRID
from banjie.desk.residents.looks import Look
from banjie.ledger.queries import entries_of, told
from banjie.people.queries import staff_names
from banjie.residents.home_words import USES
from banjie.residents.models import House
from banjie.residents.queries import HousesAsked

LONGEST_TYPED = 80
MOST = 50
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
    entries = list(told(entries_of(house)))[-MOST:]
    names = staff_names(one.entry.by for one in entries)
    return [
        Look(
            deed=DEEDS.get(one.entry.deed, one.entry.deed),
            who=names.get(one.entry.by, "系统"),
            at=one.entry.recorded_at,
            words=one.words,
        )
        for one in reversed(entries)
    ]
