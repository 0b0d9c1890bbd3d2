"""An inbox is one person's: told once of each occasion, in the transaction of the deed (U38, T6)."""

from datetime import timedelta

import pytest
from django.db import transaction

from banjie.base.errors import NotFound
from banjie.notices.actions import Telling, clear_notices, mark_all_read, mark_read, tell
from banjie.notices.models import Notice
from banjie.notices.queries import MOST_UNREAD, inbox_of, notice_for, unread_count
from banjie.notices.tests.factories import MORNING, TOWN, make_staff, told
from banjie.notices.vocabulary import NoticeKind
from banjie.people.queries import actor_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def li():
    return make_staff(name="李明")


@pytest.fixture
def wang():
    return make_staff(name="王芳")


def acting(person):
    return actor_for(person, at=MORNING)


def test_one_occasion_is_told_once_to_each_however_often_it_is_written(li, wang):
    told(li, wang)
    told(li, wang)
    told(li, key="case:2")
    assert [inbox_of(acting(one)).count() for one in (li, wang)] == [2, 1]


def test_telling_nobody_asks_nothing_of_the_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        tell([], at=MORNING)
        tell([Telling(TOWN, (), NoticeKind.ASSIGNED, "case:1", "派办")], at=MORNING)


def test_telling_many_is_one_statement_and_stands_or_falls_with_the_deed(li, wang, django_assert_num_queries):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tell([Telling(TOWN, [li.pk], NoticeKind.ASSIGNED, "case:1", "派办")], at=MORNING)
        _ = 1 / 0
    assert not Notice.objects.exists()
    with transaction.atomic(), django_assert_num_queries(1):
        tell(
            [Telling(TOWN, [li.pk, wang.pk], NoticeKind.ASSIGNED, f"case:{n}", "派办") for n in range(9)],
            at=MORNING,
        )
    assert Notice.objects.count() == 18


def test_unread_is_counted_to_a_limit_in_one_query(li, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert unread_count(li.pk) == 0
    for n in range(3):
        told(li, key=f"case:{n}")
    assert unread_count(li.pk) == 3
    mark_read(acting(li), Notice.objects.first().pk, at=MORNING)
    assert (unread_count(li.pk), MOST_UNREAD) == (2, 99)
    assert mark_all_read(acting(li), at=MORNING) == 2
    assert unread_count(li.pk) == 0


def test_nobody_opens_or_marks_what_another_was_told(li, wang):
    told(li)
    theirs = Notice.objects.get().pk
    with pytest.raises(NotFound):
        notice_for(acting(wang), theirs)
    with pytest.raises(NotFound):
        mark_read(acting(wang), theirs, at=MORNING)
    assert mark_all_read(acting(wang), at=MORNING) == 0


def test_the_first_look_is_what_is_kept(li):
    told(li)
    pk = Notice.objects.get().pk
    mark_read(acting(li), pk, at=MORNING)
    mark_read(acting(li), pk, at=MORNING + timedelta(days=1))
    assert Notice.objects.get().read_at == MORNING


def test_what_is_older_than_the_rulebook_keeps_is_cleared(li):
    told(li)
    told(li, key="case:2", at=MORNING + timedelta(days=2))
    assert clear_notices(before=MORNING + timedelta(days=1)) == 1
    assert Notice.objects.get().key == "case:2"
