"""Tables of places: divisions by national code (GB/T 2260, GB/T 10114) and the grids of a village."""

from typing import ClassVar

from django.db import models

from banjie.ledger.models import Ledgered
from banjie.places.codes import Level


class Division(Ledgered):
    """A division under its national code, valid from a day until its successor takes over."""

    is_kept: ClassVar[bool] = True

    code = models.CharField("区划代码", max_length=12, unique=True)
    name = models.CharField("名称", max_length=60)
    aliases = models.JSONField("俗称", default=list, blank=True)
    level = models.CharField("级别", max_length=10, choices=[(level.value, level.label) for level in Level])
    parent_code = models.CharField("上级代码", max_length=12, blank=True, default="", db_index=True)
    valid_from = models.DateField("启用日期", null=True, blank=True)
    valid_until = models.DateField("停用日期", null=True, blank=True)
    successor_code = models.CharField("承继代码", max_length=12, blank=True, default="")

    class Meta:
        verbose_name = "区划"

    def __str__(self) -> str:
        return self.name


class Grid(Ledgered):
    """A grid (网格) of a village or community, known by its name."""

    is_kept: ClassVar[bool] = True

    division_code = models.CharField("所在村（社区）", max_length=12)
    name = models.CharField("名称", max_length=40)
    aliases = models.JSONField("俗称", default=list, blank=True)
    valid_from = models.DateField("启用日期", null=True, blank=True)
    valid_until = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = "网格"
        constraints = (
            models.UniqueConstraint(
                fields=["division_code", "name"],
                condition=models.Q(valid_until__isnull=True),
                name="grid_name_once_in_village",
            ),
        )

    def __str__(self) -> str:
        return self.name
