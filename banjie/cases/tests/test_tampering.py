"""Hundreds of single changes by SQL on a small town, each noticed and its row named (T9)."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from banjie.cases import actions
from banjie.cases.actions import Word
from banjie.cases.tests.factories import handled, open_office, own_word, registered, replied
from banjie.ledger.guards import lower_guards
from banjie.ledger.kept import move_mark
from banjie.ledger.models import ChainHead, Entry, EntryBody, Ledgered, ledgered_fields
from banjie.ledger.verify import towns, verify

CHANGES = 120
pytestmark = pytest.mark.django_db


class Undone(Exception):
    """Takes one change back."""


def a_small_town():
    """Return after some lives of cases in every state, with every kind of part."""
    office = open_office()
    move_mark()
    registered(office)
    actions.ask_extension(handled(office), office.occasion("li", hours=2), term="2 workdays", reason="等配件")
    case = handled(office)
    actions.pause_case(case, office.occasion("li", hours=5), ground="weather", words="等雨停")
    back = replied(office)
    actions.call_back_case(
        back, office.occasion("sun", hours=5), word=Word(said="dissatisfied", words="不亮")
    )
    done = replied(office)
    actions.rate_case(done, office.occasion("chen", hours=5), word=own_word(done))
    actions.close_case(done, office.occasion("chen", hours=6))


def ledgered_rows():
    """Return every model with its ids, those without a row left out."""
    found = {model: list(model._base_manager.values_list("pk", flat=True)) for model in ledgered_models()}
    return {model: ids for model, ids in found.items() if ids}


def ledgered_models():
    return [model for model in apps.get_models() if issubclass(model, Ledgered)]


def another(value, field):
    """Return a value of the same column that is not `value`, and not the other word for nothing."""
    changed = {
        bool: lambda: not value,
        int: lambda: value + 1,
        datetime: lambda: value + timedelta(microseconds=1),
        date: lambda: value + timedelta(days=1),
        UUID: uuid4,
        list: lambda: [*value, "x"],
        dict: lambda: {**value, "x": 1},
    }.get(type(value))
    if changed:
        return changed()
    if isinstance(value, str):
        return f"{value[:-1]}{'乙' if value[-1] == '甲' else '甲'}" if value else "甲"
    fresh = {models.DateTimeField: datetime(2026, 1, 1, tzinfo=UTC), models.DateField: date(2026, 1, 1)}
    if field.is_relation or isinstance(field, models.UUIDField):
        return uuid4()
    return next((v for kind, v in fresh.items() if isinstance(field, kind)), True)


def change_a_column(dice, rows):
    model = dice.choice(list(rows))
    pk = dice.choice(rows[model])
    field = dice.choice([f for f in ledgered_fields(model) if not f.primary_key])
    row = model._base_manager.filter(pk=pk)
    row.update(**{field.attname: another(row.values_list(field.attname, flat=True).get(), field)})
    return {f"{model._meta.label_lower}:{pk}"}, field.attname


def delete_a_row(dice, rows):
    model = dice.choice(list(rows))
    pk = dice.choice(rows[model])
    model._base_manager.filter(pk=pk)._raw_delete(using="default")
    return {f"{model._meta.label_lower}:{pk}"}, ""


def change_a_row_s_id(dice, rows):
    model, new = dice.choice(list(rows)), uuid4()
    pk = dice.choice(rows[model])
    model._base_manager.filter(pk=pk).update(id=new)
    return {f"{model._meta.label_lower}:{one}" for one in (pk, new)}, ""


def swap_two_rows(dice, rows):
    model = dice.choice([model for model, ids in rows.items() if len(ids) > 1])
    one, other = dice.sample(rows[model], 2)
    between = uuid4()
    for old, new in ((one, between), (other, one), (between, other)):
        model._base_manager.filter(pk=old).update(id=new)
    return {f"{model._meta.label_lower}:{pk}" for pk in (one, other)}, ""


TRICKS = (change_a_column,) * 7 + (delete_a_row, change_a_row_s_id, swap_two_rows)


def all_findings():
    return [finding for town in towns() for finding in verify(town).findings]


def tried(times, attempt):
    """Make `times` changes, each taken back, and return how many the database itself did not refuse."""
    made = 0
    for _ in range(times):
        try:
            with transaction.atomic():
                attempt()
                raise Undone
        except Undone:
            made += 1
        except IntegrityError:
            continue
    return made


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.either_database)])
def test_each_single_change_of_a_row_is_found_and_named(seed):
    a_small_town()
    assert all_findings() == []
    dice, rows = Random(seed), ledgered_rows()

    def attempt():
        named, column = dice.choice(TRICKS)(dice, rows)
        found = all_findings()
        assert {finding.row for finding in found} == named
        assert not column or column in {finding.column for finding in found}

    assert tried(CHANGES, attempt) > CHANGES * 0.6


def test_each_single_change_of_the_ledger_itself_is_found():
    a_small_town()
    lower_guards(connection)
    dice = Random(3)

    def attempt():
        model = dice.choice([Entry, EntryBody, ChainHead])
        row = model.objects.filter(pk=dice.choice(list(model.objects.values_list("pk", flat=True))))
        field = dice.choice([f for f in model._meta.concrete_fields if not f.primary_key])
        if dice.random() < 0.2:
            row._raw_delete(using="default")
        else:
            value = row.values_list(field.attname, flat=True).get()
            row.update(**{field.attname: another(value, field)})
        assert all_findings(), (model, field.name)

    assert tried(50, attempt) > 30
