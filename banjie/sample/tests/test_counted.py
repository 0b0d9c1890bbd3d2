"""What the sample town's years hold, counted by hand and by the figures of the rulebook: the same numbers (F-rows).

The years are small here but for the numbers of the papers that few records tell; the whole plan of the others is
counted in test_told_numbers.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import transaction

from banjie.base.clock import local_day
from banjie.books.models import Record
from banjie.cases.models import Case
from banjie.figures.periods import Period
from banjie.figures.queries import ALL, catalogue_on, computed_over
from banjie.figures.values import Value
from banjie.files.models import StoredFile
from banjie.ledger.models import Entry
from banjie.ledger.verify import verify
from banjie.residents.models import HouseLink, Resident
from banjie.sample import actions, bookkeeping, planning, telling, told_numbers, years
from banjie.sample.plots import PAST, PLOTS
from banjie.sample.town import TOWN
from banjie.sample.years import window

SUNDAY = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
TODAY = local_day(SUNDAY)
ALL_TIME = Period(TODAY - timedelta(days=760), TODAY)
LAST_YEAR, YEAR_BEFORE = (
    Period(TODAY - timedelta(days=365), TODAY),
    Period(TODAY - timedelta(days=760), TODAY - timedelta(days=366)),
)
KINDS = {"grid_event": 6, "rectification_item": 3}
VOLUMES = {"visits": 4, "contracts": 3, "grid_activities": 3, "counter_visits": 5}
FEW = {"LANDLESS": 18, "LOCAL_JOBS": 5, "JOBS_AWAY": 6, "HOUSED": 12}
"""People without land, of 1,560 that the whole years hold."""
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("sample")]


@pytest.fixture(scope="module", autouse=True)
def years_behind(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """Load a small past with every number that the papers tell, once for this file, and take it back afterwards."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(years, "VOLUMES", KINDS)
        patch.setattr(actions, "PAST", [replace(plot, count=1) for plot in PAST])
        patch.setattr(telling.tell, "__kwdefaults__", telling.tell.__kwdefaults__ | {"plots": PLOTS[:1]})
        patch.setattr(planning, "VOLUMES", VOLUMES)
        patch.setattr(planning, "USUAL", 0)
        for name, number in FEW.items():
            patch.setattr(told_numbers, name, number)
        for module in (planning, bookkeeping):
            patch.setattr(module, "RESIDENTS", 20)
            patch.setattr(module, "ENTERPRISES", 2)
        with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
            actions.load_years(SUNDAY)
            yield
            transaction.set_rollback(True)


def held(book: str, test: Callable[[dict[str, object]], bool] = lambda told: True) -> list[Record]:
    """Return the standing records of a book that a test in plain Python holds of."""
    rows = Record.objects.filter(town=TOWN, book=book, voided_at__isnull=True)
    return [row for row in rows if test(row.values)]


def figure(key: str, period: Period = ALL_TIME) -> Value:
    return computed_over(TOWN, [key], [period], today=TODAY)[period, key, ALL]


def test_each_counted_number_of_a_book_is_the_same_by_hand_and_by_its_figure():
    """F-01, F-02, F-03, F-10, F-11, F-23, F-25, F-28, F-32, F-33."""
    by_hand = {
        "outings.study": len(held("outings", lambda told: told["kind"] == "study")),
        "meetings.saved": len(held("meetings", lambda told: told["outcome"] != "held")),
        "livelihood.listed": len(held("livelihood_projects")),
        "party.organisations": len(held("party_organisations", lambda told: told["state"] == "active")),
        "party.members": sum(int(row.values["members"]) for row in held("party_organisations")),
        "measures.admonished": len(held("cadre_measures", lambda told: told["measure"] == "admonition")),
        "landless.registered": len(held("landless_farmers")),
        "landless.local_jobs": len(held("landless_farmers", lambda told: told["job"] == "local")),
        "landless.jobs_away": len(held("landless_farmers", lambda told: told["job"] == "away")),
        "landless.housed": len(held("landless_farmers", lambda told: bool(told.get("housed_on")))),
        "landless.trained": sum(
            int(row.values["present"]) for row in held("studies", lambda told: told["audience"] == "landless")
        ),
        "polls.valid": sum(int(row.values["valid"]) for row in held("polls")),
        "grids.kept": len(held("grid_setup")),
    }
    found = computed_over(TOWN, by_hand, [ALL_TIME], today=TODAY)
    assert {key: found[ALL_TIME, key, ALL].number for key in by_hand} == by_hand
    told = {"outings.study": 2, "livelihood.listed": 112, "party.organisations": 46, "party.members": 2767}
    assert told.items() <= by_hand.items()
    assert by_hand["measures.admonished"] == 2
    assert by_hand["meetings.saved"] > 10
    assert by_hand["landless.trained"] > 600
    assert figure("livelihood.listed", YEAR_BEFORE).number == 60
    assert figure("livelihood.listed", LAST_YEAR).number == 52
    assert [figure(key).number for key in ("grids.party_share", "grids.volunteers_share")] == [100, 100]


def test_satisfaction_is_rated_over_the_ballots_of_each_question():
    """F-24: three rates over three bases."""
    found = computed_over(TOWN, ["polls.good_share"], [ALL_TIME], group="instrument", today=TODAY)
    rates = {value: one.printed for (_, _, value), one in found.items()}
    for row in held("polls"):
        told = row.values
        by_hand = Decimal(int(told["good"]) + int(told["fairly"])) / int(told["valid"]) * 100
        assert rates[str(told["instrument"])] == round(by_hand, 1)
    assert [str(rates[key]) for key in ("activity", "solving", "village_satisfaction")] == [
        "99.1",
        "99.2",
        "97.9",
    ]


def test_ninety_three_of_a_hundred_residents_are_linked_to_a_house():
    """F-05: the base is the residents who are registered."""
    known = Resident.objects.filter(town=TOWN, is_withdrawn=False).count()
    linked = {link.resident_id for link in HouseLink.objects.filter(town=TOWN, until_on__isnull=True)}
    rate = figure("resident.linkage_rate")
    assert (rate.numerator, rate.denominator) == (len(linked), known)
    assert known * 93 // 100 == len(linked)


def test_events_and_rectifications_are_handled_and_closed_to_the_last():
    """F-06, F-07, F-26: two rates over one base; the whole years hold 5,141 and 182 (test_years)."""
    begun, _ = window(SUNDAY)
    cases = [one for one in Case.objects.filter(town=TOWN) if local_day(one.registered_at) >= begun]
    period = Period(begun, TODAY)
    for kind, listed in (
        ("grid_event", "grid_event.received"),
        ("rectification_item", "rectification.listed"),
    ):
        mine = [one for one in cases if one.kind == kind]
        assert figure(listed, period).number == len(mine) >= KINDS[kind]
    events = [one for one in cases if one.kind == "grid_event"]
    handled, closed = (figure(f"grid_event.{key}_share", period) for key in ("handled", "closed"))
    assert (handled.numerator, handled.denominator) == (
        sum(bool(one.accepted_at) for one in events),
        len(events),
    )
    assert (closed.numerator, closed.denominator) == (sum(bool(one.closed_at) for one in events), len(events))


def test_what_others_said_is_quoted_and_counted_by_no_figure():
    """F-12 to F-19, F-29 to F-31: kept in one book with who said it; F-30 lacks its growth and stays without."""
    quoted = held("quoted_numbers")
    assert len(quoted) == len(told_numbers.QUOTED.splitlines()) + len(told_numbers.OWN.splitlines()) + 3
    assert all(row.values["said_by"] and row.values["paper"] for row in quoted)
    [revenue] = [row for row in quoted if row.values["indicator"] == "budget_revenue"]
    assert (revenue.values["number"], revenue.values["number__bound"]) == ("800", "at_least")
    assert "growth" not in revenue.values
    facts = {one.fact for one in catalogue_on(TOWN, TODAY).figures.values()}
    assert not facts & {"book.quoted_numbers", "book.opening_numbers"}


def test_an_opening_number_stands_on_its_paper_and_lies_before_the_ledger():
    """DESIGN, three kinds of number: a total of the time before, with a scan; only ever a base of comparison."""
    opening = held("opening_numbers")
    first = Entry.objects.filter(town=TOWN).order_by("seq")[0].recorded_at
    assert len(opening) == len(told_numbers.OPENING)
    for row in opening:
        assert row.day < local_day(first)
        assert StoredFile.objects.get(pk=row.values["scan"]).media_type.startswith("image/")


def test_half_an_hour_told_of_two_matters_is_two_figures():
    """F-20: the length of a meeting on site and the time of a window are medians of two books, never one number."""
    figures = catalogue_on(TOWN, TODAY).figures
    assert figures["meetings.on_site_minutes"].fact == "book.meetings"
    assert figures["counter.waited"].fact == "book.counter_visits"
    waits = sorted(int(row.values["waited"]) for row in held("counter_visits") if "waited" in row.values)
    if len(waits) % 2:
        assert figure("counter.waited").number == waits[len(waits) // 2]


def test_the_small_past_is_written_in_order_and_agrees_with_the_ledger():
    """The whole way of `sample load --whole` on a handful of each: cases stamped, books written, nothing amiss."""
    stamped = Case.objects.filter(town=TOWN, kind__in=KINDS, registered_at__date__gte=window(SUNDAY)[0])
    assert stamped.count() == sum(KINDS.values())
    assert not stamped.filter(is_open=True).exists()
    assert len(held("visits")) == VOLUMES["visits"]
    moments = list(Entry.objects.filter(town=TOWN).order_by("seq").values_list("recorded_at", flat=True))
    assert moments == sorted(moments)
    assert verify(TOWN).findings == []


def test_every_number_of_the_papers_is_held_by_a_test():
    """Each of the thirty-three is cited where it is counted, quoted, kept as a parameter, or refused."""
    cited: set[int] = set()
    for path in Path(__file__).parent.glob("test_*.py"):
        source = path.read_text(encoding="utf-8")
        cited |= {int(number) for number in re.findall(r"F-(\d\d)", source)}
        for first, last in re.findall(r"F-(\d\d) to F-(\d\d)", source):
            cited |= set(range(int(first), int(last) + 1))
    assert cited == set(range(1, 34))
