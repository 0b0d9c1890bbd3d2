"""测算 one by one: what a rule judged in a few days, by the version in force and by the draft (ADR 0080)."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from banjie.base.clock import local_day
from banjie.cases.clocks import WorkingTime
from banjie.cases.models import Case
from banjie.cases.replay.limits import spans_of
from banjie.cases.replay.reading import Span
from banjie.cases.settings import office_hours
from banjie.cases.workflow import State
from banjie.ledger.facts import entries_between
from banjie.ledger.models import Entry
from banjie.rulebook.in_force import Rules
from banjie.rulebook.queries import rules_on, rules_with
from banjie.rulebook.replay import Asked, Changed, Course, Group, Outcome, Replayer, Share, Tally
from banjie.worktime.queries import calendar_of

NOT_COUNTED = (State.VOID, State.MERGED)
KEYS, AT_HAND = 500, 5_000
One = TypeVar("One")
Other = TypeVar("Other")


@dataclass(frozen=True)
class Both:
    """The rules that are in force and those with the draft, over the days asked for."""

    asked: Asked
    ruling: Rules
    drafted: Rules
    work: WorkingTime

    @property
    def town(self) -> str:
        """Return whose past it is."""
        return self.asked.town

    @cached_property
    def at(self) -> datetime:
        """Return the moment as of which things stand."""
        return self.asked.at

    @property
    def sides(self) -> tuple[Rules, Rules]:
        """Return the rules before and after."""
        return self.ruling, self.drafted


@dataclass(frozen=True)
class Verdict:
    """One thing judged by both: whether it is a fault, None for a side that does not owe it, and when it was due.

    `limit` names the parameter that it turns on.
    """

    limit: str
    case: UUID
    at: datetime
    faults: tuple[bool | None, bool | None]
    dues: tuple[datetime, datetime]
    met_at: datetime | None = None

    @property
    def tally(self) -> Tally:
        """Return what it adds to the counts."""
        before, after = (fault is True for fault in self.faults)
        return Tally(
            due=int(self.faults[0] is not None),
            late_before=int(before),
            late_after=int(after),
            becomes_late=int(after and not before),
            becomes_on_time=int(before and not after),
            due_after=int(self.faults[1] is not None),
        )


def each(told: Callable[[One], Other], sides: tuple[One, One]) -> tuple[Other, Other]:
    """Return what is told of each of two sides."""
    return told(sides[0]), told(sides[1])


Judge = Callable[[Both, Span], Iterable[Verdict]]


def counted(judge: Judge) -> Replayer:
    """Return a replayer that asks `judge` a few days at a time, the newest first."""

    def replay(asked: Asked, processes: int) -> Course:
        both, spans = both_of(asked), list(spans_of(asked.from_on, asked.to_on))
        days = sum(_days(span) for span in spans)
        return Course(days, (Share(_days(span), outcome_of(judge(both, span))) for span in spans))

    return replay


def both_of(asked: Asked) -> Both:
    """Return the rules of the day on which the replay was asked for, without the draft and with it."""
    on = local_day(asked.at)
    ruling = rules_on(asked.town, on)
    drafted = rules_with(asked.town, on, key=asked.key, source=asked.source)
    return Both(asked, ruling, drafted, WorkingTime(calendar_of(asked.town), office_hours(ruling)))


def outcome_of(verdicts: Iterable[Verdict]) -> Outcome:
    """Count verdicts whole and by group; those of cases that were voided or merged do not count.

    So many are at hand at once as one look at their cases takes: busy days hold more than memory should.
    """
    left, outcome = iter(verdicts), Outcome()
    while told := list(islice(left, AT_HAND)):
        outcome += _counted(told)
    return outcome


def _counted(told: Sequence[Verdict]) -> Outcome:
    cases = about({one.case for one in told})
    whole, changed = Tally(), []
    groups: dict[Group, dict[str, Tally]] = {group: {} for group in Group}
    for one in told:
        if one.case not in cases:
            continue
        kind, unit, _ = cases[one.case]
        tally = one.tally
        whole += tally
        words = (one.limit, unit, kind, f"{local_day(one.at):%Y-%m}")
        for group, word in zip(Group, words, strict=True):
            groups[group][word] = groups[group].get(word, Tally()) + tally
        if tally.becomes_late or tally.becomes_on_time:
            is_late = one.faults[1] is True
            changed.append(Changed(one.case, one.limit, one.dues[0], one.dues[1], one.met_at, is_late))
    return Outcome(whole, groups, {}, tuple(changed))


def about(cases: Collection[UUID]) -> Mapping[UUID, tuple[str, str, str]]:
    """Return kind, unit and category of each case that counts."""
    found: dict[UUID, tuple[str, str, str]] = {}
    keys = list(cases)
    for start in range(0, len(keys), KEYS):
        rows = Case.objects.filter(pk__in=keys[start : start + KEYS]).exclude(state__in=NOT_COUNTED)
        for pk, kind, unit, category in rows.values_list("pk", "kind", "unit_id", "category"):
            found[pk] = (kind, str(unit or ""), category)
    return found


def deeds_in(both: Both, span: Span, *deeds: str) -> list[Entry]:
    """Return the entries of cases that were recorded in a few days, the oldest first."""
    rows = Entry.objects.filter(town=both.town, subject_type="cases.case", deed__in=deeds)
    found = entries_between(rows, both.town, span.first, span.last)
    if not isinstance(found, QuerySet):
        raise TypeError(found)
    return list(found.select_related("body").order_by("seq"))


def deeds_of(cases: Collection[UUID], *deeds: str) -> Iterator[tuple[UUID, list[Entry]]]:
    """Yield for each case its entries of these deeds, the oldest first."""
    found: dict[UUID, list[Entry]] = {one: [] for one in cases}
    keys = list(found)
    for start in range(0, len(keys), KEYS):
        rows = Entry.objects.filter(subject_id__in=keys[start : start + KEYS], deed__in=deeds)
        for entry in rows.order_by("seq"):
            found[entry.subject_id].append(entry)
    yield from found.items()


def _days(span: Span) -> int:
    return (span.last - span.first).days + 1
