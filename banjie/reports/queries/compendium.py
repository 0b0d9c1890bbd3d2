"""The rulebook of a town as one book (制度汇编): every text that rules on a day, with its values in the prose."""

from collections.abc import Iterator
from datetime import date, datetime

from banjie.base.clock import local_day
from banjie.places.queries import place_name
from banjie.reports.book import Book, Chapter, blocks_of
from banjie.rulebook.categories import KEY, WORDS
from banjie.rulebook.category_rows import without_columns
from banjie.rulebook.in_force import OWNER_WORDS, Edition, Rules
from banjie.rulebook.parts import in_parts
from banjie.rulebook.queries import rules_on
from banjie.rulebook.saying import filled, without_title
from banjie.rulebook.text import Section

BOUND = (Section.REGULATIONS, Section.SETTINGS, Section.KINDS, Section.CATEGORIES)
"""What a town binds; figures and papers are looked up where they are used."""
SUBDISTRICT = "街道"
UNPRINTED = (KEY, WORDS)
"""Columns of the category table that are for the system: on paper they would squeeze the others."""


def compendium_of(town: str, on: date, *, number: str, at: datetime) -> Book:
    """Return the texts in force for a town on a day, bound under a document number that may still be empty."""
    rules, name = rules_on(town, on), place_name(town)
    chapters = tuple(_chapters(rules))
    return Book(
        title=f"{name}制度汇编",
        town_name=name,
        issuer=f"{name}{'办事处' if name.endswith(SUBDISTRICT) else '人民政府'}文件",
        number=number,
        issued_on=local_day(at),
        made_at=at,
        foreword=tuple(_foreword(name, on, len(chapters))),
        chapters=chapters,
    )


def _foreword(name: str, on: date, count: int) -> Iterator[str]:
    day = f"{on.year}年{on.month}月{on.day}日"
    yield f"现将{name}{day}施行的制度共{count}篇汇编成册，请对照执行。"
    yield (
        "正文里的时限、次数、份额等数值，就是办件系统当天使用的数值。每一件按受理那天施行的版本办理，"
        "以后制度修改的，已经开始的件不变。"
    )


def _chapters(rules: Rules) -> Iterator[Chapter]:
    for section in BOUND:
        for edition in _in_order(rules, section):
            text = edition.text
            prose = filled(text, without_title(text))
            if section is Section.CATEGORIES:
                prose = without_columns(prose, UNPRINTED)
            yield Chapter(text.title, _note(edition), tuple(blocks_of(prose)))


def _in_order(rules: Rules, section: Section) -> Iterator[Edition]:
    """Yield the texts of a section as they are bound: regulations by part."""
    if section is not Section.REGULATIONS:
        yield from rules.texts(section)
        return
    for _, editions in in_parts(rules.texts(section)):
        yield from editions


def _note(edition: Edition) -> str:
    day = edition.from_on
    return (
        f"（{OWNER_WORDS[edition.owner]}第{edition.number}版，自{day.year}年{day.month}月{day.day}日起施行）"
    )
