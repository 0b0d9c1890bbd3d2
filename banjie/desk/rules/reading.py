"""A text in force as people read it: prose with its values said in Chinese, and each value with its basis."""

from collections.abc import Iterator
from dataclasses import dataclass

from banjie.base.declarations import REGISTRY
from banjie.desk.manual.chapters import markdown
from banjie.rulebook.in_force import OWNER_WORDS, Edition, Rules
from banjie.rulebook.marks import fill, provision_of
from banjie.rulebook.sections import READERS
from banjie.rulebook.text import SECTION_WORDS, Parameter, Section, Text


@dataclass(frozen=True)
class Value:
    """One value of a text: where it is printed, what it is, and on what it rests."""

    provision: str
    said: str
    basis: str
    is_undecided: bool
    note: str


@dataclass(frozen=True)
class Shelf:
    """The texts of one sort."""

    title: str
    editions: tuple[Edition, ...]


def shelves(rules: Rules) -> list[Shelf]:
    """Return the texts in force by sort, regulations first."""
    first = (Section.REGULATIONS, Section.SETTINGS, Section.KINDS, Section.CATEGORIES)
    order = (*first, *(section for section in Section if section not in first))
    found = [Shelf(SECTION_WORDS[section], tuple(rules.texts(section))) for section in order]
    return [shelf for shelf in found if shelf.editions]


def prose_of(text: Text) -> str:
    """Return the prose as HTML, each mark replaced by its value; the title is left to the page.

    A paper is shown with its marks as they are written: its numbers stand on the page of the paper.
    """
    _, _, rest = (
        text.prose.strip().partition("\n") if text.prose.strip().startswith("# ") else ("", "", text.prose)
    )
    reader = READERS.get(text.section)
    if reader and reader.has_own_marks:
        return markdown(rest)
    return markdown(fill(rest, lambda name: _said(text, text.parameters.get(name))))


def values_of(text: Text) -> Iterator[Value]:
    """Yield every value of a text in the order in which it is written."""
    for parameter in text.parameters.values():
        yield Value(
            provision=provision_of(text.prose, parameter.name),
            said=_said(text, parameter),
            basis=parameter.basis,
            is_undecided=parameter.until_decided,
            note=parameter.note,
        )


def owner_words(edition: Edition) -> str:
    """Return whose version it is: 出厂, 县 or 镇."""
    return OWNER_WORDS[edition.owner]


def _said(text: Text, parameter: Parameter | None) -> str:
    if parameter is None:
        return "（未写明）"
    rule_type = REGISTRY.rule_types.get(text.type)
    if rule_type is None:
        return str(parameter.raw)
    return rule_type.say(rule_type.parse(parameter.name, parameter.raw))
