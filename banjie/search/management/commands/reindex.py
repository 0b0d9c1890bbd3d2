"""`banjie reindex`: fill the index of words anew from the rows."""

import time

from django.core.management.base import BaseCommand

from banjie.search.actions import reindex


class Command(BaseCommand):
    """Fill the index of words anew; people may go on working meanwhile."""

    help = "重建查找目录：把全部文字重新编入。重建时可以照常办公，没编到的暂时查不到。"

    def handle(self, **options: object) -> None:
        """Fill the index and say how far it is, at most once a second."""
        said = time.monotonic()
        titles: dict[str, int] = {}
        for step in reindex():
            titles[step.shelf.title] = step.done
            if time.monotonic() - said > 1:
                said = time.monotonic()
                self.stdout.write(f"{step.shelf.title}：已编入 {step.done} 件")
        told = "，".join(f"{title} {count} 件" for title, count in titles.items())
        self.stdout.write(f"查找目录已重建：{told or '没有可编入的内容'}。")
