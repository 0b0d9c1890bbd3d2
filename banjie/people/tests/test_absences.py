import pytest

from banjie.base.errors import Conflict, InvalidInput, NotAllowed, NotFound
from banjie.ledger.kept import one_look
from banjie.ledger.queries import entries_of
from banjie.people import actions
from banjie.people.models import AbsenceReason, DutyTurn
from banjie.people.queries import roster_of, who_stands_in
from banjie.people.rights import Role
from banjie.people.tests.factories import (
    DAY,
    HOUR,
    MOMENT,
    OTHER_TOWN,
    TOWN,
    acting,
    make_actor,
    make_post,
    make_staff,
    make_unit,
    on_leave,
    stamp,
)

pytestmark = pytest.mark.django_db


def pair():
    li, wang = make_staff(name="李明"), make_staff(name="王芳")
    unit = make_unit(name="民政办公室", short_name="民政办")
    make_post(unit=unit, title="民政岗", a=li, b=wang)
    return li, wang, unit


def leave(actor, staff_id, **more):
    more.setdefault("from_at", MOMENT)
    more.setdefault("until_at", MOMENT + DAY)
    return actions.take_leave(actor, stamp(actor), staff_id=staff_id, **more)


def test_b_answers_from_the_moment_that_the_absence_begins_until_it_ends():
    """S-006."""
    li, wang, _ = pair()
    leave(acting(li), li.pk, from_at=MOMENT + HOUR)
    assert who_stands_in(li.pk, at=MOMENT).staff.id == li.pk
    standing = who_stands_in(li.pk, at=MOMENT + HOUR)
    assert (standing.staff.id, standing.why) == (wang.pk, "李明请假，由B岗王芳代")
    assert who_stands_in(li.pk, at=MOMENT + DAY).staff.id == li.pk


def test_both_away_it_falls_to_the_head_then_to_duty_then_to_dispatch():
    li, wang, unit = pair()
    chen, sun, qian = make_staff(name="陈刚"), make_staff(name="孙丽"), make_staff(name="钱进")
    make_post(Role.UNIT_HEAD, unit=unit, a=chen)
    make_post(Role.DISPATCHER, a=qian)
    clerk = acting(qian)
    actions.plan_duty(clerk, stamp(clerk), day=MOMENT.date(), staff_id=sun.pk)
    seen = []
    for person in (li, wang, chen, sun):
        on_leave(person)
        seen.append(who_stands_in(li.pk, at=MOMENT).staff.name)
    assert seen == ["王芳", "陈刚", "孙丽", "钱进"]


def test_with_nobody_left_the_empty_post_is_named():
    li, wang, _ = pair()
    on_leave(li)
    on_leave(wang)
    with pytest.raises(Conflict, match="民政办“民政岗”岗无人可代"):
        who_stands_in(li.pk, at=MOMENT)


def test_a_stranger_is_not_found():
    with pytest.raises(NotFound):
        who_stands_in(make_unit().pk, at=MOMENT)


def test_a_whole_list_is_answered_in_four_queries_and_the_look_at_the_mark(django_assert_num_queries):
    li, wang, _ = pair()
    on_leave(li)
    with django_assert_num_queries(1 + 4), one_look():
        roster = roster_of(TOWN, at=MOMENT)
        assert {roster.stands_in(i).staff.name for i in (li.pk, wang.pk)} == {"王芳"}


def test_leave_is_an_entry_and_is_written_once():
    li, _, _ = pair()
    absence = leave(acting(li), li.pk)
    assert [entry.deed for entry in entries_of(absence)] == ["absence.begun"]
    with pytest.raises(Conflict, match="已经登记过"):
        leave(acting(li), li.pk, from_at=MOMENT + HOUR)
    with pytest.raises(InvalidInput, match="晚于"):
        leave(acting(li), li.pk, until_at=MOMENT)


def test_a_and_b_are_not_away_together_unless_someone_accepts_it():
    """S-006."""
    li, wang, _ = pair()
    leave(acting(li), li.pk)
    with pytest.raises(Conflict, match="李明这段时间也不在"):
        leave(acting(wang), wang.pk)
    assert leave(acting(wang), wang.pk, is_both_away_accepted=True)


def test_an_illness_is_not_refused_for_the_other_s_leave():
    li, wang, _ = pair()
    leave(acting(li), li.pk)
    assert leave(acting(wang), wang.pk, reason=AbsenceReason.SICK)


def test_the_same_form_twice_writes_one_absence():
    li, _, _ = pair()
    actor = acting(li)
    ids = {
        actions.take_leave(
            actor, stamp(actor, client_key="k"), staff_id=li.pk, from_at=MOMENT, until_at=None
        ).pk
        for _ in range(2)
    }
    assert len(ids) == 1


def test_another_is_excused_by_his_head_or_dispatch_alone():
    li, wang, unit = pair()
    with pytest.raises(NotAllowed, match="自己的请假"):
        leave(acting(wang), li.pk)
    with pytest.raises(NotAllowed):
        leave(make_actor(Role.UNIT_HEAD, name="赵强"), li.pk)
    assert leave(make_actor(Role.UNIT_HEAD, name="陈刚", unit=unit), li.pk)
    assert leave(make_actor(Role.DISPATCHER, name="钱进"), wang.pk, from_at=MOMENT + DAY, until_at=None)


def test_another_town_does_not_find_the_person():
    li, _, _ = pair()
    zhao = make_actor(Role.DISPATCHER, name="赵强", town=OTHER_TOWN)
    with pytest.raises(NotFound):
        leave(zhao, li.pk)
    absence = leave(acting(li), li.pk)
    with pytest.raises(NotFound):
        actions.end_leave(zhao, stamp(zhao), absence_id=absence.pk)


def test_coming_back_early_ends_the_absence_once():
    li, _, _ = pair()
    actor = acting(li)
    absence = leave(actor, li.pk)
    back = stamp(actor, at=MOMENT + HOUR)
    actions.end_leave(actor, back, absence_id=absence.pk)
    assert who_stands_in(li.pk, at=MOMENT + HOUR).why == "李明在岗"
    with pytest.raises(Conflict, match="3月5日10:00已经结束"):
        actions.end_leave(actor, back, absence_id=absence.pk)


def test_leave_still_to_come_is_called_off():
    li, _, _ = pair()
    actor = acting(li)
    absence = leave(actor, li.pk, from_at=MOMENT + HOUR)
    actions.end_leave(actor, stamp(actor), absence_id=absence.pk)
    assert who_stands_in(li.pk, at=MOMENT + HOUR).staff.id == li.pk


def test_a_day_has_one_duty_officer_and_dispatch_names_him():
    li, wang, _ = pair()
    clerk = make_actor(Role.DISPATCHER, name="钱进")
    for person in (li, wang):
        actions.plan_duty(clerk, stamp(clerk), day=MOMENT.date(), staff_id=person.pk)
    assert [turn.staff for turn in DutyTurn.objects.all()] == [wang]
    with pytest.raises(NotAllowed, match="党政办"):
        actions.plan_duty(acting(li), stamp(acting(li)), day=MOMENT.date(), staff_id=li.pk)
