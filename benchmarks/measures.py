"""The parts of a run: the sample town, pages over HTTP, verify, and what has a program of its own."""

import os
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from django.core.management import call_command
from django.db import connection, connections

from banjie.base.clock import local_day, now
from banjie.cases.actions.report_dues import renew_report_dues
from banjie.config.readiness import collect_static
from banjie.ledger.actions import seal
from banjie.ledger.models import ChainHead
from banjie.ledger.verify import verify
from banjie.sample.actions import load_town
from banjie.sample.town import TOWN
from benchmarks import pages as over_http
from benchmarks.ground import own_database
from benchmarks.models import BareCase, BareEvent
from benchmarks.report import Line
from benchmarks.stencils import Press, stencils_of

ROOT = Path(__file__).resolve().parent.parent
MILLION = 1_000_000
PROGRAMS = {"find_resident.py": "benchmarks/find_resident.py", "idle_memory.py": "scripts/idle_memory.py"}
_KEYSTROKE = re.compile(r"^\s+(\S.*?)\s+n=\s*\d+\s+p50\s+([\d.]+)\s+p99\s+([\d.]+)", re.MULTILINE)
_REST = re.compile(r"^\s*([\d.]+) MB RSS\s+([\d.]+) MB PSS\s+in (\d+) processes", re.MULTILINE)


def sample_town() -> list[Line]:
    """Make the schema, the static files and the sample town."""
    call_command("migrate", interactive=False, verbosity=0)
    collect_static()
    with connection.schema_editor() as editor:
        editor.create_model(BareCase)
        editor.create_model(BareEvent)
    started = time.perf_counter()
    cases = load_town(now())
    took = time.perf_counter() - started
    return [
        Line("loading the sample town", f"{took:.1f} s", "under 20 s", f"{cases} cases through their actions")
    ]


def pages(seconds: float, sizes: Sequence[int]) -> list[Line]:
    """Measure over HTTP: writes on the sample town, reads at each size of the town."""
    with over_http.office(seconds) as at:
        lines = over_http.registrations(at) + over_http.state_changes(at)
        lines += over_http.case_page(at)
    first = 0.0
    for size in sizes:
        lines += stamped(size)
        with over_http.office(seconds) as at:
            told, speed = over_http.work_list(at, size)
        lines += told
        if first:
            ratio = Line(
                f"the same at {size:,} over {sizes[0]:,}",
                f"{speed / first:.2f}",
                f"wanted {over_http.SLOWED}",
            )
            lines.append(ratio)
        first = first or speed
    return lines


def stamped(size: int) -> list[Line]:
    """Bring the town to `size` cases, each with one entry, as an import of the years before would."""
    so_far = over_http.Case.objects.filter(town=TOWN).count()
    missing = size - so_far
    started = time.perf_counter()
    Press(TOWN, stencils_of(TOWN, whole_lives=False), chance=random.Random(3)).run(cases=missing)
    took = time.perf_counter() - started
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # autovacuum would, a minute later
    return [
        Line(
            f"stamping {missing:,} cases with their entries",
            f"{took:.0f} s",
            "",
            f"{missing / took:,.0f} cases/s",
        )
    ]


def verification(entries: int) -> list[Line]:
    """Stamp whole lives until there are so many entries, seal them, and verify all with a process a core."""
    if ChainHead.objects.get(town=TOWN).seq < entries:
        Press(TOWN, stencils_of(TOWN, whole_lives=True), chance=random.Random(4)).run(entries=entries)
        renew_report_dues(TOWN, today=local_day(now()))
    seal(TOWN, at=now())
    connections.close_all()
    processes, before = os.cpu_count() or 1, resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    report = verify(TOWN, processes=processes)
    took = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if report.findings:
        raise RuntimeError(f"verify found {len(report.findings)}, first {report.findings[0]}")
    per_million = took / report.entries * MILLION
    note = f"{report.entries:,} entries and {report.rows:,} rows in {took:.1f} s"
    note += f" by {processes} processes, {busy:.0f} s of CPU"
    return [Line("verify, a million entries", f"{per_million:.0f} s", "under 60 s", note)]


def beside(name: str, url: str) -> list[Line]:
    """Run a program that measures by itself, on a database of its own, and take over what it found."""
    with own_database(url, f"banjie_beside_{os.getpid()}") as own:
        environment = {
            **os.environ,
            "BANJIE_DATABASE_URL": own,
            "DJANGO_SETTINGS_MODULE": "banjie.config.settings",
        }
        ended = subprocess.run(
            [sys.executable, PROGRAMS[name]],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    said = ended.stdout
    lines = [
        Line(f"find a resident: {way}", f"p50 {p50} ms", "p99 under 300 ms", f"p99 {p99} ms")
        for way, p50, p99 in _KEYSTROKE.findall(said)
    ]
    for rss, pss, count in _REST.findall(said):
        note = f"PSS {pss} MB, {count} processes"
        lines.append(Line("the whole system at rest", f"{rss} MB", "under 250 MB", note))
    if lines:
        return lines
    return [Line(name, "did not run", "", (ended.stderr or said).strip().splitlines()[-1][:120])]
