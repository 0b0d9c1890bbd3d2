"""Which months a paper can be asked for: back to where the ledger begins, old letters that came in from Excel too."""

from datetime import date

import pytest

from banjie.desk.reports.periods import MONTHS_BACK, chosen_from
from banjie.reports.rules import Rhythm

TODAY = date(2026, 9, 28)


def months(month="", since=None):
    chosen = chosen_from(month, "", rhythm=Rhythm.MONTH, today=TODAY, since=since)
    return [choice for _, choices in chosen.years for choice in choices]


@pytest.mark.parametrize("since", [None, date(2026, 9, 1)])
def test_a_young_ledger_offers_three_years_of_months_this_one_first(since):
    found = months(since=since)
    assert (len(found), found[0].value, found[-1].value) == (MONTHS_BACK, "2026-09", "2023-10")
    assert [choice.value for choice in found if choice.is_chosen] == ["2026-08"]


def test_an_old_ledger_that_came_in_from_excel_offers_its_first_month():
    assert months(since=date(2011, 11, 30))[-1].value == "2011-11"


def test_a_month_before_the_ledger_that_an_address_asks_for_is_offered_too():
    assert [choice.value for choice in months("2015-02") if choice.is_chosen] == ["2015-02"]


def test_a_slip_in_a_year_does_not_offer_a_thousand_months():
    assert months(since=date(1901, 1, 1))[-1].value == "2000-01"
