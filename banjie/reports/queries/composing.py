"""A paper worked out for a town and a period: its prose in force, its figures, and the page that says what they are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from banjie.base.clock import local, local_day
from banjie.base.declarations import FACTS, FactColumn
from banjie.base.errors import NotFound
from banjie.figures.levels import column_in
from banjie.figures.periods import Period
from banjie.figures.queries import Catalogue, catalogue_on
from banjie.places.queries import place_name
from banjie.reports.filling import fill
from banjie.reports.paper import BREAK, SORT_WORDS, Block, Heading, LastPage, Paper, Sort, Span, words_of
from banjie.reports.queries.listings import listing_of
from banjie.reports.queries.naming import labels_of
from banjie.reports.queries.sources import Keyed, Numbers, Wanted, numbers_for
from banjie.reports.reading import read_prose
from banjie.reports.rules import Listing, Told
from banjie.reports.text import Prose
from banjie.rulebook.in_force import Edition, Rules, say_ref
from banjie.rulebook.queries import rules_on
from banjie.rulebook.text import Section, Text

DATA = "数据说明"


@dataclass(frozen=True)
class _Ground:
    """What a paper is worked out of."""

    town: str
    text: Text
    article: str
    rules: Rules
    catalogue: Catalogue
    period: Period
    at: datetime


def papers_on(town: str, on: date) -> list[Edition]:
    """Return the papers in force for a town on a day."""
    return list(rules_on(town, on).texts(Section.PAPERS))


def begins_on(town: str) -> date | None:
    """Return the day of the first case of a town's ledger, before which no paper has numbers."""
    begun = FACTS["case"].begun
    return begun(town) if begun else None


def composed(town: str, key: str, period: Period, at: datetime) -> Paper:
    """Return a paper of a period as of `at`: each number knows its figure, group and period (U16).

    Nothing in it is typed: the prose is the text in force today, the numbers are counted. Raises NotFound for a paper
    that is not in force.
    """
    today = local_day(at)
    rules = rules_on(town, today)
    edition = rules.editions.get((Section.PAPERS, key))
    if edition is None:
        raise NotFound("没有这一篇文稿，或它现在不生效。请从文稿列表里选。")
    article = f"{edition.text.title}@{edition.version}"
    return _composed(_Ground(town, edition.text, article, rules, catalogue_on(town, today), period, at))


def composed_draft(town: str, text: Text, period: Period, at: datetime) -> Paper:
    """Return a paper as its draft would have it, with the figures that are in force."""
    today = local_day(at)
    article = f"{text.title}（草案）"
    return _composed(
        _Ground(town, text, article, rules_on(town, today), catalogue_on(town, today), period, at)
    )


def _composed(ground: _Ground) -> Paper:
    town, period = ground.town, ground.period
    prose = _prose(ground.text.prose)
    blocks = fill(prose, _numbers(ground, prose))
    paper = Paper(
        key=ground.text.key,
        title=_title(blocks) or ground.text.title,
        town=town,
        town_name=place_name(town),
        from_on=period.from_on,
        to_on=period.to_on,
        period=period.words,
        computed_at=ground.at,
        article=ground.article,
        blocks=blocks,
    )
    return _with_last_page(paper, ground)


@lru_cache(maxsize=32)
def _prose(prose: str) -> Prose:
    return read_prose(prose)


def _numbers(ground: _Ground, prose: Prose) -> Numbers:
    wanted = Wanted(tuple(prose.marks()))
    by_group = numbers_for(ground.town, wanted, ground.period, today=local_day(ground.at))
    return Numbers(
        period=ground.period,
        catalogue=ground.catalogue,
        by_group=by_group,
        labels={group: _labels(ground, group, keyed) for group, keyed in by_group.items() if group},
        told=_told(ground),
        listings=_listings(ground, wanted),
    )


def _labels(ground: _Ground, group: str, keyed: Keyed) -> dict[str, str]:
    values = {value for _, _, value in keyed}
    return labels_of(
        ground.town, _column(ground, group, keyed), values, rules=ground.rules, on=local_day(ground.at)
    )


def _column(ground: _Ground, group: str, keyed: Keyed) -> FactColumn:
    key = next(iter(keyed))[1]
    column = column_in(ground.catalogue.fact(key).columns, group)
    assert column is not None  # noqa: S101  it has been grouped by
    return column


def _told(ground: _Ground) -> Mapping[str, str]:
    return {
        Told.TOWN: place_name(ground.town),
        Told.PERIOD: ground.period.words,
        Told.UNTIL: ground.period.as_of_words,
        Told.LAST_YEAR: ground.period.same_last_year.words,
        Told.ISSUED_ON: say_day(local_day(ground.at)),
    }


def _listings(ground: _Ground, wanted: Wanted) -> Mapping[str, Sequence[Sequence[Span]]]:
    """Return the lists that the prose names, as many items of each as any of its marks asks for."""
    named = [mark for mark in wanted.marks if mark.name in set(Listing)]
    most = {name: max(mark.count for mark in named if mark.name == name) for name in {m.name for m in named}}
    return {
        name: listing_of(
            Listing(name), ground.town, ground.period, rules=ground.rules, at=ground.at, most=count
        )
        for name, count in most.items()
    }


def _title(blocks: Sequence[Block]) -> str:
    first = blocks[0] if blocks else None
    return words_of(first.spans).replace(BREAK, "") if isinstance(first, Heading) else ""


def _with_last_page(paper: Paper, ground: _Ground) -> Paper:
    page = LastPage(DATA, tuple(_said_of(paper, ground)))
    return replace(paper, blocks=(*paper.blocks, page))


def _said_of(paper: Paper, ground: _Ground) -> Iterator[str]:
    """Yield what the last page says: how many numbers of each sort, period and moment, definitions, and whose texts."""
    counts = paper.counts()
    sorts = "，".join(f"{SORT_WORDS[sort]}{counts[sort]}个" for sort in Sort)
    lacking = len({number.place for number in paper.missing})
    told = f"共{sum(counts.values())}个：{sorts}；另有{lacking}处没有数或者没有可比的基数，已写明原因"
    yield f"1.本文的数字没有手工填写的。{told}。"
    moment = local(ground.at)
    yield (
        f"2.统计时段：{say_day(paper.from_on)}至{say_day(paper.to_on)}；上年同期为{ground.period.same_last_year.words}。"
        f"计算时间：{say_day(moment.date())}{moment:%H:%M}。"
    )
    refs = [paper.article, *dict.fromkeys(ground.catalogue.articles.values())]
    rounding = "比率保留一位小数，四舍五入；比率的增减是印出的两个比率之差。"
    yield f"3.依据：{'；'.join(say_ref(ref) for ref in refs)}。{rounding}"
    yield "4.各项数字的口径："
    keys = dict.fromkeys(number.figure for number in paper.numbers())
    figures = [ground.catalogue.figures[key] for key in keys if key in ground.catalogue.figures]
    yield from (f"（{place}）{one.title}：{one.note}" for place, one in enumerate(figures, start=1))


def say_day(day: date) -> str:
    """Return a day as papers write it, without zeros: 2026年3月5日 (GB/T 9704 §7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"
