"""A case as one row of the list or the workbench."""

from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.urls import reverse

from banjie.cases.models import Case
from banjie.cases.saying import group_line, say_state
from banjie.cases.vocabulary import DISCONTENT
from banjie.desk.cases.watch import Lamp, Watch, say_day


@dataclass(frozen=True)
class Row:
    """What a row shows; nobody who asked is named in it."""

    href: str
    number: str
    title: str
    place: str
    who: str
    unit: str
    stage: str
    lamp: Lamp
    light: str
    due: str
    chips: tuple[tuple[str, str], ...]
    line: str

    @property
    def waits_for(self) -> str:
        """Return whose move it is, as far as a row can tell."""
        return self.unit or self.who


def row_of(case: Case, watch: Watch) -> Row:
    """Return a case, read by `in_rows`, as a row."""
    village = watch.villages.get(case.division_code, "")
    whose = None if case.is_historical else case.handler_id or case.responsible_id
    who = watch.names.staff.get(whose, "") if whose else ""
    lamp = watch.lamp(case)
    return Row(
        href=address_of_case(case.number),
        number=case.number,
        title=case.title,
        place=f"{village} {case.place_words}".strip(),
        who=who,
        unit=watch.names.units.get(case.unit_id, "") if case.unit_id else "",
        stage=say_state(case),
        lamp=lamp,
        light=lit(lamp.state, lamp.words),
        due=say_day(case.due_at),
        chips=tuple(_chips(case)),
        line=group_line(case, who=who),
    )


@lru_cache(maxsize=4096)
def address_of_case(number: str) -> str:
    """Return the address of a case's page."""
    return reverse("cases:page", args=[number])


@lru_cache(maxsize=2048)
def lit(state: str, words: str) -> str:
    """Return a light as the part light.html shows it; a list has few different ones, and renders each once."""
    return render_to_string("desk/parts/light.html", {"state": state, "words": words})


def _chips(case: Case) -> list[tuple[str, str]]:
    chips = []
    if case.said in DISCONTENT:
        chips.append((case.get_said_display(), "red"))
    if case.urged_at and case.is_open:
        chips.append(("催办", "amber"))
    if case.round > 1:
        chips.append((f"第{case.round}轮", "amber"))
    if case.is_mirrored:
        chips.append((case.outer_system or "外部", ""))
    if case.sensitivity != "ordinary":
        chips.append((case.get_sensitivity_display(), ""))
    return chips
