"""Books as sheets: imported with every bad cell explained, exported, and back without change (U13, U14, U15)."""

import pytest

from banjie.books import actions, queries
from banjie.books.columns import cells_of, columns_of
from banjie.books.models import Record
from banjie.books.sheets import FAMILY
from banjie.books.tests.test_records import TODAY, stamp, write
from banjie.cases.tests.factories import DAY, open_office
from banjie.ledger.verify import verify
from banjie.sheets.kept import outcome_of
from banjie.sheets.models import State
from banjie.sheets.tests.sheet_files import brought_in, taken_back, taken_in, xlsx

pytestmark = pytest.mark.django_db
VISITS = f"{FAMILY}.visits"
HEADS = ["走访日期", "走访人", "村（社区）", "走访户数（户）", "走访类别", "了解到的情况", "怎么办的"]


@pytest.fixture
def office():
    return open_office()


def sheet(*rows):
    return xlsx([HEADS, *rows])


def row(office, day="2026-09-01", village="西沟村", people="3", purpose="困难户"):
    return [day, office.people["li"].name, village, people, purpose, "水管漏水", "没有要办的事"]


def test_rows_come_in_and_the_whole_batch_goes_out_again(office):
    batch = brought_in(office.li, VISITS, sheet(row(office), row(office, people="20")), at=DAY)
    assert batch.state == State.DONE, batch.words
    assert sorted(one.values["people"] for one in Record.objects.all()) == [3, 20]
    taken_back(office.li, batch, at=DAY)
    assert not Record.objects.filter(voided_at__isnull=True).exists()
    assert verify(office.town).findings == []


def test_each_bad_cell_is_told_with_its_remedy(office):
    """U15."""
    bad = [
        row(office, day="去年春天"),
        row(office, village="没这村"),
        row(office, people="许多"),
        row(office),
    ]
    batch = taken_in(office.li, VISITS, sheet(*bad), at=DAY)
    assert batch.state == State.FAULTY
    told = {(one.line_no, one.column_key) for one in outcome_of(batch).findings}
    assert told == {(2, "visited_on"), (3, "village"), (4, "people")}


def exported(office, *, changed=""):
    """Return the book's 数据版 as cells, the households of the first record changed if so asked."""
    book = queries.books_of(office.town, TODAY).book("visits")
    rows = list(Record.objects.order_by("id"))
    names = queries.names_for(office.li, book, rows)
    columns = columns_of(office.li, book)
    lines = [cells_of(office.li, book, one, names) for one in rows]
    if changed:
        lines[0][[column.key for column in columns].index("people")] = changed
    return xlsx([[column.title for column in columns], *lines])


def test_what_was_exported_comes_back_without_change(office):
    """U14."""
    for people in ("1", "20", "300"):
        write(office, people=people)
    batch = taken_in(office.li, VISITS, exported(office), at=DAY)
    outcome = outcome_of(batch)
    assert not outcome.findings
    assert (outcome.good, outcome.unchanged) == (3, 3)


def test_a_changed_record_is_told_and_not_overwritten(office):
    write(office, people="1")
    batch = taken_in(office.li, VISITS, exported(office, changed="7"), at=DAY)
    (finding,) = outcome_of(batch).findings
    assert finding.column_key == "people"
    assert "系统里这一条是“1户”" in finding.words
    assert "更正" in finding.words


def test_an_offices_own_layout_of_twenty_columns_is_matched_and_imported(office):
    """A title line, a head of two lines, a line of totals below: none of it is taken for a record."""
    actions.wake("works", actor=office.he, stamp=stamp(office.he))
    groups = ["工程概况"] * 7 + ["合同"] * 5 + ["实施"] * 5 + ["建成"] * 3
    heads = [
        *("批准日期", "工程名称", "类型", "小型工程", "村（社区）", "概算", "谁批准"),
        *("报价（份）", "申请日期", "合同价", "开工日期", "计划完工日期"),
        *("变更（次）", "变更金额", "完工日期", "验收日期", "已付"),
        *("房屋（套）", "建设单位", "进展"),
    ]
    one = [
        *("2026-03-05", "二组机耕路硬化", "道路", "是", "西沟村", "186000", "镇长办公会"),
        *("3", "2026年2月20日", "179500.50", "2026-04-01", "2026-06-30"),
        *("0", "", "2026-06-20", "", "90000"),
        *("", "民生办", "已完工"),
    ]
    other = ["2026-03-06", "东坡村文化广场", "房屋", *one[3:]]
    total = ["合计", "2个", "", "", "", "372000", "", "6", *[""] * 12]
    lines = [["2026年小型工程项目台账", *[""] * 19], groups, heads, one, other, total]
    batch = brought_in(office.he, f"{FAMILY}.works", xlsx(lines), at=DAY)
    assert batch.rows_written == 2, outcome_of(batch)
    road = Record.objects.get(book="works", values__name="二组机耕路硬化")
    assert road.values["budget"] == 18_600_000
    assert road.values["contract_sum"] == 17_950_050
    assert road.state == "finished"
