"""Residents are counted by the local day on which the ledger says that they were registered."""

import pytest

from banjie.base.clock import local_day
from banjie.base.declarations import FACTS
from banjie.ledger.models import Entry
from banjie.residents.tests.factories import make_resident, make_villages

pytestmark = pytest.mark.django_db


def test_a_resident_counts_on_the_day_of_his_first_entry_and_in_his_own_town_alone():
    make_villages()
    resident = make_resident()
    first = Entry.objects.filter(subject_id=resident.pk).order_by("seq").first()
    source = FACTS["resident"].sources[0]
    assert list(source(resident.town)) == [
        {
            "id": resident.pk,
            "division_code": resident.division_code,
            "registered_on": local_day(first.recorded_at),
        }
    ]
    assert list(source("990011999")) == []
