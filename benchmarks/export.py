"""Sheets out and in: the export of a whole town's list, streamed, and the reading and checking of a large sheet."""

import resource
import time
from collections.abc import Iterable, Iterator
from io import BytesIO

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from banjie.base.clock import now
from banjie.ledger.record import Stamp
from banjie.people.models import Staff
from banjie.people.queries import actor_for
from banjie.sample.town import TOWN
from banjie.sheets.actions import Sent, advance_batch, take_in_sheet
from banjie.sheets.models import State
from banjie.sheets.writing import OutColumn, SheetHead, Version, write_sheet
from benchmarks.report import Line

ROWS_IN = 5_000
COLUMNS = 12
MEGABYTE = 1_000_000


def exporting(size: int) -> Iterator[Line]:
    """Stamp a town of `size` cases, export its list in both versions, and bring a sheet to its preview."""
    from benchmarks.measures import stamped  # here, since measures calls this part

    yield from stamped(size)
    yield _bare(size)
    for version in Version:
        yield _exported(version, wanted="under 5 s at 100,000" if version is Version.PLAIN else "")
    yield _previewed()


def _bare(size: int) -> Line:
    """Write as many rows of made-up cells: the floor below which no export of them can come."""
    head, columns = SheetHead("底数", size), [OutColumn(f"列{n}") for n in range(COLUMNS)]
    rows = ([f"东坡村三组{line}-{n}" for n in range(COLUMNS)] for line in range(size))
    _, took, _ = _drawn(write_sheet(columns, rows, version=Version.PLAIN, head=head))
    return Line(f"a sheet of {size:,} rows and {COLUMNS} columns, from memory", f"{took:.1f} s")


def _exported(version: Version, *, wanted: str) -> Line:
    client = Client()
    client.force_login(
        Staff.objects.get(town=TOWN, login="hemin"), backend="banjie.people.backends.StaffBackend"
    )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    answer = client.get(f"/export/cases?group=all&version={version.value}")
    size, took, first = _drawn(answer.streaming_content, started=started)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    note = f"first bytes after {first:.2f} s, {size / MEGABYTE:.1f} MB, peak memory up {grown:.0f} MB"
    return Line(f"export of the whole list, {version.label}", f"{took:.1f} s", wanted, note)


def _drawn(pieces: Iterable[bytes], *, started: float = 0.0) -> tuple[int, float, float]:
    """Draw a stream to its end; return its bytes, the seconds it took, and those up to its first piece."""
    started = started or time.perf_counter()
    size, first = 0, 0.0
    for piece in pieces:
        first = first or time.perf_counter() - started
        size += len(piece)
    return size, time.perf_counter() - started, first


def _previewed() -> Line:
    """Bring villages' grids as a sheet up to the preview: read, matched, every cell and row checked (U15)."""
    at = now()
    keeper = actor_for(Staff.objects.get(town=TOWN, login="hemin"), at=at)
    content, started = _sheet(), time.perf_counter()
    upload = SimpleUploadedFile("名单.xlsx", content)
    stamp = Stamp(by=keeper.id, happened_at=at, recorded_at=at)
    batch = take_in_sheet(
        keeper, stamp, importer_key="places.places", sent=Sent(upload), office=None, max_bytes=20 * MEGABYTE
    )
    read = time.perf_counter() - started
    batch = advance_batch(batch.pk, by=keeper, clock=now)
    took = time.perf_counter() - started
    if batch.state != State.READY:
        raise RuntimeError(f"the sheet came to {batch.state}")
    note = f"{read:.1f} s of it until it was read and matched"
    return Line(f"preview of a sheet of {ROWS_IN:,} rows", f"{took:.1f} s", "under 15 s", note)


def _sheet() -> bytes:
    held = BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["村（社区）", "区划代码", "村俗称", "网格", "网格俗称"])
        for line in range(1, ROWS_IN + 1):
            village = 400 + line % 100
            cells = [f"第{village}村", f"{TOWN}{village}", "", f"第{line}网格", f"{line}组、{line}队"]
            for place, cell in enumerate(cells):
                sheet.write_string(line, place, cell)
    return held.getvalue()
