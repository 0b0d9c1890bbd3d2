"""Figures of a period by group and month."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from banjie.figures.catalogue import Figure, Measure
from banjie.figures.periods import Period
from banjie.figures.queries.catalogues import Catalogue, ask_of, catalogue_on, ground_of, ruling_day
from banjie.figures.scans import Ask, Ground, Group, Numbers
from banjie.figures.scans.together import scanned_together
from banjie.figures.values import Value, added_up, divided, median_of, missing, rated

Keyed = dict[tuple[str, str], Value]
ALL = ""
"""The group of a figure that is not grouped."""
UNUSED = "没有数据（这本台账还没有记过）"
RECORDS = "record"
"""What the facts of books open: a book that was never written in tells nothing, not even that there was none."""
MONTH = "|"
"""Stands between group and month where a figure is told by both."""


def computed(
    town: str,
    keys: Iterable[str],
    period: Period,
    *,
    group: str | None = None,
    by_month: bool = False,
    where: Mapping[str, str] | None = None,
    today: date | None = None,
) -> Keyed:
    """Return each figure of the period by (key, group value); the group value is empty where none is asked for.

    A group is a column, several joined by +, or a level of the categories such as category.1.

    With `by_month` each month is reckoned as a period of its own and keyed 2026-03, behind a group as group|2026-03.
    `where` narrows to equal columns, such as one unit. `today` keeps what is due today from counting as late; without
    it the period counts as over. Figures of one fact share one scan.
    """
    periods = list(period.months) if by_month else [period]
    found = computed_over(town, keys, periods, group=group, where=where, today=today)
    if not by_month:
        return {(key, value): told for (_, key, value), told in found.items()}
    return {
        (key, f"{value}{MONTH}{told_for.month_key}" if group else told_for.month_key): told
        for (told_for, key, value), told in found.items()
    }


def computed_over(
    town: str,
    keys: Iterable[str],
    periods: Sequence[Period],
    *,
    group: str | None = None,
    where: Mapping[str, str] | None = None,
    today: date | None = None,
) -> dict[tuple[Period, str, str], Value]:
    """Return each figure of several periods by (period, key, group value), all of one fact in one scan."""
    day = ruling_day(periods, today)
    catalogue = catalogue_on(town, day)
    wanted = [catalogue.figure(key) for key in dict.fromkeys(keys)]
    plain = {part.key: part for figure in wanted for part in _parts(catalogue, figure)}
    groups = tuple(group.split("+")) if group else ()
    numbers: dict[tuple[Period, str], dict[Group, Numbers]] = {}
    by_fact: dict[str, list[Figure]] = defaultdict(list)
    for figure in plain.values():
        by_fact[figure.fact].append(figure)
    begun = _begun(catalogue, by_fact, town)
    jobs: list[tuple[Ground, list[Ask]]] = []
    for name, figures in by_fact.items():
        ground = ground_of(catalogue, catalogue.facts[name], town, on=day, groups=groups, where=where)
        told_of = [one for one in periods if _is_begun(begun[name], one)]
        for some in _scanned_together(ground, told_of) if told_of else ():
            jobs.append(
                (ground, [ask_of(catalogue, figure, one, today) for one in some for figure in figures])
            )
    for (_, asks), found in zip(jobs, scanned_together(jobs), strict=True):
        for place, told in found.items():
            numbers[asks[place].period, asks[place].figure.key] = told
    return {
        (one, figure.key, value): told
        for one in periods
        for figure in wanted
        for value, told in _values(catalogue, figure, one, numbers, begun).items()
    }


def _begun(catalogue: Catalogue, facts: Iterable[str], town: str) -> dict[str, date | None]:
    """Return the first day of each fact: None where a town has no row, the first of all days where none is told.

    Facts that are told of by one way are asked for at once.
    """
    told = [catalogue.facts[name] for name in facts]
    found: dict[str, date | None] = {fact.name: date.min for fact in told}
    for way in dict.fromkeys(fact.begun for fact in told):
        if way is not None:
            found |= dict.fromkeys((fact.name for fact in told if fact.begun is way), way(town))
    for all_of in dict.fromkeys(fact.all_begun for fact in told):
        if all_of is not None:
            found |= all_of(town, [fact.name for fact in told if fact.all_begun is all_of])
    return found


def _is_begun(first: date | None, period: Period) -> bool:
    """Tell whether a period can hold a row at all; what lies before the first is not scanned."""
    return first is not None and first <= period.to_on


def _is_unused(catalogue: Catalogue, part: Figure, begun: Mapping[str, date | None]) -> bool:
    return catalogue.facts[part.fact].opens == RECORDS and begun[part.fact] is None


def _scanned_together(ground: Ground, periods: Sequence[Period]) -> list[list[Period]]:
    """Return the periods in batches of one scan.

    Columns made as of :to take each period by itself, and so does a fact that is read by its days alone: between this
    month and that of last year lie eleven others.
    """
    if ground.fact.within or any(name in ground.plan.derived for name in ground.groups):
        return [[one] for one in periods]
    return [list(periods)]


def _parts(catalogue: Catalogue, figure: Figure) -> list[Figure]:
    """Return the figure itself, or the two that are divided."""
    if figure.measure is Measure.OF:
        return [catalogue.figure(figure.over), catalogue.figure(figure.by)]
    return [figure]


def _values(
    catalogue: Catalogue,
    figure: Figure,
    period: Period,
    numbers: Mapping[tuple[Period, str], Mapping[Group, Numbers]],
    begun: Mapping[str, date | None],
) -> dict[str, Value]:
    """Return the figure's values by group; where nothing was counted at all, one for the empty group."""
    parts = _parts(catalogue, figure)
    told = [numbers.get((period, part.key), {}) for part in parts]
    first = [begun[part.fact] for part in parts]
    groups = list(dict.fromkeys(group for one in told for group in one)) or [()]
    if any(_is_unused(catalogue, part, begun) for part in parts):
        return {ALL: missing(UNUSED, unit=figure.unit, digits=figure.digits, is_rate=figure.is_rate)}
    if any(day is not None and period.to_on < day for day in first):
        since = max(day for day in first if day is not None)
        why = f"没有数据（台账从{since.year}年{since.month}月起）"
        return {ALL: missing(why, unit=figure.unit, digits=figure.digits, is_rate=figure.is_rate)}
    return {"+".join(group): _value(figure, [one.get(group, []) for one in told]) for group in groups}


def _value(figure: Figure, told: Sequence[Numbers]) -> Value:
    """Make the value; divisions come last, in Decimal."""
    numbers = [number for part in told for number in (part or [0])]
    top = numbers[0] or 0
    if figure.measure in (Measure.COUNT, Measure.SUM, Measure.DISTINCT):
        return added_up(top, unit=figure.unit, digits=figure.digits)
    if figure.measure in (Measure.LARGEST, Measure.SMALLEST):
        if not told[0] or numbers[0] is None:
            return missing("没有这样的件", unit=figure.unit, digits=figure.digits)
        return added_up(top, unit=figure.unit, digits=figure.digits)
    if figure.measure is Measure.MEDIAN:
        return _median(figure, told[0])
    if figure.measure is Measure.RATE:
        base, above = (*numbers, 0, 0)[:2]
        return rated(above or 0, base or 0, digits=figure.digits, unit=figure.unit)
    bottom = (numbers[1] if len(numbers) > 1 else 0) or 0
    if figure.is_rate:
        return rated(top, bottom, digits=figure.digits, unit=figure.unit)
    return divided(top, bottom, unit=figure.unit, digits=figure.digits)


def _median(figure: Figure, told: Numbers) -> Value:
    pairs = dict(
        zip(map(int, (n or 0 for n in told[::2])), map(int, (n or 0 for n in told[1::2])), strict=True)
    )
    number: Decimal | None = median_of(pairs)
    if number is None:
        return missing("没有这样的件", unit=figure.unit, digits=figure.digits)
    return Value(None, sum(pairs.values()), number, unit=figure.unit, digits=figure.digits)
