import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from banjie.base.errors import NotAllowed, NotFound
from banjie.people import actions
from banjie.people.models import Post
from banjie.people.queries import actor_for, actor_on_device, founder_of, within_reach
from banjie.people.rights import RIGHTS, Reach, Role
from banjie.people.tests.factories import (
    DAY,
    FOUNDER,
    MOMENT,
    OTHER_TOWN,
    OTHER_VILLAGE,
    TOWN,
    VILLAGE,
    acting,
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


def test_rights_are_the_union_of_all_posts():
    li = make_staff()
    make_post(Role.HANDLER, a=li)
    make_post(Role.WINDOW_CLERK, a=li)
    assert acting(li).rights == RIGHTS[Role.HANDLER] | RIGHTS[Role.WINDOW_CLERK]
    assert acting(li).may("cases.accept_case")
    assert not acting(li).may("cases.void_case")


def test_b_holds_the_rights_of_the_post_too():
    li, wang = make_staff(), make_staff(name="王芳")
    make_post(Role.SUPERVISOR, a=li, b=wang)
    assert acting(wang).may("cases.call_back_case")


def test_an_actor_costs_the_look_at_the_mark_once_his_posts_are_known(django_assert_num_queries):
    li = make_staff()
    make_post(Role.HANDLER, a=li)
    actor_for(li, at=MOMENT)
    with django_assert_num_queries(1):
        actor_for(li, at=MOMENT)
    with django_assert_num_queries(2):
        actor_for(li.pk, at=MOMENT)


def test_a_stranger_is_not_found():
    with pytest.raises(NotFound):
        actor_for(FOUNDER.id, at=MOMENT)


def test_without_a_post_nothing_is_reached():
    actor = acting(make_staff())
    assert actor.may("desk.use")
    assert actor.may("cases.view_case")
    assert not actor.may("cases.register_case")
    assert actor.reaches == ()
    assert not Post.objects.filter(within_reach(actor)).exists()


def test_a_lost_post_is_a_lost_right_at_the_next_look():
    """T14."""
    li = make_staff()
    post = make_post(Role.DISPATCHER, a=li)
    assert acting(li).may("cases.void_case")
    actions.appoint(FOUNDER, stamp(), post_id=post.pk, holder_a=None, holder_b=None)
    assert not acting(li).may("cases.void_case")


def test_a_post_given_up_carries_its_rights_until_that_day():
    li = make_staff()
    post = make_post(Role.DISPATCHER, a=li)
    Post.objects.filter(pk=post.pk).update(valid_until=(MOMENT + DAY).date())
    assert acting(li, at=MOMENT).may("cases.void_case")
    assert not acting(li, at=MOMENT + DAY).may("cases.void_case")


def test_a_disabled_account_may_do_nothing_at_all():
    li = make_staff()
    make_post(Role.DISPATCHER, a=li)
    li.is_active = False
    assert not acting(li).rights


def test_a_village_cadre_is_bound_to_his_village_and_a_clerk_to_his_town():
    make_villages()
    cadre = make_actor(Role.VILLAGE_CADRE, division_code=VILLAGE)
    clerk = make_actor(Role.WINDOW_CLERK)
    assert (cadre.scope, clerk.scope) == (VILLAGE, TOWN)
    assert cadre.reaches == (Reach(division=VILLAGE),)


def test_two_villages_are_two_reaches_within_the_town_s_scope():
    make_villages()
    li = make_staff()
    make_post(Role.VILLAGE_CADRE, a=li, division_code=VILLAGE)
    make_post(Role.VILLAGE_CADRE, a=li, division_code=OTHER_VILLAGE)
    assert acting(li).scope == TOWN
    assert {reach.division for reach in acting(li).reaches} == {VILLAGE, OTHER_VILLAGE}


def test_a_deed_reaches_no_further_than_the_post_that_carries_it():
    make_villages()
    li, unit = make_staff(), make_unit()
    make_post(Role.TOWN_LEADER, a=li)
    make_post(Role.VILLAGE_CADRE, a=li, division_code=VILLAGE)
    assert acting(li).reaches_for("cases.reply_case") == (Reach(division=VILLAGE),)
    assert Reach(division=TOWN) in acting(li).reaches
    assert acting(make_staff()).reaches_for("cases.reply_case") == ()
    assert unit.pk not in acting(li).unit_ids


def test_within_reach_keeps_a_query_to_village_unit_and_grid():
    make_villages()
    grid = make_grid()
    unit, other = make_unit(), make_unit()
    in_grid = make_post(unit=unit, grid_id=grid.pk)
    in_village = make_post(unit=other, division_code=VILLAGE)
    elsewhere = make_post(unit=unit, division_code=OTHER_VILLAGE)

    def seen(actor):
        return set(Post.objects.filter(within_reach(actor)).values_list("pk", flat=True)) & {
            in_grid.pk,
            in_village.pk,
            elsewhere.pk,
        }

    assert seen(make_actor(Role.GRID_WORKER, grid_id=grid.pk)) == {in_grid.pk}
    assert seen(make_actor(Role.VILLAGE_CADRE, division_code=VILLAGE)) == {in_grid.pk, in_village.pk}
    assert seen(make_actor(Role.HANDLER, unit=unit)) == {in_grid.pk, elsewhere.pk}
    assert seen(make_actor(Role.DISPATCHER)) == {in_grid.pk, in_village.pk, elsewhere.pk}
    assert seen(make_actor(Role.ADMINISTRATOR)) == set()


def test_another_town_is_never_within_reach():
    make_post()
    zhao = make_actor(Role.TOWN_LEADER, name="赵强", town=OTHER_TOWN)
    assert not Post.objects.filter(within_reach(zhao), town=TOWN).exists()


def test_the_county_reaches_only_what_it_sent_down():
    make_post()
    county = make_actor(Role.COUNTY_OBSERVER)
    assert not Post.objects.filter(within_reach(county)).exists()
    condition = within_reach(county, unit=None, grid=None, sent_down="is_sent_down")
    assert ("is_sent_down", True) in _leaves(condition)


def test_the_founder_lays_down_the_office_and_no_case():
    founder = founder_of(TOWN)
    assert founder.may("people.manage_posts")
    assert founder.may("places.manage_places")
    assert not founder.may("cases.view_case")
    assert not founder.may("residents.find_resident")


def test_a_shared_device_looks_at_its_village_and_acts_on_nothing():
    make_villages()
    device = acting(make_device())
    assert device.rights == {"desk.use", "cases.view_case", "cases.list_cases"}
    assert (device.scope, device.reaches) == (VILLAGE, (Reach(division=VILLAGE),))


def test_on_a_device_only_the_posts_of_its_village_count():
    make_villages()
    li, device = make_staff(), acting(make_device())
    make_post(Role.TOWN_LEADER, a=li)
    make_post(Role.VILLAGE_CADRE, a=li, division_code=VILLAGE)
    here = actor_on_device(li, device=device, at=MOMENT)
    assert (here.id, here.device_id, here.scope) == (li.pk, device.id, VILLAGE)
    assert here.roles == {Role.VILLAGE_CADRE}
    assert here.may("cases.reply_case")
    assert not here.may("residents.reveal_resident")


def test_someone_of_another_village_is_refused_on_the_device():
    make_villages()
    zhao, device = make_staff(name="赵强"), acting(make_device())
    make_post(Role.VILLAGE_CADRE, a=zhao, division_code=OTHER_VILLAGE)
    with pytest.raises(NotAllowed, match="没有岗位"):
        actor_on_device(zhao, device=device, at=MOMENT)


def test_an_own_log_in_is_no_device():
    li = make_staff()
    with pytest.raises(NotAllowed, match="共用设备"):
        actor_on_device(li, device=acting(li), at=MOMENT)
    assert not AnonymousUser().is_active


def _leaves(condition):
    return [
        leaf for child in condition.children for leaf in (_leaves(child) if isinstance(child, Q) else [child])
    ]
