"""The catalogue as written: figures read from the texts of the rulebook's shelf `figures`. No Django here.

[case.on_time_rate]
title = "按期办结率"
fact = "case"
where = "due"
rate = "on_time"
note = "期内到期的件中，在期限内办结的占多少。"
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from banjie.rulebook.check.form import HEAD_ITEMS
from banjie.rulebook.findings import Finding, Place
from banjie.rulebook.text import Text


class Measure(StrEnum):
    """What is made of the rows that a figure's condition keeps; each is an item of its table."""

    COUNT = "count"
    SUM = "sum"
    AVERAGE = "average"
    MEDIAN = "median"
    DISTINCT = "distinct"
    LARGEST = "largest"
    SMALLEST = "smallest"
    RATE = "rate"
    OF = "of"


class Better(StrEnum):
    """Which way is good news; nothing is coloured by it, but lists begin with what is worst."""

    MORE = "more"
    LESS = "less"
    NEITHER = "neither"


MEASURE_WORDS = {
    Measure.COUNT: "计数",
    Measure.SUM: "合计",
    Measure.AVERAGE: "平均",
    Measure.MEDIAN: "中位数",
    Measure.DISTINCT: "去重计数",
    Measure.LARGEST: "最大值",
    Measure.SMALLEST: "最小值",
    Measure.RATE: "占比",
    Measure.OF: "两个指标相除",
}
ITEMS = frozenset({"title", "fact", "where", "unit", "digits", "note", "better", "by", *Measure})
UNITS = {Measure.RATE: "%", Measure.AVERAGE: "天", Measure.MEDIAN: "天"}
DIGITS = {Measure.RATE: 1, Measure.OF: 1, Measure.AVERAGE: 1, Measure.MEDIAN: 1}


@dataclass(frozen=True)
class Figure:
    """数据指标: what is counted, over which fact, and how it is written; `note` is its definition (口径).

    `over` is the expression that is summed or the condition of a rate's numerator; for `of` it is the key of the
    figure that is divided by the figure `by`.
    """

    key: str
    title: str
    fact: str
    where: str
    measure: Measure
    over: str
    by: str
    unit: str
    digits: int
    note: str
    better: Better
    place: Place
    over_place: Place

    @property
    def is_rate(self) -> bool:
        """Tell whether it is a share, which is printed in per cent and compared in points."""
        return self.measure in (Measure.RATE, Measure.OF) and self.unit == "%"

    @property
    def sorted_by(self) -> bool:
        """Tell whether the largest comes first where it is listed by group."""
        return self.better is not Better.MORE or not self.is_rate


def read_figures(text: Text) -> tuple[list[Figure], list[Finding]]:
    """Return the figures of a text, as far as they can be read, and what is wrong with the others."""
    figures, findings = [], []
    for key, table in _tables(text):
        wrong = list(_faults(text, key, table))
        findings += wrong
        if not wrong:
            figures.append(_figure(text, key, table))
    if not figures and not findings:
        findings.append(Finding(text.place("type"), "没有写任何指标", "请写上 [case.received] 这样的一节"))
    return figures, findings


def _tables(text: Text) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield each figure's key and table: tables in tables, the innermost being the figure."""
    pending = [(name, item) for name, item in text.items.items() if name not in HEAD_ITEMS]
    while pending:
        key, table = pending.pop(0)
        inner = [item for item in table.values() if isinstance(item, dict)] if isinstance(table, dict) else []
        if isinstance(table, dict) and inner and len(inner) == len(table):
            pending = [(f"{key}.{name}", item) for name, item in table.items()] + pending
        else:
            yield key, table if isinstance(table, dict) else {}


def _faults(text: Text, key: str, table: Mapping[str, object]) -> Iterator[Finding]:
    place = text.place(key)
    if not table:
        yield Finding(place, f"{key} 不是一个指标", f'请写成一节 [{key}]，下面写 title = "……" 等各项')
        return
    if unknown := sorted(table.keys() - ITEMS):
        fault = f"指标 {key} 里有不认识的项 {'、'.join(unknown)}"
        yield Finding(text.place(f"{key}.{unknown[0]}", key), fault, f"可以写：{'、'.join(sorted(ITEMS))}")
    for item in ("title", "note"):
        if not isinstance(table.get(item), str) or not str(table.get(item)).strip():
            remedy = '请写上 note = "……"，说明数的是什么、怎么算' if item == "note" else '请写上 title = "……"'
            yield Finding(place, f"指标 {key} 没有 {item}", remedy)
    yield from _measure_faults(text, key, table)
    if not isinstance(table.get("digits", 0), int):
        yield Finding(text.place(f"{key}.digits"), f"指标 {key} 的 digits 不是整数", "请写成 digits = 1")
    if table.get("better", Better.NEITHER) not in set(Better):
        yield Finding(
            text.place(f"{key}.better"),
            f"指标 {key} 的 better 不认识",
            "可以写：more（越高越好）、less、neither",
        )


def _measure_faults(text: Text, key: str, table: Mapping[str, object]) -> Iterator[Finding]:
    named = [measure for measure in Measure if measure in table]
    place = text.place(key)
    if len(named) != 1:
        said = "、".join(f"{measure}（{words}）" for measure, words in MEASURE_WORDS.items())
        yield Finding(place, f"指标 {key} 要写、且只能写一种算法", f"可以写：{said}")
        return
    measure, value = named[0], table[named[0]]
    if measure is Measure.COUNT:
        if value is not True:
            yield Finding(text.place(f"{key}.count"), f"指标 {key} 的 count 不是 true", "请写成 count = true")
    elif not isinstance(value, str) or not value.strip():
        fault = f"指标 {key} 的 {measure} 没有写内容"
        yield Finding(text.place(f"{key}.{measure}"), fault, f'请写成 {measure} = "……"')
    is_quotient = measure is Measure.OF
    if is_quotient != isinstance(table.get("by"), str):
        yield Finding(place, f"指标 {key} 的 of 和 by 要一起写", '请写 of = "分子指标" 和 by = "分母指标"')
    if is_quotient == isinstance(table.get("fact"), str):
        remedy = "两个指标相除的，不写 fact；其余的请写 fact"
        yield Finding(place, f"指标 {key} 的 fact {'多余' if is_quotient else '没有写'}", remedy)


def _figure(text: Text, key: str, table: Mapping[str, object]) -> Figure:
    measure = next(measure for measure in Measure if measure in table)
    digits = table.get("digits", DIGITS.get(measure, 0))
    return Figure(
        key=key,
        title=str(table["title"]).strip(),
        fact=str(table.get("fact", "")),
        where=str(table.get("where", "")).strip(),
        measure=measure,
        over="" if measure is Measure.COUNT else str(table[measure]).strip(),
        by=str(table.get("by", "")),
        unit=str(table.get("unit", UNITS.get(measure, "件"))),
        digits=digits if isinstance(digits, int) else 0,
        note=str(table["note"]).strip(),
        better=Better(str(table.get("better", Better.NEITHER))),
        place=text.place(f"{key}.where", key),
        over_place=text.place(f"{key}.{measure}", key),
    )
