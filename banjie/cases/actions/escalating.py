"""督办升级: let each rung of a clock's ladder come once, and tell whom it names (S-002, T5, T6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from banjie.cases.ladder import RUNG_TITLES, Receiver, Rung
from banjie.cases.models import Case, Clock, Escalation, LadderStanding
from banjie.cases.queries.ladders import Ladders, came_already, clocks_to_look_at, ladders_of
from banjie.cases.queries.receivers import Hearers, Target, hearers_of
from banjie.cases.saying import say_day
from banjie.cases.vocabulary import Sensitivity
from banjie.cases.workflow import ESCALATED
from banjie.ledger.actions import record_all
from banjie.ledger.record import SYSTEM, Deed, Stamp
from banjie.notices.actions import Telling, tell
from banjie.notices.vocabulary import NoticeKind
from banjie.people.standing import Person
from banjie.rulebook.in_force import say_ref
from banjie.worktime.hours import local

BATCH = 200
LADDER_COLUMNS = ("town", "due_at", "ladder", "next_rung", "next_at")
Reached = Mapping[Receiver, tuple[Person, ...]]


@dataclass(frozen=True)
class Turn:
    """What a look at one clock found: the rungs that have come, and the next one."""

    clock: Clock
    come: Sequence[tuple[datetime, Rung]]
    next_at: datetime | None
    next_rung: str

    def standing(self, version: str) -> LadderStanding:
        """Return the row that says when to look again."""
        return LadderStanding(
            clock=self.clock,
            town=self.clock.town,
            due_at=_due(self.clock),
            ladder=version,
            next_rung=self.next_rung,
            next_at=self.next_at,
        )


def escalate_due(town: str, *, at: datetime) -> int:
    """Let every rung come that is due in a town and has not come for its due time; return how many did.

    Each case is a transaction of its own in which entry, notices and the row that it came stand or fall together, so
    a worker that is killed between loses and doubles nothing. A rung older than the regulation's span never comes.
    """
    ladders = ladders_of(town, at=at)
    if ladders is None:
        return 0
    hearers, count = hearers_of(town, at=at), 0
    while clocks := list(clocks_to_look_at(town, ladders, at=at)[:BATCH]):
        came = came_already(clock.pk for clock in clocks)
        turns = [_look(clock, ladders, came, at=at) for clock in clocks]
        for turn in turns:
            count += _let_come(turn, ladders, hearers, at=at) if turn.come else 0
        LadderStanding.objects.bulk_create(
            [turn.standing(ladders.version) for turn in turns],
            update_conflicts=True,
            unique_fields=["clock"],
            update_fields=LADDER_COLUMNS,
        )
    return count


def _look(clock: Clock, ladders: Ladders, came: set[tuple[UUID, datetime, str]], *, at: datetime) -> Turn:
    """Return which rungs of a clock have come and not been told, and when the next one comes."""
    left = [
        (moment, rung)
        for moment, rung in ladders.moments(clock)
        if (clock.pk, clock.due_at, rung.key) not in came
    ]
    come = [(moment, rung) for moment, rung in left if at - ladders.catch_up <= moment < at]
    ahead = next(((moment, rung.key) for moment, rung in left if moment >= at), (None, ""))
    return Turn(clock, come, *ahead)


@transaction.atomic
def _let_come(turn: Turn, ladders: Ladders, hearers: Hearers, *, at: datetime) -> int:
    """Let the rungs of one clock come, unless it stopped or moved since it was looked at; return how many came."""
    case = Case.objects.select_for_update(no_key=True).get(pk=turn.clock.case_id)
    clock = Clock.objects.filter(pk=turn.clock.pk, stopped_at__isnull=True, due_at=turn.clock.due_at).first()
    if clock is None:
        return 0
    came = came_already([clock.pk])
    rungs = [one for one in turn.come if (clock.pk, clock.due_at, one[1].key) not in came]
    reached = [hearers.of(rung.to, Target.of(case)) for _, rung in rungs]
    told = [_telling(case, clock, rung, who, ladders) for (_, rung), who in zip(rungs, reached, strict=True)]
    tell(_highest(told), at=at)
    for (moment, rung), who in zip(rungs, reached, strict=True):
        _record(case, clock, rung, moment, who, ladders, at=at)
    return len(rungs)


def _highest(tellings: Sequence[Telling]) -> list[Telling]:
    """Return what is told when several rungs come at once: each person hears of the highest alone."""
    heard: set[UUID] = set()
    kept: list[Telling] = []
    for telling in reversed(tellings):
        kept.append(replace(telling, to=tuple(one for one in telling.to if one not in heard)))
        heard.update(telling.to)
    return kept[::-1]


def _record(
    case: Case,
    clock: Clock,
    rung: Rung,
    moment: datetime,
    reached: Reached,
    ladders: Ladders,
    *,
    at: datetime,
) -> None:
    article = ladders.article(rung)
    people = _people(reached)
    came = Escalation(
        town=case.town,
        case=case,
        clock=clock,
        rung=rung.key,
        due_at=_due(clock),
        came_at=moment,
        told=[str(person.id) for person in people],
        article=article,
    )
    moves = rung.transfers and people and people[0].id != case.responsible_id
    changes = {"responsible_id": people[0].id} if moves else {}
    words = f"{clock.title}{rung.title}，{_due_words(clock)}到期。{_told_words(reached)}"
    deed = Deed(ESCALATED, case, changes=changes, parts=[(came, {})], words=words)
    record_all([deed], Stamp(by=SYSTEM, happened_at=at, recorded_at=at, article=article))


def _telling(case: Case, clock: Clock, rung: Rung, reached: Reached, ladders: Ladders) -> Telling:
    """Return what people are told: number, category and due time; of a case that not all may read, no category."""
    tree = ladders.rules.categories
    is_told = case.sensitivity == Sensitivity.ORDINARY and case.category in tree
    matter = f" {tree.find(case.category).title}" if is_told else ""
    return Telling(
        town=case.town,
        to=tuple(person.id for person in _people(reached)),
        kind=NoticeKind.ESCALATION,
        key=f"escalation:{clock.pk}:{rung.key}:{int(_due(clock).timestamp())}",
        title=f"【{RUNG_TITLES[rung.name]}】{case.number}{matter}，{clock.title}{_due_words(clock)}到期",
        words=f"依据：{say_ref(ladders.article(rung))}",
        about=f"case:{case.number}",
        group_id=case.unit_id,
        is_urgent=ladders.is_urgent(case.category),
    )


def _people(reached: Reached) -> list[Person]:
    return list({person.id: person for people in reached.values() for person in people}.values())


def _told_words(reached: Reached) -> str:
    """Say which of those whom the rung names were reached, and which are nobody."""
    heard = [str(receiver) for receiver, people in reached.items() if people]
    empty = [str(receiver) for receiver, people in reached.items() if not people]
    told = f"已告知{'、'.join(heard)}。" if heard else ""
    return told + (f"没有{'、'.join(empty)}可告知。" if empty else "")


def _due_words(clock: Clock) -> str:
    due_at = _due(clock)
    return f"{say_day(due_at)}{local(due_at):%H:%M}"


def _due(clock: Clock) -> datetime:
    """Return when a running clock is due."""
    return clock.due_at or clock.standing_due_at
