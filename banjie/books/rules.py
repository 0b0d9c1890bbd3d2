"""The shelf `books` of the rulebook: what may be written on it and what is wrong with it."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from banjie.base.declarations import REGISTRY, RuleType
from banjie.books.book import Book
from banjie.books.changing import broken
from banjie.books.declaration import ITEMS, read_book
from banjie.books.overlaps import overlaps
from banjie.fields.spec import FieldType
from banjie.rulebook.findings import BadText, Finding, Place
from banjie.rulebook.inspections import Inspection, Told, inspects
from banjie.rulebook.kinds import read_kind
from banjie.rulebook.rules import parse_setting, say_setting
from banjie.rulebook.sections import SectionReader, read_section
from banjie.rulebook.setting_keys import SettingKey
from banjie.rulebook.text import Section, Text, parse_text
from banjie.rulebook.values import parse_value

BOOK = RuleType("book", "台账", parse=parse_setting, say=say_setting)


def books_in(texts: Sequence[Text]) -> tuple[list[tuple[Text, Book]], list[Finding]]:
    """Return the books of all texts of the shelf and what is wrong with those that cannot be read."""
    books: list[tuple[Text, Book]] = []
    findings: list[Finding] = []
    for text in texts:
        if text.section is Section.BOOKS:
            book, wrong = _read(text.key, text.source, text.file)
            findings += wrong
            books += [(text, book)] if book else []
    return books, findings


def book_findings(texts: Sequence[Text]) -> Iterator[Finding]:
    """Yield what is wrong with the books: each by itself, doubles, other books named, facts asked unlike."""
    books, findings = books_in(texts)
    yield from findings
    yield from _doubles(books, [text for text in texts if text.section is Section.KINDS])
    yield from _references(books)
    yield from _meanings(books)


def broken_by(old: Text, new: Text) -> Iterator[Finding]:
    """Yield what a new text would change that the records of a book were written by."""
    standing, _ = _read(old.key, old.source, old.file)
    coming, _ = _read(new.key, new.source, new.file)
    if standing and coming:
        yield from broken(standing, coming, new)


@lru_cache(maxsize=512)
def _read(key: str, source: str, file: str) -> tuple[Book | None, tuple[Finding, ...]]:
    """Read a book once in a process: each check of a town's texts reads all of them again."""
    try:
        return read_book(parse_text(Section.BOOKS, key, source=source, file=file)), ()
    except BadText as bad:
        return None, bad.findings


def _doubles(books: Sequence[tuple[Text, Book]], kinds: Sequence[Text]) -> Iterator[Finding]:
    """Yield menu words and number prefixes that two books claim, or a book and a kind of case."""
    seen: dict[tuple[str, str], Place] = {
        ("编号字头", str(text.items.get("prefix"))): text.place("prefix") for text in kinds
    }
    for text, book in books:
        for said, item, name in (("菜单名", "menu", book.menu), ("编号字头", "number", book.number)):
            place = text.place(item)
            if name and (said, name) in seen:
                yield Finding(place, f"{said} {name} 在 {seen[said, name]} 已经用过", "请换一个")
            seen.setdefault((said, name), place)


def _references(books: Sequence[tuple[Text, Book]]) -> Iterator[Finding]:
    known = {book.key for _, book in books}
    for text, book in books:
        for spec in book.fields:
            if spec.of and spec.of not in known:
                remedy = "请写 books/ 里一个文本的文件名，不带 .md"
                path = f"fields.{spec.key}"
                yield Finding(text.place(f"{path}.of", path), f"没有 {spec.of} 这本台账", remedy)


def _meanings(books: Sequence[tuple[Text, Book]]) -> Iterator[Finding]:
    """Yield fields that ask the same fact and take another type or unit: one note could not fill both (T-07)."""
    found: dict[str, tuple[FieldType, str, Place]] = {}
    for text, book in books:
        for spec in book.fields:
            if not spec.means:
                continue
            place = text.place(f"fields.{spec.key}.means", f"fields.{spec.key}")
            kind, unit, first = found.setdefault(spec.means, (spec.type, spec.unit, place))
            if (kind, unit) != (spec.type, spec.unit):
                fault = f"{spec.means} 在 {first} 是 {kind}{unit}，这里是 {spec.type}{spec.unit}"
                yield Finding(place, fault, "问同一件事，类型和单位要一样；不是一件事，换一个 means")


def overlaps_in(texts: Sequence[Text]) -> list[Told]:
    """Tell what is asked in more than one book or kind of these texts; what nothing explains is to be mended."""
    books, _ = books_in(texts)
    kinds = [read_kind(text) for text in texts if text.section is Section.KINDS]
    found = overlaps([book for _, book in books], kinds, own_labels=own_labels_in(texts))
    unexplained = sum(not one.why for one in found)
    told = [Told(str(one), to_mend=not one.why) for one in found]
    return [*told, Told(f"共 {len(found)} 处问了同样的事，其中 {unexplained} 处没有说明。")]


def own_labels_in(texts: Sequence[Text]) -> frozenset[str]:
    """Return the labels that name each record's own thing, as the settings among the texts list them."""
    named = [
        text.parameters[SettingKey.OWN_LABELS] for text in texts if SettingKey.OWN_LABELS in text.parameters
    ]
    values = [parse_value(parameter.raw).plain for parameter in named]
    return frozenset(str(label) for value in values if isinstance(value, tuple) for label in value)


REGISTRY.add(BOOK)
inspects(Inspection("overlaps", "列出几本台账、几种件里重复问的事，以及各自的理由", overlaps_in))
read_section(SectionReader(Section.BOOKS, BOOK.name, book_findings, items=ITEMS, broken=broken_by))
