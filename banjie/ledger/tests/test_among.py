from datetime import UTC, datetime
from uuid import uuid4

import pytest

from banjie.base.among import AmongIds
from banjie.base.ids import new_id
from banjie.ledger.models import Entry

AT = datetime(2026, 9, 28, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_rows_are_chosen_by_very_many_ids_told_as_one_value(django_assert_num_queries):
    entry = Entry.objects.create(
        town="990000001", seq=1, subject_id=new_id(), by=new_id(), happened_at=AT, recorded_at=AT
    )
    ids = {uuid4() for _ in range(3000)}
    with django_assert_num_queries(2):
        assert not Entry.objects.filter(AmongIds("subject_id", ids)).exists()
        assert Entry.objects.get(AmongIds("subject_id", [*ids, entry.subject_id])) == entry


def test_a_choice_among_no_ids_finds_nothing():
    assert list(Entry.objects.filter(AmongIds("pk", []))) == []
