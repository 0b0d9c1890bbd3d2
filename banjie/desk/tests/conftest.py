"""The town of tests that change its rules: made once a file, given back to each test as it was.

A file whose tests do other things has an `office` of its own.
"""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction

from banjie.base.clock import now
from banjie.cases.tests.factories import open_office
from banjie.people.models import Staff


@pytest.fixture(scope="module")
def whole(django_db_setup, django_db_blocker):
    """Return one town for all these tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        office = replace(open_office(), at=now() - timedelta(days=1))
        Staff.objects.update(must_change_password=False)
        yield office
        transaction.set_rollback(True)


@pytest.fixture
def office(whole):
    """Take back what each test did to the rules."""
    with transaction.atomic():
        yield whole
        transaction.set_rollback(True)
