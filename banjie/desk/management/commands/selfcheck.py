"""`banjie selfcheck`: say what runs and who is told when, and end with 1 if anything would pass in silence."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from banjie.base.clock import now
from banjie.desk.cases.watch import say_moment
from banjie.desk.selfcheck.checking import SelfCheck, self_check
from banjie.people.models import Staff


class Command(BaseCommand):
    """Check every town of this database, or the one that is named."""

    help = "到点自检：每个定时任务、每一级提醒下次什么时候、告诉谁、会不会落空"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the division code of one town."""
        parser.add_argument("town", nargs="?", default="", help="乡镇区划代码；不写就检查全部")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each town's check; leave with 1 when anything would be silent."""
        towns = [options["town"]] if options["town"] else _towns()
        checks = {town: self_check(town, at=now()) for town in towns}
        for town, check in checks.items():
            self._say(town, check)
        if not all(check.is_sound for check in checks.values()):
            sys.exit(1)

    def _say(self, town: str, check: SelfCheck) -> None:
        self.stdout.write(f"{town}：{'没有会落空的。' if check.is_sound else '有会落空的，见“！”。'}")
        for problem in check.problems:
            self.stdout.write(f"！{problem}")
        for timer in check.timers:
            mark = f"  ！{timer.problem}" if timer.problem else ""
            self.stdout.write(f"定时  {timer.title}  下次 {timer.next_at}  上次 {timer.done_at}{mark}")
        for rung in check.rungs:
            ahead = (
                f"下次 {say_moment(rung.next_at)}，{rung.waiting}件" if rung.next_at else "现在没有等着的件"
            )
            self.stdout.write(f"提醒  {rung.clock}·{rung.rung}  {rung.when}  告诉{rung.to}  {ahead}")
            for why in rung.silent:
                self.stdout.write(f"      ！{why}")
        for sender in check.senders:
            self.stdout.write(f"外发  {sender}")


def _towns() -> list[str]:
    """Return the towns that have people at work."""
    return sorted(set(Staff.objects.filter(is_active=True).values_list("town", flat=True)))
