from itertools import product
from uuid import UUID

import pytest

from banjie.base.errors import InvalidInput
from banjie.people.rights import (
    ADMINISTRATORS,
    DEEDS,
    DEVICE_RIGHTS,
    LEAD_RIGHTS,
    PIN_RIGHTS,
    POSTLESS_RIGHTS,
    RIGHTS,
    TABLE,
    Reach,
    Role,
    check_deed,
    clash_of,
    reach_of,
    read_roles,
)

UNIT, OTHER_UNIT, GRID = UUID(int=1), UUID(int=2), UUID(int=3)
TOWN, VILLAGE = "980011101", "980011101201"
LINES = [line.split() for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[0])
def test_every_line_of_the_table_answers_for_every_role(line):
    assert len(line) == 1 + len(Role)


@pytest.mark.parametrize(("place", "role"), list(enumerate(Role, start=1)))
def test_a_role_has_exactly_the_rights_that_its_column_marks(place, role):
    assert RIGHTS[role] == {deed for deed, *marks in LINES[1:] if marks[place - 1] == "x"}
    assert RIGHTS[role], f"{role.label} may do nothing"


@pytest.mark.parametrize("deed", sorted(DEEDS))
def test_every_deed_is_someone_s(deed):
    assert any(deed in rights for rights in RIGHTS.values())


@pytest.mark.parametrize(("role", "deed"), list(product(sorted(ADMINISTRATORS), sorted(DEEDS))))
def test_no_administrator_touches_a_case_or_a_resident(role, deed):
    assert not (deed.startswith(("cases.", "residents.")) and deed in RIGHTS[role])


@pytest.mark.parametrize(
    ("role", "deeds"),
    [
        (Role.WINDOW_CLERK, "register accept settle assign call_back record"),
        (Role.HANDLER, "sign_for pause resume ask_extension report reply transfer comment attach"),
        (Role.UNIT_HEAD, "decide_extension assign transfer reopen"),
        (Role.DISPATCHER, "accept decline redirect assign void record"),
        (Role.SUPERVISOR, "call_back close reopen comment"),
        (Role.TOWN_LEADER, "view decide_extension comment"),
        (Role.GRID_WORKER, "register report sign_for reply"),
        (Role.VILLAGE_CADRE, "register report sign_for reply"),
    ],
)
def test_each_office_has_what_its_work_asks(role, deeds):
    for deed in deeds.split():
        assert any(right.startswith(f"cases.{deed}") for right in RIGHTS[role])


@pytest.mark.parametrize("role", [Role.HANDLER, Role.GRID_WORKER, Role.VILLAGE_CADRE])
def test_who_handles_neither_calls_back_nor_closes_nor_grants_himself_time(role):
    assert not RIGHTS[role] & {"cases.call_back_case", "cases.close_case", "cases.decide_extension"}


def test_the_county_only_looks():
    assert RIGHTS[Role.COUNTY_OBSERVER] == {
        "cases.view_case",
        "cases.list_cases",
        "rulebook.read_rules",
        "desk.use",
    }


def test_rights_outside_posts_name_deeds_of_the_table():
    assert DEVICE_RIGHTS | LEAD_RIGHTS | POSTLESS_RIGHTS | PIN_RIGHTS <= DEEDS


def test_a_pin_carries_no_full_view_of_a_resident():
    assert "residents.reveal_resident" not in PIN_RIGHTS
    assert "cases.reply_case" in PIN_RIGHTS


def test_a_misspelt_deed_is_a_bug_and_no_refusal():
    with pytest.raises(LookupError, match=r"cases\.reply"):
        check_deed("cases.reply")


@pytest.mark.parametrize(
    ("roles", "complaint"),
    [
        ([Role.ADMINISTRATOR], ""),
        ([Role.HANDLER, Role.UNIT_HEAD], ""),
        ([Role.ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR], "三员分立"),
        ([Role.ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR], "三员分立"),
        ([Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR], "三员分立"),
        ([Role.AUDIT_ADMINISTRATOR, Role.DISPATCHER], "不能兼任党政办调度"),
    ],
)
def test_the_three_administrators_never_meet_in_one_person(roles, complaint):
    assert complaint in clash_of(roles)
    assert bool(clash_of(roles)) == bool(complaint)


def test_roles_are_read_once_each_and_unknown_ones_refused():
    assert read_roles(["handler", "window_clerk", "handler"]) == (Role.WINDOW_CLERK, Role.HANDLER)
    with pytest.raises(InvalidInput, match="没有“king”"):
        read_roles(["king"])
    with pytest.raises(InvalidInput, match="至少"):
        read_roles([])


@pytest.mark.parametrize(
    ("role", "row", "is_covered"),
    [
        (Role.DISPATCHER, {"division": VILLAGE}, True),
        (Role.DISPATCHER, {"division": "980011102201"}, False),
        (Role.HANDLER, {"division": VILLAGE, "unit_id": UNIT}, True),
        (Role.HANDLER, {"division": VILLAGE, "unit_id": OTHER_UNIT}, False),
        (Role.HANDLER, {"division": VILLAGE}, False),
        (Role.COUNTY_OBSERVER, {"division": VILLAGE}, False),
        (Role.COUNTY_OBSERVER, {"division": VILLAGE, "is_sent_down": True}, True),
    ],
)
def test_a_post_of_the_town_reaches_as_its_role_says(role, row, is_covered):
    reach = reach_of(role, division=TOWN, unit_id=UNIT, grid_id=None)
    assert reach.covers(row.pop("division"), **row) == is_covered


def test_a_grid_worker_reaches_his_grid_and_no_other_of_the_village():
    reach = reach_of(Role.GRID_WORKER, division=VILLAGE, unit_id=UNIT, grid_id=GRID)
    assert reach.covers(VILLAGE, unit_id=OTHER_UNIT, grid_id=GRID)
    assert not reach.covers(VILLAGE, grid_id=UUID(int=9))
    assert not reach.covers("980011101202", grid_id=GRID)
    assert not Reach(division="").covers(VILLAGE)
