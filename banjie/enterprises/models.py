"""The table of enterprises; who is to be called lies sealed."""

from typing import ClassVar

from django.db import models

from banjie.enterprises.lists import INDUSTRIES, SIZES, STATUSES, Status
from banjie.fields.crypto import seal, unseal
from banjie.fields.masks import mask_name, mask_phone
from banjie.ledger.models import Ledgered

TABLE = "enterprises_enterprise"
"""Bound into every sealed value: renaming the table would make all of them unreadable."""
SEALED = {"contact": "contact_sealed", "phone": "phone_sealed"}
"""What is kept sealed, and the column of each."""
_STANDS = models.Q(is_withdrawn=False, merged_into__isnull=True)


class Enterprise(Ledgered):
    """企业: an enterprise or shop of the town. A double that was merged stays and leads to the one that stands."""

    personal_columns: ClassVar[frozenset[str]] = frozenset(SEALED.values())
    unledgered_columns: ClassVar[frozenset[str]] = frozenset({"found_by"})

    division_code = models.CharField("所在村（社区）", max_length=12)
    name = models.CharField("企业名称", max_length=80)
    short_name = models.CharField("简称", max_length=20, blank=True, default="")
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True, default="")
    place_words = models.CharField("地址", max_length=80, blank=True, default="")
    contact_sealed = models.TextField("联系人（加密）", blank=True, default="")
    phone_sealed = models.TextField("联系电话（加密）", blank=True, default="")
    size = models.CharField(
        "规模", max_length=8, blank=True, default="", choices=[(k.value, t) for k, t in SIZES.items()]
    )
    industry = models.CharField(
        "行业门类",
        max_length=1,
        blank=True,
        default="",
        choices=[(k.value, t) for k, t in INDUSTRIES.items()],
    )
    status = models.CharField(
        "经营状态",
        max_length=12,
        default=Status.ACTIVE.value,
        choices=[(k.value, t) for k, t in STATUSES.items()],
    )
    since_on = models.DateField("成立日期", null=True, blank=True)
    closed_on = models.DateField("停业或注销日期", null=True, blank=True)
    registered_on = models.DateField("登记日期")
    merged_into = models.ForeignKey(
        "self",
        verbose_name="并入",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="doubles",
    )
    is_withdrawn = models.BooleanField("已撤回登记", default=False)
    found_by = models.TextField("查找用字", blank=True, default="")

    class Meta:
        verbose_name = "企业"
        indexes = (models.Index(fields=["town", "name", "id"], condition=_STANDS, name="enterprise_by_name"),)
        constraints = (
            models.UniqueConstraint(
                fields=["town", "uscc"], condition=_STANDS & ~models.Q(uscc=""), name="enterprise_uscc_once"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def sealed(self, part: str, text: str) -> str:
        """Return `text` sealed for one of the parts of SEALED of this row."""
        return seal(text, table=TABLE, column=SEALED[part], row=self.id)

    def opened(self, part: str) -> str:
        """Return in clear one of the parts of SEALED; pages reach it by `reveal_contact` only."""
        column = SEALED[part]
        return unseal(getattr(self, column), table=TABLE, column=column, row=self.id)

    @property
    def masked_contact(self) -> str:
        """Return the contact's name with the surname covered, or nothing."""
        return mask_name(self.opened("contact"))

    @property
    def masked_phone(self) -> str:
        """Return the phone as 138****5678, or nothing."""
        return mask_phone(self.opened("phone"))

    @property
    def is_active(self) -> bool:
        """Tell whether it is in business."""
        return self.status == Status.ACTIVE
