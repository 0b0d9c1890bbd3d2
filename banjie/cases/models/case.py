"""The case itself: one thing that was asked for, with its owner, its clock and its state."""

from datetime import UTC, datetime

from django.conf import settings
from django.db import models

from banjie.cases.vocabulary import Channel, ClosingKind, Origin, Said, Sensitivity
from banjie.cases.workflow import CLOCK_TITLES, STATE_TITLES, State
from banjie.enterprises.models import Enterprise
from banjie.ledger.models import Ledgered
from banjie.people.models import Unit
from banjie.places.models import Grid
from banjie.residents.models import Resident

NEVER = datetime(2999, 12, 31, tzinfo=UTC)
"""Where a case without a running clock stands in a list ordered by due time."""
_IS_OPEN = models.Q(is_open=True)
"""Condition, not column, of the indexes: Django asks for a truth bare, which SQLite seeks in no index column."""
_IS_IMPORTED = models.Q(batch_id__isnull=False)
_SIGHT = ("division_code", "sensitivity")
"""Stand behind the order of a list, so that who may see a row is told, and rows are counted, without reading it."""
_HANDS = ("responsible", "handler", "first_asker")
"""PostgreSQL wants every column of a condition in the index; SQLite reads these only of what handlers alone may see."""
STATES = [(state.value, title) for state, title in STATE_TITLES.items()]
CLOCKS = [(name.value, title) for name, title in CLOCK_TITLES.items()]


class Case(Ledgered):
    """件: one thing that was asked for, with its owner, its clock and its state."""

    number = models.CharField("编号", max_length=40)
    kind = models.CharField("类型", max_length=40)
    kind_version = models.CharField("类型版本", max_length=80, blank=True)
    category = models.CharField("类别", max_length=80, blank=True)
    title = models.CharField("标题", max_length=120)
    text = models.TextField("内容", blank=True)
    channel = models.CharField("渠道", max_length=12, choices=Channel)
    division_code = models.CharField("区划代码", max_length=12)
    grid = models.ForeignKey(Grid, on_delete=models.PROTECT, null=True, db_index=False, verbose_name="网格")
    place_words = models.CharField("地点", max_length=120, blank=True)
    sensitivity = models.CharField(
        "知悉范围", max_length=16, choices=Sensitivity, default=Sensitivity.ORDINARY
    )
    extra = models.JSONField("其他字段", default=dict)

    origin = models.CharField("来源", max_length=8, choices=Origin, default=Origin.OWN)
    outer_system = models.CharField("外部系统", max_length=40, blank=True)
    outer_number = models.CharField("外部编号", max_length=60, blank=True)
    outer_state = models.CharField("外部结论", max_length=120, blank=True)
    given_due_at = models.DateTimeField("外部时限", null=True)
    is_sent_down = models.BooleanField("县级下派", default=False)

    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, null=True, verbose_name="诉求人")
    asker_staff = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name="交办人",
    )
    asker_code = models.CharField("诉求人代号", max_length=40, blank=True)
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, null=True, db_index=False, verbose_name="提出的企业"
    )

    state = models.CharField("状态", max_length=12, choices=STATES)
    is_open = models.BooleanField("未了结", default=True)
    round = models.PositiveSmallIntegerField("办理轮次", default=1)
    first_asker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
        verbose_name="首问责任人",
    )
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
        verbose_name="责任人",
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, db_index=False, verbose_name="承办单位"
    )
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name="经办人",
    )

    happened_at = models.DateTimeField("诉求时间")
    registered_at = models.DateTimeField("登记时间")
    accepted_at = models.DateTimeField("受理时间", null=True)
    assigned_at = models.DateTimeField("派办时间", null=True)
    signed_at = models.DateTimeField("签收时间", null=True)
    done_at = models.DateTimeField("办结时间", null=True)
    closed_at = models.DateTimeField("销号时间", null=True)
    closing_kind = models.CharField("销号方式", max_length=12, choices=ClosingKind, blank=True)
    closing_basis = models.CharField("销号依据", max_length=200, blank=True)
    said = models.CharField("诉求人评价", max_length=20, choices=Said, blank=True)

    handle_due_at = models.DateTimeField("办理到期", null=True)
    due_at = models.DateTimeField("到期", null=True)
    amber_at = models.DateTimeField("预警", null=True)
    due_clock = models.CharField("到期时钟", max_length=12, choices=CLOCKS, blank=True)
    is_provisional = models.BooleanField("暂定", default=False)
    due_order = models.DateTimeField("到期次序", default=NEVER)
    parked_until_on = models.DateField("挂账至", null=True)
    report_due_on = models.DateField("进度应报日期", null=True)
    recheck_on = models.DateField("回头看日期", null=True)
    hearing_at = models.DateTimeField("听证时间", null=True)
    led_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name="包案领导",
    )
    token = models.CharField("二维码标识", max_length=32)

    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="merged",
        verbose_name="并入",
    )
    state_before = models.CharField("并案前状态", max_length=12, choices=STATES, blank=True)
    urged_at = models.DateTimeField("催办时间", null=True)
    batch_id = models.UUIDField("导入批次", null=True)

    class Meta:
        verbose_name = "件"
        constraints = (
            models.UniqueConstraint(fields=["town", "number"], name="case_number_once"),
            models.UniqueConstraint(fields=["token"], name="case_token_once"),
            models.UniqueConstraint(
                fields=["town", "outer_system", "outer_number"],
                condition=models.Q(origin=Origin.MIRRORED) & ~models.Q(state=State.VOID),
                name="case_outer_number_once",
            ),
        )
        indexes = (
            models.Index(
                fields=["town", "due_order", "id", *_SIGHT],
                include=_HANDS,
                condition=_IS_OPEN,
                name="case_town_open_due",
            ),
            models.Index(
                fields=["town", "state", "due_order", "id", *_SIGHT, "closing_kind"],
                include=_HANDS,
                name="case_town_state_due",
            ),
            models.Index(
                fields=["town", "unit", "state", "due_order", "id", *_SIGHT, "closing_kind"],
                include=_HANDS,
                name="case_unit_state_due",
            ),
            models.Index(
                fields=["town", "unit", "due_order", "id", *_SIGHT],
                include=_HANDS,
                condition=_IS_OPEN,
                name="case_unit_open_due",
            ),
            models.Index(fields=["responsible", "due_order", "id"], condition=_IS_OPEN, name="case_mine_due"),
            models.Index(fields=["responsible", "state"], name="case_in_hand"),
            models.Index(fields=["handler", "state"], name="case_handled_by"),
            models.Index(fields=["first_asker", "state"], name="case_first_asked"),
            models.Index(fields=["town", "-registered_at", "-id"], name="case_newest"),
            models.Index(
                fields=["town", "-registered_at", "-id"], condition=_IS_IMPORTED, name="case_imported"
            ),
            models.Index(fields=["batch_id"], condition=_IS_IMPORTED, name="case_batch"),
            models.Index(
                fields=["handler", "due_order", "id"],
                condition=models.Q(led_by__isnull=False),
                name="case_led_handler",
            ),
            models.Index(
                fields=["town", "recheck_on"],
                condition=models.Q(recheck_on__isnull=False),
                name="case_to_recheck",
            ),
            models.Index(
                fields=["enterprise", "-registered_at", "-id"],
                condition=models.Q(enterprise__isnull=False),
                name="case_of_enterprise",
            ),
            models.Index(
                fields=["merged_into"], condition=models.Q(merged_into__isnull=False), name="case_merged_into"
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def is_mirrored(self) -> bool:
        """Tell whether another system owns the case and its verdict."""
        return self.origin == Origin.MIRRORED

    @property
    def is_historical(self) -> bool:
        """Tell whether the case was done before the ledger began and is kept here as it was told (历史件)."""
        return self.closing_kind == ClosingKind.HISTORICAL

    @property
    def is_done_on_time(self) -> bool | None:
        """Tell whether the reply that stood came by the first round's due time; None while there is none."""
        if self.done_at is None or self.handle_due_at is None:
            return None
        return self.done_at <= self.handle_due_at


class OfCase(Ledgered):
    """A row that is part of a case and folded under the case's entries."""

    subject_column = "case_id"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, verbose_name="件")

    class Meta:
        abstract = True
