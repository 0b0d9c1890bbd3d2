"""The tables of the desk: drafts and their pictures, which are nobody's record and so stand outside the ledger."""

from django.db import models

from banjie.base.ids import new_id

PICTURE_TABLE = "desk_draftpicture"
"""The place to which a picture's content and name are sealed."""


class Draft(models.Model):
    """草稿: what someone has typed into a form and not yet sent, sealed as a whole."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    staff_id = models.UUIDField("谁的")
    key = models.CharField("表单", max_length=80)
    sealed = models.TextField("内容（加密）")
    updated_at = models.DateTimeField("保存时间")

    class Meta:
        verbose_name = "草稿"
        constraints = (models.UniqueConstraint(fields=["staff_id", "key"], name="draft_once_per_form"),)
        indexes = (models.Index(fields=["updated_at"], name="draft_by_age"),)

    def __str__(self) -> str:
        return self.key


class DraftPicture(models.Model):
    """草稿图片: a picture pasted into a draft, sealed; it ends with the draft, or goes with it to the case."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    draft = models.ForeignKey(
        Draft, on_delete=models.CASCADE, related_name="pictures", verbose_name="哪一份草稿"
    )
    place = models.PositiveSmallIntegerField("第几张")
    name_sealed = models.TextField("类型和文件名（加密）")
    sealed = models.BinaryField("内容（加密）")
    size = models.PositiveIntegerField("字节数")

    class Meta:
        verbose_name = "草稿图片"

    def __str__(self) -> str:
        return f"{self.draft_id} {self.place}"
