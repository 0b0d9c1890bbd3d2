"""Lists, templates and marked files: no formula anywhere (T17), both versions (U45), identical when read again (U14)."""

import re
import zipfile
from io import BytesIO

import pytest

from banjie.sheets.layout import lay_out
from banjie.sheets.matching import known_heads, match
from banjie.sheets.reading import read_file
from banjie.sheets.tests.slips import COLUMNS
from banjie.sheets.writing import OutColumn, SheetHead, Version, write_sheet
from banjie.sheets.writing.cells import CUT, LONGEST
from banjie.sheets.writing.template import GUIDE, write_template

HEAD = SheetHead(
    "来信台账",
    3,
    "已超期、东坡村",
    filled_by="某某镇",
    due="2026年3月5日",
    unit="件",
    made="2026-03-05 09:00",
)
DANGEROUS = [
    f"{lead}{text}"
    for lead in ("", " ", "\t", "\r", "\n", "\x00", "\x1e", "\x1f", "'", "　", "_x0000_")
    for text in (
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "＝1+1",
        '=HYPERLINK("http://x","y")',
        "{=A1}",
        "<f>1</f>",
        "&amp;",
    )
]


def written(columns, rows, version=Version.PLAIN, head=HEAD):
    return b"".join(write_sheet(columns, rows, version=version, head=head))


def read(tmp_path, content, name="out.xlsx"):
    path = tmp_path / "sheet"
    path.write_bytes(content)
    return read_file(path, name=name).sheets[0]


def sheet_xml(content):
    with zipfile.ZipFile(BytesIO(content)) as package:
        return package.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize("version", list(Version))
def test_no_text_becomes_a_formula_and_each_reads_back_identical(tmp_path, version):
    """T17."""
    columns = [OutColumn("编号"), OutColumn("内容", 30)]
    rows = [[f"{n}", text] for n, text in enumerate(DANGEROUS)]
    content = written(columns, rows, version)
    assert "<f>" not in sheet_xml(content)
    assert not re.search(r'<c [^>]*t="str"', sheet_xml(content))
    told = dict(row.cells[:2] for row in read(tmp_path, content).rows if len(row.cells) > 1)
    assert [told[f"{n}"] for n in range(len(DANGEROUS))] == DANGEROUS


def test_long_numbers_leading_zeros_and_ids_ending_in_x_come_back_as_text(tmp_path):
    """U14."""
    row = ["11010119900307109X", "110101199003071234", "0012", "2026-03-05", "13800138000"]
    content = written([OutColumn(f"列{n}") for n in range(5)], [row])
    assert read(tmp_path, content).rows[-1].cells == tuple(row)


def test_numbers_are_numbers(tmp_path):
    content = written([OutColumn("件数", is_number=True)], [[12], [3.5]])
    assert "<v>12</v>" in sheet_xml(content)
    assert [row.cells for row in read(tmp_path, content).rows[-2:]] == [("12",), ("3.5",)]


def test_the_head_says_count_and_filters_and_the_reader_passes_over_it(tmp_path):
    """U13."""
    content = written([OutColumn("编号"), OutColumn("姓名")], [["1", "周禾"]])
    sheet = read(tmp_path, content)
    assert "共 3 件" in sheet.rows[0].cells[0]
    assert "筛选：已超期、东坡村" in sheet.rows[0].cells[0]
    table = lay_out(sheet, known=known_heads(COLUMNS))
    assert [head.title for head in table.heads] == ["编号", "姓名"]
    assert [line.cells for line in table.lines] == [("1", "周禾")]


def test_a_report_has_title_office_borders_one_page_width_and_who_signs(tmp_path):
    """U45."""
    content = written([OutColumn(f"列{n}") for n in range(8)], [["x"] * 8] * 3, Version.REPORT)
    xml = sheet_xml(content)
    assert '<mergeCell ref="A1:H1"/>' in xml
    assert 'fitToHeight="0"' in xml
    assert 'orientation="landscape"' in xml
    with zipfile.ZipFile(BytesIO(content)) as package:
        assert "Print_Titles" in package.read("xl/workbook.xml").decode()
    rows = read(tmp_path, content).rows
    assert "填报单位：某某镇" in rows[1].cells[0]
    assert "截止时间：2026年3月5日" in rows[1].cells[0]
    assert [cell for cell in rows[-1].cells if cell] == ["填表人：", "审核人：", "分管领导（盖章）："]
    assert [
        line.cells for line in lay_out(read(tmp_path, content), known=frozenset(("列1", "列2"))).lines
    ] == [("x",) * 8] * 3


@pytest.mark.parametrize("width", [1, 2, 3])
def test_a_report_of_few_columns_opens_too(tmp_path, width):
    content = written([OutColumn(f"列{n}") for n in range(width)], [["x"] * width], Version.REPORT)
    assert read(tmp_path, content).rows[4].cells == ("x",) * width


def test_a_text_beyond_what_a_cell_holds_is_cut_and_says_so(tmp_path):
    (cell,) = read(tmp_path, written([OutColumn("内容")], [["长" * (LONGEST + 5)]])).rows[-1].cells
    assert len(cell) == LONGEST
    assert cell.endswith(CUT)


def test_rows_are_drawn_as_they_are_written():
    drawn = []

    def rows():
        for n in range(50_000):
            drawn.append(n)
            yield [str(n)]

    pieces = write_sheet([OutColumn("编号")], rows(), version=Version.PLAIN, head=HEAD)
    opening = [next(pieces)]
    while not drawn:
        opening.append(next(pieces))
    assert len(drawn) < 50_000
    assert zipfile.is_zipfile(BytesIO(b"".join([*opening, *pieces])))


def test_an_empty_list_is_a_sheet_too(tmp_path):
    assert len(read(tmp_path, written([OutColumn("编号")], [])).rows) == 2


def test_the_template_bears_heads_sample_and_drop_downs_and_its_sample_is_no_row(tmp_path):
    content = write_template("便条", COLUMNS)
    xml = sheet_xml(content)
    assert "<dataValidation " in xml
    path = tmp_path / "t"
    path.write_bytes(content)
    told = read_file(path, name="模板.xlsx")
    assert [sheet.name for sheet in told.filled] == ["便条", GUIDE]
    table = lay_out(told.sheets[0], known=known_heads(COLUMNS), examples=[c.example for c in COLUMNS])
    assert match(table.heads, COLUMNS, {}).is_sure
    assert table.lines == ()
    assert [line.why for line in table.aside] == ["模板示例"]
