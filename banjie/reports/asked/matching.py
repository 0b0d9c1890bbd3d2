"""What each blank of a form asks: a figure of the catalogue in a group and a period, or what is not known. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from banjie.fields.plain_text import half_width
from banjie.figures.catalogue import Figure
from banjie.reports.asked import spans
from banjie.reports.asked.blanks import DAY, Blank, without_unit
from banjie.reports.asked.form import TEXT, Form
from banjie.reports.asked.words import Sense, Term, Understood, Vocabulary, plain
from banjie.sheets.matching import Ground

KIND = "kind"
_PLACE_BEFORE = re.compile(r"^[\u4e00-\u9fff]{2,7}?[省市县区旗](?=.{4})")
_PERIOD = re.compile(r"(?:\d{4}年度?)?(?:第?[一二三四1-4]季度|[上下]半年|[\d\-至~]{1,5}月份?)?|\d{4}年度?")
_ANOTHER_TOWN = re.compile(r"[\u4e00-\u9fff]{1,8}(?:镇|乡|街道|街道办事处|街道办)")


class Source(StrEnum):
    """Where what is written into a cell comes from."""

    FIGURE = "figure"
    TYPED = "typed"
    TOLD = "told"
    BLANK = "blank"
    NONE = "none"


class Told(StrEnum):
    """What is no number and yet known: the town, the day, who fills the form in."""

    TOWN = "town"
    DAY = "day"
    PERIOD = "period"
    PERSON = "person"


class Style(StrEnum):
    """How a number is written: as it is, or as its change against an earlier period, in per cent or by how many."""

    PLAIN = "plain"
    LAST_YEAR = "last_year"
    PREVIOUS = "previous"
    LAST_YEAR_BY = "last_year_by"
    PREVIOUS_BY = "previous_by"


STYLE_WORDS = {
    Style.PLAIN: "",
    Style.LAST_YEAR: "同比",
    Style.PREVIOUS: "环比",
    Style.LAST_YEAR_BY: "同比增减",
    Style.PREVIOUS_BY: "环比增减",
}


@dataclass(frozen=True)
class Choice:
    """What a blank is matched with; `why` says what is missing, or what a person has to look at."""

    source: Source
    figure: str = ""
    group: str = ""
    value: str = ""
    span: str = spans.PERIOD
    style: str = Style.PLAIN
    ground: Ground | None = None
    why: str = ""
    text: str = ""
    quoted: str = ""

    @property
    def is_sure(self) -> bool:
        """Tell whether nobody need look at it before it goes out."""
        return self.source is not Source.NONE and self.ground is not Ground.LIKENESS


@dataclass(frozen=True)
class Known:
    """What a form is matched against: words, figures by key, the groups of each, and units that mean a case.

    `by_kind` are the figures that count cases of any kind, unless one is named.
    """

    vocabulary: Vocabulary
    figures: Mapping[str, Figure]
    groups: Mapping[str, frozenset[str]]
    by_kind: frozenset[str] = frozenset()
    case_units: frozenset[str] = frozenset({"件"})


@dataclass(frozen=True)
class Topic:
    """What the title narrows every cell to, and the words of it that nobody knows."""

    terms: tuple[Term, ...] = ()
    left: str = ""


def topics_of(form: Form, known: Known, *, sender: str = "") -> dict[int, Topic]:
    """Return for each grid, and for the lines of text, what its titles say of all its cells."""
    found = {}
    for number in (TEXT, *range(len(form.grids))):
        told = [topic_of(title, known, sender=sender) for title in form.titles_of(number)]
        terms = tuple(term for topic in told for term in topic.terms)
        found[number] = Topic(terms, "、".join(topic.left for topic in told if topic.left))
    return found


def topic_of(title: str, known: Known, *, sender: str = "") -> Topic:
    """Return what one title says; its period and whose form it is are no part of that."""
    bare = "".join(half_width(title).split()).replace(sender or "\0", "")
    told = known.vocabulary.understand(_PERIOD.sub("", _PLACE_BEFORE.sub("", bare)))
    return Topic(told.terms, told.left)


def propose(blank: Blank, topic: Topic, known: Known) -> Choice | None:
    """Return what a blank asks; None where it is another's to fill in."""
    if blank.unit == DAY:
        return Choice(Source.TOLD, figure=Told.DAY, ground=Ground.TITLE)
    parts = [known.vocabulary.understand(part) for part in (*blank.row, *blank.column)]
    if any(_ANOTHER_TOWN.fullmatch(one) and known.vocabulary.understand(one).left for one in blank.row):
        return None
    terms = [term for part in parts for term in part.terms]
    if told := [term for term in terms if term.sense is Sense.TOLD]:
        return _told(told[-1], parts, is_alone=not (blank.row and blank.column))
    return _figure(blank, parts, topic, known)


def _told(term: Term, parts: Sequence[Understood], *, is_alone: bool) -> Choice:
    if is_alone and term.target in set(Told) and not any(part.left for part in parts):
        return Choice(Source.TOLD, figure=term.target, ground=Ground.TITLE)
    return Choice(Source.BLANK, ground=Ground.TITLE, why="由单位自己填写或签字盖章")


def _figure(blank: Blank, parts: Sequence[Understood], topic: Topic, known: Known) -> Choice:
    terms = [term for part in parts for term in part.terms]
    left = [part.left for part in parts if part.left]
    keys = [term for term in terms if term.sense is Sense.FIGURE]
    keys = keys or [term for term in topic.terms if term.sense is Sense.FIGURE]
    if not keys:
        said = without_unit((blank.column or blank.row)[-1])
        return Choice(Source.NONE, why=f"缺：没有对应的数据指标（“{said[:40]}”）")
    key = keys[-1]
    left += [term.words for term in terms if term.fact and not _is_of(term, key, known)]
    choice = Choice(Source.FIGURE, figure=key.target, ground=Ground.TITLE if key.is_title else Ground.ALIAS)
    groups, passed = _groups(terms, topic, known.groups.get(key.target, frozenset()))
    choice = replace(
        choice,
        group="+".join(groups),
        value="+".join(groups.values()),
        span=_span(terms, topic, blank, known),
        style=_style(terms, blank, known),
    )
    if left:
        return replace(choice, source=Source.NONE, why=f"缺：没有认出“{'、'.join(left)[:40]}”")
    if why := _unfit(choice, blank, known):
        return replace(choice, source=Source.NONE, why=why)
    is_any_kind = key.target in known.by_kind and KIND not in groups
    return _doubted(choice, keys, topic.left or passed, is_any_kind=is_any_kind)


def _is_of(term: Term, key: Term, known: Known) -> bool:
    """Tell whether a group is one of the fact that the figure counts."""
    figure = known.figures.get(key.target)
    return figure is not None and term.fact == figure.fact


def _doubted(choice: Choice, keys: Sequence[Term], left: str, *, is_any_kind: bool) -> Choice:
    if left:
        why = f"表名里的“{left[:20]}”没有用上，请核对是不是这个数"
        return replace(choice, ground=Ground.LIKENESS, why=why)
    if is_any_kind:
        return replace(choice, ground=Ground.LIKENESS, why="表上没有说是哪一类件，按全部件数，请核对")
    if len({term.target for term in keys}) > 1:
        return replace(choice, ground=Ground.LIKENESS, why="表头里有两个指标，按下面一级取数，请核对")
    return choice


def _groups(terms: Sequence[Term], topic: Topic, fitting: frozenset[str]) -> tuple[dict[str, str], str]:
    """Return column → value in the order of columns, and the words of the title that narrow nothing.

    What the cell's own heads say goes before what the title says.
    """
    told = [term for term in topic.terms if term.sense is Sense.GROUP]
    passed = "、".join(term.words for term in told if term.column not in fitting)
    found = {term.column: term.target for term in told if term.column in fitting}
    found |= {term.column: term.target for term in terms if term.sense is Sense.GROUP}
    return dict(sorted(found.items())), passed


def _style(terms: Sequence[Term], blank: Blank, known: Known) -> str:
    """Return how the number is written; a change that is asked for in 件 is a difference, else in per cent."""
    told = next((term.target for term in terms if term.sense is Sense.CHANGE), Style.PLAIN.value)
    return f"{told}_by" if told != Style.PLAIN and blank.unit in known.case_units else told


def _span(terms: Sequence[Term], topic: Topic, blank: Blank, known: Known) -> str:
    said = {term.target for term in terms if term.sense is Sense.SPAN}
    if not said and blank.context:
        said = {
            term.target
            for term in known.vocabulary.understand(blank.context).terms
            if term.sense is Sense.SPAN
        }
    if spans.LAST_YEAR in said and spans.YEAR_TO in said:
        return spans.LAST_YEAR_TO
    named = [one for one in said if one != spans.PERIOD]
    return sorted(named)[0] if named else spans.PERIOD


def _unfit(choice: Choice, blank: Blank, known: Known) -> str:
    """Return why a figure cannot stand in a cell, "" when it can: another unit, or a group that it does not know."""
    figure = known.figures.get(choice.figure)
    if figure is None:
        return "缺：这个数据指标现在不生效"
    lacking = [one for one in choice.group.split("+") if one and one not in known.groups[figure.key]]
    if lacking:
        return f"缺：“{figure.title}”不能这样分组"
    if choice.style != Style.PLAIN or not blank.unit:
        return ""
    is_same = blank.unit == figure.unit or {blank.unit, figure.unit} <= known.case_units
    return "" if is_same else f"缺：表上要的单位是“{blank.unit}”，“{figure.title}”是“{figure.unit}”，不能混填"


def plain_label(blank: Blank) -> str:
    """Return the words of a blank as they are compared with those of another form."""
    return "|".join("/".join(plain(one) for one in part) for part in (blank.row, blank.column))
