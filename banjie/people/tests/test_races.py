from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from banjie.base.errors import BanjieError, Conflict
from banjie.people import actions
from banjie.people.models import Absence, PinTries, Post
from banjie.people.passwords import PinPolicy
from banjie.people.queries import posts_of
from banjie.people.rights import Role
from banjie.people.tests.factories import FOUNDER, MOMENT, make_post, make_staff, make_unit, on_leave, stamp

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("may_be_emptied")]


def at_once(*acts):
    def run(act):
        try:
            return act()
        except BanjieError as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def refused(answers, kind=BanjieError):
    return [answer for answer in answers if isinstance(answer, kind)]


def test_of_two_who_hand_over_one_office_one_moves_it_whole():
    li, wang, chen = (make_staff(name=name) for name in ("李明", "王芳", "陈刚"))
    unit = make_unit()
    for _ in range(3):
        make_post(unit=unit, a=li)
    answers = at_once(
        *(
            lambda taker=taker: actions.hand_over(FOUNDER, stamp(), from_id=li.pk, to_id=taker.pk)
            for taker in (wang, chen)
        )
    )
    assert len(refused(answers, Conflict)) == 1
    assert not posts_of(li).exists()
    assert sorted(posts_of(taker).count() for taker in (wang, chen)) == [0, 3]


def test_two_appointments_never_join_what_is_kept_apart():
    """GB/T 22239, 三员分立."""
    li = make_staff()
    posts = [make_post(role) for role in (Role.ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)]
    answers = at_once(
        *(
            lambda post=post: actions.appoint(
                FOUNDER, stamp(), post_id=post.pk, holder_a=li.pk, holder_b=None
            )
            for post in posts
        )
    )
    assert len(refused(answers, Conflict)) == 1
    assert Post.objects.filter(holder_a=li).count() == 1


def test_nobody_is_appointed_while_his_account_is_closed():
    li, post = make_staff(), make_post()
    at_once(
        lambda: actions.deactivate(FOUNDER, stamp(), staff_id=li.pk),
        lambda: actions.appoint(FOUNDER, stamp(), post_id=post.pk, holder_a=li.pk, holder_b=None),
    )
    li.refresh_from_db()
    assert li.is_active == posts_of(li).exists()


def test_one_absence_is_written_once_by_two():
    li = make_staff()
    answers = at_once(lambda: on_leave(li), lambda: on_leave(li))
    assert len(refused(answers, Conflict)) == 1
    assert Absence.objects.count() == 1


def test_pins_tried_at_once_are_all_counted():
    li = make_staff()
    actions.set_pin(FOUNDER, stamp(), staff_id=li.pk, pin="2580")
    policy = PinPolicy(tries=3)
    answers = at_once(*([lambda: actions.check_pin(li, "0000", at=MOMENT, policy=policy)] * 6))
    assert len(refused(answers)) == 6
    assert PinTries.objects.get(staff=li).failed_count == 3
