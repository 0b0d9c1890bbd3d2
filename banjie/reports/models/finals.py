"""The one table of papers: those that went out, each frozen as it was."""

from typing import ClassVar

from django.db import models

from banjie.ledger.models import HASH_LENGTH, Ledgered
from banjie.reports.frozen import from_plain
from banjie.reports.paper import Paper, digest_of

SHOWN = 20


class FinalPaper(Ledgered):
    """定稿: a paper with its figures frozen. The chain holds its digest, the row the whole of it."""

    unledgered_columns: ClassVar[frozenset[str]] = frozenset({"content"})

    key = models.CharField("文稿", max_length=60)
    title = models.CharField("标题", max_length=200)
    article = models.CharField("依据文本", max_length=160)
    from_on = models.DateField("时段起")
    to_on = models.DateField("时段止")
    number = models.PositiveSmallIntegerField("第几稿")
    digest = models.CharField("摘要", max_length=HASH_LENGTH)
    finalised_at = models.DateTimeField("定稿时间")
    finalised_by = models.UUIDField("定稿人")
    content = models.JSONField("内容", default=dict)

    class Meta:
        verbose_name = "定稿"
        constraints = (
            models.UniqueConstraint(
                fields=["town", "key", "from_on", "to_on", "number"], name="final_paper_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.title}（第{self.number}稿）"

    @property
    def paper(self) -> Paper:
        """Return the paper as it went out."""
        return from_plain(self.content)

    @property
    def is_whole(self) -> bool:
        """Tell whether what is kept is what was frozen."""
        return digest_of(self.content) == self.digest

    @property
    def code(self) -> str:
        """Return 定稿校验码, the part of the digest that fits on paper."""
        return "-".join(self.digest[start : start + 4] for start in range(0, SHOWN, 4)).upper()
