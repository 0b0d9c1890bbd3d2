"""The years behind the sample town: as many cases as its papers told of, each begun within the years and over."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest

from banjie.base.errors import Conflict
from banjie.sample.actions import remove_town
from banjie.sample.plots import PAST
from banjie.sample.years import VOLUMES, begun_in, window

SUNDAY = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
MONDAY = date(2024, 6, 3)
LIKES = [MONDAY + timedelta(days=n) for n in range(5)]


@pytest.mark.parametrize(("kind", "volume"), [("grid_event", 5141), ("rectification_item", 182)])
def test_as_many_cases_begin_in_the_years_as_the_papers_told_of(kind: str, volume: int):
    """F-06 and F-26."""
    first, last = window(SUNDAY)
    begun = begun_in(first, last, count=VOLUMES[kind], likes=LIKES, chance=random.Random(1))
    assert len(begun) == volume
    assert all(first <= one.on <= last for one in begun)
    assert all(one.on.weekday() == LIKES[one.like].weekday() for one in begun)
    assert begun == begun_in(first, last, count=volume, likes=LIKES, chance=random.Random(1))


def test_every_life_that_the_years_repeat_is_handled_and_closed():
    """F-07: what is repeated ends with a reply that stood and a closing, so that both rates are full."""
    for plot in PAST:
        deeds = [step.deed for step in plot.steps]
        assert {"sign", "reply", "close"} <= set(deeds), plot


@pytest.mark.django_db
def test_only_the_sample_town_is_ever_removed():
    with pytest.raises(Conflict, match="不能清空"):
        remove_town()
