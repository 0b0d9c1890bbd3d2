"""The marked file: corrected and sent again, it goes in (U15)."""

import zipfile
from io import BytesIO

import pytest

from banjie.sheets.actions import Sent
from banjie.sheets.kept import outcome_of
from banjie.sheets.matching import TOLD_HEAD
from banjie.sheets.models import State
from banjie.sheets.queries import sheet_of
from banjie.sheets.reading import read_file
from banjie.sheets.tests.factories import LI, MOMENT, advance, slip_rows, take_in, upload, xlsx
from banjie.sheets.writing.marked import Marked, write_marked

pytestmark = pytest.mark.django_db


def marked_of(batch):
    sheet = sheet_of(batch, by=LI, at=MOMENT)
    outcome = outcome_of(batch)
    return b"".join(write_marked(Marked(sheet.raw_sheet, sheet.table, sheet.matching, outcome.findings)))


def read(tmp_path, content):
    path = tmp_path / "marked"
    path.write_bytes(content)
    return read_file(path, name="标注.xlsx").sheets[0]


def faulty_rows():
    rows = slip_rows(4)
    rows[2][3] = "去年"
    rows[3][0] = ""
    return [["群众来信台账"], [], *rows, ["合计", "4"]]


def test_the_marked_file_keeps_every_line_and_tells_each_bad_cell(tmp_path):
    batch = advance(take_in(faulty_rows()))
    content = marked_of(batch)
    sheet = read(tmp_path, content)
    told = {row.line_no: row.cell(4) for row in sheet.rows}
    assert told[3] == TOLD_HEAD
    assert "不是日期" in told[5]
    assert "没有填“编号”" in told[6]
    assert told[4] == ""
    with zipfile.ZipFile(BytesIO(content)) as package:
        assert "不是日期" in package.read("xl/comments1.xml").decode()


def test_the_marked_file_is_corrected_and_sent_again(tmp_path):
    batch = advance(take_in(faulty_rows()))
    sheet = read(tmp_path, marked_of(batch))
    lines = [[] for _ in range(max(row.line_no for row in sheet.rows))]
    for row in sheet.rows:
        lines[row.line_no - 1] = list(row.cells)
    lines[4][3], lines[5][0] = "2026-03-05", "20260003"
    again = advance(take_in(sent=Sent(upload=upload(xlsx(lines)))))
    assert (again.state, again.rows, again.faults) == (State.READY, 4, 0)


def test_a_file_marked_twice_has_one_column_of_findings(tmp_path):
    batch = advance(take_in(faulty_rows()))
    content = marked_of(batch)
    second = advance(take_in(sent=Sent(upload=upload(content))))
    assert second.state == State.FAULTY
    heads = [
        cell for row in read(tmp_path, marked_of(second)).rows for cell in row.cells if cell == TOLD_HEAD
    ]
    assert len(heads) == 1
