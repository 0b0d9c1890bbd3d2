"""Which version rules: the nearest owner's of the day, and what began under a version keeps it."""

from datetime import date
from fractions import Fraction
from uuid import UUID

import pytest

from banjie.base.errors import InvalidInput, NotFound, RuleMissing
from banjie.rulebook.in_force import Edition, Owner, Rules, chosen, say_ref
from banjie.rulebook.shelf import SHIPPED, filed_in
from banjie.rulebook.tests.factories import COUNTY, OTHER_TOWN, TOWN, limits_source
from banjie.rulebook.text import Section
from banjie.rulebook.vocabulary import Clock, Confirmer, Duty
from banjie.worktime.terms import Term, TermUnit

EVER = date(2004, 1, 1)
CODES = {Owner.SHIPPED: "", Owner.COUNTY: COUNTY, Owner.TOWN: TOWN}


def edition(
    owner, number=1, *, from_on=EVER, until_on=None, source=None, section=Section.REGULATIONS, key="limits"
):
    return Edition(
        id=UUID(int=number),
        owner=owner,
        owner_code=CODES[owner],
        section=section,
        key=key,
        number=number,
        from_on=from_on,
        until_on=until_on,
        source=source or limits_source(),
    )


def shipped():
    return [
        edition(Owner.SHIPPED, source=filed.source, section=filed.section, key=filed.key)
        for filed in filed_in(SHIPPED)
    ]


def rules(*more, town=TOWN, on=date(2026, 11, 22)):
    return Rules(chosen([*shipped(), *more], town=town, on=on))


def ruling(*editions, town=TOWN, on=date(2026, 6, 1)):
    return Rules(chosen(editions, town=town, on=on)).editions[Section.REGULATIONS, "limits"]


def test_the_nearest_owner_wins():
    ours, county, factory = edition(Owner.TOWN), edition(Owner.COUNTY), edition(Owner.SHIPPED, 9)
    assert ruling(factory, ours, county) is ours
    assert ruling(factory, county) is county
    assert ruling(factory, ours, county, town=OTHER_TOWN) is county
    assert ruling(factory, ours, county, town="320000001") is factory


def test_the_version_of_the_day_rules():
    first, second = edition(Owner.TOWN), edition(Owner.TOWN, 2, from_on=date(2026, 7, 1))
    assert ruling(first, second, on=date(2026, 6, 30)) is first
    assert ruling(first, second, on=date(2026, 7, 1)) is second


def test_of_two_versions_of_one_day_the_later_rules():
    assert ruling(edition(Owner.TOWN), edition(Owner.TOWN, 2)).number == 2


def test_a_version_with_an_end_gives_way_after_it():
    trial = edition(Owner.TOWN, 2, from_on=date(2026, 5, 1), until_on=date(2026, 6, 1))
    assert ruling(edition(Owner.TOWN), trial, on=date(2026, 6, 1)) is trial
    assert ruling(edition(Owner.TOWN), trial, on=date(2026, 6, 2)).number == 1
    assert ruling(edition(Owner.SHIPPED), trial, on=date(2026, 6, 2)).owner is Owner.SHIPPED


def test_the_category_decides_before_the_kind_and_the_branch_before_the_kind():
    of = rules().time_limit
    assert of("handle", kind="resident_request").term == Term(5, TermUnit.WORKDAYS)
    assert of("handle", kind="resident_request", category="road_damage").term == Term(5, TermUnit.WORKDAYS)
    assert of("handle", kind="resident_request", category="water_outage").term == Term(2, TermUnit.WORKDAYS)
    assert of("handle", kind="resident_request", category="family_dispute").term == Term(
        15, TermUnit.WORKDAYS
    )
    assert of("handle", kind="resident_request", category="petition_claim").term == Term(60, TermUnit.DAYS)
    assert of("sign", kind="hotline_order").term == Term(4, TermUnit.WORKHOURS)


def test_a_category_that_is_gone_falls_to_the_kind():
    limit = rules().time_limit("handle", kind="resident_request", category="no_longer")
    assert limit.term == Term(5, TermUnit.WORKDAYS)


def test_a_limit_cites_the_provision_and_version_that_print_it():
    limit = rules().time_limit("handle", kind="resident_request")
    assert limit.article == "限时办结制 第三条@出厂1"
    assert limit.amber_share == Fraction(2, 3)
    assert rules().article("time_limits", name="sign.*").ref == "限时办结制 第七条@出厂1"
    assert rules().article("time_limits").ref == "限时办结制@出厂1"


def test_a_clock_that_a_kind_does_not_run_has_no_limit():
    source = next(one.source for one in filed_in(SHIPPED) if one.key == "leader_instruction")
    source = source.replace('clocks = ["accept", ', "clocks = [")
    ours = edition(Owner.TOWN, source=source, section=Section.KINDS, key="leader_instruction")
    assert rules(ours).time_limit("accept", kind="leader_instruction") is None
    assert rules().time_limit("accept", kind="leader_instruction") is not None


def test_a_setting_that_our_text_does_not_name_stays_as_shipped():
    source = '+++\ntitle = "办件参数"\ntype = "setting"\n[params]\n'
    source += (
        'clocks.amber_share = { value = "1/2", basis = "镇政发〔2026〕1号" }\n+++\n{{ clocks.amber_share }}\n'
    )
    ours = edition(Owner.TOWN, source=source, section=Section.SETTINGS, key="cases")
    assert rules(ours).setting("clocks.amber_share") == Fraction(1, 2)
    assert rules(ours).setting("lists.count_limit") == 10_000
    assert rules(ours, town=OTHER_TOWN).setting("clocks.amber_share") == Fraction(2, 3)


def test_what_no_text_names_is_a_missing_rule():
    for ask in (
        lambda: rules().setting("a.b"),
        lambda: rules().kind("rumour"),
        lambda: rules().article("no_such"),
    ):
        with pytest.raises(RuleMissing, match="rulebook check"):
            ask()


def test_the_shipped_kinds_say_what_cases_need():
    kinds = {kind.key: kind for kind in rules().kinds}
    assert {key: kind.number_prefix for key, kind in kinds.items()} == {
        "deputy_suggestion": "DB",
        "enterprise_issue": "QY",
        "grid_event": "WG",
        "hotline_order": "RX",
        "leader_instruction": "JB",
        "proxy_errand": "QC",
        "rectification_item": "ZG",
        "resident_request": "QZ",
    }
    assert kinds["hotline_order"].is_mirrored
    assert [field.key for field in kinds["hotline_order"].fields if field.required] == [
        "outer_number",
        "given_due_at",
        "demand",
    ]
    assert kinds["rectification_item"].closing.confirmed_by is Confirmer.CHECKER
    assert kinds["resident_request"].extension.times == 1
    assert kinds["resident_request"].clocks == tuple(Clock)
    assert kinds["resident_request"].article == "群众诉求@出厂1"
    assert kinds["resident_request"].pause_ground("hearing").basis.startswith("中华人民共和国行政许可法")
    with pytest.raises(InvalidInput, match="从列表中选择"):
        kinds["resident_request"].pause_ground("tired")


def test_a_rectification_asks_all_four_of_leader_department_person_deadline():
    """S-080: 四要素完备率 must be 100 %."""
    fields = {field.key: field.required for field in rules().kind("rectification_item").fields}
    assert all(fields[key] for key in ("leader", "department", "person", "deadline"))


def test_every_leaf_of_the_shipped_tree_has_unit_duty_and_basis():
    tree = rules().categories
    assert 12 <= len(tree.children()) <= 16
    assert 50 <= len(tree.leaves) <= 90
    assert all(leaf.unit and leaf.duty and leaf.basis for leaf in tree.leaves)
    assert tree.find("factory_pollution").duty is Duty.TAKEN_BACK
    assert tree.path_words("road_damage") == "道路交通 / 村组道路损坏"
    with pytest.raises(NotFound):
        tree.find("moon")


@pytest.mark.parametrize(
    ("typed", "first"),
    [("路灯", "street_lamp"), ("水 停", "water_outage"), ("讨薪", "wage_arrears"), ("低保", "low_income")],
)
def test_the_picker_finds_matters_by_words(typed, first):
    assert rules().categories.search(typed)[0].key == first


def test_the_picker_finds_nothing_for_nothing():
    assert rules().categories.search("  ") == []
    assert rules().categories.search("量子") == []


def test_running_text_proposes_matters_by_their_usual_words():
    proposed = rules().categories.propose("我们组上的路灯不亮半个月了，自来水也停水")
    assert proposed[0].key == "street_lamp"
    assert "water_outage" in [leaf.key for leaf in proposed]


def test_a_kept_reference_is_said_as_an_office_says_it():
    assert say_ref("限时办结制 第三条@镇3") == "限时办结制 第三条（镇第3版）"
    assert say_ref("正在听证：行政许可法 第四十五条") == "正在听证：行政许可法 第四十五条"
