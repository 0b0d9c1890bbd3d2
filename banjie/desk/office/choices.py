"""What office forms offer to choose from: colleagues, units, places; always the actor's own town."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from banjie.desk.forms import DeskForm
from banjie.people.queries import staff_of, units_of
from banjie.places.queries import grids_of, place_name, villages_of

Choices = Sequence[tuple[str, str]]
GRID = "grid:"


class ChoosingForm(DeskForm):
    """A form whose fields named in `choices` offer what the actor may choose; anything else is refused."""

    def __init__(self, *args: Any, choices: Mapping[str, Choices], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  says the type of our own field
            field.choices = [("", "请选择" if field.required else "（不指定）"), *offered]


class IdChoice(forms.TypedChoiceField):
    """A choice among rows by id: a UUID, or None where nothing need be chosen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=UUID, empty_value=None, **kwargs)


def staff_choices(town: str) -> Choices:
    """Return the persons in office with their phone, to tell namesakes apart."""
    return [(str(person.pk), _called(person.name, person.work_phone)) for person in staff_of(town)]


def unit_choices(town: str) -> Choices:
    """Return the units that stand."""
    return [(str(unit.pk), unit.name) for unit in units_of(town)]


def village_choices(town: str) -> Choices:
    """Return the villages and communities that stand, by code."""
    return [(village.code, village.name) for village in villages_of(town)]


def workplace_choices(town: str) -> Choices:
    """Return the town itself and its villages."""
    return [(town, place_name(town)), *village_choices(town)]


def bound_choices(town: str) -> Choices:
    """Return what may bound a post: the whole town, a village, a grid."""
    names = dict(village_choices(town))
    grids = [
        (f"{GRID}{grid.pk}", f"{names.get(grid.division_code, grid.division_code)} {grid.name}")
        for grid in grids_of(town)
    ]
    return [(town, f"全镇（{place_name(town)}）"), *names.items(), *grids]


def bounds_of(chosen: str) -> tuple[str, UUID | None]:
    """Return the division code and the grid that a choice of `bound_choices` means."""
    if chosen.startswith(GRID):
        return "", UUID(chosen.removeprefix(GRID))
    return chosen, None


def _called(name: str, phone: str) -> str:
    return f"{name}（{phone}）" if phone else name
