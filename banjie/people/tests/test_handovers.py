import pytest

from banjie.base.errors import Conflict, InvalidInput, NotAllowed, NotFound
from banjie.ledger.queries import entries_of, told
from banjie.ledger.record import Deed
from banjie.people import actions, handover
from banjie.people.handover import HANDOVERS, Belonging, Handover
from banjie.people.models import DutyTurn, Unit
from banjie.people.queries import belongings_of, posts_of, preview_handover, who_stands_in
from banjie.people.rights import Role
from banjie.people.tests.factories import (
    DAY,
    FOUNDER,
    MOMENT,
    OTHER_TOWN,
    make_actor,
    make_post,
    make_staff,
    make_unit,
    on_leave,
    stamp,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_room_above_takes_part():
    """Rooms above join at start; here the office stands alone."""
    joined = dict(HANDOVERS)
    HANDOVERS.clear()
    yield
    HANDOVERS.clear()
    HANDOVERS.update(joined)


def office():
    li, wang, unit = make_staff(name="李明"), make_staff(name="王芳"), make_unit(name="民政办")
    make_post(unit=unit, title="民政岗", a=li)
    make_post(unit=unit, title="残联岗", a=make_staff(name="陈刚"), b=li)
    return li, wang, unit


def move(giver, taker, by=FOUNDER, **more):
    return actions.hand_over(by, stamp(by, **more), from_id=giver.pk, to_id=taker.pk)


def test_one_deed_moves_posts_duty_and_units_led():
    """U50."""
    li, wang, unit = office()
    clerk = make_actor(Role.DISPATCHER, name="钱进")
    for day in (MOMENT - DAY, MOMENT, MOMENT + DAY):
        actions.plan_duty(clerk, stamp(clerk), day=day.date(), staff_id=li.pk)
    make_unit("led", leader_id=li.pk, name="经发办")
    moved = move(li, wang, by=clerk)
    assert [(line.what, line.count) for line in moved] == [
        ("A岗", 1),
        ("B岗", 1),
        ("值班", 2),
        ("分管单位", 1),
    ]
    assert belongings_of(li.pk, at=MOMENT) == []
    assert [post.title for post in posts_of(wang)] == ["民政岗", "残联岗"]
    assert [turn.staff.name for turn in DutyTurn.objects.order_by("day")] == ["李明", "王芳", "王芳"]
    assert Unit.objects.get(key="led").leader == wang
    assert unit.name in moved[0].examples[0]


def test_the_entry_of_the_giver_lists_what_moved():
    li, wang, _ = office()
    move(li, wang)
    last = told(entries_of(li))[-1]
    assert last.entry.deed == "staff.handed_over"
    assert last.words == "移交给王芳：A岗1项：民政办民政岗；B岗1项：民政办残联岗"


def test_the_preview_says_what_the_deed_then_does():
    li, wang, _ = office()
    preview = preview_handover(FOUNDER, from_id=li.pk, to_id=wang.pk, at=MOMENT)
    assert (preview.from_name, preview.to_name, preview.warnings) == ("李明", "王芳", ())
    assert list(preview.belongings) == move(li, wang)


def test_a_taker_who_held_b_becomes_a_and_the_preview_warns():
    li, wang, unit = office()
    make_post(unit=unit, title="低保岗", a=li, b=wang)
    on_leave(wang)
    preview = preview_handover(FOUNDER, from_id=li.pk, to_id=wang.pk, at=MOMENT)
    assert any("低保岗" in words and "另一岗空缺" in words for words in preview.warnings)
    assert any("请假外出" in words for words in preview.warnings)
    move(li, wang)
    post = posts_of(wang).get(title="低保岗")
    assert (post.holder_a, post.holder_b) == (wang, None)


def test_absences_of_who_hands_over_end():
    li, wang, _ = office()
    on_leave(li)
    move(li, wang)
    assert who_stands_in(li.pk, at=MOMENT).why == "李明在岗"
    assert who_stands_in(wang.pk, at=MOMENT).staff.id == wang.pk


def test_after_a_handover_the_account_can_be_disabled():
    li, wang, _ = office()
    move(li, wang)
    assert not actions.deactivate(FOUNDER, stamp(), staff_id=li.pk).is_active


def test_what_another_room_owns_goes_along():
    li, wang, _ = office()
    owner = {"id": li.pk}

    def preview(staff_id):
        return [Belonging("在办件", 3)] if owner["id"] == staff_id else []

    def carry(from_id, to_id, _stamp):
        owner["id"] = to_id
        return [Deed("staff.changed", wang, changes={"work_phone": "8882"})]

    handover.join(Handover("cases", preview, carry))
    assert ("在办件", 3) in [(line.what, line.count) for line in move(li, wang)]
    wang.refresh_from_db()
    assert wang.work_phone == "8882"
    with pytest.raises(ValueError, match="twice"):
        handover.join(Handover("cases", preview, carry))


def test_nothing_moves_when_something_would_stay_behind():
    li, wang, _ = office()
    handover.join(Handover("stuck", lambda staff_id: [Belonging("封存件", 1)], lambda *_: []))
    with pytest.raises(Conflict, match="封存件1项，本次移交没有进行"):
        move(li, wang)
    assert posts_of(li).count() == 2


def test_a_repeat_of_the_form_moves_nothing_twice():
    li, wang, _ = office()
    assert move(li, wang, client_key="k")
    assert move(li, wang, client_key="k") == []
    with pytest.raises(Conflict, match="没有要移交"):
        move(li, wang)


def test_who_takes_must_be_in_office():
    li, wang, _ = office()
    actions.deactivate(FOUNDER, stamp(), staff_id=wang.pk)
    with pytest.raises(Conflict, match="已停用"):
        move(li, wang)
    with pytest.raises(InvalidInput, match="同一人"):
        move(li, li)
    with pytest.raises(NotFound):
        move(li, make_staff(town=OTHER_TOWN))


def test_a_head_hands_over_within_his_unit_and_dispatch_everywhere():
    li, wang, unit = office()
    for stranger in (make_actor(Role.HANDLER, unit=unit), make_actor(Role.UNIT_HEAD, name="赵强")):
        with pytest.raises(NotAllowed, match="单位负责人或党政办"):
            move(li, wang, by=stranger)
    head = make_actor(Role.UNIT_HEAD, unit=unit)
    assert move(li, wang, by=head)
    assert move(wang, li, by=make_actor(Role.DISPATCHER))


def test_nobody_takes_a_role_that_he_has_not():
    qian = make_staff(name="钱进")
    make_post(Role.SUPERVISOR, a=qian)
    clerk = make_actor(Role.DISPATCHER)
    with pytest.raises(NotAllowed, match="自己没有的角色"):
        actions.hand_over(clerk, stamp(clerk), from_id=qian.pk, to_id=clerk.id)


def test_administrators_posts_are_not_handed_over_but_appointed():
    """GB/T 22239, 三员分立."""
    guard = make_staff(name="孙丽")
    make_post(Role.AUDIT_ADMINISTRATOR, a=guard)
    with pytest.raises(NotAllowed, match="任免"):
        move(guard, make_staff(name="王芳"))


def test_a_taker_who_administers_takes_no_casework():
    li, _, _ = office()
    admin = make_staff(name="孙丽")
    make_post(Role.ADMINISTRATOR, a=admin)
    with pytest.raises(Conflict, match="不能兼任"):
        move(li, admin)
