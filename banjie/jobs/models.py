"""Three small tables: workers that are alive, the lease on the schedule, and each run that came due."""

from django.db import models


class Worker(models.Model):
    """A worker process; one that has not beaten for a lease's length is dead."""

    id = models.CharField("编号", primary_key=True, max_length=64)
    started_at = models.DateTimeField("启动时间")
    beat_at = models.DateTimeField("最近心跳")

    class Meta:
        verbose_name = verbose_name_plural = "后台进程"

    def __str__(self) -> str:
        return self.id


class Lease(models.Model):
    """Who may run the schedule, and until when; there is one row, whatever the number of machines."""

    name = models.CharField("名称", primary_key=True, max_length=32)
    holder = models.CharField("持有者", max_length=64)
    until = models.DateTimeField("有效至")

    class Meta:
        verbose_name = verbose_name_plural = "值班租约"

    def __str__(self) -> str:
        return f"{self.name}：{self.holder}"


class ScheduledRun(models.Model):
    """One coming due of one schedule: made with its task in one transaction, so it is neither missed nor doubled."""

    schedule = models.CharField("计划", max_length=80)
    due_at = models.DateTimeField("应运行时间")
    finished_at = models.DateTimeField("完成时间", null=True)
    failures = models.PositiveSmallIntegerField("失败次数", default=0)
    error = models.CharField("最近错误", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "计划运行"
        constraints = (
            models.UniqueConstraint(fields=["schedule", "due_at"], name="one_run_for_each_coming_due"),
        )

    def __str__(self) -> str:
        return f"{self.schedule} {self.due_at:%Y-%m-%d %H:%M}"
