"""Versions of texts as pure code reads them: whose they are, when they rule, and how they are cited. No Django here."""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

from banjie.rulebook.marks import provision_of
from banjie.rulebook.text import Section, Text, parse_text

COUNTY_DIGITS = 6
_REF = re.compile(r"^(.+)@(\D+)(\d+)$")


class Owner(StrEnum):
    """Whose text it is, the nearest last."""

    SHIPPED = "shipped"
    COUNTY = "county"
    TOWN = "town"


OWNER_WORDS = {Owner.SHIPPED: "出厂", Owner.COUNTY: "县", Owner.TOWN: "镇"}
NEARNESS = {owner: place for place, owner in enumerate(Owner)}


@dataclass(frozen=True)
class Edition:
    """A version of a text as it is stored; it never changes."""

    id: UUID
    owner: Owner
    owner_code: str
    section: Section
    key: str
    number: int
    from_on: date
    until_on: date | None
    source: str = field(repr=False, hash=False)
    is_repeal: bool = False

    @property
    def text(self) -> Text:
        """Return the text, read."""
        return _read(self.section, self.key, self.source)

    @property
    def version(self) -> str:
        """Return the version as papers cite it: 镇3."""
        return f"{OWNER_WORDS[self.owner]}{self.number}"

    def rules_on(self, day: date) -> bool:
        """Tell whether `day` lies between its dates."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)

    def binds(self, town: str) -> bool:
        """Tell whether its owner is the town, its county, or everybody."""
        return self.owner is Owner.SHIPPED or self.owner_code in (town, town[:COUNTY_DIGITS])


@dataclass(frozen=True)
class Article:
    """What is cited for something done: title and provision of one version."""

    key: str
    title: str
    version: str
    provision: str

    @property
    def ref(self) -> str:
        """Return the reference that callers keep: 限时办结制 第三条@镇3."""
        return f"{self.title} {self.provision}".strip() + f"@{self.version}"


def say_ref(ref: str) -> str:
    """Return a kept reference as an office says it: 限时办结制 第三条（镇第3版）; other grounds stay as they are."""
    return _REF.sub(r"\1（\2第\3版）", ref)


def article_of(edition: Edition, name: str) -> Article:
    """Return what to cite of a version, at the provision that prints the parameter `name` if one is meant."""
    provision = provision_of(edition.text.prose, name) if name else ""
    return Article(key=edition.key, title=edition.text.title, version=edition.version, provision=provision)


@lru_cache(maxsize=2048)
def _read(section: Section, key: str, source: str) -> Text:
    return parse_text(section, key, source=source, file=f"{section}/{key}.md")
