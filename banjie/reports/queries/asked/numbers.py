"""The numbers that cells of forms ask for: one scan for each set of groups, whatever the number of cells."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from banjie.figures.catalogue import Figure, Measure
from banjie.figures.comparing import Against, compared
from banjie.figures.periods import Period
from banjie.figures.queries import ALL, Catalogue, catalogue_on, computed_over
from banjie.figures.values import Value, added_up, counted, missing, rated
from banjie.reports.asked.matching import Choice, Source, Style
from banjie.reports.asked.spans import days_of
from banjie.reports.queries.asked.known import CATEGORY
from banjie.rulebook.categories import CategoryTree
from banjie.rulebook.queries import rules_on

AGAINST = {
    Style.LAST_YEAR: Against.LAST_YEAR,
    Style.LAST_YEAR_BY: Against.LAST_YEAR,
    Style.PREVIOUS: Against.PREVIOUS,
    Style.PREVIOUS_BY: Against.PREVIOUS,
}
ADDED = (Measure.COUNT, Measure.SUM)
Key = tuple[Period, str, str]


@dataclass(frozen=True)
class Asked:
    """A number that is asked for: what a cell is matched with, for the days of its form or of another period."""

    choice: Choice
    period: Period

    @property
    def days(self) -> Period:
        """Return the days that it counts."""
        return days_of(self.choice.span, self.period)


@dataclass(frozen=True)
class Answered:
    """A number: as it is printed, exact, and where there is none, why."""

    printed: str
    exact: str = ""
    missing: str = ""
    fraction: str = ""


def answers_to(town: str, asked: Iterable[Asked], *, today: date) -> dict[Asked, Answered]:
    """Return the number of everything that is asked for, by what was asked."""
    wanted = [one for one in dict.fromkeys(asked) if one.choice.source is Source.FIGURE]
    figures = _catalogue(town, today).figures
    known = {one: None for one in wanted if one.choice.figure in figures}
    counting = _Counting(town, today, tuple(known))
    lost = {one: Answered("", missing="这个数据指标现在不生效") for one in wanted if one not in known}
    return lost | {one: counting.answer(one) for one in known}


def versions_on(town: str, on: date) -> Mapping[str, str]:
    """Return figure → the text and version that define it on a day, such as 办件数据指标@出厂1."""
    return _catalogue(town, on).articles


def spread_of(town: str, choice: Choice, *, on: date) -> list[str]:
    """Return the group values that a cell stands for: of a branch of categories, all its leaves."""
    return _spread(choice, _leaves_under(rules_on(town, on).categories))


def _leaves_under(tree: CategoryTree) -> dict[str, list[str]]:
    """Return category → the leaves that lie under it, of a leaf itself."""
    found: dict[str, list[str]] = defaultdict(list)
    for leaf in tree.leaves:
        for category in tree.upwards(leaf.key):
            found[category.key].append(leaf.key)
    return found


def _spread(choice: Choice, leaves: Mapping[str, Sequence[str]]) -> list[str]:
    columns, values = choice.group.split("+"), choice.value.split("+")
    if CATEGORY not in columns or len(columns) != len(values):
        return [choice.value]
    at = columns.index(CATEGORY)
    under = leaves.get(values[at], ())
    return ["+".join([*values[:at], leaf, *values[at + 1 :]]) for leaf in under] or [choice.value]


def _catalogue(town: str, on: date) -> Catalogue:
    return catalogue_on(town, on)


@dataclass(frozen=True)
class _Counting:
    """Everything that is asked for at once."""

    town: str
    today: date
    asked: tuple[Asked, ...]

    @cached_property
    def catalogue(self) -> Catalogue:
        return _catalogue(self.town, self.today)

    @cached_property
    def tree(self) -> CategoryTree:
        return rules_on(self.town, self.today).categories

    @cached_property
    def _leaves(self) -> Mapping[str, Sequence[str]]:
        return _leaves_under(self.tree)

    @cached_property
    def by_group(self) -> Mapping[str, Mapping[Key, Value]]:
        """Return what the scans found, by group."""
        keys: dict[str, dict[str, None]] = defaultdict(dict)
        periods: dict[str, dict[Period, None]] = defaultdict(dict)
        for one in self.asked:
            keys[one.choice.group][one.choice.figure] = None
            for period in (one.days, *self._base(one)):
                if period.from_on <= self.today:
                    periods[one.choice.group][period] = None
        return {
            group: computed_over(self.town, keys[group], sorted(spans), group=group or None, today=self.today)
            for group, spans in periods.items()
        }

    def answer(self, one: Asked) -> Answered:
        figure = self.catalogue.figure(one.choice.figure)
        now = self._value(one.choice, figure, one.days)
        for base in self._base(one):
            return _change(now, self._value(one.choice, figure, base), Style(one.choice.style))
        if now.number is None:
            return Answered("", missing=now.missing)
        fraction = now.fraction_words if now.denominator is not None else ""
        return Answered(f"{now.printed:f}", str(now.number), fraction=fraction)

    def _base(self, one: Asked) -> Sequence[Period]:
        against = AGAINST.get(Style(one.choice.style))
        if against is Against.LAST_YEAR:
            return [one.days.same_last_year]
        return [one.days.previous] if against is Against.PREVIOUS else []

    def _value(self, choice: Choice, figure: Figure, days: Period) -> Value:
        if days.from_on > self.today:
            return missing("还没有到这个时段", unit=figure.unit, digits=figure.digits, is_rate=figure.is_rate)
        values = _spread(choice, self._leaves)
        told = [self._one(choice.group, value, figure, days) for value in values]
        return told[0] if len(told) == 1 else _together(figure, told, self.catalogue.fact(figure.key).subject)

    def _one(self, group: str, value: str, figure: Figure, days: Period) -> Value:
        """Return a value; what a scan found nothing of is none in that group, and missing where all of it is."""
        keyed = self.by_group[group]
        if found := keyed.get((days, figure.key, value)):
            return found
        whole = keyed.get((days, figure.key, ALL))
        if whole is not None and whole.number is None:
            return whole
        if figure.measure in (*ADDED, Measure.DISTINCT):
            return counted(0, unit=figure.unit, digits=figure.digits)
        why = "没有可比的基数（分母为零）" if figure.is_rate else "没有这样的件"
        return missing(why, unit=figure.unit, digits=figure.digits, is_rate=figure.is_rate)


def _change(now: Value, base: Value, style: Style) -> Answered:
    """Return how a number stands to an earlier one; over nothing there is no per cent (standards.md 2.4)."""
    held = compared(now, base, against=AGAINST[style])
    if style in (Style.LAST_YEAR_BY, Style.PREVIOUS_BY) and None not in (now.number, base.number):
        by = now.printed - base.printed
        return Answered(f"{by:f}", str(by))
    if held.change is None or held.note:
        return Answered("", missing=held.note or "没有可比的数")
    return Answered(f"{held.change:f}", str(held.change))


def _together(figure: Figure, told: Sequence[Value], subject: str) -> Value:
    """Return several groups as one: counts added, rates from their parts; a median of groups there is none.

    Different subjects are added up as well: each has one category, so that what two groups count is apart.
    """
    if lost := next(
        (one for one in told if one.number is None and one.numerator is None and not one.is_rate), None
    ):
        return lost
    top = sum((one.numerator or 0 for one in told), 0)
    is_of_subjects = figure.measure is Measure.DISTINCT and figure.over == subject
    if figure.measure in ADDED or is_of_subjects:
        return added_up(top, unit=figure.unit, digits=figure.digits)
    if figure.measure is Measure.RATE:
        return rated(top, sum((one.denominator or 0 for one in told), 0), digits=figure.digits)
    return missing("这个指标不能把几类合在一起算", unit=figure.unit, digits=figure.digits)
