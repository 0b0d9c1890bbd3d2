"""The lists that a paper names: what many people asked about, and what has been open longest."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from banjie.base.clock import local_day
from banjie.cases.models import Case
from banjie.cases.queries.leaders import names_of_askers
from banjie.cases.queries.likeness import HotTopic
from banjie.cases.queries.likeness import hot_topics as topics
from banjie.figures.periods import Period
from banjie.figures.queries import first_opened
from banjie.people.queries import names_of
from banjie.reports.paper import TOPIC, Cited, Number, Span, Words
from banjie.reports.queries.naming import NOBODY
from banjie.reports.queries.today import nameless
from banjie.reports.rules import Listing
from banjie.rulebook.in_force import Rules

UNDONE = "case.undone"
MOST = 10


def listing_of(
    listing: Listing, town: str, period: Period, *, rules: Rules, at: datetime, most: int
) -> Sequence[Sequence[Span]]:
    """Return the items of a list for a period, at most `most` of them, 10 where that is not said."""
    if listing is Listing.HOT_TOPICS:
        return hot_topics(town, period, rules=rules, most=most or MOST)
    return oldest_open(town, period, at=at, most=most or MOST)


def hot_topics(town: str, period: Period, *, rules: Rules, most: int) -> list[list[Span]]:
    """Return what several people asked about in the period, most first; each number opens the cases themselves."""
    found = topics(town, period, rules=rules)[:most]
    return [_topic(topic, period, names_of_askers(topic.ids)) for topic in found]


def _topic(topic: HotTopic, period: Period, names: Mapping[UUID, str]) -> list[Span]:
    title = topic.title
    for name in names.values():
        title = title.replace(name, f"{name[:1]}某")
    number = Number(
        f"{topic.count}件",
        "",
        f"反映“{title}”的件",
        period.from_on,
        period.to_on,
        exact=str(topic.count),
        of=f"{TOPIC}{','.join(topic.numbers)}",
        style="topic",
    )
    return [Words(f"{title}（"), number, Words("）")]


def oldest_open(town: str, period: Period, *, at: datetime, most: int) -> list[list[Span]]:
    """Return the cases that have been undone longest as of the period's end, without anyone's name who asked."""
    ids = first_opened(town, UNDONE, period, by="received_on", most=most, today=local_day(at))
    undone = Case.objects.filter(town=town, pk__in=ids)
    cases = list(undone.order_by("happened_at", "id"))
    names = names_of_askers(case.pk for case in cases)
    units = names_of(town).units
    return [_old(case, names.get(case.pk, ""), period, units) for case in cases]


def _old(case: Case, asker: str, period: Period, units: Mapping[UUID, str]) -> list[Span]:
    """Return a case with the days since it was told, as the figure of the oldest counts them."""
    told_on = local_day(case.happened_at)
    days = (period.to_on - told_on).days
    unit = units.get(case.unit_id, NOBODY) if case.unit_id else NOBODY
    number = Number(
        f"{days}天",
        "",
        "反映以来的自然日天数",
        period.from_on,
        period.to_on,
        exact=str(days),
        of=case.number,
        style="age",
    )
    return [
        Words(f"{nameless(case, asker)}（"),
        Cited(f"{case.number}号", case.number),
        Words(f"，{unit}，{told_on.year}年{told_on.month}月{told_on.day}日反映，已等"),
        number,
        Words("）"),
    ]
