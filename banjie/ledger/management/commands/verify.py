"""`banjie verify`: compare every row with its entries and name the first row and column that differ."""

import os
from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from banjie.ledger.verify import Finding, towns, verify

SHOWN = 20
PROCESSES_AT_MOST = 4
"""Each takes some hundred megabytes."""


class Command(BaseCommand):
    """Verify every town of this database, or the one that is named."""

    help = "核对留痕：走一遍链，逐行比对，指出第一处不符的行和列"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the division code of one town and the codes that papers of it bear."""
        parser.add_argument("town", nargs="?", default="", help="乡镇区划代码；不写就核对全部")
        parser.add_argument(
            "--processes", type=int, default=_cores(), help="同时用几个进程；默认一核一个，最多四个"
        )
        parser.add_argument("--code", action="append", default=[], help="打印件上的防伪校验码，可以写多个")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was walked and what differs; exit 1 when anything does."""
        if options["code"] and not options["town"]:
            raise CommandError("写了防伪校验码，就要写是哪个乡镇的。")
        named = [options["town"]] if options["town"] else towns()
        shared = {"codes": options["code"], "processes": options["processes"]}
        findings = [finding for town in named for finding in self._verify(town, **shared)]
        if findings:
            raise CommandError(f"共 {len(findings)} 处不符。请立即停止改动，保留现场，与上一次备份核对。")
        self.stdout.write("没有不符之处。")

    def _verify(self, town: str, *, codes: Sequence[str], processes: int) -> list[Finding]:
        report = verify(town, codes=codes, processes=processes, progress=self.stdout.write)
        for finding in report.findings[:SHOWN]:
            self.stdout.write(f"不符：{finding.message} {finding.row} {finding.column}".rstrip())
        if len(report.findings) > SHOWN:
            self.stdout.write(f"……还有 {len(report.findings) - SHOWN} 处")
        return report.findings


def _cores() -> int:
    return min(os.cpu_count() or 1, PROCESSES_AT_MOST)
