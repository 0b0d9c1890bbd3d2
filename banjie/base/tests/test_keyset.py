import pytest
from django.contrib.contenttypes.models import ContentType

from banjie.base.keyset import count_to

pytestmark = pytest.mark.django_db


def test_no_more_is_counted_than_a_list_says():
    assert count_to(ContentType.objects.all(), 2) == 3


def test_a_choice_among_none_counts_nothing():
    assert count_to(ContentType.objects.filter(pk__in=[]), 2) == 0
