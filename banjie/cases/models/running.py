"""What runs for a case: its clocks, the rungs that came for them, and when the next one comes."""

from django.db import models

from banjie.cases.models.case import CLOCKS, OfCase
from banjie.cases.workflow import CLOCK_TITLES, ClockName

_IS_RUNNING = models.Q(stopped_at__isnull=True, due_at__isnull=False)


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
