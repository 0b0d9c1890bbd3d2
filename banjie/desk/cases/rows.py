"""A case as one row of the list or the workbench."""

from collections.abc import Mapping
from dataclasses import dataclass

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
    due: str
    chips: tuple[tuple[str, str], ...]
    line: str

    @property
    def waits_for(self) -> str:
        """Return whose move it is, as far as a row can tell."""
        return self.unit or self.who


def row_of(case: Case, watch: Watch, *, places: Mapping[str, str] | None = None) -> Row:
    """Return a case as a row; its unit, handler and responsible person are already loaded."""
    village = (places or {}).get(case.division_code, "")
    who = case.handler or case.responsible
    return Row(
        href=reverse("cases:page", args=[case.number]),
        number=case.number,
        title=case.title,
        place=f"{village} {case.place_words}".strip(),
        who=who.name,
        unit=(case.unit.short_name or case.unit.name) if case.unit else "",
        stage=say_state(case),
        lamp=watch.lamp(case),
        due=say_day(case.due_at),
        chips=tuple(_chips(case)),
        line=group_line(case),
    )


def _chips(case: Case) -> list[tuple[str, str]]:
    chips = []
    if case.said in DISCONTENT:
        chips.append((case.get_said_display(), "red"))
    if case.round > 1:
        chips.append((f"第{case.round}轮", "amber"))
    if case.is_mirrored:
        chips.append((case.outer_system or "外部", ""))
    if case.sensitivity != "ordinary":
        chips.append((case.get_sensitivity_display(), ""))
    return chips
