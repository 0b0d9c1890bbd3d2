"""`banjie learn`: learn the categories anew and say how often the first proposals were what people had chosen."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from banjie.base.clock import local_day, now
from banjie.cases.actions.learning import LEAST_CASES, learn_categories
from banjie.cases.models import LearnedCategories
from banjie.ledger.models import ChainHead
from banjie.rulebook.queries import rules_on


class Command(BaseCommand):
    """Learn for every town of this database, or the one that is named."""

    help = "按本镇已经归类的件学习类别建议，并说出交叉验证的正确率"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the division code of one town."""
        parser.add_argument("town", nargs="?", default="", help="乡镇区划代码；不写就学全部")

    def handle(self, *args: Any, **options: Any) -> None:
        """Learn, and print what came of it."""
        towns = [options["town"]] if options["town"] else ChainHead.objects.values_list("town", flat=True)
        for town in towns:
            at = now()
            if learn_categories(town, rules=rules_on(town, local_day(at)), at=at):
                self._say(LearnedCategories.objects.get(town=town))
            else:
                self.stdout.write(
                    f"{town}：归好类的件不到{LEAST_CASES}件，或者只有一类，先用目录里的常用说法。"
                )

    def _say(self, learned: LearnedCategories) -> None:
        first, third = learned.first_share or 0, learned.third_share or 0
        self.stdout.write(
            f"{learned.town}：学了{learned.case_count}件，建议的第一个就对的占{first:.1%}，"
            f"前三个里有对的占{third:.1%}（交叉验证）。"
        )
