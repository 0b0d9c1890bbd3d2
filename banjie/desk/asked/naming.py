"""What a cell of a form is, in words: the figure, whose, and of which days."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from banjie.base.declarations import FACTS, FactColumn
from banjie.figures.naming import names_in
from banjie.figures.periods import Period
from banjie.figures.queries import Catalogue
from banjie.reports.asked.matching import STYLE_WORDS, Choice, Source, Style, Told
from banjie.reports.asked.spans import PERIOD, days_of, span_words
from banjie.rulebook.queries import rules_on

TOLD_WORDS = {
    Told.TOWN: "本镇名称",
    Told.DAY: "填报日期",
    Told.PERIOD: "统计时段",
    Told.PERSON: "填报人姓名",
}
CATEGORY = "category"


@dataclass(frozen=True)
class Naming:
    """Names for what the choices of one form name; those of a column are read together."""

    town: str
    on: date
    catalogue: Catalogue
    choices: tuple[Choice, ...]

    @cached_property
    def _names(self) -> Mapping[str, Mapping[str, str]]:
        wanted: dict[str, set[str]] = defaultdict(set)
        for choice in self.choices:
            for column, value in _pairs(choice):
                wanted[column].add(value)
        return {
            column: names_in(self.town, known, wanted[column], on=self.on)
            for column, known in self.columns.items()
            if column in wanted
        }

    @cached_property
    def columns(self) -> Mapping[str, FactColumn]:
        """Return the columns by which any fact is grouped, by name."""
        facts = (
            *self.catalogue.facts.values(),
            *FACTS.values(),
        )  # those of cases name a column that both have
        return {column.name: column for fact in facts for column in fact.groups}

    def source(self, choice: Choice, period: Period) -> str:
        """Return where what is written comes from: 台账：收到，民生办，本年累计."""
        if choice.source is Source.TYPED:
            return f"引用：{choice.quoted}" if choice.quoted else "手工填"
        if choice.source is Source.TOLD:
            return TOLD_WORDS.get(Told(choice.figure), "") if choice.figure in set(Told) else ""
        if choice.source is not Source.FIGURE:
            return ""
        return "，".join(("台账：" + self.title(choice), *self.groups(choice), self.days(choice, period)))

    def title(self, choice: Choice) -> str:
        """Return the figure's title, with how its change is told."""
        figure = self.catalogue.figures.get(choice.figure)
        style = STYLE_WORDS[Style(choice.style)] if choice.style in set(Style) else ""
        return (figure.title if figure else choice.figure) + (f"（{style}）" if style else "")

    def groups(self, choice: Choice) -> list[str]:
        """Return whose numbers they are, nothing for the whole town's."""
        return [self._name(column, value) for column, value in _pairs(choice)]

    def days(self, choice: Choice, period: Period) -> str:
        """Return which days are counted."""
        days = days_of(choice.span, period).words
        return days if choice.span == PERIOD else f"{span_words(choice.span)}（{days}）"

    def _name(self, column: str, value: str) -> str:
        if column == CATEGORY:
            tree = rules_on(self.town, self.on).categories
            return tree.find(value).title if value in tree else value
        return self._names.get(column, {}).get(value, value)


def _pairs(choice: Choice) -> Iterable[tuple[str, str]]:
    if not choice.group:
        return ()
    return zip(choice.group.split("+"), choice.value.split("+"), strict=False)
