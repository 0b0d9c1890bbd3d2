"""Workbooks made for tests, and one way to bring them in, for every room that declares an importer."""

from datetime import datetime, timedelta
from io import BytesIO

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from banjie.ledger.record import Stamp
from banjie.sheets.actions import Sent, advance_batch, start_batch, take_in_sheet, undo_batch
from banjie.sheets.kept import outcome_of
from banjie.sheets.models import State

LARGE = 20_000_000


def xlsx(rows, *, sheets=None, merged=(), hidden=()):
    """Return the bytes of a workbook with these cells; texts stay texts, numbers numbers."""
    held = BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False})
    for name, lines in (sheets or {"Sheet1": rows}).items():
        sheet = book.add_worksheet(name)
        for line, cells in enumerate(lines):
            for place, cell in enumerate(cells):
                _write(book, sheet, line, place, cell)
        for first_line, first, last_line, last, words in merged:
            sheet.merge_range(first_line, first, last_line, last, words)
        for line in hidden:
            sheet.set_row(line, None, None, {"hidden": True})
    book.close()
    return held.getvalue()


def _write(book, sheet, line, place, cell):
    if isinstance(cell, datetime):
        sheet.write_datetime(line, place, cell, book.add_format({"num_format": "yyyy/m/d h:mm"}))
    elif isinstance(cell, str):
        sheet.write_string(line, place, cell)
    elif cell is not None:
        sheet.write_number(line, place, cell)


def upload(content, name="台账.xlsx"):
    return SimpleUploadedFile(name, content)


def taken_in(by, importer_key, content, *, at, name="台账.xlsx", **options):
    """Return a batch that was read and checked as far as nobody need be asked."""
    sent = Sent(upload=upload(content, name), options=options)
    stamp = Stamp(by=by.id, happened_at=at, recorded_at=at)
    batch = take_in_sheet(by, stamp, importer_key=importer_key, sent=sent, office=None, max_bytes=LARGE)
    return advance_batch(batch.pk, by=by, clock=ticking(at))


def brought_in(by, importer_key, content, *, at, **options):
    """Return a batch that is imported; a finding is an error of the test."""
    batch = taken_in(by, importer_key, content, at=at, **options)
    assert batch.state == State.READY, outcome_of(batch).findings
    start_batch(by, batch.pk, at=at)
    return advance_batch(batch.pk, by=by, clock=ticking(at))


def taken_back(by, batch, *, at):
    """Return the batch after its maker asked for its undo."""
    undo_batch(by, batch.pk, at=at)
    return advance_batch(batch.pk, by=by, clock=ticking(at))


def ticking(at):
    """Return a clock that goes on a second at each look."""
    moments = (at + timedelta(seconds=n) for n in range(1, 10**6))
    return lambda: next(moments)
