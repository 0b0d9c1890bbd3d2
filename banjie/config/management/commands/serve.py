"""`banjie serve`: start the web server and the worker, and keep both alive."""

import os
import socket
import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from banjie.config.readiness import set_up


class Command(BaseCommand):
    """Check what can be checked, then become the supervisor, which runs without Django."""

    help = "启动网页服务和后台进程，并保持运行"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer --set-up, which `make run` uses."""
        parser.add_argument(
            "--set-up", action="store_true", help="先迁移数据库、整理静态文件，数据库为空时装入示例镇"
        )

    def handle(self, *args: object, **options: object) -> None:
        """Set up if asked, then hand this process over."""
        _refuse_taken_port()
        greeting = set_up() if options["set_up"] else ""
        sys.stdout.flush()
        os.environ["BANJIE_GREETING"] = greeting
        os.execv(sys.executable, [sys.executable, "-m", "banjie.config.supervisor"])  # noqa: S606 - ourselves


def _refuse_taken_port() -> None:
    """Raise CommandError with a remedy when another program has the port."""
    bind, port = os.environ.get("BANJIE_BIND", "127.0.0.1"), int(os.environ.get("BANJIE_PORT", "8000"))
    with socket.socket(socket.AF_INET6 if ":" in bind else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((bind, port))
        except OSError as error:
            raise CommandError(
                f"{bind}:{port} 不能使用（{error.strerror}）。请换一个端口，例如：BANJIE_PORT=8001 make run"
            ) from error
