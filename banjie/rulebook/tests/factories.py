"""Texts as tests write them, and a folder of them."""

from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from banjie.ledger.record import Stamp
from banjie.rulebook.actions import load_files
from banjie.rulebook.models import TextVersion
from banjie.rulebook.rules import LAW, TEXT
from banjie.rulebook.shelf import SHIPPED, filed_in
from banjie.rulebook.text import Section, Text, parse_text

TOWN = "511722101"
OTHER_TOWN = "511722102"
COUNTY = "511722"
CLERK = UUID(int=7)
LOADED_AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)

LIMITS = """\
+++
title = "{title}"
type = "time_limit"
[params]
handle.resident_request = {{ value = "{term}", basis = "S-002" }}
+++
第一条　说明。

第三条　群众诉求{{{{ handle.resident_request }}}}内办结。
"""


def stamp(*, at: datetime = LOADED_AT) -> Stamp:
    return Stamp(by=CLERK, happened_at=at, recorded_at=at)


def text_of(source: str, *, section: Section = Section.REGULATIONS, key: str = "limits") -> Text:
    return parse_text(section, key, source=source, file=f"{section}/{key}.md")


def limits_source(*, term: str = "5 workdays", title: str = "某镇限时办结制") -> str:
    return LIMITS.format(term=term, title=title)


def law_source(
    *,
    title: str = "某许可法",
    parameter: str = "handle.*.homestead",
    at_most: str = "20 workdays",
    holds: str = "",
    article: str = "行政许可法 第四十二条",
    says: str = "作出许可决定不超过二十个工作日",
) -> str:
    """Return a law with one bound."""
    held = holds or f'at_most = "{at_most}"'
    return (
        f'+++\ntitle = "{title}"\ntype = "law"\n[[bounds]]\nparameter = "{parameter}"\ntitle = "试"\n'
        f'{held}\narticle = "{article}"\nsays = "{says}"\n+++\n第一条　略。\n'
    )


def load(folder: Path, *, town: str = TOWN, from_on: date = date(2027, 1, 1)) -> list[TextVersion]:
    """Load a folder as a town's texts from a day."""
    return load_files(filed_in(folder), town=town, from_on=from_on, stamp=stamp())


def town_limits(
    shipped: Path,
    *,
    old: str = '"5 workdays"',
    new: str = '"3 workdays"',
    name: str = "handle.resident_request",
) -> str:
    """Return the shipped regulation of limits as a town amends it, without the examples that no longer hold."""
    source = (shipped / "regulations" / "time_limits.md").read_text()
    head, rest = source.split("\n[[examples]]", 1)
    prose = "+++\n" + rest.split("\n+++\n", 1)[1]
    written = f'"{name}"' if f'"{name}"' in head else name
    line = f"{written} = {{ value = {old}"
    assert line in head
    return head.replace(line, f"{written} = {{ value = {new}") + "\n" + prose


def write_what_runs(folder: Path) -> Path:
    """Write under a folder those shipped texts that the program obeys, for tests that load them over and over."""
    for filed in filed_in(SHIPPED):
        if filed.read().type not in {TEXT.name, LAW.name}:
            write(folder, **{f"{filed.section}__{filed.key}": filed.source})
    return folder


def write(folder: Path, **files: str) -> Path:
    """Write texts by `section__key` under a folder."""
    for name, source in files.items():
        path = folder / (name.replace("__", "/") + ".md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source)
    return folder
