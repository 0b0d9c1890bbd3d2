"""The filters of a book's list: read from the address, offered by the declaration, taken off one by one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from banjie.base.errors import InvalidInput
from banjie.books.book import Book, BookField
from banjie.books.queries import Asked, filterable
from banjie.desk.intake.counter import Counter
from banjie.desk.selects import Filter, Narrowed, filter_of
from banjie.fields.spec import FieldType
from banjie.fields.values import parse_date

PREFIX = "f."
"""Leads the name of a field's filter in the address."""
LISTED = frozenset(
    (
        *(FieldType.CHOICE, FieldType.CHOICES, FieldType.YES_NO),
        *(FieldType.UNIT, FieldType.VILLAGE, FieldType.STAFF, FieldType.GRID),
    )
)
"""The types whose filter is a select."""
MOST = 8
"""Selects of one list; a book with more fields is narrowed by words."""
LONGEST = 80
OWN = (
    ("who", "谁记的", "me", "我记的"),
    ("open", "状态", "yes", "还没有了结的"),
    ("void", "作废的", "yes", "也列出来"),
)


@dataclass(frozen=True)
class Sifting(Narrowed):
    """What the address of a book's list asks for."""

    asked: Asked
    starts: str
    ends: str
    words: str

    @property
    def typed(self) -> Sequence[tuple[str, str, str]]:
        """Return the span and the words that were typed."""
        return (("from", "从", self.starts), ("to", "到", self.ends), ("q", "字词", self.words))

    @property
    def said(self) -> str:
        """Return the filters in one line, for the head of a sheet."""
        return "；".join(chip["label"] for chip in self.chips)


def sifting_of(counter: Counter, book: Book, told: Mapping[str, str]) -> Sifting:
    """Return what the address asks of the list of a book."""
    filters = tuple(_filters(counter, book, told))
    taken = {f.name: f.chosen.value for f in filters if f.chosen}
    starts, ends = _day(told.get("from", "")), _day(told.get("to", ""))
    words = told.get("q", "").replace("\0", "")[:LONGEST].strip()
    asked = Asked(
        filters={
            name.removeprefix(PREFIX): value for name, value in taken.items() if name.startswith(PREFIX)
        },
        words=words,
        from_on=starts,
        to_on=ends,
        is_mine="who" in taken,
        is_open="open" in taken,
        shows_void="void" in taken,
    )
    said_from, said_to = (day.isoformat() if day else "" for day in (starts, ends))
    kept = {**taken, "from": said_from, "to": said_to, "q": words}
    return Sifting(kept, filters, asked, said_from, said_to, words)


def _filters(counter: Counter, book: Book, told: Mapping[str, str]) -> Iterator[Filter]:
    for name, label, value, words in OWN:
        if name != "open" or book.states:
            yield filter_of(name, label, [(value, words)], told)
    listed = [spec for spec in filterable(book, counter.actor) if spec.type in LISTED]
    for spec in listed[:MOST]:
        yield filter_of(f"{PREFIX}{spec.key}", spec.label, _options(counter, spec), told)


def _options(counter: Counter, spec: BookField) -> list[tuple[str, str]]:
    if spec.type.has_choices:
        return [(choice.key, choice.label) for choice in spec.choices]
    if spec.type is FieldType.YES_NO:
        return [("是", "是"), ("否", "否")]
    return counter.options_of(spec)


def _day(typed: str) -> date | None:
    try:
        return parse_date(typed) if typed.strip() else None
    except InvalidInput:
        return None
