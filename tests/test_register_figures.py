"""Figures of the registers as of any day: the linkage rate with its named base (S-188), houses, enterprises in business."""

from datetime import date, timedelta

import pytest

from banjie.cases.tests.factories import XIGOU, open_office
from banjie.enterprises.actions import close_enterprise, register_enterprise
from banjie.enterprises.lists import Status
from banjie.enterprises.particulars import Particulars
from banjie.figures.periods import Period
from banjie.figures.queries import ALL, catalogue_on, computed, opened
from banjie.ledger.record import Stamp
from banjie.residents.actions import link_house, move_out, register_house, register_resident
from banjie.residents.facts import ResidentFacts
from banjie.residents.home_words import HouseFacts, LinkSource, Living
from banjie.residents.models import Resident

pytestmark = pytest.mark.django_db
KEYS = (
    "resident.known",
    "resident.housed",
    "resident.linkage_rate",
    "house.known",
    "house.rented",
    "enterprise.active",
)


def test_the_numbers_of_a_month_stay_as_they_were_at_its_end():
    office = open_office()
    by, town = office.chen, office.town
    october, november = (office.at + timedelta(days=days) for days in (10, 40))

    def stamp(at):
        return Stamp(by=by.id, happened_at=at, recorded_at=at)

    people = [
        register_resident(ResidentFacts(name, XIGOU), actor=by, stamp=stamp(october))
        for name in ("张三", "李四", "王五")
    ]
    house = register_house(HouseFacts(XIGOU, "三组1号", use="rented"), actor=by, stamp=stamp(october))
    for person in people[:2]:
        link_house(person.pk, house.pk, Living(LinkSource.VISIT), actor=by, stamp=stamp(october))
    shop = register_enterprise(Particulars("利民超市", XIGOU), actor=by, stamp=stamp(october))
    long_ago = Living(LinkSource.TOLD, from_on=date(2020, 1, 1))
    link_house(people[2].pk, house.pk, long_ago, actor=by, stamp=stamp(november))
    move_out(people[0].pk, on=november.date(), actor=by, stamp=stamp(november))
    close_enterprise(
        shop.pk, Status.SUSPENDED, on=november.date(), actor=by, stamp=stamp(november), words="走访"
    )
    then, later = (computed(town, KEYS, Period.month(2026, month)) for month in (10, 11))
    assert [then[key, ALL].number for key in KEYS if key != "resident.linkage_rate"] == [3, 2, 1, 1, 1]
    assert [later[key, ALL].number for key in KEYS if key != "resident.linkage_rate"] == [3, 2, 1, 1, 0]
    rate = then["resident.linkage_rate", ALL]
    assert (rate.numerator, rate.denominator) == (2, 3)
    figure = catalogue_on(town, date(2026, 12, 31)).figures["resident.linkage_rate"]
    assert "底数" in figure.title
    found = opened(town, "resident.housed", Period.month(2026, 10))
    assert set(Resident.objects.filter(pk__in=found.ids)) == set(people[:2])
