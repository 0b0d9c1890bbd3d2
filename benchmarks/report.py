"""The table of a run: what was measured, what it was held against, and on what machine."""

import platform
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db import connection


@dataclass(frozen=True)
class Line:
    """One measurement; `held_against` is a ratio within the run or the figure that the issue names."""

    what: str
    measured: str
    held_against: str = ""
    note: str = ""


def written(lines: Iterable[Line]) -> str:
    """Return the report in Markdown."""
    rows = [f"| {line.what} | {line.measured} | {line.held_against} | {line.note} |" for line in lines]
    head = [f"# Measured on {database()}", "", *machine(), ""]
    return "\n".join(
        [*head, "| what | measured | held against | note |", "| --- | --- | --- | --- |", *rows, ""]
    )


def machine() -> list[str]:
    """Return what the run stood on: commit, interpreter, processors and how busy they were."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    load = Path("/proc/loadavg").read_text().split()[0] if Path("/proc/loadavg").exists() else "unknown"
    cores = len(_processors()) or 1
    return [
        f"- commit {commit or 'unknown'}, Python {platform.python_version()}, {platform.system()} {platform.machine()}",
        f"- {cores} cores: {next(iter(_processors()), 'unknown')}; load at the end {load}",
    ]


def database() -> str:
    """Return the database with its version."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sqlite_version()")
            return f"SQLite {cursor.fetchone()[0]} (WAL, synchronous=FULL)"
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0]}"


def _processors() -> list[str]:
    path = Path("/proc/cpuinfo")
    lines = path.read_text().splitlines() if path.exists() else []
    return [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
