"""上级要表: a superior's form, and each of its cells with what it was matched with and what was answered."""

from typing import ClassVar

from django.db import models

from banjie.figures.periods import Period
from banjie.ledger.models import HASH_LENGTH, Ledgered
from banjie.reports.asked.blanks import Spot
from banjie.reports.asked.form import Form, form_of
from banjie.reports.asked.matching import Choice, Source, Style
from banjie.reports.asked.spans import PERIOD
from banjie.sheets.matching import Ground


class FormState(models.TextChoices):
    """Where a form stands."""

    READING = "reading", "正在读取"
    FAILED = "failed", "没有读成"
    OPEN = "open", "待核对"
    ANSWERED = "answered", "已填好"
    SENT = "sent", "已报出"
    VOID = "void", "已作废"


class Sending(models.TextChoices):
    """By which way an answer left."""

    MAIL = "mail", "政务邮箱"
    OFFICE_SYSTEM = "office_system", "县里办公系统"
    GROUP = "group", "工作群"
    PAPER = "paper", "纸质盖章件"
    OTHER = "other", "其他"


class AskedForm(Ledgered):
    """上级要表: a form with its own file, the file that is worked on, and the one that was answered with."""

    unledgered_columns: ClassVar[frozenset[str]] = frozenset({"content"})

    title = models.CharField("表名", max_length=120)
    sender = models.CharField("来表单位", max_length=60)
    sort = models.CharField("文件格式", max_length=8)
    file_id = models.UUIDField("来表文件")
    working_id = models.UUIDField("填报用文件", null=True)
    layout = models.CharField("版式摘要", max_length=HASH_LENGTH, blank=True, default="")
    from_on = models.DateField("时段起")
    to_on = models.DateField("时段止")
    due_on = models.DateField("要求报送日期", null=True)
    state = models.CharField("状态", max_length=10, choices=FormState.choices, default=FormState.READING)
    received_by = models.UUIDField("收表人")
    received_at = models.DateTimeField("收表时间")
    words = models.CharField("说明", max_length=300, blank=True, default="")
    answer_id = models.UUIDField("答表文件", null=True)
    digest = models.CharField("摘要", max_length=HASH_LENGTH, blank=True, default="")
    answered_by = models.UUIDField("填报人", null=True)
    answered_at = models.DateTimeField("填报时间", null=True)
    sent_by = models.UUIDField("报出人", null=True)
    sent_at = models.DateTimeField("报出时间", null=True)
    sent_to = models.CharField("报给谁", max_length=60, blank=True, default="")
    sent_way = models.CharField("报送方式", max_length=16, choices=Sending.choices, blank=True, default="")
    content = models.JSONField("版面", default=dict)
    lists = models.JSONField("名册取自", default=dict)

    class Meta:
        verbose_name = "上级要表"
        indexes = (
            models.Index(fields=["town", "-received_at", "-id"], name="asked_form_newest"),
            models.Index(fields=["town", "layout"], name="asked_form_layout"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def period(self) -> Period:
        """Return the period that the form asks of."""
        return Period(self.from_on, self.to_on)

    @property
    def form(self) -> Form:
        """Return what was read of the file."""
        return form_of(self.content)

    @property
    def is_open(self) -> bool:
        """Tell whether its cells may still be matched."""
        return self.state in (FormState.OPEN, FormState.ANSWERED)


class AskedCell(Ledgered):
    """要表空格: a place that wants an answer, what it is matched with, and the answer as it was frozen."""

    subject_column: ClassVar[str] = "form_id"

    form = models.ForeignKey(AskedForm, models.PROTECT, related_name="cells", verbose_name="上级要表")
    grid = models.SmallIntegerField("表序")
    line = models.IntegerField("行")
    place = models.IntegerField("列")
    gap = models.SmallIntegerField("空", default=0)
    label = models.CharField("表头", max_length=300)
    unit = models.CharField("表上单位", max_length=12, blank=True, default="")
    is_percent = models.BooleanField("按百分比显示", default=False)
    source = models.CharField("来源", max_length=8, choices=[(one.value, one.value) for one in Source])
    figure = models.CharField("数据指标", max_length=60, blank=True, default="")
    group = models.CharField("分组", max_length=80, blank=True, default="")
    value = models.CharField("组", max_length=200, blank=True, default="")
    span = models.CharField("时段", max_length=16, default=PERIOD)
    style = models.CharField("写法", max_length=12, default=Style.PLAIN.value)
    ground = models.SmallIntegerField("对应依据", null=True)
    why = models.CharField("说明", max_length=200, blank=True, default="")
    text = models.CharField("填写内容", max_length=200, blank=True, default="")
    quoted = models.CharField("数的出处", max_length=120, blank=True, default="")
    record_id = models.UUIDField("引用数台账记录", null=True)
    from_on = models.DateField("时段起", null=True)
    to_on = models.DateField("时段止", null=True)
    printed = models.CharField("答", max_length=200, blank=True, default="")
    exact = models.CharField("精确值", max_length=60, blank=True, default="")
    version = models.CharField("口径版本", max_length=160, blank=True, default="")

    class Meta:
        verbose_name = "要表空格"
        constraints = (
            models.UniqueConstraint(fields=["form", "grid", "line", "place", "gap"], name="asked_cell_once"),
        )
        indexes = (models.Index(fields=["town", "figure", "to_on"], name="asked_cell_reported"),)

    def __str__(self) -> str:
        return self.label

    @property
    def spot(self) -> Spot:
        """Return where it stands."""
        return Spot(self.grid, self.line, self.place, self.gap)

    @property
    def choice(self) -> Choice:
        """Return what it is matched with."""
        return Choice(
            source=Source(self.source),
            figure=self.figure,
            group=self.group,
            value=self.value,
            span=self.span,
            style=self.style,
            ground=None if self.ground is None else Ground(self.ground),
            why=self.why,
            text=self.text,
            quoted=self.quoted,
        )
