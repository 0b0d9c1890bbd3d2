"""What everybody reads is read once and kept until the office changes it (ADR 0022)."""

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from banjie.ledger.guards import lower_guards
from banjie.ledger.kept import current_mark, kept, one_look
from banjie.ledger.models import KeptMark
from banjie.ledger.record import Deed
from banjie.ledger.tests.papers import Paper, new_paper, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def titles(monkeypatch):
    """A read of papers that is kept, papers being what an office seldom changes."""
    monkeypatch.setattr(Paper, "is_kept", True)

    @kept
    def read():
        return tuple(Paper.objects.order_by("title").values_list("title", flat=True))

    return read


def test_a_kept_read_asks_for_the_mark_alone(titles, django_assert_num_queries):
    new_paper(title="甲")
    titles()
    with django_assert_num_queries(1):
        assert titles() == ("甲",)


def test_a_deed_on_a_kept_row_is_seen_at_once(titles):
    paper = new_paper(title="甲")
    assert titles() == ("甲",)
    write(Deed("paper.retitled", paper, changes={"title": "乙"}))
    assert titles() == ("乙",)


def test_other_deeds_leave_the_mark_alone(titles, monkeypatch):
    new_paper(title="甲")
    before = current_mark()
    monkeypatch.setattr(Paper, "is_kept", False)
    new_paper(title="丙")
    assert current_mark() == before


def test_a_deed_that_was_taken_back_leaves_nothing_false(titles):
    new_paper(title="甲")
    with pytest.raises(RuntimeError), transaction.atomic():
        new_paper(title="乙")
        assert titles() == ("乙", "甲")
        raise RuntimeError
    assert titles() == ("甲",)


def test_one_look_asks_for_the_mark_once_and_still_sees_its_own_deed(titles, django_assert_num_queries):
    paper = new_paper(title="甲")
    titles()
    with one_look():
        with django_assert_num_queries(1):
            assert titles() == titles() == ("甲",)
        write(Deed("paper.retitled", paper, changes={"title": "乙"}))
        assert titles() == ("乙",)


def test_without_a_mark_nothing_is_kept(titles):
    new_paper(title="甲")
    KeptMark.objects.all().delete()
    titles()
    Paper.objects.update(title="乙")
    assert titles() == ("乙",)


@pytest.mark.usefixtures("may_be_emptied")
def test_a_database_that_was_emptied_has_a_mark_again():
    before = current_mark()
    lower_guards(connection)
    call_command("flush", interactive=False, verbosity=0)
    assert current_mark() not in ("", before)
