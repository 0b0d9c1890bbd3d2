"""The table between the index and its subjects."""

from django.db import models


class Document(models.Model):
    """A subject in the index: its `id` is the row there, and higher ones are newer; those before zero are of the past.

    On PostgreSQL the table has one more column, `words`, with the tokens; on SQLite they lie in `search_words`.
    """

    id = models.BigAutoField("次序", primary_key=True)
    kind = models.CharField("类别", max_length=20)
    town = models.CharField("乡镇区划代码", max_length=9)
    subject_id = models.UUIDField("对象编号")

    class Meta:
        verbose_name = "查找目录"
        constraints = (models.UniqueConstraint(fields=["subject_id", "kind"], name="document_subject_once"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"
