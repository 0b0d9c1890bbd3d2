"""Where the numbers of a paper come from: the catalogue's figures, read once for everything that its prose names."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from banjie.figures.comparing import BASE_WORDS, Against, Comparison, compared
from banjie.figures.periods import Period
from banjie.figures.queries import ALL, Catalogue, computed_over
from banjie.figures.values import Value, missing, plainly
from banjie.reports.filling import Group
from banjie.reports.marks import Mark, Style
from banjie.reports.paper import Number, Span
from banjie.reports.rules import Listing, Told

Keyed = Mapping[tuple[Period, str, str], Value]
AGAINST = {Style.CHANGE: Against.LAST_YEAR, Style.BEFORE: Against.LAST_YEAR, Style.STEP: Against.PREVIOUS}
UNGROUPED = ""


@dataclass(frozen=True)
class Numbers:
    """The figures of a paper, worked out: by group, for the period and those it is held against."""

    period: Period
    catalogue: Catalogue
    by_group: Mapping[str, Keyed]
    labels: Mapping[str, Mapping[str, str]]
    told: Mapping[str, str]
    listings: Mapping[str, Sequence[Sequence[Span]]]

    def words(self, mark: Mark) -> str | None:
        """Return what a mark says that is no number."""
        return self.told[mark.name] if mark.name in set(Told) else None

    def items(self, mark: Mark) -> Sequence[Sequence[Span]] | None:
        """Return the items of a list, as many as its mark asks for."""
        if mark.name not in set(Listing):
            return None
        return self.listings[mark.name][: mark.count or None]

    def groups(self, group: str, figures: Sequence[str]) -> Sequence[Group]:
        """Return the values of a group that any of the figures counts, most of the first one first, nobody's last."""
        keyed = self.by_group[group]
        found: dict[str, list[Value]] = defaultdict(list)
        for key in figures:
            for (period, name, value), told in keyed.items():
                if name == key and period == self.period:
                    found[value].append(told)
        first = figures[0] if figures else ""
        values = [value for value, told in found.items() if any(one.number for one in told)]
        weights = {value: self._value(first, group, value).number or 0 for value in values}
        names = {value: self._label(group, value) for value in values}
        order = sorted(values, key=lambda value: (value == "", -weights[value], names[value]))
        return [Group(value, names[value]) for value in order]

    def number(self, mark: Mark, value: str = "") -> Number:
        """Return the number of a mark in its style, for a group's value where it has a group."""
        now = self._value(mark.name, mark.group, value)
        title = self.catalogue.figure(mark.name).title
        if mark.style in (Style.CHANGE, Style.STEP):
            return self._compared(mark, value, now)
        if mark.style == Style.BEFORE:
            before = self._value(mark.name, mark.group, value, period=self.period.same_last_year)
            return self._said(mark, value, before, title=title, period=self.period.same_last_year)
        return self._said(mark, value, now, title=title, period=self.period)

    def _compared(self, mark: Mark, value: str, now: Value) -> Number:
        against = AGAINST[Style(mark.style)]
        before = self._value(mark.name, mark.group, value, period=other_period(self.period, against))
        held: Comparison = compared(now, before, against=against)
        figure = self.catalogue.figure(mark.name)
        title = f"{figure.title}（与{BASE_WORDS[against]}比）"
        if held.change is None:
            return self._made(mark, value, held.note, title=held.note, period=self.period)
        return self._made(mark, value, held.words, title=title, period=self.period, exact=str(held.change))

    def _said(self, mark: Mark, value: str, told: Value, *, title: str, period: Period) -> Number:
        if told.number is None:
            return self._made(mark, value, told.missing, title=told.missing, period=period)
        said = told.words
        if mark.style == Style.DIGITS:
            said = plainly(told.printed) + ("%" if told.is_rate else "")
        elif mark.style == Style.BASE:
            said = told.fraction_words
        return self._made(mark, value, said, title=title, period=period, exact=str(told.number))

    def _made(
        self, mark: Mark, value: str, text: str, *, title: str, period: Period, exact: str = ""
    ) -> Number:
        return Number(
            text=text,
            figure=mark.name,
            title=title,
            from_on=period.from_on,
            to_on=period.to_on,
            group=mark.group,
            value=value,
            exact=exact,
            style=mark.style,
            is_missing=not exact,
            is_strong=mark.is_strong,
        )

    def _value(self, key: str, group: str, value: str, *, period: Period | None = None) -> Value:
        """Return a value; what a scan found nothing of is none in that group, and missing where all of it is."""
        keyed, over = self.by_group[group], period or self.period
        if found := keyed.get((over, key, value)):
            return found
        figure = self.catalogue.figure(key)
        whole = keyed.get((over, key, ALL))
        if whole is not None and whole.number is None:
            return whole
        if figure.is_rate:
            return missing("没有可比的基数（分母为零）", unit=figure.unit, digits=figure.digits, is_rate=True)
        return Value(0, None, 0, unit=figure.unit, digits=figure.digits)

    def _label(self, group: str, value: str) -> str:
        return self.labels.get(group, {}).get(value, value)


@dataclass(frozen=True)
class Wanted:
    """What a prose asks of the catalogue: figures by group, and against which periods they are held."""

    marks: tuple[Mark, ...]

    @cached_property
    def figures(self) -> dict[str, list[str]]:
        """Return the figures asked for, by group, each once."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for mark in self.marks:
            if mark.style != Style.EACH and mark.name not in (*Told, *Listing):
                found[mark.group or UNGROUPED][mark.name] = None
        return {group: list(keys) for group, keys in found.items()}

    def held_against(self, group: str) -> set[Against]:
        """Return what the figures of a group are held against."""
        marks = [mark for mark in self.marks if mark.group == group]
        return {AGAINST[Style(mark.style)] for mark in marks if mark.style in AGAINST}


def other_period(period: Period, against: Against) -> Period:
    """Return the period that another is held against."""
    return period.same_last_year if against is Against.LAST_YEAR else period.previous


def numbers_for(town: str, wanted: Wanted, period: Period, *, today: date) -> dict[str, Keyed]:
    """Return every figure that is wanted, by group: one scan of each fact and group, for all its periods together."""
    found: dict[str, Keyed] = {}
    for group, keys in wanted.figures.items():
        periods = _periods(period, wanted.held_against(group))
        found[group] = computed_over(town, keys, periods, group=group or None, today=today)
    return found


def _periods(period: Period, held: Iterable[Against]) -> list[Period]:
    return [period, *(other_period(period, against) for against in sorted(held))]
