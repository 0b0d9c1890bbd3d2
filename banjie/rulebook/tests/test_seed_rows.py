"""The shipped rulebook covers the inventory's rules, rests every value on something, and prints what laws demand."""

import re
from functools import cache

import pytest

from banjie.rulebook.actions import load_files, load_shipped
from banjie.rulebook.categories import Category, read_categories
from banjie.rulebook.findings import BadText
from banjie.rulebook.laws import Bounds, bounds_of, breaches
from banjie.rulebook.marks import Style, marks_in, provision_at, styled
from banjie.rulebook.shelf import SHIPPED, Filed, filed_in
from banjie.rulebook.tests.factories import LOADED_AT, TOWN, stamp
from banjie.rulebook.tests.seed_rows import LAST_ROW, faults, provision_of, rows
from banjie.rulebook.text import Section, Text
from banjie.rulebook.values import Switch, parse_value

S_ROW = re.compile(r"S-(\d{3})")
TITLE = re.compile(r"《(.+?)》")
ARTICLE = re.compile(r"^(?P<law>.+?) (?P<provision>第\S+条)$")


@cache
def shipped() -> dict[tuple[str, str], Text]:
    return {(one.section, one.key): one.read() for one in filed_in(SHIPPED)}


def laws() -> dict[str, Text]:
    return {text.title: text for text in shipped().values() if text.section is Section.LAWS}


def _categories(text: Text) -> tuple[Category, ...]:
    return read_categories(text).categories if text.section is Section.CATEGORIES else ()


def figures() -> frozenset[str]:
    return frozenset(
        f"{prefix}.{name}"
        for text in shipped().values()
        if text.section is Section.FIGURES
        for prefix, named in text.items.items()
        if isinstance(named, dict)
        for name in named
    )


def test_every_row_of_the_inventory_has_one_line_of_the_table():
    assert [row.number for row in rows()] == [f"S-{number:03}" for number in range(1, LAST_ROW + 1)]


def test_each_row_is_served_by_what_its_treatment_asks_for():
    """A text, provision, field, choice, figure or file that is named is there; totals hold no rows of persons."""
    assert [fault for row in rows() for fault in faults(row, shipped(), figures())] == []


def test_a_basis_names_rows_that_there_are_and_laws_that_are_kept_as_texts():
    kept = laws()
    for text in shipped().values():
        for parameter in text.parameters.values():
            for ground in parameter.basis.split("；"):
                assert all(1 <= int(number) <= LAST_ROW for number in S_ROW.findall(ground)), parameter
                cited = ARTICLE.match(ground.removeprefix("中华人民共和国"))
                if cited and cited["law"] in kept:
                    assert provision_of(kept[cited["law"]], cited["provision"]), parameter


def test_a_bound_rests_on_an_article_that_the_law_s_text_tells():
    """A bound's article and number stand in the law's own prose, so that the two cannot drift apart."""
    for title, law in laws().items():
        for bound in law.items.get("bounds", []):
            limit = next(bound[one] for one in ("at_most", "at_least", "is") if one in bound)
            cited = ARTICLE.match(bound["article"])
            told = provision_of(law, cited["provision"]) if cited else law.prose
            assert bound["article"].startswith(title)
            if not isinstance(limit, bool):
                said = parse_value(limit).said.replace("天", "日")
                assert said in told or styled(said, Style.CHARACTERS) in told, bound


def test_a_bound_holds_something_that_a_town_could_change():
    names = [name for text in shipped().values() for name in text.parameters]
    matters = {one.key for text in shipped().values() for one in _categories(text)}
    for bound in bounds_of(shipped().values()):
        is_of_a_matter = bound.pattern.split(".")[-1] in matters
        assert is_of_a_matter or any(bound.covers(name) for name in names), bound.pattern


def test_every_switch_that_the_law_keeps_off_is_refused_when_it_is_switched_on():
    """国办函〔2026〕12号 and the others: each switch of the shipped texts, with the article and the remedy."""
    bounds = bounds_of(shipped().values())
    for text in shipped().values():
        for name in text.parameters:
            for bound in bounds:
                if bound.covers(name) and bound.is_switched_off:
                    found = list(
                        breaches(Bounds([bound]), name, value=Switch(True), said="实行", place=bound.place)
                    )
                    assert bound.article in found[0].fault
                    assert found[0].remedy == "请改成不实行"


@pytest.mark.django_db
def test_a_town_s_text_outside_the_law_is_refused_with_the_article():
    load_shipped(stamp())
    for key, old, new, article in (
        ("time_limits", 'homestead" = { value = "20', 'homestead" = { value = "25', "行政许可法 第四十二条"),
        ("light_functions", "ranking = { value = false", "ranking = { value = true", "国办函〔2026〕12号"),
    ):
        source = shipped()[Section.REGULATIONS, key].source
        assert old in source
        filed = Filed(Section.REGULATIONS, key, None, source.replace(old, new), f"regulations/{key}.md")
        with pytest.raises(BadText, match=f"{article}不允许"):
            load_files([filed], town=TOWN, from_on=LOADED_AT.date(), stamp=stamp())


def test_a_value_that_a_law_bounds_to_the_day_cites_that_law():
    """What equals the law's own number rests on the law and is no default of the product's."""
    bounds = {bound["parameter"]: bound for law in laws().values() for bound in law.items.get("bounds", [])}
    for text in shipped().values():
        for parameter in text.parameters.values():
            bound = bounds.get(parameter.name)
            if bound and parameter.raw == bound.get("at_most", bound.get("at_least", bound.get("is"))):
                assert bound["article"].split(" ")[0] in parameter.basis, parameter


def test_a_text_that_refers_to_another_calls_it_by_its_title():
    titles = {text.title for text in shipped().values()}
    for text in shipped().values():
        assert set(TITLE.findall(text.prose)) <= titles, text.key


def test_every_regulation_says_what_it_rests_on_in_numbered_provisions():
    for text in shipped().values():
        if text.section is Section.REGULATIONS:
            assert text.parameters
            assert all(provision_at(text.prose, mark.start) for mark in marks_in(text.prose)), text.key
