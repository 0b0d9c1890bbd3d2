"""The one table of the desk: drafts, which are nobody's record and so stand outside the ledger."""

from django.db import models

from banjie.base.ids import new_id


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
