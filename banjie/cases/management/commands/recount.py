"""`banjie recount`: remake what figures count of the cases where it is not what the cases say."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from banjie.base.clock import local_day, now
from banjie.cases.actions.report_dues import renew_report_dues
from banjie.cases.actions.standings import renew_standings
from banjie.ledger.models import ChainHead


class Command(BaseCommand):
    """Recount every town of this database, or the one that is named."""

    help = "按件重做统计状况和进度应报：banjie verify 说不符时用"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the division code of one town."""
        parser.add_argument("town", nargs="?", default="", help="乡镇区划代码；不写就做全部")

    def handle(self, *args: Any, **options: Any) -> None:
        """Remake the rows and say how many were wrong."""
        towns = [options["town"]] if options["town"] else ChainHead.objects.values_list("town", flat=True)
        for town in towns:
            reports = renew_report_dues(town, today=local_day(now()))
            self.stdout.write(f"{town}：改正了{renew_standings(town)}件的统计状况，{reports}件的进度应报。")
