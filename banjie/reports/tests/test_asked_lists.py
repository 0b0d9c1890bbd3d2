"""Lists of superiors' forms are filled row by row from a book, as far as the reader may see (U17, T19)."""

from datetime import timedelta
from pathlib import Path

import pytest

from banjie.base.errors import Conflict, InvalidInput
from banjie.books.actions import write
from banjie.books.queries import blank_for, books_of
from banjie.cases.tests.factories import XIGOU
from banjie.people.queries import actor_for
from banjie.reports.actions import answer_form, fill_list
from banjie.reports.asked.blanks import lists_in
from banjie.reports.asked.opening import read_form
from banjie.reports.queries.asked import form_for, lists_of, may_have_answer
from banjie.reports.tests import blank_forms
from banjie.reports.tests.asked_forms import Desk, file_of
from banjie.reports.tests.factories import SEPTEMBER, busy_office
from banjie.residents.actions import register_resident
from banjie.residents.facts import ResidentFacts

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
DAYS = ("2026-09-03", "2026-09-08", "2026-09-11", "2026-09-20", "2026-10-02")
KEY = "0:3"


@pytest.fixture
def desk():
    desk = Desk(busy_office())
    stamp = desk.stamp()
    facts = ResidentFacts(name="金丝雀", phone="19900001234", division_code=XIGOU)
    chen = actor_for(desk.office.people["chen"], at=desk.at)
    who = register_resident(facts, actor=chen, stamp=desk.stamp("chen"))
    li = actor_for(desk.office.people["li"], at=desk.at)
    for number, day in enumerate(DAYS):
        blank = blank_for(li, books_of(desk.office.town, stamp.recorded_at.date()).book("visits"), at=desk.at)
        told = {
            "visited_on": day,
            "village": XIGOU,
            "people": str(number + 1),
            "heard": "水",
            "purpose": "elderly",
        }
        write("visits", blank | told | {"resident": str(who.pk)}, actor=li, stamp=desk.stamp("li"))
    return desk


def filled(desk, form):
    fill_list(desk.he, desk.stamp(), form.pk, list_key=lists_in(form.form)[0].key, book_key="visits")
    return desk.answered(form_for(desk.he, form.pk))


def grid_of(form, folder: Path, sort: str):
    path = folder / f"answer.{sort}"
    path.write_bytes(file_of(form))
    return read_form(path, sort).grids[0]


def words_of(grid, line):
    return [cell.words for cell in grid.by_line.get(line, [])]


def test_a_list_in_excel_is_filled_and_grows_in_its_own_looks(desk, tmp_path):
    form = desk.received(blank_forms.roll_in_excel(), period=SEPTEMBER)
    [found] = lists_of(desk.he, form, today=desk.at.date())
    assert list(found.form_list.heads.values()) == ["走访日期", "走访对象", "走访户数", "姓名"]
    assert "visits" in {book.key for book in found.fitting}
    grid = grid_of(filled(desk, form), tmp_path, "xlsx")
    assert [words_of(grid, line)[0::3] for line in range(3, 7)] == [[str(n), str(n)] for n in (1, 2, 3, 4)]
    assert all(cell.is_boxed for line in range(3, 7) for cell in grid.by_line[line])
    assert words_of(grid, 7)[0].startswith("审核人")
    assert grid.by_line[7][0].places == 5
    told = "".join(cell.words for cell in grid.cells)
    assert "金丝雀" not in told
    assert "*丝雀" in told
    assert all(words_of(grid, line)[4] == "" for line in range(3, 7)), "whose name it is, nobody said"


def test_a_list_in_word_is_filled_and_grows(desk, tmp_path):
    form = desk.received(blank_forms.roll_in_word(), name="表.docx", period=SEPTEMBER)
    answered = filled(desk, form)
    grid = grid_of(answered, tmp_path, "docx")
    assert [words_of(grid, line)[3] for line in range(2, 6)] == ["1户", "2户", "3户", "4户"]
    assert len(grid.by_line) == 5


def test_a_table_with_sums_is_not_stretched_but_says_what_to_do(desk):
    form = desk.received(blank_forms.roll_in_excel(is_summed=True), period=SEPTEMBER)
    with pytest.raises(Conflict, match=r"有4条，表上只有3行，而且表里有公式.*先加够行"):
        filled(desk, form)
    wide = desk.received(blank_forms.roll_in_excel(lines=5, is_summed=True), period=SEPTEMBER)
    assert filled(desk, wide).state == "answered"


def test_a_list_takes_no_book_that_does_not_fit_and_its_answer_is_not_everybodys(desk):
    form = desk.received(blank_forms.roll_in_excel(), period=SEPTEMBER)
    with pytest.raises(InvalidInput, match="对不上"):
        fill_list(desk.he, desk.stamp(), form.pk, list_key=KEY, book_key="duty")
    form = filled(desk, form)
    wu, sun = (actor_for(desk.office.people[name], at=desk.at + timedelta(hours=1)) for name in ("wu", "sun"))
    today = desk.at.date()
    assert may_have_answer(desk.he, form, today=today)
    assert may_have_answer(sun, form, today=today)
    assert not may_have_answer(wu, form, today=today)
    seen = desk.seen(form)
    again = desk.received(blank_forms.roll_in_excel(), period=SEPTEMBER)
    assert again.lists == {KEY: "visits"}, "remembered for the next form of the layout"
    fill_list(desk.he, desk.stamp(), form.pk, list_key=KEY, book_key="")
    assert form_for(desk.he, form.pk).state == "open"
    with pytest.raises(Conflict, match="已经不一样"):
        answer_form(desk.he, desk.stamp(), form.pk, seen=seen, quotas=desk.quotas)
