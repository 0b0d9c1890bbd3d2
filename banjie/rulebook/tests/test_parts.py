"""A compendium stands in parts: each shipped regulation names its own, and one that there is not is found."""

from banjie.rulebook.check import Known, check
from banjie.rulebook.editions import Edition, Owner
from banjie.rulebook.parts import OTHERS, PART_WORDS, Part, in_parts, part_of
from banjie.rulebook.shelf import SHIPPED, filed_in
from banjie.rulebook.tests.factories import limits_source, text_of
from banjie.rulebook.tests.test_in_force import edition
from banjie.rulebook.text import Section


def with_part(part: str) -> str:
    return limits_source().replace("[params]", f'part = "{part}"\n[params]')


def told(editions: list[Edition]) -> list[tuple[str, int]]:
    return [(title, len(found)) for title, found in in_parts(editions)]


def test_regulations_stand_by_part_and_those_without_one_come_last():
    editions = [
        edition(Owner.SHIPPED),
        edition(Owner.SHIPPED, source=with_part("house"), key="vehicles"),
        edition(Owner.SHIPPED, source=with_part("service"), key="hall"),
    ]
    assert told(editions) == [(PART_WORDS[Part.SERVICE], 1), (PART_WORDS[Part.HOUSE], 1), (OTHERS, 1)]


def test_a_part_that_there_is_not_is_found_with_those_that_there_are():
    found = " ".join(str(one) for one in check([text_of(with_part("kitchen"))], Known.of_program()))
    assert "没有 kitchen 这一编" in found
    assert "service（窗口服务和代办）" in found
    setting = text_of(with_part("house"), section=Section.SETTINGS, key="hours")
    assert "只有制度才分编" in " ".join(str(one) for one in check([setting], Known.of_program()))


def test_each_shipped_regulation_names_its_part():
    texts = [one.read() for one in filed_in(SHIPPED) if one.section is Section.REGULATIONS]
    assert {text.key for text in texts if part_of(text) is None} == set()
    assert {part_of(text) for text in texts} == set(Part)
