"""What serves each row of the inventory, by its treatment: the table `seed_rows.txt` and how its lines are read.

A line names the row, its treatment, and texts with their provision, field or choice, files of the program, or, at the
end, which later work it waits for.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from banjie.rulebook.text import Section, Text

TABLE = Path(__file__).with_name("seed_rows.txt")
LAST_ROW = 286
LATER = "later="
ROOMS = Path(__file__).parents[2]


class Treatment(StrEnum):
    """How a row is treated; a row that is served in part is refused by law in the other."""

    FULL = "full"
    TOTALS = "totals"
    QUOTED = "quoted"
    DRAFTED = "drafted"
    TOLD = "told"
    REFUSED = "refused"
    PART = "part"


@dataclass(frozen=True)
class Service:
    """One thing that serves a row: where it is kept, and the provision, field and choice or word within it."""

    place: str
    name: str
    inside: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ":".join((f"{self.place}/{self.name}", *self.inside))


@dataclass(frozen=True)
class Row:
    """A row of the inventory with its treatment, what serves it, and the later work that it waits for."""

    number: str
    treatment: Treatment
    services: tuple[Service, ...]
    later: str

    def of(self, place: str) -> tuple[Service, ...]:
        """Return what serves it in one place."""
        return tuple(service for service in self.services if service.place == place)


def rows() -> list[Row]:
    """Return every row of the table."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return [_row(line) for line in lines if line and not line.startswith("#")]


def _row(line: str) -> Row:
    told, _, later = line.partition(LATER)
    number, treatment, *services = told.split()
    return Row(number, Treatment(treatment), tuple(_service(one) for one in services), later)


def _service(told: str) -> Service:
    place, _, name = told.partition("/")
    if place in ("books", "kinds"):
        key, *inside = name.split(".")
        return Service(place, key, tuple(inside))
    key, *inside = name.split(":", 2)
    return Service(place, key, tuple(inside))


def provision_of(text: Text, provision: str) -> str:
    """Return what stands between a provision's number and the next one's."""
    found = re.search(rf"^{provision}　(.*?)(?=^第\S+条　|\Z)", text.prose, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def faults(row: Row, shipped: Mapping[tuple[str, str], Text], figures: frozenset[str]) -> Iterator[str]:
    """Yield what a line names that does not exist, and what its treatment lacks or does not bear."""
    for service in row.services:
        if service.place == "room":
            is_there = (ROOMS / service.name).is_file()
        elif service.place == "figures":
            is_there = service.name in figures
        else:
            text = shipped.get((service.place, service.name))
            is_there = text is not None and _holds(text, service.inside)
        if not is_there:
            yield f"{row.number}: {service} is not there"
    yield from _treated(row, shipped)


def _treated(row: Row, shipped: Mapping[tuple[str, str], Text]) -> Iterator[str]:
    books = row.of(Section.BOOKS)
    if not row.services and not row.later and row.treatment is not Treatment.TOLD:
        yield f"{row.number} is served by nothing"
    if row.treatment in (Treatment.DRAFTED, Treatment.TOLD, Treatment.REFUSED) and books:
        yield f"{row.number} asks for no form, but names a book"
    for service in books:
        text = shipped.get((service.place, service.name))
        if text and row.treatment is Treatment.TOTALS and _has_persons(text):
            yield f"{row.number} is kept as totals, but {service.name} has rows of persons"
        if text and row.treatment is Treatment.QUOTED and text.items.get("sort") != "quoted":
            yield f"{row.number} is another's number, but {service.name} does not quote"


def _has_persons(text: Text) -> bool:
    return any(
        field.get("personal") or field["type"] in ("resident", "id_number")
        for field in _fields(text).values()
        if "until" not in field
    )


def _fields(text: Text) -> Mapping[str, Mapping[str, Any]]:
    fields = text.items.get("fields")
    return fields if isinstance(fields, dict) else {}


def _holds(text: Text, inside: tuple[str, ...]) -> bool:
    """Tell whether a text has the provision with its word, or the field with its choice."""
    if not inside:
        return True
    if text.section is Section.REGULATIONS:
        return inside[1] in provision_of(text, inside[0])
    field = _fields(text).get(inside[0])
    return field is not None and (len(inside) == 1 or inside[1] in field.get("choices", {}))
