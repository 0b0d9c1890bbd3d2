import pytest

from banjie.base.errors import Conflict, InvalidInput, NotAllowed, NotFound
from banjie.ledger.queries import as_of, entries_of
from banjie.people import actions, queries
from banjie.people.models import Post, Unit, UnitKind
from banjie.people.rights import Role
from banjie.people.tests.factories import (
    DAY,
    FOUNDER,
    MOMENT,
    OTHER_TOWN,
    OTHER_VILLAGE,
    TOWN,
    VILLAGE,
    make_actor,
    make_device,
    make_grid,
    make_post,
    make_staff,
    make_unit,
    make_villages,
    stamp,
)

pytestmark = pytest.mark.django_db


def appoint(post, a=None, b=None, by=FOUNDER):
    ids = {"holder_a": a.pk if a else None, "holder_b": b.pk if b else None}
    return actions.appoint(by, stamp(by), post_id=post.pk, **ids)


def test_a_unit_is_set_up_once_by_its_key():
    unit = make_unit("civil_affairs", name="民政办", kind=UnitKind.OFFICE)
    assert [entry.deed for entry in entries_of(unit)] == ["unit.added"]
    with pytest.raises(Conflict, match="已经用于"):
        make_unit("civil_affairs")
    with pytest.raises(InvalidInput, match="小写字母"):
        make_unit("民政")
    assert make_unit("civil_affairs", town=OTHER_TOWN).town == OTHER_TOWN


def test_the_same_form_twice_sets_up_one_unit():
    ids = {
        actions.add_unit(FOUNDER, stamp(client_key="k", content="a"), key="civil_affairs", name="民政办").pk
        for _ in range(2)
    }
    assert len(ids) == 1


def test_a_unit_is_changed_and_its_past_can_be_read():
    unit, leader = make_unit("civil_affairs", name="民政办"), make_staff(name="陈刚")
    later = stamp(at=MOMENT + DAY)
    actions.change_unit(
        FOUNDER,
        later,
        unit_id=unit.pk,
        name="社会事务办",
        short_name="社事办",
        phone="8881",
        kind=UnitKind.OFFICE,
        leader_id=leader.pk,
    )
    unit.refresh_from_db()
    assert (unit.name, unit.leader) == ("社会事务办", leader)
    assert as_of(unit, MOMENT)["name"] == "民政办"


def test_a_unit_with_someone_in_post_is_not_given_up():
    unit, successor = make_unit(), make_unit()
    post = make_post(unit=unit, a=make_staff(), title="民政岗")
    with pytest.raises(Conflict, match="民政岗"):
        actions.give_up_unit(FOUNDER, stamp(), unit_id=unit.pk, on=MOMENT.date())
    appoint(post)
    actions.give_up_unit(FOUNDER, stamp(), unit_id=unit.pk, on=MOMENT.date(), successor_id=successor.pk)
    assert unit.pk not in queries.units_of(TOWN).values_list("pk", flat=True)
    with pytest.raises(Conflict, match="不必再撤"):
        actions.give_up_unit(FOUNDER, stamp(), unit_id=unit.pk, on=MOMENT.date())
    with pytest.raises(Conflict, match="承接单位"):
        make_post(unit=unit)


def test_a_unit_does_not_succeed_itself():
    unit = make_unit()
    with pytest.raises(Conflict, match="承接单位"):
        actions.give_up_unit(FOUNDER, stamp(), unit_id=unit.pk, on=MOMENT.date(), successor_id=unit.pk)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_the_system_administrator_keeps_units_and_accounts(role):
    actor = make_actor(role)
    with pytest.raises(NotAllowed):
        actions.add_unit(actor, stamp(actor), key="x1", name="单位")
    with pytest.raises(NotAllowed):
        actions.hire_staff(actor, stamp(actor), login="someone", name="某人")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SECURITY_ADMINISTRATOR])
def test_only_the_security_administrator_appoints(role):
    actor, post, wang = make_actor(role), make_post(), make_staff(name="王芳")
    with pytest.raises(NotAllowed, match="安全管理员"):
        appoint(post, a=wang, by=actor)


def test_a_post_has_two_different_holders():
    li = make_staff()
    with pytest.raises(InvalidInput, match="两个人"):
        appoint(make_post(), a=li, b=li)


def test_appointing_replaces_who_held_the_post():
    li, wang = make_staff(), make_staff(name="王芳")
    post = make_post(Role.UNIT_HEAD, a=li)
    appoint(post, a=wang, b=li)
    assert [staff.name for staff in queries.heads_of(post.unit_id)] == ["王芳", "李明"]
    assert [entry.deed for entry in entries_of(post)] == ["post.added", "post.appointed"]
    assert list(queries.posts_of(li)) == [post]


def test_nobody_appoints_himself():
    guard = make_actor(Role.SECURITY_ADMINISTRATOR)
    post = make_post(Role.DISPATCHER)
    with pytest.raises(NotAllowed, match="给自己"):
        actions.appoint(guard, stamp(guard), post_id=post.pk, holder_a=guard.id, holder_b=None)
    own = Post.objects.get(holder_a=guard.id)
    with pytest.raises(NotAllowed, match="给自己"):
        actions.change_post(guard, stamp(guard), post_id=own.pk, title="岗", roles=["dispatcher"])


@pytest.mark.parametrize("second", [Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR, Role.HANDLER])
def test_the_three_administrators_are_kept_apart_over_all_posts(second):
    """GB/T 22239, 三员分立."""
    li = make_staff()
    make_post(Role.ADMINISTRATOR, a=li)
    with pytest.raises(Conflict):
        appoint(make_post(second), b=li)
    with pytest.raises(Conflict):
        make_post(second, a=li)


def test_a_post_s_roles_cannot_be_changed_into_a_clash():
    li = make_staff()
    make_post(Role.ADMINISTRATOR, a=li)
    post = make_post(Role.ADMINISTRATOR, a=li)
    with pytest.raises(Conflict, match="不能兼任"):
        actions.change_post(FOUNDER, stamp(), post_id=post.pk, title="岗", roles=["handler"])


def test_a_post_is_changed_and_given_up_with_its_holders_released():
    make_villages()
    li = make_staff()
    post = make_post(a=li)
    actions.change_post(
        FOUNDER, stamp(), post_id=post.pk, title="包村", roles=["village_cadre"], division_code=VILLAGE
    )
    post.refresh_from_db()
    assert (post.title, post.roles, post.division_code) == ("包村", ["village_cadre"], VILLAGE)
    actions.give_up_post(FOUNDER, stamp(), post_id=post.pk, on=MOMENT.date())
    assert not queries.posts_of(li).exists()
    with pytest.raises(Conflict, match="已经撤销"):
        appoint(post, a=li)


def test_devices_and_those_who_left_hold_no_post():
    make_villages()
    gone = make_staff(name="钱进")
    actions.deactivate(FOUNDER, stamp(), staff_id=gone.pk)
    post = make_post()
    with pytest.raises(Conflict, match="已停用"):
        appoint(post, a=gone)
    with pytest.raises(Conflict, match="共用设备"):
        appoint(post, a=make_device())


def test_a_grid_post_brings_its_village_along():
    make_villages()
    grid = make_grid(OTHER_VILLAGE)
    post = make_post(Role.GRID_WORKER, grid_id=grid.pk)
    assert (post.division_code, post.grid_id) == (OTHER_VILLAGE, grid.pk)


def test_a_post_is_bounded_by_its_own_town():
    with pytest.raises(NotFound):
        make_post(division_code=f"{OTHER_TOWN}201")
    with pytest.raises(NotFound):
        appoint(make_post(), a=make_staff(town=OTHER_TOWN))


def test_two_posts_of_a_unit_do_not_share_a_title():
    unit = make_unit()
    make_post(unit=unit, title="民政岗")
    with pytest.raises(Conflict, match="已经有"):
        make_post(unit=unit, title="民政岗")


def test_another_town_finds_none_of_it():
    zhao = make_actor(Role.SECURITY_ADMINISTRATOR, name="赵强", town=OTHER_TOWN)
    unit, post, li = make_unit(), make_post(), make_staff()
    for look, row in ((queries.unit_for, unit), (queries.post_for, post), (queries.staff_for, li)):
        with pytest.raises(NotFound):
            look(zhao, row.pk)
    with pytest.raises(NotFound):
        appoint(post, by=zhao)
    assert not queries.staff_visible_to(zhao).filter(town=TOWN).exists()
    assert not queries.units_visible_to(zhao).filter(town=TOWN).exists()


@pytest.mark.parametrize("typed", ["李", "明", "li", "LM", "liming", "l m", "lim1"])
def test_a_colleague_is_found_by_characters_letters_or_log_in(typed):
    li = make_staff(login="lim1")
    make_staff(name="王芳", login="wf")
    make_staff(login="lim2", town=OTHER_TOWN)
    assert queries.find_staff(TOWN, typed) == [li]


def test_nothing_typed_finds_nobody_and_devices_are_nobody():
    make_villages()
    make_device(name="李明电脑")
    assert queries.find_staff(TOWN, " ") == []
    assert queries.find_staff(TOWN, "李") == []
    assert Unit.objects.count() == 0


def test_names_of_a_list_come_in_one_query(django_assert_num_queries):
    li, wang = make_staff(), make_staff(name="王芳")
    with django_assert_num_queries(1):
        assert queries.staff_names([li.pk, wang.pk, li.pk]) == {li.pk: "李明", wang.pk: "王芳"}
