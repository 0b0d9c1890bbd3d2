"""The shelf `papers` of the rulebook: what may be written on it and what is wrong with it, by file and line."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from banjie.base.declarations import REGISTRY, Fact, FactColumn, RuleType
from banjie.figures.catalogue import Figure, Measure
from banjie.figures.levels import column_in
from banjie.figures.making import Facts
from banjie.figures.rules import figures_in
from banjie.figures.wording import slips_in
from banjie.reports.asked.rules import ASKED_FORMS
from banjie.reports.marks import STYLE_WORDS, Mark, Style
from banjie.reports.reading import read_prose
from banjie.reports.text import Heading, Prose
from banjie.rulebook.findings import Finding, Place
from banjie.rulebook.rules import parse_setting, say_setting
from banjie.rulebook.sections import SectionReader, read_section
from banjie.rulebook.text import Section, Text

PAPER = RuleType("paper", "文稿", parse=parse_setting, say=say_setting)


class Told(StrEnum):
    """What a mark may say that is no figure."""

    TOWN = "town"
    PERIOD = "period"
    UNTIL = "until"
    LAST_YEAR = "last_year"
    ISSUED_ON = "issued_on"


TOLD_WORDS = {
    Told.TOWN: "镇名",
    Told.PERIOD: "统计时段，如2026年10月",
    Told.UNTIL: "时段末，如截至2026年10月31日",
    Told.LAST_YEAR: "上年同期，如2025年10月",
    Told.ISSUED_ON: "成文日期",
}


class Listing(StrEnum):
    """The lists of cases that a mark may name."""

    HOT_TOPICS = "hot_topics"
    OLDEST_OPEN = "oldest_open"


LISTING_WORDS = {
    Listing.HOT_TOPICS: "反映集中的事，如 hot_topics : top 3",
    Listing.OLDEST_OPEN: "没有办完、时间最长的几件",
}


class Rhythm(StrEnum):
    """How often a paper comes out."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


RHYTHM_WORDS = {Rhythm.MONTH: "每月一篇", Rhythm.QUARTER: "每季度一篇", Rhythm.YEAR: "每年一篇"}
_OF_RATES = (Measure.RATE, Measure.OF)


@dataclass(frozen=True)
class _Known:
    """What the marks of a text may name; without figures at hand their names are not checked."""

    figures: Mapping[str, Figure]
    facts: Mapping[str, Fact]

    def groups(self, figure: Figure) -> tuple[FactColumn, ...]:
        fact = self.facts.get(self.figures[figure.over].fact if figure.measure is Measure.OF else figure.fact)
        return fact.groups if fact else ()

    def can_group(self, figure: Figure, group: str) -> bool:
        return column_in(self.groups(figure), group) is not None


def paper_findings(texts: Sequence[Text]) -> Iterator[Finding]:
    """Yield what is wrong with the papers among texts that are to rule together."""
    figures, _ = figures_in(texts)
    known = _Known({figure.key: figure for figure in figures}, Facts(texts))
    for text in texts:
        if text.section is Section.PAPERS:
            yield from _findings(text, read_prose(text.prose), known)


def rhythm_of(text: Text) -> Rhythm:
    """Return how often a paper comes out; monthly where it says nothing."""
    return Rhythm(str(text.items.get("period", Rhythm.MONTH)))


def _findings(text: Text, prose: Prose, known: _Known) -> Iterator[Finding]:
    if text.items.get("period", Rhythm.MONTH) not in set(Rhythm):
        said = "、".join(f"{one}（{words}）" for one, words in RHYTHM_WORDS.items())
        yield Finding(text.place("period"), "period 不认识", f"可以写：{said}")
    if not (prose.blocks and isinstance(prose.blocks[0], Heading) and prose.blocks[0].level == 1):
        yield Finding(_place(text, 0), "正文没有以标题开头", "请把第一行写成 # 标题")
    for fault in prose.faults:
        yield Finding(_place(text, fault.line), fault.fault, fault.remedy)
    for mark in prose.marks():
        yield from (Finding(_place(text, mark.line), *told) for told in _mark_faults(mark, known))
    for number, line in enumerate(text.prose.split("\n")):
        for slip in slips_in(line):
            yield Finding(_place(text, number), f"“{slip.words}”：{slip.fault}", slip.remedy)


def _place(text: Text, line: int) -> Place:
    return Place(text.file, text.front.prose_line + line)


def _mark_faults(mark: Mark, known: _Known) -> Iterator[tuple[str, str]]:
    """Yield fault and remedy of one mark."""
    if mark.style not in set(Style):
        styles = "、".join(f"{style}（{said}）" for style, said in STYLE_WORDS.items())
        yield f"记号 {mark.name} 的样式 {mark.style} 不认识", f"可以写：{styles}"
    elif mark.style == Style.EACH:
        if known.figures and not any(known.can_group(one, mark.name) for one in known.figures.values()):
            yield f"没有叫 {mark.name} 的分组", _groups_remedy(known, known.figures.values())
    elif mark.name in set(Told) or mark.name in set(Listing):
        if mark.group:
            yield f"记号 {mark.name} 不能分组", f"请删去 by {mark.group}"
    elif known.figures:
        yield from _figure_faults(mark, known)


def _figure_faults(mark: Mark, known: _Known) -> Iterator[tuple[str, str]]:
    figure = known.figures.get(mark.name)
    if figure is None:
        near = [key for key in known.figures if key.partition(".")[0] == mark.name.partition(".")[0]]
        others = "、".join([*(near or known.figures), *Told, *Listing])
        yield f"没有叫 {mark.name} 的数据指标", f"可以写：{others}"
        return
    if mark.group and not known.can_group(figure, mark.group):
        yield f"指标 {mark.name} 不能按 {mark.group} 分组", _groups_remedy(known, [figure])
    if mark.style == Style.TOP and not mark.group:
        yield f"记号 {mark.name} 写了 top，却没有分组", f"请写成 {{{{ {mark.name} by unit : top 3 }}}}"
    if mark.style == Style.BASE and figure.measure not in _OF_RATES:
        yield f"指标 {mark.name} 不是比率，没有分子分母", "请去掉 : base"


def _groups_remedy(known: _Known, figures: Iterable[Figure]) -> str:
    groups = {column.name: column.title for figure in figures for column in known.groups(figure)}
    return f"可以写：{'、'.join(f'{name}（{title}）' for name, title in groups.items()) or '（没有）'}"


REGISTRY.add(PAPER)
REGISTRY.add(ASKED_FORMS)
read_section(
    SectionReader(Section.PAPERS, PAPER.name, paper_findings, items=frozenset({"period"}), has_own_marks=True)
)
