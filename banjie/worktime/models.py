"""The table of yearly notices."""

from datetime import date
from typing import ClassVar

from django.db import models

from banjie.ledger.models import Ledgered
from banjie.worktime.calendar import DayKind
from banjie.worktime.notice import Notice, NoticeDay


class CalendarNotice(Ledgered):
    """放假安排: what one year's notice says, day by day.

    The days lie in the row and not in a table of their own, since a notice is entered, amended and recorded whole.
    """

    is_kept: ClassVar[bool] = True

    year = models.PositiveSmallIntegerField("年份")
    source = models.CharField("通知文号", max_length=120)
    days = models.JSONField("放假和补班日")
    digest = models.CharField("内容摘要", max_length=64)

    class Meta:
        verbose_name = "放假安排"
        constraints = (models.UniqueConstraint(fields=["town", "year"], name="calendar_notice_once"),)

    def __str__(self) -> str:
        return f"{self.year} {self.source}"

    @property
    def notice(self) -> Notice:
        """Return what the row says."""
        days = (NoticeDay(date.fromisoformat(day), DayKind(kind), name) for day, kind, name in self.days)
        return Notice(year=self.year, source=self.source, days=tuple(days))


def columns_of(notice: Notice) -> dict[str, object]:
    """Return the columns in which `notice` is kept."""
    days = [[day.day.isoformat(), day.kind.value, day.name] for day in notice.days]
    return {"year": notice.year, "source": notice.source, "days": days, "digest": notice.digest}
