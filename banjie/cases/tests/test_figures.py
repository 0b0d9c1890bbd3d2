"""Shipped figures agree with plain Python over the ledger, on whatever day of the past they are asked for (U16)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from banjie.base.clock import local_day
from banjie.base.errors import NotFound
from banjie.cases import actions
from banjie.cases.actions import Assignee, Occasion
from banjie.cases.actions.standings import keep_standings, renew_standings
from banjie.cases.models import Case, CaseStanding
from banjie.cases.tests.counted_by_hand import by_hand, of_the_rest_by_hand
from banjie.cases.tests.factories import TOWN, handled, open_office, own_word, registered, replied
from banjie.cases.tests.lives import lived
from banjie.figures.naming import names_in
from banjie.figures.periods import Period
from banjie.figures.queries import ALL, catalogue_on, computed, opened
from banjie.ledger.verify import verify
from banjie.rulebook.queries import rules_on

pytestmark = pytest.mark.django_db
MONTHS = [Period.month(2026, month) for month in (9, 10, 11, 12)]
PERIODS = [*MONTHS, Period(date(2026, 10, 5), date(2026, 10, 23)), Period.year(2026)]


def plainly(value):
    """Return a value as the count by hand tells it."""
    if value.is_rate:
        return (value.numerator, value.denominator)
    return None if value.is_missing else float(value.number)


OF_CASES = ("case", "voice", "clock", "entry")


def shipped():
    """The figures of cases; those over books and kinds are narrowings that are proved with the facts of books."""
    figures = catalogue_on(TOWN, date(2026, 12, 31)).figures
    return {key: told for key, told in figures.items() if key.split(".")[0] in OF_CASES}


def test_every_shipped_figure_agrees_with_a_count_by_hand_as_of_each_past_period():
    """Deeds go on until the new year; what is asked of an earlier month is as the ledger knew it at that month's end."""
    lived(open_office(), cases=28, until=datetime(2026, 12, 31, tzinfo=UTC))
    assert verify(TOWN).findings == []
    stretches = CaseStanding.objects.filter(until_on__isnull=False).count()
    assert stretches > 10, "too tame a life to prove anything"
    seen = set()
    for period in PERIODS:
        wanted = by_hand(TOWN, period.from_on, period.to_on)
        wanted |= of_the_rest_by_hand(TOWN, period.from_on, period.to_on)
        came = computed(TOWN, shipped(), period)
        told = {key: plainly(came[key, ALL]) for key in shipped()}
        assert told == {key: wanted[key] for key in shipped()}, period.words
        seen |= {key for key, number in told.items() if number not in (None, 0, (0, 0))}
    assert set(shipped()) - seen <= {"case.historical", "case.closed_past", "entry.backdated_share"}


def test_every_group_agrees_with_a_count_by_hand_and_all_groups_add_up():
    lived(open_office(), cases=16, until=datetime(2026, 12, 1, tzinfo=UTC), seed=5)
    period = MONTHS[2]
    keys = ["case.received", "case.done", "case.undone", "case.due_on_time", "case.days_used"]
    whole = computed(TOWN, keys, period)
    for group in ("unit_id", "category", "division_code", "channel"):
        came = computed(TOWN, keys, period, group=group)
        for key, value in came:
            wanted = by_hand(TOWN, period.from_on, period.to_on, keep=_of(group, value))
            assert plainly(came[key, value]) == wanted[key], (group, value, key)
        added = sum(told.number for (key, _), told in came.items() if key == "case.received")
        assert added == whole["case.received", ALL].number
    assert names_in(TOWN, next(c for c in _columns() if c.name == "unit_id"), [""], on=period.to_on) == {
        "": "没有承办单位"
    }


def test_groups_at_any_level_of_the_tree_add_up_and_open_to_the_very_cases():
    """U16: the levels are worked out by hand from the tree; what bears no category is a group of its own."""
    lived(open_office(), cases=16, until=datetime(2026, 12, 1, tzinfo=UTC), seed=5)
    period, keys = MONTHS[2], ["case.received", "case.due_on_time", "case.days_used", "case.oldest_open"]
    tree = rules_on(TOWN, period.to_on).categories
    for level in (1, 2, 3):
        came = computed(TOWN, keys, period, group=f"category.{level}")

        def above(row, level=level):
            key = row["category"]
            return [one.key for one in tree.upwards(key)][::-1][:level][-1] if key else ""

        for key, value in came:
            kept = by_hand(TOWN, period.from_on, period.to_on, keep=lambda row, v=value: above(row) == v)
            assert plainly(came[key, value]) == kept[key], (level, key, value)
        for (key, value), told in came.items():
            if key == "case.received":
                behind = opened(TOWN, key, period, group=f"category.{level}", value=value)
                assert behind.count == told.number
    with pytest.raises(NotFound):
        computed(TOWN, keys, period, group="unit_id.1")


def _of(group, value):
    return lambda row: (row[group] or "") == value


def _columns():
    return catalogue_on(TOWN, date(2026, 12, 31)).fact("case.received").groups


def test_every_figure_opens_exactly_the_rows_that_it_counts():
    lived(open_office(), cases=16, until=datetime(2026, 12, 1, tzinfo=UTC), seed=7)
    period = MONTHS[1]
    came = computed(TOWN, shipped(), period)
    for key, figure in shipped().items():
        value = came[key, ALL]
        if value.is_rate:
            assert opened(TOWN, key, period, part="top").count == value.numerator, key
            assert opened(TOWN, key, period).count == value.denominator, key
        elif figure.measure in ("count", "distinct"):
            assert opened(TOWN, key, period).count == value.number, key
    rest = opened(TOWN, "case.due_on_time", period, part="rest").count
    value = came["case.due_on_time", ALL]
    assert rest == value.denominator - value.numerator


def test_the_group_of_a_number_opens_its_own_rows_and_the_ids_are_those_of_cases():
    office = open_office()
    ours = handled(office)
    registered(office)
    period = Period.month(2026, 9)
    of_unit = {"group": "unit_id", "value": str(office.livelihood)}
    found = opened(TOWN, "case.received", period, **of_unit)
    assert found.count == 1
    assert list(Case.objects.filter(pk__in=found.ids)) == [ours]
    assert opened(TOWN, "case.received", period, group="unit_id", value="").count == 1
    longest = opened(TOWN, "case.oldest_open", period)
    assert longest.count == 2


def test_a_case_sent_back_in_december_stays_done_in_november():
    office = open_office()
    case = replied(office)
    later = office.at + timedelta(days=70)
    said = Occasion(by=office.chen, at=later)
    actions.rate_case(case, said, word=own_word(case, said="dissatisfied"))
    assert Case.objects.get(pk=case.pk).done_at is None
    month = local_day(office.at)
    then = Period.month(month.year, month.month)
    assert computed(TOWN, ["case.done", "case.undone"], then)["case.done", ALL].number == 1
    now = Period.month(2026, 12)
    came = computed(TOWN, ["case.done", "case.undone", "case.open"], now)
    assert [came[key, ALL].number for key in ("case.done", "case.undone", "case.open")] == [0, 1, 1]


def test_a_case_handed_on_in_october_stays_with_its_unit_of_september():
    office = open_office()
    case = handled(office)
    later = Occasion(by=office.wu, at=office.at + timedelta(days=20))
    actions.transfer_case(case, later, to=Assignee(office.water), words="该农业农村办办")
    for month, unit in ((9, office.livelihood), (10, office.water)):
        came = computed(TOWN, ["case.open"], Period.month(2026, month), group="unit_id")
        assert {value for _, value in came if came["case.open", value].number} == {str(unit)}


def test_a_reply_told_afterwards_is_counted_in_the_month_in_which_it_was_given():
    """补录: told in December of November, after the row of November had ended for another reason."""
    office = open_office()
    case = handled(office)
    at = office.at + timedelta(days=9)
    actions.ask_extension(
        case, Occasion(by=office.li, at=at - timedelta(days=5)), term="3 workdays", reason="等配件"
    )
    actions.decide_extension(case, Occasion(by=office.wu, at=at), is_granted=True)
    told = Occasion(by=office.li, at=at, happened_at=at - timedelta(days=8), ground="手写台账补录")
    actions.reply_case(case, told, words="换好了")
    days = {row.done_on for row in CaseStanding.objects.filter(case=case)}
    assert days == {local_day(told.told_at)}
    assert computed(TOWN, ["case.done"], Period.month(2026, 9))["case.done", ALL].number == 1


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 10, 31, 15, 59, 59, 999999, tzinfo=UTC), date(2026, 10, 31)),
        (datetime(2026, 10, 31, 16, 0, tzinfo=UTC), date(2026, 11, 1)),
        (datetime(2025, 12, 31, 16, 30, tzinfo=UTC), date(2026, 1, 1)),
        (datetime(2024, 2, 28, 16, 0, tzinfo=UTC), date(2024, 2, 29)),
        (datetime(2024, 2, 29, 16, 0, tzinfo=UTC), date(2024, 3, 1)),
    ],
)
def test_a_case_counts_on_the_local_day_and_not_on_that_of_utc(moment, expected):
    office = open_office()
    case = registered(office)
    keep_standings([(case, {"happened_at": moment})], at=office.at)
    period = Period(expected, expected)
    assert computed(TOWN, ["case.received"], period)["case.received", ALL].number == 1
    by_month = computed(TOWN, ["case.received"], Period.year(expected.year), group="received_on")
    assert [value for _, value in by_month] == [f"{expected:%Y-%m}"]


def test_what_is_due_today_is_not_late_today():
    office = open_office()
    case = handled(office)
    due_on = local_day(Case.objects.get(pk=case.pk).handle_due_at)
    period = Period.month_to(due_on)
    today = computed(TOWN, ["case.overdue", "case.due"], period, today=due_on)
    assert [value.number for value in today.values()] == [0, 0]
    tomorrow = computed(TOWN, ["case.overdue", "case.due"], period, today=due_on + timedelta(days=1))
    assert [value.number for value in tomorrow.values()] == [1, 1]


def test_a_month_before_the_ledger_began_has_no_figure_and_not_zero():
    office = open_office()
    registered(office)
    value = computed(TOWN, ["case.received"], Period.month(2025, 9))["case.received", ALL]
    assert value.is_missing
    assert "2026年9月" in value.missing


def test_the_rows_of_cases_that_were_there_before_are_made_by_renewing():
    office = open_office()
    case, other = replied(office), registered(office)
    CaseStanding.objects.filter(case=case).delete()
    CaseStanding.objects.filter(case=other).update(category="wrong")
    assert renew_standings(TOWN) == 2
    assert renew_standings(TOWN) == 0
    assert CaseStanding.objects.get(case=case).done_on == local_day(Case.objects.get(pk=case.pk).done_at)
