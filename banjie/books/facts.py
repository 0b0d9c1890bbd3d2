"""Every book as a fact, `book.<key>`: a row per record, with its day, places, choices, days and numbers.

A record is counted by its day and until the day on which it was voided, so a month that is over stays as it was but
for what is recorded late. The state of a thing is the present one: books keep no dates of states.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import Expression, F, Min, QuerySet

from banjie.base.declarations import Fact, FactColumn, FactWord, Holds, Names
from banjie.base.local_days import LocalDay
from banjie.books.book import Book, BookField
from banjie.books.declaration import read_book
from banjie.books.models import Record
from banjie.books.told import Told, ToldDay, ToldOne, ToldWhole
from banjie.fields.spec import FieldType
from banjie.figures.making import FactMaker, makes
from banjie.rulebook.findings import BadText
from banjie.rulebook.text import Section, Text

WORD = "book"
STANDING = "voided_on IS NULL OR voided_on > :to"
OWN = (
    FactColumn("day", "日期", Holds.DAY, is_group=True),
    FactColumn("unit_id", "单位", names=Names.UNIT, is_group=True),
    FactColumn("division_code", "村（社区）", names=Names.DIVISION, is_group=True),
    FactColumn("written_on", "记录日期", Holds.DAY),
    FactColumn("voided_on", "作废日期", Holds.DAY),
    FactColumn("resident_id", "群众"),
    FactColumn("enterprise_id", "企业"),
    FactColumn("case_id", "件"),
    FactColumn("staff_id", "人员"),
)
"""The columns of every book."""
NUMBERS = (FieldType.WHOLE, FieldType.MONEY, FieldType.DECIMAL, FieldType.SHARE)
CENTS = "（单位：分）"


def fact_of(book: Book) -> Fact:
    """Return a book as figures count it."""
    fields = [spec for spec in book.fields if _is_told(spec)]
    words = {
        "recorded": FactWord("in_period(day)", "期内的（按日期）"),
        "so_far": FactWord("day <= :to", "到期末的，从记台账起"),
        "late_written": FactWord("in_period(day) AND written_on > :to", "期内的事、期后才记的"),
    }
    if book.states:
        among = ", ".join(f"'{state}'" for state in sorted(book.states.open)) or "''"
        words["open"] = FactWord(
            f"day <= :to AND {name_of(book.by_key[book.states.field])} IN ({among})",
            "没有了结的（按现在的状态）",
        )
    return Fact(
        name=f"{WORD}.{book.key}",
        title=book.title,
        columns=(*OWN, *(_column(spec) for spec in fields)),
        sources=(_source(book, fields),),
        opens="record",
        unit="条",
        words=words,
        standing=STANDING,
        all_begun=_all_begun,
    )


def name_of(spec: BookField) -> str:
    """Return the column in which a field stands: its key, unless every record has such a column."""
    return f"own_{spec.key}" if spec.key in _TAKEN else spec.key


def _is_told(spec: BookField) -> bool:
    is_open = not spec.is_sealed and not spec.seen_by
    return is_open and spec.type in (*NUMBERS, FieldType.CHOICE, FieldType.YES_NO, FieldType.DATE)


def _column(spec: BookField) -> FactColumn:
    name = name_of(spec)
    if spec.type is FieldType.CHOICE:
        choices = {choice.key: choice.label for choice in spec.choices}
        return FactColumn(name, spec.label, choices=choices, is_group=True)
    if spec.type is FieldType.DATE:
        return FactColumn(name, spec.label, Holds.DAY, is_group=True)
    return FactColumn(name, spec.label + _unit(spec), Holds.WHOLE)


def _unit(spec: BookField) -> str:
    """Return how a number is written in its smallest unit."""
    if spec.type is FieldType.MONEY:
        return CENTS
    if spec.type is FieldType.DECIMAL and spec.places:
        return f"（{spec.unit}×{10**spec.places}）"
    return ""


def _expression(spec: BookField) -> Expression | Told:
    if spec.type is FieldType.CHOICE:
        return Told(spec.key)
    if spec.type is FieldType.DATE:
        return ToldDay(spec.key)
    if spec.type is FieldType.YES_NO:
        return ToldOne(spec.key)
    return ToldWhole(spec.key, places=spec.places if spec.type in (FieldType.DECIMAL, FieldType.SHARE) else 0)


def _source(book: Book, fields: list[BookField]) -> Any:
    def rows(town: str) -> QuerySet[Any, Any]:
        own = {column.name: F(column.name) for column in OWN if column.name not in _MADE}
        told = {name_of(spec): _expression(spec) for spec in fields}
        found: QuerySet[Any, Any] = Record.objects.filter(town=town, book=book.key).order_by()
        return found.values(
            "id", *own, written_on=LocalDay("written_at"), voided_on=LocalDay("voided_at"), **told
        )

    return rows


def _all_begun(town: str, facts: Sequence[str]) -> dict[str, date | None]:
    """Return the day of the first record of each book, None of one that has none."""
    keys = [name.removeprefix(f"{WORD}.") for name in facts]
    standing = Record.objects.filter(town=town, book__in=keys, voided_at__isnull=True).order_by()
    days = dict(standing.values_list("book").annotate(Min("day")))
    return {f"{WORD}.{key}": days.get(key) for key in keys}


def _of_text(text: Text) -> Fact | None:
    try:
        return fact_of(read_book(text))
    except BadText:
        return None


def _taken() -> Iterator[str]:
    yield from (field.name for field in Record._meta.get_fields())
    yield from (column.name for column in OWN)


_MADE = ("written_on", "voided_on")
_TAKEN = frozenset(_taken())
makes(FactMaker(WORD, Section.BOOKS, _of_text))
