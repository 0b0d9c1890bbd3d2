"""The table of files handed in; their content lies outside the database and the web root, by digest."""

from typing import ClassVar

from django.db import models

from banjie.files.checks.media import KIND_LABELS, FileKind
from banjie.ledger.models import Ledgered


class StoredFile(Ledgered):
    """附件: one hand-in. Rows with the same digest share one content."""

    personal_columns: ClassVar[frozenset[str]] = frozenset({"name"})

    digest = models.CharField("内容摘要", max_length=64)
    source_digest = models.CharField("上传时摘要", max_length=64)
    size = models.PositiveBigIntegerField("字节数")
    media_type = models.CharField("媒体类型", max_length=100)
    kind = models.CharField(
        "类别", max_length=10, choices=[(str(kind), label) for kind, label in KIND_LABELS.items()]
    )
    name = models.CharField("文件名", max_length=200)
    width = models.PositiveIntegerField("宽（像素）", default=0)
    height = models.PositiveIntegerField("高（像素）", default=0)
    taken_in_by = models.UUIDField("上传人")
    taken_in_at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = "附件"
        verbose_name_plural = "附件"
        indexes = (
            models.Index(fields=["town", "digest"], name="file_content"),
            models.Index(fields=["taken_in_by", "taken_in_at"], name="file_day_of_person"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_erased(self) -> bool:
        """Tell whether its content is gone for good."""
        return not self.digest

    @property
    def is_inline_safe(self) -> bool:
        """Tell whether it may be shown in a page: only images, since they alone were written anew by us."""
        return self.kind == FileKind.IMAGE
