"""The command line: `banjie serve`, `banjie verify`, `banjie rulebook …` and Django's own commands."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Hand the command line to Django with this town's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "banjie.config.settings")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
