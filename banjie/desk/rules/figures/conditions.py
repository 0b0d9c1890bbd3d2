"""The fields of a form that ask for a condition over a fact: its words, and for each column values, bounds or a day."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms

from banjie.base.declarations import Fact, FactColumn, Holds, Names
from banjie.figures.conditions import DAY_WORDS, DayIs, Picked

Choices = Sequence[tuple[str, Any]]
WORDS, AMONG, LOW, HIGH, DAY = "words", "among", "low", "high", "day"
FEW = 8
"""Up to so many values are ticked one by one; more are picked from a list."""


def condition_fields(fact: Fact, offered: Mapping[Names, Choices], lead: str) -> dict[str, forms.Field]:
    """Return the fields of one condition, each called by `lead` and what it asks."""
    told: dict[str, forms.Field] = {}
    if fact.words:
        told[f"{lead}{WORDS}"] = forms.MultipleChoiceField(
            label="只数怎样的",
            choices=[(name, word.title) for name, word in fact.words.items()],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            help_text="勾几样就要几样都是",
        )
    for column in _asked(fact):
        told.update({f"{lead}{name}": field for name, field in _fields(column, offered)})
    return told


def condition_initial(picked: Picked, lead: str) -> dict[str, object]:
    """Return what the fields hold of a condition."""
    told: dict[str, object] = {f"{lead}{WORDS}": list(picked.words)}
    told |= {f"{lead}{AMONG}_{column}": list(among) for column, among in picked.values.items()}
    told |= {f"{lead}{DAY}_{column}": day.value for column, day in picked.days.items()}
    for column, (low, high) in picked.bounds.items():
        told |= {f"{lead}{LOW}_{column}": low, f"{lead}{HIGH}_{column}": high}
    return told


def condition_picked(fact: Fact, typed: Mapping[str, Any], lead: str) -> Picked:
    """Return the condition that was typed."""
    columns = [column.name for column in _asked(fact)]
    values = {name: tuple(typed.get(f"{lead}{AMONG}_{name}") or ()) for name in columns}
    days = {name: DayIs(day) for name in columns if (day := typed.get(f"{lead}{DAY}_{name}"))}
    bounds = {name: (typed.get(f"{lead}{LOW}_{name}"), typed.get(f"{lead}{HIGH}_{name}")) for name in columns}
    return Picked(
        words=tuple(typed.get(f"{lead}{WORDS}") or ()),
        values={name: among for name, among in values.items() if among},
        bounds={name: told for name, told in bounds.items() if told != (None, None)},
        days=days,
    )


def is_offered(picked: Picked, form: forms.Form, lead: str) -> bool:
    """Tell whether a form has a field for everything that a condition asks."""
    return all(name in form.fields for name, value in condition_initial(picked, lead).items() if value)


def _asked(fact: Fact) -> Iterator[FactColumn]:
    """Yield the columns that a condition may ask of: units have no names that a text could keep."""
    for column in fact.columns:
        if not column.expression and column.names not in (Names.UNIT, Names.DIVISION):
            yield column


def _fields(column: FactColumn, offered: Mapping[Names, Choices]) -> Iterator[tuple[str, forms.Field]]:
    name, title = column.name, column.title
    choices = list(column.choices.items()) or list(offered.get(column.names, ()) if column.names else ())
    if choices:
        told = forms.MultipleChoiceField(
            label=title,
            choices=choices,
            widget=forms.CheckboxSelectMultiple(),
            required=False,
            help_text="不选就是不限",
        )
        if len(choices) > FEW or any(isinstance(words, list) for _, words in choices):
            told.widget = forms.SelectMultiple(attrs={"size": FEW}, choices=choices)
            told.help_text = "不选就是不限；按住 Ctrl 可以选几个"
        yield f"{AMONG}_{name}", told
    elif column.holds is Holds.DAY:
        days = [("", "不限"), *((day.value, words) for day, words in DAY_WORDS.items())]
        yield f"{DAY}_{name}", forms.ChoiceField(label=title, choices=days, required=False)
    elif column.holds is Holds.WHOLE:
        yield f"{LOW}_{name}", forms.IntegerField(label=f"{title}不少于", required=False)
        yield f"{HIGH}_{name}", forms.IntegerField(label=f"{title}不多于", required=False)
