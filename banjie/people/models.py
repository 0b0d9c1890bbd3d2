"""Tables of the office: staff, units, posts with A and B holders, absences, duty turns, PIN tries."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from banjie.ledger.models import Ledgered


class StaffAccounts(BaseUserManager["Staff"]):
    """Find accounts for Django's log-in; new staff come by the action `hire_staff` alone."""

    def get_by_natural_key(self, username: str | None) -> "Staff":
        """Find an account by its log-in, typed in whatever case."""
        return self.get(login=(username or "").strip().lower())


class Staff(Ledgered, AbstractBaseUser):
    """A person who works for the town, or the one log-in of a village's shared device."""

    is_kept: ClassVar[bool] = True

    login = models.CharField("登录名", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=40)
    pinyin = models.CharField("拼音", max_length=120, blank=True, default="")
    initials = models.CharField("拼音首字母", max_length=20, blank=True, default="")
    work_phone = models.CharField("办公电话", max_length=30, blank=True, default="")
    division_code = models.CharField("工作地", max_length=12)
    is_active = models.BooleanField("在用", default=True)
    is_shared_device = models.BooleanField("村级共用设备", default=False)
    must_change_password = models.BooleanField("下次登录须改密码", default=True)
    pin = models.CharField("办理码", max_length=128, blank=True, default="")
    last_seen_at = models.DateTimeField("最近使用", null=True, blank=True)

    objects = StaffAccounts()

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    unledgered_columns = frozenset({"password", "pin", "last_login", "last_seen_at"})

    class Meta:
        verbose_name = "工作人员"
        indexes = (models.Index(fields=["town", "name"], name="staff_by_name"),)

    def __str__(self) -> str:
        return self.name


class UnitKind(models.TextChoices):
    """What sort of body a unit is."""

    OFFICE = "office", "内设机构"
    WINDOW = "window", "便民服务中心"
    INSTITUTION = "institution", "事业单位"
    STATION = "station", "派驻站所"
    VILLAGE = "village", "村（社区）"
    OTHER = "other", "其他"


class Unit(Ledgered):
    """An office, station or village committee that cases are assigned to; `key` is its name in the rulebook."""

    is_kept: ClassVar[bool] = True

    key = models.SlugField("代号", max_length=40)
    name = models.CharField("名称", max_length=60)
    short_name = models.CharField("简称", max_length=20, blank=True, default="")
    phone = models.CharField("电话", max_length=30, blank=True, default="")
    kind = models.CharField("类别", max_length=12, choices=UnitKind, default=UnitKind.OFFICE)
    leader = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="units_led", verbose_name="分管领导"
    )
    valid_from = models.DateField("设立日期", null=True, blank=True)
    valid_until = models.DateField("撤销日期", null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name="承接单位"
    )

    class Meta:
        verbose_name = "单位"
        constraints = (models.UniqueConstraint(fields=["town", "key"], name="unit_key_once_in_town"),)

    def __str__(self) -> str:
        return self.name


class Post(Ledgered):
    """A post of a unit with its A and B holders (AB岗, S-006), its roles and the place that bounds it."""

    is_kept: ClassVar[bool] = True

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", verbose_name="单位")
    title = models.CharField("岗位名称", max_length=40)
    roles = models.JSONField("角色", default=list)
    division_code = models.CharField("管辖范围", max_length=12)
    grid_id = models.UUIDField("网格", null=True, blank=True)
    holder_a = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="posts_as_a", verbose_name="A岗"
    )
    holder_b = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="posts_as_b", verbose_name="B岗"
    )
    valid_until = models.DateField("撤销日期", null=True, blank=True)

    class Meta:
        verbose_name = "岗位"
        constraints = (
            models.UniqueConstraint(fields=["unit", "title"], name="post_title_once_in_unit"),
            models.CheckConstraint(
                condition=~models.Q(holder_a=models.F("holder_b")), name="post_holders_a_and_b_differ"
            ),
        )

    def __str__(self) -> str:
        return self.title


class AbsenceReason(models.TextChoices):
    """Why a person is away; the label is what a stand-in's reason says."""

    LEAVE = "leave", "请假"
    SICK = "sick", "病假"
    ERRAND = "errand", "公出"
    TRAINING = "training", "培训"
    SECONDED = "seconded", "借调"


class Absence(Ledgered):
    """An approved absence from one moment until another; open while `until_at` is empty."""

    is_kept: ClassVar[bool] = True

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="absences", verbose_name="工作人员")
    from_at = models.DateTimeField("开始")
    until_at = models.DateTimeField("结束", null=True, blank=True)
    reason = models.CharField("事由", max_length=12, choices=AbsenceReason, default=AbsenceReason.LEAVE)
    record_id = models.UUIDField("台账记录", null=True)

    class Meta:
        verbose_name = "请假外出"
        indexes = (models.Index(fields=["town", "from_at"], name="absence_by_start"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until_at__isnull=True) | models.Q(until_at__gte=models.F("from_at")),
                name="absence_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["record_id"],
                condition=models.Q(record_id__isnull=False),
                name="one_absence_of_a_record",
            ),
        )

    def __str__(self) -> str:
        return self.get_reason_display()


class DutyTurn(Ledgered):
    """One day's duty officer of the town (值班)."""

    is_kept: ClassVar[bool] = True

    day = models.DateField("日期")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="duty_turns", verbose_name="值班员")

    class Meta:
        verbose_name = "值班"
        constraints = (models.UniqueConstraint(fields=["town", "day"], name="one_duty_officer_a_day"),)

    def __str__(self) -> str:
        return self.day.isoformat()


class PinTries(models.Model):
    """Failed PINs of one person in a row; no deed, so no entry, and gone with the next right PIN."""

    staff = models.OneToOneField(Staff, models.CASCADE, primary_key=True, verbose_name="工作人员")
    failed_count = models.PositiveIntegerField("连续输错次数", default=0)
    last_failed_at = models.DateTimeField("最近输错", null=True, blank=True)

    class Meta:
        verbose_name = "办理码输错"

    def __str__(self) -> str:
        return str(self.failed_count)
