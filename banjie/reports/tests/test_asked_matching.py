"""What a blank of a superior's form asks (U17): all words of its heads are known, or it says what is missing."""

from datetime import date

import pytest

from banjie.base.clock import local_day
from banjie.figures.periods import Period
from banjie.reports.asked.blanks import blanks_in
from banjie.reports.asked.matching import Source, Style, propose, topics_of
from banjie.reports.asked.opening import read_form
from banjie.reports.asked.quoting import quoted_number
from banjie.reports.asked.spans import days_of, period_named
from banjie.reports.queries.asked import Asked, answers_to, known_on
from banjie.reports.tests import blank_forms
from banjie.reports.tests.factories import NOVEMBER_5, SEPTEMBER, busy_office

TODAY = local_day(NOVEMBER_5)


def matched(town, folder, content, *, name="form.xlsx"):
    """Return label → (choice, number) of a form of September; another town's lines have None."""
    form = read_form(blank_forms.kept(folder, name, content), name.rpartition(".")[2])
    known = known_on(town, TODAY)
    topics = topics_of(form, known)
    found = {blank.label: propose(blank, topics[blank.spot.grid], known) for blank in blanks_in(form)}
    numbers = answers_to(town, [Asked(one, SEPTEMBER) for one in found.values() if one], today=TODAY)
    return {label: (one, numbers.get(Asked(one, SEPTEMBER)) if one else None) for label, one in found.items()}


@pytest.mark.django_db
def test_rows_of_units_columns_of_figures_and_a_title_of_a_kind_make_one_condition(tmp_path):
    office = busy_office()
    found = matched(office.town, tmp_path, blank_forms.hotline_by_unit())
    choice, _ = found["民生办｜受理数（件）"]
    assert (choice.figure, choice.group) == ("case.received", "kind+unit_id")
    assert choice.value == f"hotline_order+{office.livelihood}"
    choice, _ = found["合计｜按期办结率（%）"]
    assert (choice.figure, choice.group, choice.value) == ("case.done_on_time", "kind", "hotline_order")


@pytest.mark.django_db
def test_a_word_that_nobody_knows_leaves_the_cell_empty_and_says_which(tmp_path):
    found = matched(busy_office().town, tmp_path, blank_forms.hotline_by_unit())
    assert found["派出所｜受理数（件）"][0].why == "缺：没有认出“派出所”"
    assert found["民生办｜群众满意率（%）"][0].why == "缺：没有对应的数据指标（“群众满意率”）"
    assert {found[label][0].source for label in ("派出所｜受理数（件）", "民生办｜群众满意率（%）")} == {
        Source.NONE
    }


@pytest.mark.django_db
def test_periods_and_changes_of_the_head_are_counted_for_their_own_days(tmp_path):
    found = matched(busy_office().town, tmp_path, blank_forms.letters_two_rows())
    said = {label: number.printed for label, (_, number) in found.items() if number}
    assert said["合计｜受理情况（件）／本月"] == "9"
    assert said["合计｜受理情况（件）／1—9月累计"] == "9"
    assert said["合计｜受理情况（件）／去年同期"] == "2"
    assert said["合计｜受理情况（件）／同比（%）"] == "350.0"
    assert found["合计｜受理情况（件）／同比（%）"][0].style == Style.LAST_YEAR


@pytest.mark.django_db
def test_a_branch_of_categories_is_the_sum_of_its_leaves_and_no_growth_stands_over_zero(tmp_path):
    found = matched(busy_office().town, tmp_path, blank_forms.letters_two_rows())
    roads, none = found["道路交通｜受理情况（件）／本月"], found["环境｜受理情况（件）／同比（%）"]
    assert (roads[0].value, roads[1].printed) == ("roads+resident_request", "5")
    assert (none[1].printed, none[1].missing) == ("", "上年同期为零，不计算增幅")


@pytest.mark.django_db
def test_persons_and_matters_are_never_mixed(tmp_path):
    """T-07: 人次 is no number of 件, however like its head is."""
    town = busy_office().town
    found = matched(town, tmp_path, blank_forms.letters_two_rows())
    assert found["合计｜办结人次（人次）"][0].source is Source.NONE
    found = matched(town, tmp_path, blank_forms.with_head("办结（人次）"))
    assert "表上要的单位是“人次”" in found["合计｜办结（人次）"][0].why


@pytest.mark.django_db
def test_of_a_table_of_all_towns_only_our_line_is_ours(tmp_path):
    found = matched(busy_office().town, tmp_path, blank_forms.towns_of_county())
    assert {label for label, (choice, _) in found.items() if choice} == {
        "青禾镇｜收到", "青禾镇｜办结", "青禾镇｜期末未办结"
    }  # fmt: skip


@pytest.mark.django_db
def test_running_text_is_read_as_heads_are(tmp_path):
    found = matched(busy_office().town, tmp_path, blank_forms.letter_in_word(), name="a.docx")
    assert found["全镇共受理群众诉求"][1].printed == "9"
    assert found["西沟村｜受理件数"][1].printed == "9"
    assert found["东坡｜受理件数"][1].printed == "0"
    assert found["上访人数"][0].source is Source.NONE


@pytest.mark.django_db
def test_each_sheet_has_a_title_of_its_own_and_most_cells_of_what_is_in_the_data_are_filled(tmp_path):
    """U17: at least 80 per cent of the cells that ask for what the ledger knows."""
    found = matched(busy_office().town, tmp_path, blank_forms.petitions_and_grids())
    kinds = {label: choice.value.split("+") for label, (choice, _) in found.items() if choice}
    assert kinds["来信｜受理（件）"] == ["letter", "resident_request"]
    assert kinds["西沟村｜上报事件数"] == ["990011101201", "grid_event"]
    filled = [choice for choice, _ in found.values() if choice and choice.source is Source.FIGURE]
    assert len(filled) / len(found) >= 0.8
    assert all(choice.is_sure for choice in filled)
    assert found["西沟村｜立案数（件）"][0].why == "缺：没有对应的数据指标（“立案数”）"


@pytest.mark.django_db
def test_a_title_with_a_word_that_nobody_knows_makes_every_number_one_to_look_at(tmp_path):
    content = blank_forms.with_head("受理（件）", title="涉军信访统计表")
    choice, _ = matched(busy_office().town, tmp_path, content)["合计｜受理（件）"]
    assert not choice.is_sure
    assert "涉军" in choice.why


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("2026年10月信访月报", Period.month(2026, 10)),
        ("2026年三季度统计表", Period.quarter(2026, 3)),
        ("2026年上半年情况", Period(date(2026, 1, 1), date(2026, 6, 30))),
        ("2026年1—10月累计", Period(date(2026, 1, 1), date(2026, 10, 31))),
        ("12月份报表", Period.month(2025, 12)),
        ("2025年度统计表", Period.year(2025)),
        ("信访月报表", None),
        ("12345热线统计表", None),
    ],
)
def test_the_period_is_read_from_the_title(words, period):
    assert period_named(words, today=TODAY) == period


def test_months_in_heads_are_of_the_forms_year():
    assert days_of("1-9", Period.month(2025, 12)) == Period(date(2025, 1, 1), date(2025, 9, 30))


@pytest.mark.parametrize(
    ("label", "text", "unit", "read"),
    [
        ("全镇｜办结率", "98.5%", "", ("98.5", "%")),
        ("全镇｜发放材料（份）", "1,200余份", "份", ("1,200余", "份")),
        ("人数", "近300", "人", ("近300", "人")),
        ("联系电话", "19900001234", "", None),
        ("负责人手机", "6212345", "", None),
        ("有关情况", "没有", "", None),
        ("证件", "510000199001011234", "", None),
    ],
)
def test_what_is_typed_is_quoted_where_it_is_a_number(label, text, unit, read):
    assert quoted_number(label, text, unit=unit) == read
