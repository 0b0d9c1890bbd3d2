"""A room above the rulebook hands in what may be written on its shelf, and check covers it."""

import pytest

from banjie.base.declarations import RuleType
from banjie.rulebook import sections
from banjie.rulebook.check import Known, check, form, together
from banjie.rulebook.findings import Finding
from banjie.rulebook.sections import SectionReader, read_section
from banjie.rulebook.tests.factories import text_of
from banjie.rulebook.text import Section

PAPER = """\
+++
title = "月报"
type = "poem"
[stanza]
lines = 4
+++
本月收到 {{ case.received }} 件。
"""
POEM = RuleType("poem", "诗", parse=lambda name, raw: raw, say=str)


def rhyme(texts):
    for text in texts:
        if text.section is Section.PAPERS and "春" not in text.prose:
            yield Finding(text.place("stanza"), "诗里没有春天", "请补上一句")


@pytest.fixture
def known(monkeypatch):
    monkeypatch.setattr(sections, "READERS", readers := {})
    monkeypatch.setattr(form, "READERS", readers)
    monkeypatch.setattr(together, "READERS", readers)
    program = Known.of_program()
    return Known(
        rule_types={
            **{name: one for name, one in program.rule_types.items() if not one.schema},
            "poem": POEM,
        },
        roles=frozenset(),
        deeds=frozenset(),
        settings=frozenset(),
    )


def paper():
    return text_of(PAPER, section=Section.PAPERS, key="monthly")


def words(findings):
    return " ".join(finding.fault for finding in findings)


def test_what_a_room_finds_in_its_texts_stands_among_the_findings_with_its_line(known):
    read_section(SectionReader(Section.PAPERS, "poem", rhyme, items=None, has_own_marks=True))
    found = check([paper()], known)
    assert [(finding.place.line, finding.fault) for finding in found] == [(4, "诗里没有春天")]


def test_items_and_marks_that_the_room_does_not_take_are_found(known):
    read_section(SectionReader(Section.PAPERS, "poem", lambda texts: ()))
    found = words(check([paper()], known))
    assert "不认识的项 stanza" in found
    assert "case.received" in found


def test_a_text_of_another_type_is_found_on_the_wrong_shelf(known):
    read_section(SectionReader(Section.PAPERS, "poem", lambda texts: (), items=None, has_own_marks=True))
    wrong = text_of(PAPER, section=Section.REGULATIONS, key="monthly")
    assert "类型 poem 不能放在 regulations/" in words(check([wrong], known))


def test_two_rooms_cannot_read_one_section(known):
    read_section(SectionReader(Section.PAPERS, "poem", rhyme))
    with pytest.raises(ValueError, match="twice"):
        read_section(SectionReader(Section.PAPERS, "poem", rhyme))
