"""Whatever is declared and typed, a ledger is whole, reads back as it was written, and adds up (random ledgers)."""

import random
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings

from banjie.books import actions, queries
from banjie.books.book import Book
from banjie.books.models import Record
from banjie.books.queries import Asked
from banjie.books.tests.factories import Ledger, Subjects, make_subjects, random_ledger, seeds, stamp
from banjie.cases.tests.factories import DAY, Office, open_office
from banjie.fields.spec import FieldType
from banjie.fields.stored import as_typed, check, parts_of
from banjie.ledger.models import Entry
from banjie.ledger.verify import verify

pytestmark = pytest.mark.django_db
HELD = settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def office() -> Office:
    return open_office()


@pytest.fixture
def subjects(office: Office) -> Subjects:
    return make_subjects(office, random.Random(1))


def standing(ledger: Ledger, book: Book) -> list[Record]:
    return [row for row in ledger.records[book.key] if not row.is_void]


@HELD
@given(seed=seeds)
def test_a_random_ledger_is_whole_and_reads_back_as_it_was_typed(office, subjects, seed):
    ledger = random_ledger(office, random.Random(seed), subjects=subjects)
    assert verify(office.town).findings == []
    for book in ledger.books:
        for row in ledger.records[book.key]:
            for spec in book.fields:
                value = (row.opened_value(spec.key) or None) if spec.is_sealed else row.values.get(spec.key)
                if value is not None:
                    assert check(spec, as_typed(spec, value)) == value
            said = queries.say_record(office.li, book, row)
            assert {one.field.key for one in said} == {spec.key for spec in book.fields}
            sealed = [spec.key for spec in book.fields if spec.is_sealed and spec.key in row.sealed]
            assert not set(sealed) & set(row.values)


@HELD
@given(seed=seeds)
def test_a_list_keeps_what_its_filters_say_and_adds_it_up(office, subjects, seed):
    ledger = random_ledger(office, random.Random(seed), subjects=subjects)
    for book in ledger.books:
        rows = standing(ledger, book)
        assert {row.pk for row in queries.records(office.li, book).rows} == {row.pk for row in rows}
        for spec in queries.filterable(book, office.li):
            for value in {row.values[spec.key] for row in rows if spec.key in row.values}:
                alike = {row.pk for row in rows if row.values.get(spec.key) == value}
                if book.columns.get("unit") == spec.key:  # a record that names none is of its writer's unit
                    alike = {row.pk for row in rows if str(row.unit_id) == value}
                typed = as_typed(spec, value)
                if spec.type is FieldType.CHOICES:
                    typed = parts_of(value)[0]
                    alike = {row.pk for row in rows if typed in parts_of(row.values.get(spec.key))}
                found = queries.records(office.li, book, Asked({spec.key: typed})).rows
                assert {row.pk for row in found} == alike, (spec, value)
        told = queries.totals(office.li, book)
        assert told.count == len(rows)
        assert queries.page_of(office.li, book).totals == told
        for total in told.sums:
            key = total.field.key
            assert Decimal(str(total.stored)) == sum(Decimal(str(row.values.get(key, 0))) for row in rows)
            assert total.is_bounded == any(total.field.bound_key in row.values for row in rows)


@HELD
@given(seed=seeds)
def test_amending_to_what_stands_writes_nothing(office, subjects, seed):
    ledger = random_ledger(office, random.Random(seed), subjects=subjects, books=1, records=2, voids=False)
    before = Entry.objects.count()
    for book in ledger.books:
        for row in ledger.records[book.key]:
            actions.amend(row.pk, {}, actor=office.li, stamp=stamp(office.li, DAY))
    assert Entry.objects.count() == before
