"""What differs between two versions as pages show it: each value in its sentence, in the order of the prose."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from banjie.desk.rules.inputs import title_of
from banjie.figures.catalogue import Figure
from banjie.figures.writing import figures_of
from banjie.rulebook.diffing import TextDiff
from banjie.rulebook.findings import Place
from banjie.rulebook.marks import marks_in
from banjie.rulebook.saying import filled
from banjie.rulebook.text import Section, Text

BLANK = "＿＿"
"""Stands in a sentence where the value belongs."""
NOWHERE = Place("", 1)
PART_WORDS = {
    "prefix": "编号字头",
    "origin": "从哪里来",
    "outer_system": "来件系统",
    "asker": "谁提出的",
    "raised_by": "谁可以登记",
    "clocks": "计哪些时限",
    "closing": "怎样了结",
    "fields": "登记时另外要填的",
    "pause_grounds": "中止的理由",
    "phrases": "常用语",
    "units": "单位名单",
    "period": "多久一篇",
    "part": "编入哪一编",
}
_ENDS = "。；\n"
_LEAD = re.compile(r"\A\s*(?:[-*]\s+|#*\s*第[零〇一二三四五六七八九十百]+条\s*)*")


@dataclass(frozen=True)
class Change:
    """One value that differs, and in which sentence it is used."""

    provision: str
    title: str
    before: str
    after: str
    basis: str


@dataclass(frozen=True)
class Used:
    """The sentence in which a value is printed: what stands before it, and what behind, other values filled in."""

    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.before}{BLANK}{self.after}"


def used_in(text: Text, name: str) -> Used:
    """Return the sentence in which a value is printed first; what it is called, or its name, where none prints it."""
    prose = text.prose
    mark = next((mark for mark in marks_in(prose) if mark.name == name), None)
    if mark is None:
        parameter = text.parameters.get(name)
        return Used((title_of(text, parameter) if parameter else "") or name, "")
    start = max(prose.rfind(end, 0, mark.start) for end in _ENDS) + 1
    stop = min((at for end in _ENDS if (at := prose.find(end, mark.end)) >= 0), default=len(prose))
    before, after = filled(text, prose[start : mark.start]), filled(text, prose[mark.end : stop])
    return Used(_LEAD.sub("", before), after)


def order_of(text: Text) -> dict[str, int]:
    """Return the place of each value in the prose by its name."""
    names = dict.fromkeys(mark.name for mark in marks_in(text.prose))
    return {name: place for place, name in enumerate(names)}


def changes_in(diff: TextDiff, *, old: Text | None, new: Text) -> list[Change]:
    """Return the values that differ; one that is no more is told in its old sentence."""
    order = order_of(new)
    found = sorted(diff.parameters, key=lambda one: order.get(one.name, len(order)))
    return [
        Change(
            one.provision,
            str(used_in(old if old and one.name not in new.parameters else new, one.name)),
            one.before,
            one.after,
            one.basis_after,
        )
        for one in found
    ]


def declared_in(diff: TextDiff, *, old: Text | None, new: Text) -> list[str]:
    """Return in words what the heads declare differently: the figures by title, of a kind the parts of its form."""
    if new.section is Section.FIGURES:
        return list(_figures_in(old, new))
    parts = dict.fromkeys(name.partition(".")[0] for name in diff.declared if old is not None)
    return [f"改{PART_WORDS.get(part, part)}" for part in parts]


def _figures_in(old: Text | None, new: Text) -> Iterator[str]:
    before, after = figures_of(old) if old else {}, figures_of(new)
    for key, figure in after.items():
        if key not in before:
            yield f"加指标“{figure.title}”：{figure.note}"
        elif _said(before[key]) != _said(figure):
            yield f"改指标“{figure.title}”：{figure.note}"
    yield from (f"删指标“{figure.title}”" for key, figure in before.items() if key not in after)


def _said(figure: Figure) -> Figure:
    """Return a figure without the lines on which it stands."""
    return replace(figure, place=NOWHERE, over_place=NOWHERE)
