"""Tables of sheets: batches with what was read and written of each, and the columns that offices have matched."""

from typing import ClassVar
from uuid import UUID

from django.db import models

from banjie.base.ids import new_id
from banjie.ledger.models import Ledgered

NO_OFFICE = UUID(int=0)
"""Of someone who belongs to no unit."""


class State(models.TextChoices):
    """Where a batch stands; the three in the middle are worked on by the worker."""

    READ = "read", "待对应列"
    CHECKING = "checking", "正在核对"
    FAULTY = "faulty", "有问题待改"
    READY = "ready", "待确认"
    RUNNING = "running", "正在导入"
    VOIDING = "voiding", "正在撤回"
    DONE = "done", "已导入"
    FAILED = "failed", "未成功，已全部撤回"
    STOPPED = "stopped", "已取消"
    UNDONE = "undone", "已撤销"


AT_WORK = frozenset({State.CHECKING, State.RUNNING, State.VOIDING})
WAITING = frozenset({State.READ, State.FAULTY, State.READY})
ENDED = frozenset({State.DONE, State.FAILED, State.STOPPED, State.UNDONE})


class Batch(Ledgered):
    """导入批次: one sheet on its way in. What it holds of people lies sealed in `BatchContent` until it has ended."""

    personal_columns: ClassVar[frozenset[str]] = frozenset({"file_name"})
    unledgered_columns: ClassVar[frozenset[str]] = frozenset(
        {
            "state",
            "ending",
            "sheet_name",
            "options",
            "matching",
            "rows",
            "rows_done",
            "faults",
            "words",
            "moved_at",
            "asked_by",
        }
    )

    importer = models.CharField("导入种类", max_length=60)
    file_name = models.CharField("文件名", max_length=200)
    made_by = models.UUIDField("导入人")
    made_at = models.DateTimeField("上传时间")
    office = models.UUIDField("单位", default=NO_OFFICE)
    rows_written = models.PositiveIntegerField("导入行数", default=0)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.READ)
    ending = models.CharField("撤回后的状态", max_length=10, blank=True, default="")
    sheet_name = models.CharField("工作表", max_length=100, blank=True, default="")
    options = models.JSONField("导入选项", default=dict)
    matching = models.JSONField("列的对应", default=dict)
    rows = models.PositiveIntegerField("行数", default=0)
    rows_done = models.PositiveIntegerField("已处理行数", default=0)
    faults = models.PositiveIntegerField("问题数", default=0)
    words = models.TextField("说明", blank=True, default="")
    moved_at = models.DateTimeField("状态变更时间")
    asked_by = models.UUIDField("最近操作人")

    class Meta:
        verbose_name = "导入批次"
        indexes = (models.Index(fields=["town", "-made_at", "-id"], name="sheet_batch_newest"),)

    def __str__(self) -> str:
        return f"{self.importer} {self.made_at:%Y-%m-%d %H:%M}"

    @property
    def is_at_work(self) -> bool:
        """Tell whether the worker has to do with it."""
        return self.state in AT_WORK

    @property
    def is_waiting(self) -> bool:
        """Tell whether it waits for its maker."""
        return self.state in WAITING

    @property
    def is_undoable(self) -> bool:
        """Tell whether its rows are in; whether one was touched since is seen when it is undone."""
        return self.state == State.DONE


class BatchContent(models.Model):
    """What was read from the sheet of a batch and what was found wrong, sealed; it goes when the batch has ended."""

    batch = models.OneToOneField(
        Batch, verbose_name="导入批次", primary_key=True, on_delete=models.CASCADE, related_name="content"
    )
    table = models.BinaryField("读到的内容（加密）")
    outcome = models.BinaryField("核对结果（加密）", default=b"")

    class Meta:
        verbose_name = "导入内容"

    def __str__(self) -> str:
        return f"content of {self.batch_id}"


class BatchChunk(models.Model):
    """Rows of a batch that were written in one transaction, so that a broken run goes on where it stopped."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    batch = models.ForeignKey(Batch, verbose_name="导入批次", on_delete=models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField("序号")
    rows = models.PositiveIntegerField("行数")
    subject_ids = models.JSONField("写入的对象", default=list)
    first_id = models.UUIDField("首个对象", null=True)
    to_seq = models.BigIntegerField("写到的留痕序号", default=0)
    is_undone = models.BooleanField("已撤回", default=False)

    class Meta:
        verbose_name = "导入分段"
        constraints = (models.UniqueConstraint(fields=["batch", "number"], name="sheet_chunk_written_once"),)

    def __str__(self) -> str:
        return f"chunk {self.number} of {self.batch_id}"


class ColumnMemory(models.Model):
    """How an office's own heads were matched to our columns, to be proposed for its next sheet with the same head."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    town = models.CharField("乡镇区划代码", max_length=9)
    office = models.UUIDField("单位", default=NO_OFFICE)
    importer = models.CharField("导入种类", max_length=60)
    head_digest = models.CharField("表头摘要", max_length=32)
    keys = models.JSONField("表头与列", default=dict)
    used_at = models.DateTimeField("最近使用")

    class Meta:
        verbose_name = "列对应记忆"
        constraints = (
            models.UniqueConstraint(
                fields=["town", "office", "importer", "head_digest"],
                name="sheet_memory_of_head",
            ),
        )

    def __str__(self) -> str:
        return f"{self.importer} {self.head_digest}"
