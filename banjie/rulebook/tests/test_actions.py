"""Loading: shipped once, a town's own untouched, versions added and never changed, what began before kept."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from django.db import DatabaseError, transaction

from banjie.base.errors import Conflict, NotFound
from banjie.ledger.actions import record
from banjie.ledger.models import Entry
from banjie.ledger.record import Deed
from banjie.ledger.verify import verify
from banjie.people.models import Unit
from banjie.rulebook import queries
from banjie.rulebook.actions import load_shipped
from banjie.rulebook.findings import BadText
from banjie.rulebook.in_force import Owner
from banjie.rulebook.models import EVERYBODY, TextVersion
from banjie.rulebook.setting_keys import SettingKey
from banjie.rulebook.shelf import SHIPPED, filed_in
from banjie.rulebook.tests.factories import COUNTY, OTHER_TOWN, TOWN, load, stamp, town_limits, write
from banjie.worktime.terms import Term, TermUnit

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
JANUARY = date(2027, 1, 1)
FIVE, THREE = Term(5, TermUnit.WORKDAYS), Term(3, TermUnit.WORKDAYS)


def handle_limit(town, on):
    return queries.time_limit(town, "handle", kind="resident_request", on=on)


@pytest.fixture
def amended(tmp_path):
    return write(tmp_path, regulations__time_limits=town_limits(SHIPPED))


def test_shipped_texts_are_loaded_once():
    assert len(load_shipped(stamp())) == len(filed_in(SHIPPED))
    assert load_shipped(stamp()) == []
    assert handle_limit(TOWN, TODAY).term == FIVE


def test_every_version_added_is_an_entry():
    added = load_shipped(stamp())
    assert Entry.objects.filter(deed="rulebook.version_added").count() == len(added)


def test_an_amended_limit_holds_for_what_begins_after_it_and_not_before(amended):
    """S-002 amended from 5 to 3 workdays from 1 January: a case of December keeps its promise."""
    load_shipped(stamp())
    before = handle_limit(TOWN, date(2026, 12, 31))
    load(amended)
    assert handle_limit(TOWN, date(2026, 12, 31)) == before
    assert (before.term, before.article) == (FIVE, "限时办结制 第三条@出厂1")
    after = handle_limit(TOWN, JANUARY)
    assert (after.term, after.article) == (THREE, "限时办结制 第三条@镇1")
    assert handle_limit(OTHER_TOWN, JANUARY).term == FIVE


def test_what_is_cited_is_found_again(amended):
    load_shipped(stamp())
    load(amended)
    assert queries.cited(TOWN, "限时办结制 第三条@镇1").owner is Owner.TOWN
    assert queries.cited(TOWN, "限时办结制 第三条@出厂1").owner is Owner.SHIPPED
    with pytest.raises(NotFound):
        queries.cited(OTHER_TOWN, "限时办结制 第三条@镇1")


def test_a_county_rules_its_towns_until_they_have_their_own(amended, tmp_path):
    load_shipped(stamp())
    load(amended, town=COUNTY, from_on=TODAY)
    assert handle_limit(TOWN, TODAY).article == "限时办结制 第三条@县1"
    own = write(tmp_path / "own", regulations__time_limits=town_limits(SHIPPED, new='"2 workdays"'))
    load(own, from_on=TODAY)
    assert handle_limit(TOWN, TODAY).article == "限时办结制 第三条@镇1"
    assert handle_limit(OTHER_TOWN, TODAY).article == "限时办结制 第三条@县1"


def test_an_upgrade_adds_a_version_from_its_day_and_leaves_the_town_alone(amended, tmp_path):
    load_shipped(stamp())
    load(amended)
    for filed in filed_in(SHIPPED):
        source = filed.source
        if filed.key == "time_limits":
            source = town_limits(SHIPPED, new='"4 workdays"')
        write(tmp_path / "next", **{f"{filed.section}__{filed.key}": source})
    upgraded_at = datetime(2027, 3, 1, 1, 0, tzinfo=UTC)
    assert [str(version) for version in load_shipped(stamp(at=upgraded_at), folder=tmp_path / "next")] == [
        "regulations/time_limits@出厂2"
    ]
    assert handle_limit(TOWN, date(2027, 3, 2)).term == THREE
    assert handle_limit(OTHER_TOWN, date(2027, 2, 28)).term == FIVE
    assert handle_limit(OTHER_TOWN, date(2027, 3, 1)).term == Term(4, TermUnit.WORKDAYS)


def test_a_text_that_says_the_same_is_passed_over(amended):
    load_shipped(stamp())
    assert len(load(amended)) == 1
    assert load(amended) == []
    assert load(SHIPPED, town=OTHER_TOWN) == []


def test_a_version_before_a_later_one_is_refused(amended, tmp_path):
    load_shipped(stamp())
    load(amended)
    earlier = write(tmp_path / "own", regulations__time_limits=town_limits(SHIPPED, new='"2 workdays"'))
    with pytest.raises(Conflict, match="2027-01-01起施行"):
        load(earlier, from_on=date(2026, 12, 1))
    assert TextVersion.objects.filter(owner=Owner.TOWN).count() == 1


def test_a_text_that_brings_in_a_fault_is_refused_whole(tmp_path):
    load_shipped(stamp())
    source = town_limits(SHIPPED).replace(
        'accept.leader_instruction = { value = "4 workhours"', "accept.nobody = { value = 4"
    )
    with pytest.raises(BadText) as caught:
        load(write(tmp_path, regulations__time_limits=source))
    said = caught.value.message
    assert "交办事项有受理时钟，却没有时限" in said
    assert "regulations/time_limits.md:" in said
    assert not TextVersion.objects.filter(owner=Owner.TOWN).exists()


def test_a_town_may_change_one_setting_and_keep_the_rest(tmp_path):
    load_shipped(stamp())
    source = '+++\ntitle = "办件参数"\ntype = "setting"\n[params]\n'
    source += (
        'clocks.amber_share = { value = "1/2", basis = "镇政发〔2026〕1号" }\n+++\n{{ clocks.amber_share }}\n'
    )
    load(write(tmp_path, settings__cases=source))
    assert queries.setting(TOWN, SettingKey.AMBER_SHARE, JANUARY) == Fraction(1, 2)
    assert queries.setting(TOWN, SettingKey.LIST_COUNT_LIMIT, JANUARY) == 10_000


def test_the_ledger_of_shipped_texts_agrees_with_its_rows(amended):
    load_shipped(stamp())
    load(amended)
    for town in (EVERYBODY, TOWN):
        assert verify(town, models=[TextVersion]).findings == []


def test_a_category_leads_to_the_town_s_unit():
    load_shipped(stamp())
    leaf = queries.categories_on(TOWN, TODAY).find("road_damage")
    assert queries.responsible_unit(leaf, town=TOWN, on=TODAY) is None
    with transaction.atomic():
        unit = Unit(town=TOWN, key="villages", name="村镇建设办公室", short_name="村建办")
        record(Deed("unit.added", unit), stamp())
    found = queries.responsible_unit(leaf, town=TOWN, on=TODAY)
    assert found is not None
    assert found.id == unit.pk
    assert queries.unit_names(TOWN) == {"villages", "村镇建设办公室", "村建办"}


def test_a_version_never_changes():
    load_shipped(stamp())
    row = TextVersion.objects.first()
    for column, value in (("text", "改"), ("from_on", TODAY), ("number", 9)):
        with pytest.raises(DatabaseError), transaction.atomic():
            TextVersion.objects.filter(pk=row.pk).update(**{column: value})
    assert TextVersion.objects.get(pk=row.pk).text == row.text


def test_a_request_pays_one_query(django_assert_num_queries):
    load_shipped(stamp())
    queries.rules_on(TOWN, TODAY)
    with django_assert_num_queries(1):
        rules = queries.rules_on(TOWN, TODAY)
        rules.setting("lists.count_limit")
        rules.time_limit("handle", kind="resident_request", category="road_damage")
        _ = rules.categories, rules.kinds
    assert queries.rules_on(TOWN, date(2026, 11, 23)) is rules


def test_a_rolled_back_version_is_not_remembered(amended):
    load_shipped(stamp())
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        load(amended)
        assert handle_limit(TOWN, JANUARY).term == THREE
        raise ZeroDivisionError
    assert handle_limit(TOWN, JANUARY).term == FIVE
