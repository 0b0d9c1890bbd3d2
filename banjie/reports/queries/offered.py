"""What a paper's text may name on a day, by title, and what is wrong with a text that is to be in force then."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from banjie.base.declarations import FACTS
from banjie.figures.levels import with_levels
from banjie.figures.queries import catalogue_on
from banjie.reports.brackets import MarkNames
from banjie.reports.rules import Listing, Told, paper_findings
from banjie.rulebook.findings import Finding
from banjie.rulebook.queries import rules_on
from banjie.rulebook.text import Section, Text

TITLES = {
    Told.TOWN: "镇名",
    Told.PERIOD: "统计时段",
    Told.UNTIL: "截至时段末",
    Told.LAST_YEAR: "上年同期",
    Told.ISSUED_ON: "成文日期",
    Listing.HOT_TOPICS: "反映集中的事",
    Listing.OLDEST_OPEN: "等得最久的件",
}
"""How what is told besides figures is called in a bracket."""


@dataclass(frozen=True)
class OfferedMark:
    """A figure that a paper may print: its title, what it counts, and by what it can be grouped."""

    title: str
    note: str
    groups: tuple[str, ...]


def mark_names(town: str, on: date) -> MarkNames:
    """Return what the marks of a town's papers may name on a day, with titles."""
    catalogue = catalogue_on(town, on)
    titles = {one.value: title for one, title in TITLES.items()}
    titles |= {key: figure.title for key, figure in catalogue.figures.items()}
    groups: dict[str, str] = {}
    tree = rules_on(town, on).categories
    for fact in (FACTS["case"], *catalogue.facts.values()):
        for column in with_levels(fact.groups, tree):
            groups.setdefault(column.name, column.title)
    said = set(titles.values())
    return MarkNames(titles, {name: title for name, title in groups.items() if title not in said})


def marks_offered(town: str, on: date) -> Iterator[tuple[str, list[OfferedMark]]]:
    """Yield the figures in force by what they count, as whoever writes a paper looks them up."""
    catalogue, names = catalogue_on(town, on), mark_names(town, on)
    tree = rules_on(town, on).categories
    shelves: dict[str, list[OfferedMark]] = {}
    of_program_first = sorted(catalogue.figures, key=lambda key: catalogue.fact(key).name not in FACTS)
    for key in of_program_first:
        figure, fact = catalogue.figures[key], catalogue.fact(key)
        groups = tuple(names.title(column.name) for column in with_levels(fact.groups, tree))
        shelves.setdefault(fact.title, []).append(OfferedMark(names.title(key), figure.note, groups))
    yield from shelves.items()


def findings_of(town: str, text: Text, on: date) -> list[Finding]:
    """Return what is wrong with a paper's text among the texts in force on a day."""
    rules = rules_on(town, on)
    beside = [
        edition.text for section in (Section.FIGURES, Section.BOOKS) for edition in rules.texts(section)
    ]
    return list(paper_findings([text, *beside]))
