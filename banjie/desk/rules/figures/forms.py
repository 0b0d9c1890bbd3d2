"""Forms of a figure: over a fact, or one figure divided by another."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django import forms

from banjie.base.declarations import Fact, FactColumn, Holds, Names
from banjie.desk.forms import DeskForm
from banjie.desk.rules.figures.conditions import (
    Choices,
    condition_fields,
    condition_initial,
    condition_picked,
    is_offered,
)
from banjie.figures.catalogue import DIGITS, MEASURE_WORDS, UNITS, Better, Figure, Measure
from banjie.figures.conditions import Picked, picked_in
from banjie.rulebook.findings import Place

OWN_KEY = "own"
WHERE, TOP = "where_", "top_"
BETTER_WORDS = {Better.NEITHER: "不分高低", Better.MORE: "越高越好", Better.LESS: "越低越好"}
OVER_WORDS = {
    Measure.SUM: "合计哪个数",
    Measure.AVERAGE: "平均哪个数",
    Measure.MEDIAN: "哪个数的中位数",
    Measure.LARGEST: "哪个数的最大值",
    Measure.SMALLEST: "哪个数的最小值",
    Measure.DISTINCT: "去重数什么",
}
_DAYS = re.compile(r"days\((\w+), (\w+)\)")
_NOT_KEY = re.compile(r"[^\w]")
_NOWHERE = Place("", 1)


class FigureForm(DeskForm):
    """What a figure is called, what exactly it counts, and how it is written."""

    title = forms.CharField(label="名称", max_length=40, help_text="如 占道摆摊件数")
    note = forms.CharField(
        label="口径",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明数的是什么、怎么算",
    )
    unit = forms.CharField(label="单位", max_length=8, required=False, help_text="如 件、次、元；空着照常")
    digits = forms.IntegerField(label="小数位数", min_value=0, max_value=4, required=False)
    better = forms.ChoiceField(
        label="好坏", choices=[(one.value, said) for one, said in BETTER_WORDS.items()]
    )

    def __init__(self, *args: Any, figure: Figure | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing = figure
        if figure is not None:
            self.initial.update(
                {
                    "title": figure.title,
                    "note": figure.note,
                    "unit": figure.unit,
                    "digits": figure.digits,
                    "better": figure.better.value,
                }
            )

    @property
    def figure(self) -> Figure:
        """Return the figure as typed; what it counts is as it stood."""
        assert self.standing is not None  # noqa: S101  a plain form is only made of a figure that stands
        return self._said(self.standing)

    def _said(self, figure: Figure) -> Figure:
        told = self.cleaned_data
        digits = told["digits"]
        return replace(
            figure,
            title=str(told["title"]).strip(),
            note=" ".join(str(told["note"]).split()),
            unit=str(told["unit"]).strip() or UNITS.get(figure.measure, "件"),
            digits=DIGITS.get(figure.measure, 0) if digits is None else digits,
            better=Better(told["better"]),
        )

    def _new(self, measure: Measure, **counted: str) -> Figure:
        """Return a figure as typed under the key that stands, for a new one its title."""
        key = (
            self.standing.key
            if self.standing
            else f"{OWN_KEY}.{_NOT_KEY.sub('', self.cleaned_data['title'])}"
        )
        told = {"fact": "", "where": "", "over": "", "by": "", **counted}
        bare = Figure(key, "", **told, measure=measure, unit="", digits=0, note="", better=Better.NEITHER,
                      place=_NOWHERE, over_place=_NOWHERE)  # fmt: skip
        return self._said(bare)


class CountedForm(FigureForm):
    """A figure over a fact: which rows are kept and what is made of them."""

    measure = forms.ChoiceField(label="怎么算")

    def __init__(self, *args: Any, fact: Fact, offered: Mapping[Names, Choices], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fact = fact
        self.fields.update(condition_fields(fact, offered, WHERE))
        numbers, things = list(_numbers(fact)), list(_things(fact))
        measures = [Measure.COUNT, *([Measure.DISTINCT] if things else []), Measure.RATE]
        measures += [one for one in OVER_WORDS if one is not Measure.DISTINCT] if numbers else []
        self._offer("measure", [(one.value, MEASURE_WORDS[one]) for one in measures])
        nothing = ("", "（不用选）")
        self.fields["number"] = forms.ChoiceField(
            label="算哪个数",
            choices=[nothing, *numbers],
            required=False,
            help_text="合计、平均、中位数、最大、最小要选",
        )
        self.fields["thing"] = forms.ChoiceField(
            label="去重数什么", choices=[nothing, *things], required=False, help_text="去重计数要选"
        )
        self.fields.update(condition_fields(fact, offered, TOP))
        if self.standing is not None:
            self._fill(self.standing)

    def clean(self) -> dict[str, Any]:
        """Want what the measure is made of."""
        told = super().clean() or {}
        measure = told.get("measure")
        if measure == Measure.RATE and not self._picked(TOP).expression:
            self.add_error(
                f"{TOP}words" if f"{TOP}words" in self.fields else None, "占比请写明分子是其中怎样的。"
            )
        if measure == Measure.DISTINCT and not told.get("thing"):
            self.add_error("thing", "去重计数请选去重数什么。")
        if measure in {one.value for one in OVER_WORDS} - {Measure.DISTINCT.value} and not told.get("number"):
            self.add_error("number", "请选算哪个数。")
        return told

    @property
    def figure(self) -> Figure:
        """Return the figure as typed."""
        measure = Measure(self.cleaned_data["measure"])
        over = {
            Measure.COUNT: "",
            Measure.RATE: self._picked(TOP).expression,
            Measure.DISTINCT: self.cleaned_data["thing"],
        }.get(measure, self.cleaned_data["number"])
        return self._new(measure, fact=self.fact.name, where=self._picked(WHERE).expression, over=over)

    @property
    def kept(self) -> Iterator[forms.BoundField]:
        """Yield the fields of the rows that are kept."""
        yield from (self[name] for name in self.fields if name.startswith(WHERE))

    @property
    def above(self) -> Iterator[forms.BoundField]:
        """Yield the fields of a rate's numerator."""
        yield from (self[name] for name in self.fields if name.startswith(TOP))

    def _picked(self, lead: str) -> Picked:
        return condition_picked(self.fact, self.cleaned_data, lead)

    def _fill(self, figure: Figure) -> None:
        self.initial.update({"measure": figure.measure.value, "number": figure.over, "thing": figure.over})
        self.initial.update(condition_initial(picked_in(figure.where, self.fact) or Picked(), WHERE))
        if figure.measure is Measure.RATE:
            self.initial.update(condition_initial(picked_in(figure.over, self.fact) or Picked(), TOP))

    def _offer(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  says the type of our own field
        field.choices = choices

    @property
    def can_show(self) -> bool:
        """Tell whether the form shows all that the standing figure asks; one written otherwise keeps its conditions."""
        figure = self.standing
        if figure is None:
            return True
        asked = [(figure.where, WHERE), *([(figure.over, TOP)] if figure.measure is Measure.RATE else [])]
        picked = [(picked_in(expression, self.fact), lead) for expression, lead in asked]
        is_over = figure.measure in OVER_WORDS
        known = {value for name in ("number", "thing") for value, _ in self.fields[name].choices}  # type: ignore[attr-defined]
        return all(one is not None and is_offered(one, self, lead) for one, lead in picked) and (
            not is_over or figure.over in known
        )


class DividedForm(FigureForm):
    """One figure divided by another."""

    over = forms.ChoiceField(label="分子")
    by = forms.ChoiceField(label="分母")

    def __init__(self, *args: Any, plain: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("over", "by"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  says the type of our own field
            field.choices = plain
        if self.standing is not None:
            self.initial.update({"over": self.standing.over, "by": self.standing.by})

    @property
    def figure(self) -> Figure:
        """Return the figure as typed."""
        told = self.cleaned_data
        return self._new(Measure.OF, over=told["over"], by=told["by"])


def _numbers(fact: Fact) -> Iterator[tuple[str, str]]:
    """Yield what can be summed: numbers, and the days from one day to another."""
    for column in fact.columns:
        if column.holds is Holds.WHOLE and not column.expression:
            yield column.name, column.title
    days = [column for column in fact.columns if column.holds is Holds.DAY and not column.expression]
    for earlier in days:
        for later in days:
            if later is not earlier:
                yield f"days({later.name}, {earlier.name})", f"从{earlier.title}到{later.title}的天数"


def _things(fact: Fact) -> Iterator[tuple[str, str]]:
    """Yield what can be counted once each."""
    yield from ((column.name, column.title) for column in fact.columns if _is_thing(column))


def _is_thing(column: FactColumn) -> bool:
    return column.holds is Holds.WORD and not column.expression
