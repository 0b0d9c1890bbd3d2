"""What the form offers whoever sits at the counter: kinds he may raise, places, categories, colleagues."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from banjie.base.clock import local_day
from banjie.cases.learning.weights import Weights
from banjie.cases.queries import learned_of
from banjie.desk.cases.sorting import leaves_by_top
from banjie.fields.declared import FieldSpec, FieldType, in_force
from banjie.people.queries import StaffActor, staff_labels, unit_labels
from banjie.people.rights import Role
from banjie.places.queries import grid_names, place_name, village_names
from banjie.rulebook.in_force import Rules
from banjie.rulebook.kinds import Kind
from banjie.rulebook.queries import rules_on
from banjie.rulebook.vocabulary import Asker

Options = list[tuple[str, str]]
Groups = list[tuple[str, Options]]
GRID = "grid:"
ON_DEVICE = frozenset({Role.VILLAGE_CADRE, Role.GRID_WORKER})
"""Who may prove himself by PIN on a village's shared device; until then the form offers what these may raise."""


@dataclass(frozen=True)
class Counter:
    """A person about to register something, and the rules in force as he does."""

    actor: StaffActor
    at: datetime

    @cached_property
    def rules(self) -> Rules:
        """Return the rules of the day."""
        return rules_on(self.actor.town, local_day(self.at))

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """Return the kinds that this person may raise: what residents ask for first, what mirrors others last.

        Of what residents ask for, that comes first which most people here may raise: the form opens with it.
        """
        roles = ON_DEVICE if self.actor.is_shared_device else self.actor.roles
        own = [kind for kind in self.rules.kinds if kind.raised_by & {role.value for role in roles}]
        return tuple(
            sorted(
                own, key=lambda k: (k.asker is not Asker.RESIDENT, k.is_mirrored, -len(k.raised_by), k.key)
            )
        )

    def kind(self, key: str) -> Kind | None:
        """Return the kind `key` where this person may raise it, else the first that he may; None when there is none."""
        first = self.kinds[0] if self.kinds else None
        return next((kind for kind in self.kinds if kind.key == key), first)

    def asked(self, kind: Kind) -> tuple[FieldSpec, ...]:
        """Return the fields that the kind asks for today."""
        return in_force(kind.fields, local_day(self.at))

    @cached_property
    def places(self) -> Options:
        """Return the villages in reach with their grids below, and the whole town for whoever reaches it."""
        scope = self.actor.scope
        grids: dict[str, Options] = {}
        for pk, code, name in grid_names(self.actor.town):
            grids.setdefault(code, []).append((f"{GRID}{pk}", name))
        found: Options = []
        for code, village in village_names(self.actor.town):
            if code.startswith(scope):
                found.append((code, village))
                found += [(value, f"{village} · {name}") for value, name in grids.get(code, [])]
        if scope == self.actor.town:
            found.append((scope, f"{place_name(scope)}（全镇，或说不清哪个村）"))
        return found

    @cached_property
    def villages(self) -> Options:
        """Return the places without their grids."""
        return [(code, name) for code, name in self.places if not code.startswith(GRID)]

    @property
    def default_place(self) -> str:
        """Return the place of whoever works for one village only."""
        return self.villages[0][0] if len(self.villages) == 1 else ""

    @cached_property
    def categories(self) -> Groups:
        """Return the leaves of the tree under the titles of its first level."""
        return leaves_by_top(self.rules.categories)

    @cached_property
    def learned(self) -> Weights:
        """Return what the town's cases taught of categories, read once for a whole paste."""
        return learned_of(self.actor.town)

    @cached_property
    def colleagues(self) -> Options:
        """Return the persons in office."""
        return [(str(pk), name) for pk, name in staff_labels(self.actor.town)]

    def options_of(self, spec: FieldSpec) -> Options:
        """Return what a field that refers to something may pick from."""
        if spec.type is FieldType.STAFF:
            return self.colleagues
        if spec.type is FieldType.UNIT:
            return [(str(unit.id), unit.name) for unit in unit_labels(self.actor.town)]
        if spec.type is FieldType.VILLAGE:
            return self.villages
        if spec.type is FieldType.GRID:
            return [(code.removeprefix(GRID), name) for code, name in self.places if code.startswith(GRID)]
        return []

    def division_of(self, place: str) -> tuple[str, UUID | None]:
        """Return the division code and the grid that a choice of `places` means."""
        if not place.startswith(GRID):
            return place, None
        grid_id = UUID(place.removeprefix(GRID))
        code = next(code for pk, code, _ in grid_names(self.actor.town) if pk == grid_id)
        return code, grid_id
