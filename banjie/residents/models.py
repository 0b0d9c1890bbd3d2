"""Tables of residents: each person sealed, and the keyed hashes by which he is found."""

from typing import ClassVar
from uuid import UUID

from django.db import models

from banjie.fields.citizen import IdKind
from banjie.fields.crypto import seal, unseal
from banjie.fields.masks import mask_id, mask_name, mask_phone
from banjie.ledger.models import Ledgered
from banjie.places.models import Grid

TABLE = "residents_resident"
"""Bound into every sealed value: renaming the table would make all of them unreadable."""
SEALED = {
    "name": "name_sealed",
    "phone": "phone_sealed",
    "id_number": "id_number_sealed",
    "house": "house_sealed",
}
"""What is kept sealed, and the column of each."""


class Resident(Ledgered):
    """群众: a person served by the town; whatever tells who he is lies sealed."""

    personal_columns: ClassVar[frozenset[str]] = frozenset(SEALED.values())

    division_code = models.CharField("所在村（社区）", max_length=12)
    grid = models.ForeignKey(Grid, verbose_name="网格", null=True, blank=True, on_delete=models.PROTECT)
    name_sealed = models.TextField("姓名（加密）")
    phone_sealed = models.TextField("联系电话（加密）", blank=True, default="")
    id_number_sealed = models.TextField("证件号码（加密）", blank=True, default="")
    house_sealed = models.TextField("住址（加密）", blank=True, default="")
    id_kind = models.CharField(
        "证件类别",
        max_length=20,
        blank=True,
        default="",
        choices=[(kind.value, kind.label) for kind in IdKind],
    )
    outer_code = models.CharField("外部系统人员编号", max_length=40, blank=True, default="")
    is_withdrawn = models.BooleanField("已撤回登记", default=False)

    class Meta:
        verbose_name = "群众"
        indexes = (
            models.Index(fields=["town", "division_code", "id"], name="resident_of_division"),
            models.Index(
                fields=["town", "outer_code"], condition=~models.Q(outer_code=""), name="resident_outer_code"
            ),
        )

    def __str__(self) -> str:
        return f"{self.masked_name}（{self.division_code}）"

    def sealed(self, column: str, text: str) -> str:
        """Return `text` sealed for a column of this row, such as "name_sealed"."""
        return seal(text, table=TABLE, column=column, row=self.id)

    def opened(self, part: str) -> str:
        """Return in clear one of the parts of SEALED; raises SealBroken when its seal is not whole."""
        column = SEALED[part]
        return unseal(getattr(self, column), table=TABLE, column=column, row=self.id)

    @property
    def name(self) -> str:
        """Return the name in clear, for those whose right has been checked."""
        return self.opened("name")

    @property
    def phone(self) -> str:
        """Return the phone in clear; pages reach it by `reveal_resident` only."""
        return self.opened("phone")

    @property
    def id_number(self) -> str:
        """Return the ID number in clear; pages reach it by `reveal_resident` only."""
        return self.opened("id_number")

    @property
    def house(self) -> str:
        """Return the words for the house within the village in clear."""
        return self.opened("house")

    @property
    def masked_name(self) -> str:
        """Return the name with the surname covered."""
        return mask_name(self.name)

    @property
    def masked_phone(self) -> str:
        """Return the phone as 138****5678, or nothing."""
        return mask_phone(self.phone)

    @property
    def masked_id_number(self) -> str:
        """Return the ID number as 3****************X, or nothing."""
        return mask_id(self.id_number)


def open_name(resident_id: UUID, name_sealed: str) -> str:
    """Return a name in clear from its column, for a search that reads no more of the row than that."""
    return unseal(name_sealed, table=TABLE, column="name_sealed", row=resident_id)


class ResidentKey(models.Model):
    """One of the keyed hashes by which a resident is found.

    Derived from the resident and outside the ledger: `actions.rebuild_keys` makes all of them anew. The hash covers
    the town, so equal people of two towns do not show as equal. `is_sole` marks the hash of a whole ID number, of
    which a town holds one.
    There is no index on the resident, which would double the table: his keys are found by hashing what he is. So
    there is no constraint either, for SQLite would read the whole table at each new resident.
    """

    resident = models.ForeignKey(
        Resident,
        verbose_name="群众",
        on_delete=models.CASCADE,
        related_name="keys",
        db_index=False,
        db_constraint=False,
    )
    digest = models.BigIntegerField("查找键")
    is_sole = models.BooleanField("唯一", default=False)

    class Meta:
        verbose_name = "群众查找键"
        indexes = (models.Index(fields=["digest", "id"], name="resident_key_digest"),)
        constraints = (
            models.UniqueConstraint(
                fields=["digest"], condition=models.Q(is_sole=True), name="resident_key_sole_once"
            ),
        )

    def __str__(self) -> str:
        return f"key of {self.resident_id}"
