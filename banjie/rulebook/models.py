"""The one table of the rulebook: versions of texts, which are added and never changed."""

from hashlib import sha256
from typing import ClassVar

from django.db import models

from banjie.ledger.models import Ledgered
from banjie.rulebook.in_force import OWNER_WORDS, Edition, Owner
from banjie.rulebook.text import SECTION_WORDS, Section

EVERYBODY = "000000000"
"""Stands as the division of shipped texts, whose versions form a chain of their own in the ledger."""


class TextVersion(Ledgered):
    """制度文本版本: one version of one text of one owner; a trigger refuses every change (DESIGN, A regulation)."""

    is_kept: ClassVar[bool] = True
    personal_columns: ClassVar[frozenset[str]] = frozenset()

    owner = models.CharField(
        "所有者", max_length=8, choices=[(owner.value, words) for owner, words in OWNER_WORDS.items()]
    )
    owner_code = models.CharField("所有者区划代码", max_length=9, blank=True)
    section = models.CharField(
        "类别", max_length=12, choices=[(section.value, words) for section, words in SECTION_WORDS.items()]
    )
    key = models.CharField("名称", max_length=60)
    number = models.PositiveIntegerField("版本")
    text = models.TextField("文本")
    digest = models.CharField("摘要", max_length=64)
    from_on = models.DateField("施行日期")
    until_on = models.DateField("停止日期", null=True)

    class Meta:
        verbose_name = "制度文本版本"
        constraints = (
            models.UniqueConstraint(
                fields=["owner", "owner_code", "section", "key", "number"], name="text_version_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.section}/{self.key}@{OWNER_WORDS[Owner(self.owner)]}{self.number}"

    @property
    def edition(self) -> Edition:
        """Return the version as pure code reads it."""
        return Edition(
            id=self.id,
            owner=Owner(self.owner),
            owner_code=self.owner_code,
            section=Section(self.section),
            key=self.key,
            number=self.number,
            from_on=self.from_on,
            until_on=self.until_on,
            source=self.text,
        )


def digest_of(source: str) -> str:
    """Return the SHA-256 by which two texts are known for the same."""
    return sha256(source.encode()).hexdigest()
