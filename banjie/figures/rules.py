"""The shelf `figures` of the rulebook: what may be written on it and what is wrong with it."""

from collections.abc import Iterator, Sequence

from banjie.base.declarations import REGISTRY, RuleType
from banjie.figures.catalogue import Figure, Measure, read_figures
from banjie.figures.compiling import expression_findings
from banjie.figures.making import Facts
from banjie.rulebook.findings import Finding, Place
from banjie.rulebook.rules import parse_setting, say_setting
from banjie.rulebook.sections import SectionReader, read_section
from banjie.rulebook.text import Section, Text

FIGURES = RuleType("figures", "数据指标", parse=parse_setting, say=say_setting)


def figures_in(texts: Sequence[Text]) -> tuple[list[Figure], list[Finding]]:
    """Return the figures of all texts of the shelf and what is wrong with those that cannot be read."""
    figures: list[Figure] = []
    findings: list[Finding] = []
    for text in texts:
        if text.section is Section.FIGURES:
            read, wrong = read_figures(text)
            figures, findings = figures + read, findings + wrong
    return figures, findings


def figure_findings(texts: Sequence[Text]) -> Iterator[Finding]:
    """Yield what is wrong with the catalogue: tables, doubles, facts, expressions, and figures that name others."""
    figures, findings = figures_in(texts)
    yield from findings
    facts = Facts(texts)
    seen: dict[str, Place] = {}
    for figure in figures:
        if figure.key in seen:
            yield Finding(figure.place, f"指标 {figure.key} 在 {seen[figure.key]} 已经写过", "请只留一处")
        seen.setdefault(figure.key, figure.place)
        if figure.fact and facts.get(figure.fact) is None:
            remedy = f"可以写：{'、'.join(sorted(facts))}"
            yield Finding(figure.place, f"指标 {figure.key} 的事实 {figure.fact} 不存在", remedy)
        yield from _column_findings(figure, facts)
    yield from expression_findings(figures, facts)
    yield from _quotient_findings(figures)


def _column_findings(figure: Figure, facts: Facts) -> Iterator[Finding]:
    """Yield a distinct count over what is no column of the fact."""
    fact = facts.get(figure.fact)
    if fact is None or figure.measure is not Measure.DISTINCT:
        return
    known = [fact.subject, *(column.name for column in fact.columns if not column.expression)]
    if figure.over not in known:
        remedy = f"可以写：{'、'.join(known)}"
        yield Finding(figure.over_place, f"指标 {figure.key} 去重的 {figure.over} 不是一列", remedy)


def _quotient_findings(figures: Sequence[Figure]) -> Iterator[Finding]:
    plain = {
        figure.key for figure in figures if figure.measure in (Measure.COUNT, Measure.SUM, Measure.DISTINCT)
    }
    for figure in figures:
        if figure.measure is not Measure.OF:
            continue
        for key in (figure.over, figure.by):
            if key not in plain:
                remedy = f"可以写：{'、'.join(sorted(plain)) or '（现在一个也没有）'}"
                yield Finding(figure.over_place, f"指标 {figure.key} 引用的 {key} 不是可以相除的指标", remedy)


REGISTRY.add(FIGURES)
read_section(SectionReader(Section.FIGURES, FIGURES.name, figure_findings, items=None))
