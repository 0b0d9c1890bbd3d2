"""`banjie work`: run the worker process; `banjie serve` starts it."""

from django.core.management.base import BaseCommand

from banjie.jobs.worker import work


class Command(BaseCommand):
    """Run tasks and the schedule until told to stop."""

    help = "运行后台任务和定时计划（由 banjie serve 启动）"
    requires_system_checks = ()

    def handle(self, *args: object, **options: object) -> None:
        """Work until a signal ends it."""
        work()
