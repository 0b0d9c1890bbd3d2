"""The sample town: it loads whole, its ledger holds, and every role, kind, state and light has something in it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from banjie.cases.models import Case, Extension
from banjie.cases.queries import light_of, visible_to
from banjie.cases.queries.rung_checks import rung_checks
from banjie.cases.workflow import State
from banjie.ledger.models import Entry
from banjie.ledger.verify import verify
from banjie.people.models import Staff
from banjie.people.passwords import PasswordPolicy, check_password_text
from banjie.people.queries import actor_for
from banjie.people.rights import ADMINISTRATORS, Role
from banjie.residents.models import Resident
from banjie.rulebook.queries import kinds_on, responsible_unit, rules_on
from banjie.sample.actions import is_empty, load_town
from banjie.sample.management.commands.load_sample import log_ins
from banjie.sample.plots import PLOTS, read_plots
from banjie.sample.town import PASSWORD, STAFF, TOWN

SUNDAY = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("sample")]


@pytest.fixture(scope="module", autouse=True)
def town(django_db_setup: None, django_db_blocker: object) -> Iterator[int]:
    """Load the town once for this file, and take it back afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        yield load_town(SUNDAY)
        transaction.set_rollback(True)


def actor(login: str):
    return actor_for(Staff.objects.get(login=login), at=SUNDAY)


def test_everything_told_is_in_the_ledger_and_agrees_with_the_rows(town):
    assert verify(TOWN).findings == []
    assert Case.objects.count() == town >= 110


def test_every_state_and_every_kind_of_case_is_there():
    assert set(Case.objects.values_list("state", flat=True)) == set(State)
    assert set(Case.objects.values_list("kind", flat=True)) == {
        kind.key for kind in kinds_on(TOWN, SUNDAY.date())
    }


def test_open_cases_show_every_light():
    shown = {light_of(case, SUNDAY) for case in Case.objects.filter(is_open=True)}
    assert shown == {"green", "amber", "red", "paused"}


def test_every_role_has_somebody_and_every_case_role_something_to_see():
    actors = [actor(login) for login in STAFF]
    for role in Role:
        holders = [one for one in actors if role in one.roles]
        assert holders, role
        if role not in ADMINISTRATORS:
            assert any(visible_to(one).filter(is_open=True).exists() for one in holders), role


def test_there_are_second_rounds_extensions_to_decide_and_mirrored_orders_with_a_given_time():
    assert Case.objects.filter(round=2, is_open=True).exists()
    assert Extension.objects.filter(decided_at__isnull=True).exists()
    assert not Case.objects.filter(origin="mirrored", given_due_at__isnull=True).exists()
    assert Entry.objects.filter(on_behalf_of__isnull=False).exists()


def test_zhao_of_another_village_does_not_see_xigou():
    assert (
        not visible_to(actor("zhaoming"))
        .filter(division_code=f"{TOWN}201")
        .exclude(first_asker__login="zhaoming")
        .exists()
    )


def test_nothing_was_recorded_out_of_order_or_in_the_future():
    moments = list(Entry.objects.order_by("seq").values_list("recorded_at", flat=True))
    assert moments == sorted(moments)
    assert moments[-1] <= SUNDAY


def test_residents_have_the_hard_names():
    names = {resident.name for resident in Resident.objects.all()}
    assert {"单桂英", "欧阳德胜", "吕𠮷祥", "阿依古丽·买买提"} <= names
    assert len(names) > 250


def test_every_category_leads_to_a_unit_of_the_town():
    day = SUNDAY.date()
    leaves = rules_on(TOWN, day).categories.leaves
    assert [leaf.key for leaf in leaves if responsible_unit(leaf, town=TOWN, on=day) is None] == []


def test_the_command_does_nothing_where_the_town_stands_but_says_how_to_log_in():
    before = Entry.objects.count()
    said = StringIO()
    call_command("load_sample", stdout=said)
    assert Entry.objects.count() == before
    assert said.getvalue().strip() == log_ins()
    assert not is_empty()


def test_the_printed_password_opens_every_account_and_meets_the_policy():
    check_password_text(PASSWORD, policy=PasswordPolicy(town_words=("青禾镇", "qinghe")))
    assert Staff.objects.get(login="chenjing").check_password(PASSWORD)
    assert not Staff.objects.filter(must_change_password=True).exists()


def test_a_plot_that_would_reach_into_the_future_is_refused():
    assert len(PLOTS) > 40
    with pytest.raises(ValueError, match="future"):
        read_plots("resident_request 1 2 register@0/9 accept@3/10")


def test_no_rung_of_the_sample_is_silent():
    silent = [check for check in rung_checks(TOWN, at=SUNDAY) if check.silent]
    assert [(check.clock, check.rung, check.silent) for check in silent] == []
