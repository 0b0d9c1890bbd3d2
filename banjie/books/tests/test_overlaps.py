"""Entered once: what two books or kinds ask alike is found, and the shipped rulebook explains all of it."""

from banjie.books.declaration import read_book
from banjie.books.overlaps import Overlap, overlaps
from banjie.books.rules import books_in, overlaps_in, own_labels_in
from banjie.books.tests.test_declaration import text_of
from banjie.rulebook.kinds import read_kind
from banjie.rulebook.shelf import SHIPPED, filed_in
from banjie.rulebook.text import Section, Text

MEANS = 'means = "orchard.trees"'


def another(more: str = "", *, items: str = "", label: str = "果树") -> Text:
    return text_of(items, more, key="other", old='label = "果树"', new=f'label = "{label}"')


def found(*texts: Text) -> list[Overlap]:
    return [
        one for one in overlaps((read_book(text) for text in texts), (), own_labels={"备注"}) if not one.why
    ]


def test_the_shipped_rulebook_asks_nothing_twice_without_a_reason():
    """DESIGN, entered once: `banjie rulebook overlaps` finds nothing unexplained."""
    texts = [one.read() for one in filed_in(SHIPPED)]
    books, _ = books_in(texts)
    kinds = [read_kind(text) for text in texts if text.section is Section.KINDS]
    all_of_them = overlaps([book for _, book in books], kinds, own_labels=own_labels_in(texts))
    assert not [str(one) for one in all_of_them if not one.why]
    assert not any(told.to_mend for told in overlaps_in(texts))


def test_the_same_meaning_in_two_books_is_an_overlap_that_one_note_explains():
    assert [one.said for one in found(text_of("", MEANS), another(MEANS, label="树"))] == ["orchard.trees"]
    note = 'note = "count"'
    assert not found(text_of(note, MEANS), another(MEANS, items=note, label="树"))


def test_the_same_label_and_type_is_an_overlap_unless_it_says_why():
    assert [one.said for one in found(text_of(), another())] == ["果树（whole）"]
    assert not found(text_of(), another('asked_again = "第二次清点"'))
    assert not found(text_of("", MEANS), another('means = "other.trees"'))
    assert not found(text_of(), another(label="备注"))
