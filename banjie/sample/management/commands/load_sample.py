"""`banjie load_sample`: an invented township with its people and cases, for trying things out."""

from django.core.management.base import BaseCommand

from banjie.base.clock import now
from banjie.sample.actions import is_empty, is_loaded, load_town
from banjie.sample.town import COUNTY_NAME, PASSWORD, SHOWN, STAFF, TOWN_NAME

FULL_WIDTH_BLANK = "\u3000"


class Command(BaseCommand):
    """Load the sample town where nothing is yet, and say how to log in; do nothing where a real town stands."""

    requires_system_checks = ()
    help = "数据库为空时装入示例镇（虚构），并打印登录名"

    def handle(self, *args: object, **options: object) -> None:
        """Load if the database is empty; print the log-ins wherever the sample town stands."""
        if is_empty():
            load_town(now())
        if is_loaded():
            self.stdout.write(log_ins())


def log_ins() -> str:
    """Return the table of log-ins: who, what for, and the one password."""
    lines = [f"示例镇：{COUNTY_NAME}{TOWN_NAME}（虚构，人名、电话、事情都是编的）。所有人的密码：{PASSWORD}"]
    for login, post, use in SHOWN:
        name = STAFF.get(login, "")
        lines.append(f"  {login:<12}{name}{FULL_WIDTH_BLANK * (4 - len(name))}{post}：{use}")
    return "\n".join(lines)
