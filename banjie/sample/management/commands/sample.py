"""`banjie sample`: load the invented township, as it is tried out or with two years behind it, or take it away."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from banjie.base.clock import now
from banjie.base.errors import BanjieError
from banjie.sample.actions import is_empty, load_town, load_years, remove_town
from banjie.sample.management.commands.load_sample import log_ins


class Command(BaseCommand):
    """Load the sample town into an empty database, or remove it from one in which nothing else stands."""

    help = "示例镇（虚构）：load 装入，load --whole 连同两年的网格事件、整改问题和台账，remove 清空"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do, and how much to load."""
        parser.add_argument("deed", choices=("load", "remove"), help="装入还是清空")
        parser.add_argument("--whole", action="store_true", help="连同两年的数，约一两分钟")

    def handle(self, *args: object, **options: object) -> None:
        """Do it, and say how many cases there are and how to log in."""
        try:
            if options["deed"] == "remove":
                remove_town()
                self.stdout.write("示例镇已清空。")
                return
            if not is_empty():
                raise CommandError("库里已经有镇了。示例镇请先 banjie sample remove；真实的镇不能装示例。")
            count = load_years(now()) if options["whole"] else load_town(now())
        except BanjieError as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(f"示例镇已装入，共 {count} 件。")
        self.stdout.write(log_ins())
