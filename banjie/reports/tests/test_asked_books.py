"""Superiors' forms ask of books as of cases: what a figure counts of a book is found by its words (U17)."""

import pytest

from banjie.books import actions as books
from banjie.books.tests.test_records import TODAY, stamp, visit
from banjie.cases.tests.factories import DONGPO, open_office
from banjie.reports.asked.matching import Source
from banjie.reports.tests.asked_forms import Desk, by_label
from banjie.reports.tests.blank_forms import visits_by_village
from banjie.reports.tests.factories import SEPTEMBER
from banjie.rulebook.actions.adding import prepare, record_versions, shelf_of
from banjie.rulebook.text import Section, parse_text

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
FIGURES = """+++
title = "走访指标"
type = "figures"
from = 2020-01-01

[visits.times]
title = "走访次数"
fact = "book.visits"
where = "recorded"
count = true
unit = "次"
note = "期内的走访。"
+++
# 走访指标
"""


@pytest.fixture
def desk():
    office = open_office()
    text = parse_text(Section.FIGURES, "visits", source=FIGURES, file="figures/visits.md")
    record_versions(prepare(shelf_of(office.town), [text], day=TODAY), stamp(office.he))
    for told in (visit(), visit(purpose="elderly"), visit(village=DONGPO)):
        told["visitor"] = str(office.li.id)
        books.write("visits", told, actor=office.li, stamp=stamp(office.li))
    return Desk(office)


def test_rows_of_villages_and_heads_of_a_books_own_choices_are_counted_from_its_records(desk):
    cells = by_label(desk.answered(desk.received(visits_by_village(), name="走访.xlsx", period=SEPTEMBER)))
    cell = cells["西沟村｜困难户走访次数（次）"]
    assert (cell.group, cell.value) == ("division_code+purpose", f"{desk.office.town}201+hardship")
    printed = {label: cell.printed for label, cell in cells.items()}
    assert printed["西沟村｜走访次数（次）"] == "2"
    assert printed["西沟村｜困难户走访次数（次）"] == "1"
    assert printed["合计｜走访次数（次）"] == "3"


def test_a_choice_of_a_book_is_no_group_of_cases(desk):
    cell = by_label(desk.received(visits_by_village(), name="走访.xlsx", period=SEPTEMBER))[
        "西沟村｜困难户受理数（件）"
    ]
    assert (cell.source, cell.why) == (Source.NONE, "缺：没有认出“困难户”")
