"""Tables of residents: each person sealed, the keyed hashes by which he is found, houses and households."""

from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from banjie.fields.citizen import IdKind
from banjie.fields.crypto import seal, unseal
from banjie.fields.masks import mask_id, mask_name, mask_phone
from banjie.ledger.models import Ledgered
from banjie.places.models import Grid
from banjie.residents.home_words import RELATIONS, SOURCES, TENURES, USES, Relation

Key = TypeVar("Key", bound=StrEnum)
TABLE = "residents_resident"
"""Bound into every sealed value: renaming the table would make all of them unreadable."""
HOUSE_TABLE = "residents_house"
"""As TABLE, for houses."""
_STANDS = Q(until_on__isnull=True, is_withdrawn=False)
SEALED = {
    "name": "name_sealed",
    "phone": "phone_sealed",
    "id_number": "id_number_sealed",
    "house": "house_sealed",
}
"""What is kept sealed, and the column of each."""


def _choices(titles: Mapping[Key, str]) -> list[tuple[str, str]]:
    return [(key.value, title) for key, title in titles.items()]


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


class House(Ledgered):
    """房屋: a dwelling of a village; its address lies sealed and is found by a keyed hash."""

    personal_columns: ClassVar[frozenset[str]] = frozenset({"address_sealed"})
    unledgered_columns: ClassVar[frozenset[str]] = frozenset({"address_key"})

    division_code = models.CharField("所在村（社区）", max_length=12)
    grid = models.ForeignKey(Grid, verbose_name="网格", null=True, blank=True, on_delete=models.PROTECT)
    address_sealed = models.TextField("门牌（加密）", blank=True, default="")
    address_key = models.BigIntegerField("门牌查找键")
    use = models.CharField("用途", max_length=10, blank=True, default="", choices=_choices(USES))
    registered_on = models.DateField("登记日期")
    is_withdrawn = models.BooleanField("已撤回登记", default=False)

    class Meta:
        verbose_name = "房屋"
        indexes = (models.Index(fields=["town", "division_code", "id"], name="house_of_division"),)
        constraints = (
            models.UniqueConstraint(
                fields=["address_key"], condition=Q(is_withdrawn=False), name="house_address_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.division_code} {self.pk}"

    def sealed(self, address: str) -> str:
        """Return an address sealed to this row."""
        return seal(address, table=HOUSE_TABLE, column="address_sealed", row=self.id)

    @property
    def address(self) -> str:
        """Return the address within the village in clear, for those who may find residents."""
        return unseal(self.address_sealed, table=HOUSE_TABLE, column="address_sealed", row=self.id)


class Household(Ledgered):
    """户: people who keep house together; its head is the member who bears that relation."""

    division_code = models.CharField("所在村（社区）", max_length=12)
    code = models.CharField("户编号", max_length=40, blank=True, default="")
    house = models.ForeignKey(House, verbose_name="房屋", null=True, blank=True, on_delete=models.PROTECT)
    registered_on = models.DateField("登记日期")
    is_withdrawn = models.BooleanField("已撤回登记", default=False)

    class Meta:
        verbose_name = "户"
        constraints = (
            models.UniqueConstraint(
                fields=["town", "division_code", "code"],
                condition=Q(is_withdrawn=False) & ~Q(code=""),
                name="household_code_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.division_code} {self.code or self.pk}"


class OfResident(Ledgered):
    """A row that is part of a resident: it begins, and it ends, and is never deleted."""

    subject_column: ClassVar[str] = "resident_id"

    resident = models.ForeignKey(Resident, verbose_name="群众", on_delete=models.PROTECT)
    from_on = models.DateField("起始日期")
    until_on = models.DateField("终止日期", null=True, blank=True)
    linked_on = models.DateField("登记日期")
    is_withdrawn = models.BooleanField("已撤回登记", default=False)

    class Meta:
        abstract = True


class HouseLink(OfResident):
    """人房关联: that a resident lives in a house, since when, and how it is known (S-188)."""

    house = models.ForeignKey(House, verbose_name="房屋", on_delete=models.PROTECT)
    tenure = models.CharField("居住方式", max_length=8, blank=True, default="", choices=_choices(TENURES))
    source = models.CharField("来源", max_length=8, choices=_choices(SOURCES))
    checked_on = models.DateField("核对日期")

    class Meta:
        verbose_name = "人房关联"
        constraints = (
            models.UniqueConstraint(fields=["resident"], condition=_STANDS, name="house_link_stands_once"),
        )

    def __str__(self) -> str:
        return f"{self.resident_id} in {self.house_id}"


class HouseholdMember(OfResident):
    """户成员: that a resident belongs to a household, and how he is related to its head."""

    household = models.ForeignKey(Household, verbose_name="户", on_delete=models.PROTECT)
    relation = models.CharField("与户主关系", max_length=12, choices=_choices(RELATIONS))

    class Meta:
        verbose_name = "户成员"
        constraints = (
            models.UniqueConstraint(fields=["resident"], condition=_STANDS, name="household_member_once"),
            models.UniqueConstraint(
                fields=["household"],
                condition=_STANDS & Q(relation=Relation.HEAD),
                name="household_head_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.resident_id} of {self.household_id}"
