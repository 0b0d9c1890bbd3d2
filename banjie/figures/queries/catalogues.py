"""The catalogue in force, and what of it is scanned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from django.db import connection

from banjie.base.declarations import FACTS, Fact
from banjie.base.errors import NotFound, RuleMissing
from banjie.figures.catalogue import Figure, Measure
from banjie.figures.compiling import Compiled, compiled
from banjie.figures.levels import column_in, folded, level_of, under
from banjie.figures.making import MAKERS, Facts
from banjie.figures.periods import Period
from banjie.figures.rules import figures_in
from banjie.figures.scans import Ask, Ground
from banjie.rulebook.in_force import Edition
from banjie.rulebook.queries import rules_on
from banjie.rulebook.text import Section


@dataclass(frozen=True)
class Catalogue:
    """The figures in force for a town on a day, compiled for this database."""

    figures: Mapping[str, Figure]
    articles: Mapping[str, str]
    facts: Mapping[str, Fact]
    compiled: Compiled

    def figure(self, key: str) -> Figure:
        """Return a figure; RuleMissing when no text in force names it."""
        if key not in self.figures:
            said = f"数据指标 {key} 没有在任何生效的文本里写明"
            raise RuleMissing(f"{said}。请管理员运行 banjie rulebook check，并载入它。")
        return self.figures[key]

    def fact(self, key: str) -> Fact:
        """Return the fact that a figure counts; of two that are divided, that of the upper."""
        figure = self.figure(key)
        return self.facts[self.figure(figure.over).fact if figure.measure is Measure.OF else figure.fact]


def catalogue_on(town: str, on: date) -> Catalogue:
    """Return the catalogue in force for a town on a day; compiled once per set of texts and database."""
    rules = rules_on(town, on)
    made_of = tuple(edition for section in sorted(MAKERS) for edition in rules.texts(section))
    catalogue = _catalogue(tuple(rules.texts(Section.FIGURES)), made_of, _dialect())
    asked = {name: _whole(rules.setting(name)) for name in catalogue.compiled.settings}
    return replace(catalogue, compiled=catalogue.compiled.settled(asked)) if asked else catalogue


def ground_of(
    catalogue: Catalogue,
    fact: Fact,
    town: str,
    *,
    on: date,
    groups: tuple[str, ...] = (),
    where: Mapping[str, str] | None = None,
) -> Ground:
    """Return what is scanned; raises NotFound for a column that the fact does not have, or not at that level.

    Levels are those of the tree of categories in force on a day.
    """
    if unknown := [name for name in (*groups, *(where or {})) if column_in(fact.columns, name) is None]:
        raise NotFound(f"“{fact.title}”不能按“{'、'.join(unknown)}”分组。请从列表里选。")
    plan = catalogue.compiled.facts[fact.name]
    among: dict[str, Sequence[str]] = {}
    for name, value in (where or {}).items():
        plain, level = level_of(name)
        among[plain] = under(_folds(town, level, on), value) if level else [value]
    told = [level_of(name) for name in groups]
    folds = tuple(_folds(town, level, on) for _, level in told)
    return Ground(town, fact, plan, tuple(plain for plain, _ in told), folds, among)


def _folds(town: str, level: int, on: date) -> Mapping[str, str]:
    return folded(rules_on(town, on).categories, level) if level else {}


def ask_of(catalogue: Catalogue, figure: Figure, period: Period, today: date | None) -> Ask:
    """Return a figure as it is asked for a period."""
    return Ask(figure, catalogue.compiled.plans[figure.key], period, period.past(today))


def ruling_day(periods: Sequence[Period], today: date | None) -> date:
    """Return the day whose catalogue counts: today's, so that both years are reckoned by one definition."""
    return today or max(period.to_on for period in periods)


def _whole(value: object) -> int:
    """Return a setting as an expression counts with it: a span in seconds."""
    if isinstance(value, timedelta):
        return int(value.total_seconds())
    if isinstance(value, int):
        return int(value)
    raise RuleMissing(
        f"参数（{value}）不是数，也不是一段时间，不能用在数据指标里。请改正指标里的 setting(…)。"
    )


def _dialect() -> str:
    return "postgres" if connection.vendor == "postgresql" else "sqlite"


@lru_cache(maxsize=64)
def _catalogue(editions: tuple[Edition, ...], made_of: tuple[Edition, ...], dialect: str) -> Catalogue:
    """Compile the figures over the facts that they count, those of texts among them."""
    figures: dict[str, Figure] = {}
    articles: dict[str, str] = {}
    for edition in editions:
        for figure in figures_in([edition.text])[0]:
            figures[figure.key] = figure
            articles[figure.key] = f"{edition.text.title}@{edition.version}"
    known = Facts(made_of)
    named = {figure.fact for figure in figures.values() if figure.fact}
    facts = {**FACTS, **{name: known[name] for name in sorted(named)}}
    return Catalogue(figures, articles, facts, compiled(list(figures.values()), facts, dialect=dialect))
