"""Tables of the ledger: entries and their bodies, the head of each town's chain, number series and seals."""

from functools import cache
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from banjie.base.ids import new_id
from banjie.ledger.canonical import plain

HASH_LENGTH = 64
GENESIS = "0" * HASH_LENGTH
"""What the first entry of a town names as the entry before."""
ERASED = "ledger.erased"
"""The deed after which the bodies before it are gone."""


class Ledgered(models.Model):
    """A row that is the fold of its entries: it changes by `record` alone."""

    is_kept: ClassVar[bool] = False
    """Whether every request reads such rows and an office seldom changes them (see kept.py)."""
    personal_columns: ClassVar[frozenset[str]] = frozenset()
    """Columns that enter the ledger only as salted digests of what is stored."""
    unledgered_columns: ClassVar[frozenset[str]] = frozenset()
    """Columns outside the fold, such as password hashes and last seen, and what is worked out from other columns."""
    subject_column: ClassVar[str] = "id"
    """The column that holds the subject under whose entries this row is folded; a part names that of its whole.

    It is never empty and leads an index: verify reads the rows of a table in its order.
    """

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    town = models.CharField("乡镇区划代码", max_length=9, editable=False)

    class Meta:
        abstract = True

    @property
    def ledger_subject_id(self) -> UUID:
        """Return the id of the subject under whose entries this row is folded."""
        subject_id: UUID = getattr(self, self.subject_column)
        return subject_id

    @property
    def ledger_key(self) -> str:
        """Return the name of this row inside bodies: its table and id."""
        return f"{self._meta.label_lower}:{self.pk}"


@cache
def ledgered_fields(model: type[Ledgered]) -> tuple["models.Field[Any, Any]", ...]:
    """Return the fields of `model` that its entries fold into, in the order of declaration.

    What the database works out by itself is none of them.
    """
    outside = model.unledgered_columns
    return tuple(f for f in model._meta.concrete_fields if f.attname not in outside and not f.generated)


@cache
def untold(model: type[Ledgered]) -> dict[str, object]:
    """Return column → what it holds, in canonical form, as long as no entry of its row has named it.

    Nothing, or the default: a row from before the column was added has it by the migration, and a newer row's first
    entry tells every column that has one. So a default that was released once stays as it is.
    """
    return {f.attname: None if f.primary_key else plain(f.get_default()) for f in ledgered_fields(model)}


class Entry(models.Model):
    """留痕: who did what to which subject, when it happened and when it was written down."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    town = models.CharField("乡镇区划代码", max_length=9)
    seq = models.BigIntegerField("序号")
    subject_type = models.CharField("对象类别", max_length=40)
    subject_id = models.UUIDField("对象编号")
    deed = models.CharField("事项", max_length=40)
    by = models.UUIDField("经办人")
    on_behalf_of = models.UUIDField("代谁记录", null=True)
    happened_at = models.DateTimeField("发生时间")
    recorded_at = models.DateTimeField("记录时间")
    article = models.CharField("依据条款", max_length=160, blank=True)
    client_key = models.CharField("提交编号", max_length=64, blank=True)
    content_digest = models.CharField("提交内容摘要", max_length=HASH_LENGTH, blank=True)
    body_digest = models.CharField("正文摘要", max_length=HASH_LENGTH)
    previous_hash = models.CharField("上一条哈希", max_length=HASH_LENGTH)
    hash = models.CharField("本条哈希", max_length=HASH_LENGTH)

    class Meta:
        verbose_name = "留痕"
        constraints = (
            models.UniqueConstraint(fields=["town", "seq"], name="entry_seq_once"),
            models.UniqueConstraint(
                fields=["by", "client_key"], condition=~Q(client_key=""), name="entry_client_key_once"
            ),
        )
        indexes = (
            models.Index(fields=["subject_id", "seq"], name="entry_subject"),
            models.Index(
                fields=["on_behalf_of", "recorded_at"],
                condition=Q(on_behalf_of__isnull=False),
                name="entry_recorded_for",
            ),
        )

    def __str__(self) -> str:
        return f"{self.town} {self.seq} {self.deed}"


class EntryBody(models.Model):
    """What an entry says: words and changes. It may be erased; the chain holds only its digest."""

    entry = models.OneToOneField(
        Entry, on_delete=models.DO_NOTHING, primary_key=True, related_name="body", db_constraint=False
    )
    salt = models.CharField("盐", max_length=32)
    content = models.TextField("正文")

    class Meta:
        verbose_name = "留痕正文"

    def __str__(self) -> str:
        return f"body of {self.entry_id}"


class ChainHead(models.Model):
    """The last entry of a town; whoever holds this row may append."""

    town = models.CharField("乡镇区划代码", max_length=9, primary_key=True)
    seq = models.BigIntegerField("末序号", default=0)
    hash = models.CharField("末哈希", max_length=HASH_LENGTH, default=GENESIS)

    class Meta:
        verbose_name = "留痕链头"

    def __str__(self) -> str:
        return f"{self.town} at {self.seq}"


class KeptMark(models.Model):
    """The one row that tells one state of all kept rows from any other; see kept.py."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    mark = models.CharField("标记", max_length=32)

    class Meta:
        verbose_name = "常用资料标记"

    def __str__(self) -> str:
        return self.mark


class Counter(models.Model):
    """The last number given in a series of a town and year; advanced only under the chain's head."""

    town = models.CharField("乡镇区划代码", max_length=9)
    series = models.CharField("号码系列", max_length=40)
    year = models.PositiveSmallIntegerField("年度")
    last = models.PositiveIntegerField("末号", default=0)

    class Meta:
        verbose_name = "号码"
        constraints = (models.UniqueConstraint(fields=["town", "series", "year"], name="counter_once"),)

    def __str__(self) -> str:
        return f"{self.town} {self.series} {self.year}: {self.last}"


class Seal(models.Model):
    """A closed range of entries under one Merkle root (RFC 6962 §2.1), chained to the seal before."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    town = models.CharField("乡镇区划代码", max_length=9)
    from_seq = models.BigIntegerField("起序号")
    to_seq = models.BigIntegerField("止序号")
    root = models.CharField("默克尔根", max_length=HASH_LENGTH)
    previous_hash = models.CharField("上一封存哈希", max_length=HASH_LENGTH)
    hash = models.CharField("封存哈希", max_length=HASH_LENGTH)
    sealed_at = models.DateTimeField("封存时间")

    class Meta:
        verbose_name = "封存"
        constraints = (
            models.UniqueConstraint(fields=["town", "from_seq"], name="seal_from_once"),
            models.UniqueConstraint(fields=["town", "to_seq"], name="seal_to_once"),
        )

    def __str__(self) -> str:
        return f"{self.town} {self.from_seq}-{self.to_seq}"

    @property
    def code(self) -> str:
        """Return 防伪校验码, the part of the seal's hash that fits on paper."""
        return "-".join(self.hash[start : start + 4] for start in range(0, 20, 4)).upper()
