"""What is kept beside the ledger for counting and proposing, and can be made anew from it."""

from django.db import models

from banjie.cases.counting import COLUMNS, Standing
from banjie.cases.models.case import STATES, Case
from banjie.cases.vocabulary import Channel, ClosingKind


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


class ReportDue(models.Model):
    """进度应报: a report, or a contact after a bad word, that was owed by a day, and when it was made.

    Outside the ledger: it follows from the entries of the case and the rule of their day, for the figures alone;
    verify works it out again and `banjie recount` remakes it.
    """

    town = models.CharField("乡镇区划代码", max_length=9)
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="件"
    )
    sort = models.CharField("哪一种", max_length=12)
    due_on = models.DateField("应报日期")
    met_on = models.DateField("报了的日期", null=True)

    class Meta:
        verbose_name = "进度应报"
        constraints = (models.UniqueConstraint(fields=["case", "due_on"], name="report_due_once"),)
        indexes = (models.Index(fields=["town", "due_on"], name="report_due_by_day"),)

    def __str__(self) -> str:
        return f"{self.sort} {self.due_on}"


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
