"""What differs between two versions as pages show it: each value in its sentence, in the order of the prose."""

from dataclasses import dataclass

from banjie.desk.rules.inputs import title_of
from banjie.rulebook.diffing import TextDiff
from banjie.rulebook.marks import marks_in, sentence_of
from banjie.rulebook.text import Text


@dataclass(frozen=True)
class Change:
    """One value that differs, and in which sentence it is used."""

    provision: str
    title: str
    before: str
    after: str
    basis: str


def used_in(text: Text, name: str) -> str:
    """Return what a value is called, else the sentence in which it is printed, else its name."""
    parameter = text.parameters.get(name)
    title = title_of(text, parameter) if parameter else ""
    return title or sentence_of(text.prose, name) or name


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
            used_in(old if old and one.name not in new.parameters else new, one.name),
            one.before,
            one.after,
            one.basis_after,
        )
        for one in found
    ]
