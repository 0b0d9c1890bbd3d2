"""Every book of a town is a fact: figures count it, group it, add it up and open the very records."""

from datetime import date

import pytest

from banjie.books import actions, queries
from banjie.books.tests.test_records import DAY, OWN, TODAY, stamp, visit
from banjie.books.tests.test_records import office as office
from banjie.cases.tests.factories import DONGPO, XIGOU
from banjie.figures.periods import Period
from banjie.figures.queries import computed, opened
from banjie.rulebook.actions.adding import prepare, record_versions, shelf_of
from banjie.rulebook.text import Section, parse_text

pytestmark = pytest.mark.django_db
SEPTEMBER = Period(date(2026, 9, 1), date(2026, 9, 30))
FIGURES = """+++
title = "台账指标"
type = "figures"
from = 2020-01-01

[own_visits.times]
title = "走访次数"
fact = "book.visits"
where = "recorded"
count = true
unit = "次"
note = "期内的走访。"

[own_visits.households]
title = "走访户数"
fact = "book.visits"
where = "recorded AND purpose = 'hardship'"
sum = "people"
unit = "户"
note = "期内走访困难户的户数。"

[own_visits.villages]
title = "走访的村"
fact = "book.visits"
where = "recorded"
distinct = "division_code"
unit = "个"
note = "期内去过的村。"

[five.grants]
title = "补助"
fact = "book.own_five"
where = "so_far"
sum = '"grant"'
unit = "分"
note = "补助合计。"
+++
# 台账指标
"""


def declare(office) -> None:
    actions.declare_book("own_five", OWN, actor=office.he, stamp=stamp(office.he), from_on=TODAY)
    text = parse_text(Section.FIGURES, "own_books", source=FIGURES, file="figures/own_books.md")
    record_versions(prepare(shelf_of(office.town), [text], day=TODAY), stamp(office.he))


def counted(office, key: str, group: str | None = None) -> dict[str, int | None]:
    found = computed(office.town, [key], SEPTEMBER, group=group, today=TODAY)
    return {value: told.number for (_, value), told in found.items()}


def test_figures_count_group_and_open_the_records_of_a_book(office):
    """U16: every number opens its records; books come from the town's texts, not from code."""
    declare(office)
    li = {"actor": office.li, "stamp": stamp(office.li)}
    one, two, gone, other = (
        actions.write("visits", visit(visitor=str(office.li.id), **changes), **li)
        for changes in ({}, {"village": DONGPO, "people": "5"}, {"people": "9"}, {"purpose": "elderly"})
    )
    actions.write("visits", visit(visitor=str(office.li.id), visited_on="2026-08-31"), **li)
    actions.void(gone.pk, actor=office.li, stamp=stamp(office.li), reason="重复")
    actions.write(
        "own_five", {"seen_on": "2026-09-28", "village": XIGOU, "name": "周", "grant": "1200余元"}, **li
    )
    assert counted(office, "own_visits.times") == {"": 3}
    assert counted(office, "own_visits.times", "division_code") == {XIGOU: 2, DONGPO: 1}
    assert counted(office, "own_visits.times", "purpose") == {"hardship": 2, "elderly": 1}
    assert counted(office, "own_visits.households") == {"": 7}
    assert counted(office, "own_visits.villages") == {"": 2}
    assert counted(office, "five.grants") == {"": 120000}
    behind = opened(office.town, "own_visits.times", SEPTEMBER, today=TODAY)
    assert behind.opens == "record"
    book = queries.books_of(office.town, TODAY).book("visits")
    seen = queries.visible_to(office.he, book).filter(pk__in=behind.ids)
    assert set(seen.values_list("pk", flat=True)) == {one.pk, two.pk, other.pk}
    assert DAY
