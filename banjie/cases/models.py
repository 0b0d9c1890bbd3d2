"""Tables of a case and of what belongs to it: clocks, voices, extensions, attachments."""

from datetime import UTC, datetime

from django.conf import settings
from django.db import models

from banjie.cases.counting import COLUMNS, Standing
from banjie.cases.vocabulary import Channel, ClosingKind, Mark, Origin, Said, Sensitivity, Speaker
from banjie.cases.workflow import CLOCK_TITLES, STATE_TITLES, ClockName, State
from banjie.files.models import StoredFile
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
_IS_RUNNING = models.Q(stopped_at__isnull=True, due_at__isnull=False)
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
                fields=["town", "unit", "state", "due_order", "id", *_SIGHT],
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


class Clock(OfCase):
    """A term that runs: it keeps the article it was promised by, and every date worked out from it."""

    name = models.CharField("时钟", max_length=12, choices=CLOCKS)
    round = models.PositiveSmallIntegerField("轮次", default=1)
    term = models.CharField("期限", max_length=40)
    article = models.CharField("依据条款", max_length=160)
    is_given = models.BooleanField("外部给定", default=False)
    amber_share = models.CharField("预警比例", max_length=12)
    started_at = models.DateTimeField("起算")
    stopped_at = models.DateTimeField("停止", null=True)
    paused_at = models.DateTimeField("中止", null=True)
    pauses = models.JSONField("中止时段", default=list)
    extensions = models.JSONField("延期", default=list)
    standing_due_at = models.DateTimeField("应到期")
    due_at = models.DateTimeField("到期", null=True)
    amber_at = models.DateTimeField("预警", null=True)
    is_provisional = models.BooleanField("暂定", default=False)
    explanation = models.TextField("算法说明")

    class Meta:
        verbose_name = "时钟"
        constraints = (
            models.UniqueConstraint(
                fields=["case", "name"], condition=models.Q(stopped_at__isnull=True), name="clock_goes_once"
            ),
        )
        indexes = (
            models.Index(fields=["town", "standing_due_at", "name"], name="clock_standing_due"),
            models.Index(fields=["town", "id"], condition=_IS_RUNNING, name="clock_running"),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.round}"

    @property
    def is_running(self) -> bool:
        """Tell whether the clock counts now: neither stopped nor paused."""
        return self.stopped_at is None and self.paused_at is None

    @property
    def title(self) -> str:
        """Return the clock's office word."""
        return CLOCK_TITLES[ClockName(self.name)]


class Escalation(OfCase):
    """督办升级: one rung of a ladder that came for one due time of one clock; it comes once."""

    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, db_index=False, verbose_name="时钟")
    rung = models.CharField("级别", max_length=20)
    due_at = models.DateTimeField("针对的到期")
    came_at = models.DateTimeField("应到时间")
    told = models.JSONField("告知了谁", default=list)
    article = models.CharField("依据条款", max_length=160)

    class Meta:
        verbose_name = "督办升级"
        constraints = (
            models.UniqueConstraint(fields=["clock", "rung", "due_at"], name="escalation_comes_once"),
        )

    def __str__(self) -> str:
        return self.rung


class LadderStanding(models.Model):
    """升级进度: when the next rung of a running clock comes, so that nobody works it out for every clock at each look.

    Outside the ledger: it follows from the clock, the ladder and the escalations, and is made anew when one changes.
    """

    clock = models.OneToOneField(
        Clock, on_delete=models.CASCADE, primary_key=True, related_name="ladder", verbose_name="时钟"
    )
    town = models.CharField("乡镇区划代码", max_length=9)
    due_at = models.DateTimeField("针对的到期")
    ladder = models.CharField("制度版本", max_length=160)
    next_rung = models.CharField("下一级", max_length=20, blank=True)
    next_at = models.DateTimeField("下一级时间", null=True)

    class Meta:
        verbose_name = "升级进度"
        indexes = (models.Index(fields=["town", "next_rung", "next_at"], name="ladder_next"),)

    def __str__(self) -> str:
        return f"{self.next_rung} {self.next_at}"


class CaseStanding(models.Model):
    """件的统计状况: the days of a case as figures count them, one row for now and one for each stretch that is past.

    Narrow, so that a scan of a million is short. It lies outside the ledger: what stands now follows from the case
    alone (`counting.standing_of`), and `until_on` is the day on which a deed took back what had counted.
    """

    town = models.CharField("乡镇区划代码", max_length=9)
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="件"
    )
    since_on = models.DateField("从哪天起", null=True)
    until_on = models.DateField("到哪天前", null=True)
    state = models.CharField("状态", max_length=12, choices=STATES)
    unit_id = models.UUIDField("承办单位", null=True)
    category = models.CharField("类别", max_length=80, blank=True)
    division_code = models.CharField("区划代码", max_length=12)
    kind = models.CharField("类型", max_length=40)
    channel = models.CharField("渠道", max_length=12, choices=Channel)
    closing_kind = models.CharField("销号方式", max_length=12, choices=ClosingKind, blank=True)
    received_on = models.DateField("诉求日期")
    registered_on = models.DateField("登记日期")
    accepted_on = models.DateField("受理日期", null=True)
    done_on = models.DateField("办结日期", null=True)
    closed_on = models.DateField("销号日期", null=True)
    ended_on = models.DateField("了结日期", null=True)
    handle_due_on = models.DateField("办理到期日", null=True)
    is_done_late = models.PositiveSmallIntegerField("超期办结", null=True)

    class Meta:
        verbose_name = "件的统计状况"
        constraints = (
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(until_on__isnull=True), name="case_stands_once"
            ),
        )
        indexes = (
            models.Index(
                fields=["case"], condition=models.Q(until_on__isnull=False), name="case_stood_before"
            ),
            models.Index(fields=["received_on", "town"], name="case_standing_received"),
        )

    def __str__(self) -> str:
        return f"{self.case_id} until {self.until_on}"

    @property
    def counted(self) -> Standing:
        """Return what of it figures count."""
        return Standing(**{name: getattr(self, name) for name in COLUMNS})


class Voice(OfCase):
    """What one of the three said about one round: the handler's claim, the asker's word, the call-back."""

    speaker = models.CharField("谁说的", max_length=12, choices=Speaker)
    round = models.PositiveSmallIntegerField("轮次")
    said = models.CharField("说的是", max_length=20, choices=Said)
    words = models.TextField("原话", blank=True)
    mark = models.CharField("凭据", max_length=12, choices=Mark, default=Mark.NONE)
    witness = models.CharField("见证人", max_length=40, blank=True)
    by = models.UUIDField("记录人")
    heard_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "三方说法"
        indexes = (models.Index(fields=["town", "heard_at"], name="voice_heard"),)

    def __str__(self) -> str:
        return f"{self.speaker} {self.said}"


class Extension(OfCase):
    """延期: asked before the clock ends, decided by another (行政许可法 第四十二条)."""

    term = models.CharField("延长", max_length=40)
    reason = models.CharField("理由", max_length=400)
    asked_by = models.UUIDField("申请人")
    asked_at = models.DateTimeField("申请时间")
    decided_by = models.UUIDField("批准人", null=True)
    decided_at = models.DateTimeField("批准时间", null=True)
    is_granted = models.BooleanField("准予", null=True)

    class Meta:
        verbose_name = "延期申请"

    def __str__(self) -> str:
        return self.term


class Objection(OfCase):
    """派办异议: a unit says that the case is not its own; it stands or falls with where the case is sent next."""

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, db_index=False, related_name="+", verbose_name="提出单位"
    )
    reason = models.CharField("理由", max_length=400)
    basis = models.CharField("依据", max_length=200)
    should_go_to = models.CharField("应由谁办", max_length=80)
    raised_by = models.UUIDField("提出人")
    raised_at = models.DateTimeField("提出时间")
    decided_by = models.UUIDField("裁定人", null=True)
    decided_at = models.DateTimeField("裁定时间", null=True)
    is_upheld = models.BooleanField("成立", null=True)

    class Meta:
        verbose_name = "派办异议"

    def __str__(self) -> str:
        return self.reason


class Attachment(OfCase):
    """附件: a stored file under a case."""

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, verbose_name="文件")
    name = models.CharField("文件名", max_length=160)
    attached_at = models.DateTimeField("上传时间")
    by = models.UUIDField("上传人")

    class Meta:
        verbose_name = "附件"

    def __str__(self) -> str:
        return self.name


class LearnedCategories(models.Model):
    """What a town's own categorised cases taught: the weights that propose a category (U3). Made anew, never edited."""

    town = models.CharField("乡镇区划代码", max_length=9, primary_key=True)
    learned_at = models.DateTimeField("学习时间")
    case_count = models.PositiveIntegerField("样本件数")
    first_share = models.DecimalField("首选正确率", max_digits=5, decimal_places=4, null=True)
    third_share = models.DecimalField("前三正确率", max_digits=5, decimal_places=4, null=True)
    weights = models.BinaryField("权重")

    class Meta:
        verbose_name = "类别学习结果"

    def __str__(self) -> str:
        return f"{self.town} {self.learned_at:%Y-%m-%d}"
