"""A text as people read it: provision by provision with its values said in Chinese, and each value with its basis."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from banjie.desk.manual.chapters import markdown
from banjie.rulebook.in_force import OWNER_WORDS, Article, Edition, Owner, Rules
from banjie.rulebook.marks import marks_in, provision_of, provisions_in
from banjie.rulebook.models import TextVersion
from banjie.rulebook.parts import in_parts
from banjie.rulebook.saying import filled, said_parameter, without_title
from banjie.rulebook.text import SECTION_WORDS, Section, Text

_SIGNS = re.compile(r"(?m)^\s*(?:[-*]|\d+\.|#+)\s+|\*\*|^\|?[\s:|-]+\|$|\|")
FIRST = (Section.REGULATIONS, Section.SETTINGS, Section.KINDS, Section.CATEGORIES)
"""The shelves in the order in which a compendium prints them; others follow."""
ELSEWHERE = (Section.BOOKS,)
"""The shelves that have a catalogue of their own: a hundred books would bury the regulations."""


@dataclass(frozen=True)
class Provision:
    """One provision of a version: its name, its prose as HTML, and how many clocks and open cases go by it now."""

    name: str
    html: str
    running: int


@dataclass(frozen=True)
class Value:
    """One value of a text: where it is printed, what it is, and on what it rests."""

    provision: str
    said: str
    basis: str
    is_undecided: bool
    note: str


@dataclass(frozen=True)
class Line:
    """One text of the contents, and how much goes by its version in force."""

    edition: Edition
    provisions: int
    running: int


@dataclass(frozen=True)
class Shelf:
    """The texts of one sort."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Past:
    """One version of a text among its others: whether it rules now, and how much still goes by it."""

    edition: Edition
    owner: str
    standing: str
    tone: str
    running: int
    decided: str


def shelves(rules: Rules, stakes: Mapping[str, int]) -> list[Shelf]:
    """Return the texts in force by sort, regulations first and in parts."""
    order = (*FIRST, *(section for section in Section if section not in (*FIRST, *ELSEWHERE)))
    found = [shelf for section in order for shelf in _shelves_of(section, tuple(rules.texts(section)))]
    return [Shelf(title, tuple(_line(edition, stakes) for edition in editions)) for title, editions in found]


def _shelves_of(section: Section, editions: tuple[Edition, ...]) -> Iterator[tuple[str, tuple[Edition, ...]]]:
    """Yield a shelf's title with its texts, if it has any; the regulations stand in parts."""
    if section is Section.REGULATIONS:
        yield from ((f"{SECTION_WORDS[section]}·{title}", found) for title, found in in_parts(editions))
    elif editions:
        yield SECTION_WORDS[section], editions


def _line(edition: Edition, stakes: Mapping[str, int]) -> Line:
    named = [name for name, _ in provisions_in(edition.text.prose) if name]
    return Line(edition, len(named), running_on(edition, stakes))


def provisions_of(edition: Edition, stakes: Mapping[str, int]) -> list[Provision]:
    """Return the prose of a version cut at its provisions, with its values; the page bears the title."""
    text = edition.text
    return [
        Provision(name, markdown(filled(text, prose)), stakes.get(_ref(edition, name), 0))
        for name, prose in _parts(text)
    ]


def plain_provisions(text: Text) -> Iterator[tuple[str, str]]:
    """Yield each provision's name and words on one line, without the signs of Markdown."""
    for name, prose in _parts(text):
        yield name, " ".join(_SIGNS.sub(" ", filled(text, prose)).split())


def prints_values(text: Text, prose: str) -> bool:
    """Tell whether a part of the prose prints a value of the text."""
    return any(mark.name in text.parameters for mark in marks_in(prose))


def _parts(text: Text) -> Iterator[tuple[str, str]]:
    return provisions_in(without_title(text))


def values_of(text: Text) -> Iterator[Value]:
    """Yield every value of a text in the order in which the prose prints it."""
    places = {mark.name: mark.start for mark in reversed(list(marks_in(text.prose)))}
    for parameter in sorted(text.parameters.values(), key=lambda one: places.get(one.name, len(text.prose))):
        yield Value(
            provision=provision_of(text.prose, parameter.name),
            said=said_parameter(text, parameter),
            basis=parameter.basis,
            is_undecided=parameter.until_decided,
            note=parameter.note,
        )


def versions_shown(
    versions: Sequence[TextVersion], ruling: Edition | None, stakes: Mapping[str, int], *, today: date
) -> list[Past]:
    """Return the versions of a text as a table shows them, in the order given."""
    found = []
    for version in versions:
        one = version.edition
        standing, tone = _standing(one, ruling, today)
        words = "，".join(part for part in (version.meeting, version.document) if part)
        past = Past(one, OWNER_WORDS[one.owner], standing, tone, running_on(one, stakes), words)
        found.append(past)
    return found


def _standing(one: Edition, ruling: Edition | None, today: date) -> tuple[str, str]:
    if ruling is not None and one.id == ruling.id:
        return "现行", "green"
    if one.from_on > today:
        return "还没有到施行日期", "blue"
    if one.is_repeal:
        return "废止", "red"
    if one.until_on and one.until_on < today:
        return f"{one.until_on}停止", ""
    if ruling is not None and one.owner is not Owner.TOWN and ruling.owner is Owner.TOWN:
        return "镇里另有规定", ""
    return "已由后来的版本代替", ""


def unit_of(section: Section) -> str:
    """Return what goes by the texts of a shelf: open cases by their kind, clocks by everything else."""
    return "件" if section is Section.KINDS else "个时限"


def running_on(edition: Edition, stakes: Mapping[str, int]) -> int:
    """Return how many clocks and open cases go by a version, whichever its provision."""
    title, version = edition.text.title, f"@{edition.version}"
    named = {ref: ref.removesuffix(version) for ref in stakes if ref.endswith(version)}
    return sum(stakes[ref] for ref, name in named.items() if name == title or name.startswith(f"{title} "))


def _ref(edition: Edition, provision: str) -> str:
    return Article(edition.key, edition.text.title, edition.version, provision).ref
