"""Sheets to import and people who may: 李 imports, 王 is a colleague, 赵 is of another town."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from banjie.ledger.record import Stamp
from banjie.sheets.actions import Sent, advance_batch, start_batch, take_in_sheet
from banjie.sheets.tests.messy import MessyFile, OldLetter, messy_workbook, old_letters
from banjie.sheets.tests.sheet_files import upload, xlsx
from banjie.sheets.tests.slips import KEY, RIGHT

__all__ = ["MessyFile", "OldLetter", "messy_workbook", "old_letters", "upload", "xlsx"]

TOWN, OTHER_TOWN = "980011101", "980011102"
MOMENT = datetime(2026, 3, 5, 1, 0, tzinfo=UTC)
LI_ID = UUID(int=7)
OFFICE, OTHER_OFFICE = UUID(int=70), UUID(int=71)
LARGE = 20_000_000


@dataclass(frozen=True)
class Clerk:
    """Someone who may import slips, as far as this room knows."""

    id: UUID = LI_ID
    town: str = TOWN
    scope: str = TOWN
    deeds: frozenset[str] = frozenset({RIGHT})

    def may(self, deed):
        return deed in self.deeds


LI = Clerk()
WANG = Clerk(id=UUID(int=8))
ZHAO = Clerk(id=UUID(int=9), town=OTHER_TOWN, scope=OTHER_TOWN)


class Ticking:
    """A clock that goes on a second at each look."""

    def __init__(self, at=MOMENT):
        self.at = at

    def __call__(self):
        self.at += timedelta(seconds=1)
        return self.at


def stamp(by=LI, **more):
    return Stamp(by=by.id, happened_at=MOMENT, recorded_at=MOMENT, **more)


def sent_rows(rows, name="台账.xlsx", **more):
    return Sent(upload=upload(xlsx(rows, **more), name))


def take_in(rows=None, *, by=LI, office=OFFICE, sent=None, **more):
    """Take in rows as 李 would, without having anything done about them."""
    told = sent or sent_rows(rows, **more)
    return take_in_sheet(by, stamp(by), importer_key=KEY, sent=told, office=office, max_bytes=LARGE)


def advance(batch, *, by=LI, clock=None):
    return advance_batch(batch.pk, by=by, clock=clock or Ticking())


def imported(rows, *, by=LI):
    """Return a batch that is in: taken in, checked, released, written."""
    batch = advance(take_in(rows, by=by), by=by)
    start_batch(by, batch.pk, at=MOMENT)
    return advance(batch, by=by)


def slip_rows(count, **cells):
    """Return a head and so many rows of slips."""
    rows = [[f"2026{n:04d}", f"人{n}", "东坡村", "2026-03-05"] for n in range(1, count + 1)]
    for line, name in cells.items():
        rows[int(line.removeprefix("row"))][1] = name
    return [["编号", "姓名", "所在村", "日期"], *rows]
