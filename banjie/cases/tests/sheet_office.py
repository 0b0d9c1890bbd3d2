"""陈 at the window imports sheets: from the rows of a file to the cases, through the room of sheets."""

from datetime import timedelta
from io import BytesIO

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from banjie.ledger.record import Stamp
from banjie.sheets.actions import Sent, advance_batch, start_batch, take_in_sheet, undo_batch

HISTORICAL, OPEN = "cases.historical", "cases.open_requests"
HEADS = ["留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "答复意见", "答复时间"]
OPEN_HEADS = [*HEADS[:5], "反对数", "点赞数"]
LETTER = [
    "2549",
    "A00045581",
    "桥头路灯不亮",
    "2019/4/25 9:32:09",
    "灯坏了，请来修",
    "已经换好灯泡，夜里亮了。",
    "2019/5/10 14:56:53",
]
LARGE = 50_000_000


def workbook(rows):
    held = BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_numbers": False})
    sheet = book.add_worksheet()
    for line, row in enumerate(rows):
        for place, cell in enumerate(row):
            sheet.write_string(line, place, cell)
    book.close()
    return held.getvalue()


def letter(**changes):
    """Return a row of an old ledger with some cells told otherwise."""
    named = dict(zip(("number", "user", "title", "told", "text", "reply", "replied"), LETTER, strict=True))
    return list({**named, **changes}.values())


def taken_in(office, content, *, key=HISTORICAL, by="chen", name="台账.xlsx", options=None):
    """Return a batch that was read and checked."""
    actor = getattr(office, by)
    stamp = Stamp(by=actor.id, happened_at=office.at, recorded_at=office.at)
    sent = Sent(upload=SimpleUploadedFile(name, content), options=options or {})
    batch = take_in_sheet(actor, stamp, importer_key=key, sent=sent, office=None, max_bytes=LARGE)
    return advance(office, batch, by=by)


def advance(office, batch, *, by="chen", hours=0):
    return advance_batch(batch.pk, by=getattr(office, by), clock=lambda: office.at + timedelta(hours=hours))


def imported(office, rows, *, key=HISTORICAL, by="chen", options=None):
    """Return a batch that is in."""
    heads = HEADS if key == HISTORICAL else OPEN_HEADS
    batch = taken_in(office, workbook([heads, *rows]), key=key, by=by, options=options)
    return written(office, batch, by=by)


def written(office, batch, *, by="chen"):
    start_batch(getattr(office, by), batch.pk, at=office.at)
    return advance(office, batch, by=by)


def undone(office, batch, *, by="chen", hours=1):
    undo_batch(getattr(office, by), batch.pk, at=office.at + timedelta(hours=hours))
    return advance(office, batch, by=by, hours=hours)
