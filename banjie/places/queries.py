"""Every read of places: a town's villages and grids, names, successors, places named in a text."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from banjie.base.actor import Actor
from banjie.base.errors import NotFound
from banjie.ledger.kept import kept
from banjie.places.codes import Level, level_of, parent_of, town_of
from banjie.places.finding import Place, PlaceFinder, PlaceFound
from banjie.places.models import Division, Grid

__all__ = [
    "check_division",
    "division_for",
    "divisions_visible_to",
    "find_places_in",
    "finder_of",
    "grid_for",
    "grid_name",
    "grid_names",
    "grids_of",
    "grids_visible_to",
    "level_of",
    "only_town",
    "place_name",
    "place_names",
    "successor_of",
    "town_of",
    "village_names",
    "villages_of",
]

NO_DIVISION = "没有找到这个区划，或它不在您的管辖范围内。请核对代码。"


def divisions_visible_to(actor: Actor) -> QuerySet[Division]:
    """Return the divisions in the actor's scope, and those that his town lies in."""
    above = _ancestors(actor.town)
    return Division.objects.filter(Q(code__startswith=actor.scope) | Q(code__in=[actor.town, *above]))


def grids_visible_to(actor: Actor) -> QuerySet[Grid]:
    """Return the grids in the actor's scope."""
    return Grid.objects.filter(town=actor.town, division_code__startswith=actor.scope)


def division_for(actor: Actor, code: str) -> Division:
    """Return a division of the actor's scope or above it. Raises NotFound."""
    division = divisions_visible_to(actor).filter(code=code).first()
    if division is None:
        raise NotFound(NO_DIVISION)
    return division


def check_division(actor: Actor, code: str) -> None:
    """Refuse a code that is no division of the actor's scope or above it. Raises NotFound."""
    is_visible = code.startswith(actor.scope) or code in (actor.town, *_ancestors(actor.town))
    if not (is_visible and _is_division(code)):
        raise NotFound(NO_DIVISION)


@kept
def _is_division(code: str) -> bool:
    return Division.objects.filter(code=code).exists()


def grid_for(actor: Actor, grid_id: UUID) -> Grid:
    """Return a grid of the actor's scope. Raises NotFound."""
    grid = grids_visible_to(actor).filter(pk=grid_id).first()
    if grid is None:
        raise NotFound("没有找到这个网格，或它不在您的管辖范围内。请从列表中选择。")
    return grid


def villages_of(town: str, *, on: date | None = None) -> QuerySet[Division]:
    """Return the villages and communities of a town in force on a day, or those not yet given up."""
    villages = Division.objects.filter(level=Level.VILLAGE, code__startswith=_bound(town))
    return villages.filter(_in_force(on)).order_by("code")


def grids_of(division: str | Division, *, on: date | None = None) -> QuerySet[Grid]:
    """Return the grids of a village, or of all villages of a town, in force on a day or not yet given up."""
    code = division.code if isinstance(division, Division) else division
    grids = Grid.objects.filter(division_code__startswith=_bound(code))
    return grids.filter(_in_force(on)).order_by("division_code", "name")


@kept
def only_town() -> str:
    """Return the one town of this installation, or "" where there are several or none."""
    towns = list(Division.objects.filter(level=Level.TOWN).values_list("code", flat=True)[:2])
    return towns[0] if len(towns) == 1 else ""


@kept
def village_names(town: str) -> tuple[tuple[str, str], ...]:
    """Return code and name of each village of a town that is not given up, by code."""
    return tuple(villages_of(town).values_list("code", "name"))


@kept
def grid_names(town: str) -> tuple[tuple[UUID, str, str], ...]:
    """Return id, village and name of each grid of a town that is not given up, by village."""
    return tuple(grids_of(town).values_list("pk", "division_code", "name"))


@kept
def place_name(code: str) -> str:
    """Return the name under which a code is or was known, or the code itself when it is not on our list."""
    return place_names([code])[code]


@kept
def grid_name(grid_id: UUID) -> str:
    """Return the name that a grid bears or bore, or "" for one that is not on our list."""
    return Grid.objects.filter(pk=grid_id).values_list("name", flat=True).first() or ""


def place_names(codes: Iterable[str]) -> dict[str, str]:
    """Return code → name for a whole list in one query; a code that is not on our list names itself."""
    wanted = set(codes)
    known = dict(Division.objects.filter(code__in=wanted).values_list("code", "name"))
    return {code: known.get(code, code) for code in wanted}


def successor_of(code: str, *, on: date) -> str:
    """Return the code that stands on a day for a code that may have been merged away, possibly several times."""
    seen: set[str] = set()
    while code not in seen:
        seen.add(code)
        row = Division.objects.filter(code=code).first()
        if row is None or row.valid_until is None or row.valid_until > on or not row.successor_code:
            break
        code = row.successor_code
    return code


def find_places_in(text: str, town: str) -> list[PlaceFound]:
    """Return the villages and grids of `town` that a free text names, in order; 三组 stays a word of its hit."""
    return finder_of(town).find(text)


@kept
def finder_of(town: str) -> PlaceFinder:
    """Return what finds a town's places; a merged village's old name means its successor."""
    divisions = list(Division.objects.filter(level=Level.VILLAGE, code__startswith=_bound(town)))
    former: dict[str, list[str]] = defaultdict(list)
    for gone in divisions:
        if gone.valid_until is not None:
            former[_standing(gone.code, divisions)] += [gone.name, *gone.aliases]
    villages = [
        Place(code=row.code, name=row.name, aliases=(*row.aliases, *former[row.code]))
        for row in divisions
        if row.valid_until is None
    ]
    grids = [
        Place(code=row.division_code, name=row.name, grid_id=row.pk, aliases=tuple(row.aliases))
        for row in grids_of(town)
    ]
    return PlaceFinder([*villages, *grids])


def _standing(code: str, divisions: Iterable[Division]) -> str:
    next_code = {row.code: row.successor_code for row in divisions if row.valid_until is not None}
    seen: set[str] = set()
    while next_code.get(code) and code not in seen:
        seen.add(code)
        code = next_code[code]
    return code


def _in_force(on: date | None) -> Q:
    if on is None:
        return Q(valid_until__isnull=True)
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
    return begun & (Q(valid_until__isnull=True) | Q(valid_until__gt=on))


def _bound(code: str) -> str:
    """Return a prefix that never matches everything."""
    return code or "-"


def _ancestors(code: str) -> list[str]:
    above = []
    while code := parent_of(code):
        above.append(code)
    return above
