"""Each number that the sample town's papers tell, counted over what its books are planned to hold (F-rows)."""

import random
from collections import Counter
from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from banjie.books.book import Book
from banjie.books.rules import books_in
from banjie.rulebook.shelf import SHIPPED, filed_in
from banjie.rulebook.text import Section, Text
from banjie.sample import planning
from banjie.sample.bookkeeping import LINKED_OF_A_HUNDRED
from banjie.sample.inventing import Ref, Setting, invent, is_readable
from banjie.sample.planning import Planned, plan
from banjie.sample.told_numbers import told_numbers
from banjie.sample.town import VILLAGES

TODAY = date(2026, 11, 22)
TELLING = {one.book for one in told_numbers()} | {"grid_setup"}


@cache
def texts() -> dict[tuple[str, str], Text]:
    return {(one.section, one.key): one.read() for one in filed_in(SHIPPED)}


@cache
def shipped() -> tuple[Book, ...]:
    return tuple(book for _, book in books_in(list(texts().values()))[0])


@cache
def planned() -> tuple[Planned, ...]:
    return tuple(plan([book for book in shipped() if book.key in TELLING], TODAY, random.Random(3)))


def of(book: str, **held: str) -> list[Planned]:
    """Return the planned records of a book that hold these values."""
    return [
        one for one in planned() if one.book == book and all(one.typed.get(k) == v for k, v in held.items())
    ]


def added(records: list[Planned], field: str) -> int:
    return sum(int(str(one.typed[field])) for one in records)


def parameter(key: str, name: str) -> object:
    return texts()[Section.REGULATIONS, key].parameters[name].raw


def quoted(indicator: str) -> list[str]:
    return [str(one.typed.get("number", "")) for one in of("quoted_numbers", indicator=indicator)]


def test_two_study_tours_are_counted():
    """F-01."""
    assert len(of("outings", kind="study")) == 2


def test_every_grid_has_a_party_group_and_five_to_ten_volunteers():
    """F-02 and F-03: both ends are inside."""
    grids = of("grid_setup")
    least, most = (
        int(str(texts()[Section.BOOKS, "grid_setup"].parameters[f"volunteers.{end}"].raw).split()[0])
        for end in ("least", "most")
    )
    assert len(grids) == sum(len(village.parts) for village in VILLAGES)
    assert all(one.typed["party_group"] == "是" for one in grids)
    found = [int(str(one.typed["volunteers"])) for one in grids]
    assert (min(found), max(found)) == (least, most) == (5, 10)


def test_what_the_law_refuses_stays_off_and_what_is_a_parameter_is_one():
    """F-04, F-08, F-09, F-21, F-27."""
    assert parameter("light_functions", "functions.forced_login") is False
    assert parameter("visits", "visits.leader_villages") == "1 times"
    assert {"visits.leader_households", "visits.leader_enterprises"} <= texts()[
        Section.REGULATIONS, "visits"
    ].parameters.keys()
    assert parameter("meetings", "meetings.free_days") == ["weekday:thu", "weekday:fri"]
    assert parameter("cadence", "report.rectification_item") == "half_month"


def test_ninety_three_of_a_hundred_residents_have_a_house():
    """F-05."""
    assert LINKED_OF_A_HUNDRED == 93


def test_more_than_ten_meetings_were_saved():
    """F-10: held against 10, since the paper tells a lower bound."""
    assert len(of("meetings", outcome="merged")) > 10
    assert not of("meetings", outcome="replaced")


def test_the_livelihood_items_of_two_years_are_counted():
    """F-11."""
    years = Counter((TODAY - one.on).days > 365 for one in of("livelihood_projects"))
    assert (years[True], years[False]) == (60, 52)


def test_actual_and_forecast_numbers_keep_their_own_cut_off():
    """F-12."""
    told = {
        str(one.typed["indicator"]): one
        for one in of("quoted_numbers", area="town", paper="上半年经济运行情况")
    }
    assert (told["fiscal"].on, told["fiscal"].typed["forecast"]) == (date(2026, 5, 31), "actual")
    assert (told["output"].on, told["output"].typed["forecast"]) == (date(2026, 6, 30), "forecast")


@pytest.mark.parametrize(
    ("indicator", "numbers"),
    [
        ("training", ["120", "54800"]),
        ("discussion", ["1010", "100000余", "50000余"]),
        ("poll", ["96.1", "94.3"]),
        ("medical", ["538"]),
        ("village_roads", ["1160.5"]),
        ("wells", ["1.79"]),
        ("rank", ["1"]),
        ("gdp", ["12.78"]),
        ("budget_revenue", ["800余"]),
        ("income", ["4656"]),
    ],
)
def test_what_others_said_is_quoted_as_they_said_it(indicator: str, numbers: list[str]):
    """F-13 to F-19 and F-29 to F-31."""
    assert sorted(quoted(indicator)) == sorted(numbers)


def test_changes_between_rates_are_points_and_a_missing_growth_stays_missing():
    """F-15, F-16, F-29, F-30, F-31."""
    polls = of("quoted_numbers", indicator="poll")
    assert [(one.typed["growth"], one.typed["growth_unit"]) for one in polls] == [
        ("8.7", "points"),
        ("5.8", "points"),
    ]
    [gdp], [revenue], [income] = (
        of("quoted_numbers", indicator=key) for key in ("gdp", "budget_revenue", "income")
    )
    assert (gdp.typed["growth"], gdp.typed["real"]) == ("41", "unstated")
    assert "growth" not in revenue.typed
    assert round(Decimal(865) / (4656 - 865) * 100, 1) == Decimal("22.8")
    assert income.typed["growth"] == "865"


def test_both_years_have_the_same_eleven_months():
    """F-22."""
    months = Counter(
        one.on.year for one in of("meetings") if one.on.month <= 11 and one.on.year in (2025, 2026)
    )
    assert min(months[2025], months[2026]) > 40


def test_party_organisations_add_up_without_a_row_of_persons():
    """F-23."""
    kinds = Counter(one.typed["kind"] for one in of("party_organisations"))
    assert kinds == {"committee": 1, "general_branch": 1, "branch": 44}
    assert added(of("party_organisations"), "members") == 2767


def test_ballots_give_three_rates_over_three_bases():
    """F-24 and F-25."""
    rates = {}
    for one in of("polls"):
        content = added([one], "good") + added([one], "fairly")
        rates[one.typed["instrument"]] = round(Decimal(content) / added([one], "valid") * 100, 1)
    assert [rates[key] for key in ("activity", "solving", "village_satisfaction")] == [
        Decimal("99.1"),
        Decimal("99.2"),
        Decimal("97.9"),
    ]
    assert of("polls", instrument="activity")[0].typed["sent"] == "2000余"
    assert of("polls", instrument="leadership")[0].typed["public"] == "100余"


def test_two_admonitions_are_counted():
    """F-28."""
    assert len(of("cadre_measures", measure="admonition")) == 2


def test_people_who_lost_land_are_counted_once_in_each_number():
    """F-32 and F-33: jobs near and far are disjoint; the sums of money are quoted."""
    trained = of("studies", audience="landless")
    assert (len(trained), added(trained, "present") > 600) == (5, True)
    local, away = of("landless_farmers", job="local"), of("landless_farmers", job="away")
    assert (len(local) > 260, len(away) > 300) == (True, True)
    assert len([one for one in of("landless_farmers") if one.typed.get("housed_on")]) > 1500
    residents = [one.typed["resident"] for one in of("landless_farmers")]
    assert len(set(residents)) == len(residents)
    assert set(quoted("other")) == {"4800", "63000"}
    assert of("works", kind="housing")[0].typed["floor_space"] == "63000"


def test_a_record_of_every_shipped_book_can_be_invented_that_passes_its_checks():
    chance = random.Random(5)
    records = {book.key: 3 for book in shipped()}
    own = {
        "polls": {
            "sent": "9",
            "returned": "9",
            "valid": "9",
            "good": "9",
            "fairly": "0",
            "plain": "0",
            "poor": "0",
        }
    }
    for book in shipped():
        day = date(2026, 3, 4)
        setting = Setting(day, day, VILLAGES[0].code, "桥头", ("hemin", "sunli"), ("finance",), records, 9, 9)
        typed = invent(book, setting, chance, own.get(book.key, {}))
        assert is_readable(book, typed, day) or planning.VOLUMES.get(book.key) == 0, book.key
        assert all(told.stand_in for told in typed.values() if isinstance(told, Ref))
