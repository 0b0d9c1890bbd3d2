"""Tables of books: records with hot columns and checked values, what they are found by, what is due, what is awake."""

from typing import ClassVar

from django.db import models

from banjie.fields.crypto import seal, unseal
from banjie.ledger.models import Ledgered

TABLE = "books_record"
"""Bound into every sealed value: renaming the table would make all of them unreadable."""


class Record(Ledgered):
    """台账记录: one record of a book; `values` in stored form by field, `sealed` the personal ones, encrypted."""

    personal_columns: ClassVar[frozenset[str]] = frozenset({"sealed"})

    book = models.CharField("台账", max_length=60)
    book_version = models.CharField("台账版本", max_length=20)
    number = models.CharField("编号", max_length=40, blank=True, default="")
    day = models.DateField("日期")
    unit_id = models.UUIDField("单位", null=True)
    division_code = models.CharField("村（社区）", max_length=12, blank=True, default="")
    grid_id = models.UUIDField("网格", null=True)
    resident_id = models.UUIDField("群众", null=True)
    enterprise_id = models.UUIDField("企业", null=True)
    case_id = models.UUIDField("件", null=True)
    staff_id = models.UUIDField("人员", null=True)
    author_id = models.UUIDField("记录人")
    state = models.CharField("状态", max_length=40, blank=True, default="")
    values = models.JSONField("内容", default=dict)
    sealed = models.JSONField("个人信息（加密）", default=dict)
    note_id = models.UUIDField("共用的一次记录", null=True)
    batch_id = models.UUIDField("导入批次", null=True)
    written_at = models.DateTimeField("记录时间")
    amended_at = models.DateTimeField("修改时间", null=True)
    voided_at = models.DateTimeField("作废时间", null=True)

    class Meta:
        verbose_name = "台账记录"
        indexes = (
            models.Index(fields=["town", "book", "-day", "-id"], name="record_of_book"),
            models.Index(fields=["author_id", "book", "-id"], name="record_of_author"),
            models.Index(
                fields=["resident_id"],
                condition=models.Q(resident_id__isnull=False),
                name="record_of_resident",
            ),
            models.Index(
                fields=["enterprise_id"],
                condition=models.Q(enterprise_id__isnull=False),
                name="record_of_enterprise",
            ),
            models.Index(
                fields=["case_id"], condition=models.Q(case_id__isnull=False), name="record_of_case"
            ),
            models.Index(
                fields=["note_id"], condition=models.Q(note_id__isnull=False), name="record_of_note"
            ),
            models.Index(
                fields=["batch_id"], condition=models.Q(batch_id__isnull=False), name="record_of_batch"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["town", "number"], condition=~models.Q(number=""), name="record_number_once"
            ),
        )

    def __str__(self) -> str:
        return self.number or f"{self.book} {self.day}"

    @property
    def is_void(self) -> bool:
        """Tell whether it was voided: it stays, is shown as void and counts nowhere."""
        return self.voided_at is not None

    def sealed_value(self, key: str, text: str) -> str:
        """Return a personal value sealed for a field of this row."""
        return seal(text, table=TABLE, column=key, row=self.id)

    def opened_value(self, key: str) -> str:
        """Return a personal value in clear; pages reach it by `reveal_record` only."""
        return unseal(str(self.sealed.get(key, "")), table=TABLE, column=key, row=self.id)


class RecordKey(models.Model):
    """One of the keyed hashes by which a record is found by a personal value; derived, outside the ledger.

    As with residents there is no index on the record: its keys are found by hashing what it holds.
    """

    record = models.ForeignKey(
        Record,
        verbose_name="台账记录",
        on_delete=models.CASCADE,
        related_name="keys",
        db_index=False,
        db_constraint=False,
    )
    digest = models.BigIntegerField("查找键")

    class Meta:
        verbose_name = "台账查找键"
        indexes = (models.Index(fields=["digest", "id"], name="record_key_digest"),)

    def __str__(self) -> str:
        return f"a key of {self.record_id}"


class RecordDue(models.Model):
    """A date that matters of a record: when it falls, from when to when it shows; derived, outside the ledger.

    While a thing is not finished its dates never end to show, so what shows on a day is a span of an index.
    """

    record = models.ForeignKey(
        Record, verbose_name="台账记录", on_delete=models.CASCADE, related_name="dues", db_constraint=False
    )
    town = models.CharField("乡镇区划代码", max_length=9)
    place = models.PositiveSmallIntegerField("第几条")
    due_on = models.DateField("日期")
    shows_on = models.DateField("提醒日期")
    ends_on = models.DateField("提醒到哪一天")

    class Meta:
        verbose_name = "台账到期日"
        indexes = (
            models.Index(fields=["town", "due_on", "id"], name="record_due_of_day"),
            models.Index(fields=["town", "ends_on", "shows_on"], name="record_due_standing"),
            models.Index(fields=["town", "shows_on", "id"], name="record_due_shows"),
        )

    def __str__(self) -> str:
        return f"{self.due_on} of {self.record_id}"


class BookReading(models.Model):
    """台账最近查看: on which day a book was last looked at in a town, by nobody in particular; outside the ledger."""

    town = models.CharField("乡镇区划代码", max_length=9)
    book = models.CharField("台账", max_length=60)
    last_on = models.DateField("最近查看日期")

    class Meta:
        verbose_name = "台账最近查看"
        constraints = (models.UniqueConstraint(fields=["town", "book"], name="book_reading_once"),)

    def __str__(self) -> str:
        return f"{self.book} {self.last_on}"


class WakingBook(Ledgered):
    """启用台账: whether a town keeps a book; without a row the book's own text says."""

    is_kept: ClassVar[bool] = True

    book = models.CharField("台账", max_length=60)
    is_awake = models.BooleanField("已启用", default=True)
    moved_on = models.DateField("启用或停用日期")

    class Meta:
        verbose_name = "启用台账"
        constraints = (models.UniqueConstraint(fields=["town", "book"], name="waking_book_once"),)

    def __str__(self) -> str:
        return f"{self.book} {'启用' if self.is_awake else '停用'}"
