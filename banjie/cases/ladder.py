"""The escalation ladder of a clock: which rung comes when, and whom it tells (`rules.escalation`). Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from banjie.cases.clocks import WorkingTime
from banjie.people.rights import Role
from banjie.worktime.terms import Term, amber_of, due_moment, share_point

OTHER = "other"
"""The ladder of every clock that has none of its own."""
WHOLE = Fraction(1)


class RungName(StrEnum):
    """The rungs from the lowest; a town may leave some out."""

    REMIND = "remind"
    YELLOW = "yellow"
    RED = "red"
    LISTED = "listed"


RUNG_TITLES = {
    RungName.REMIND: "提醒",
    RungName.YELLOW: "黄牌",
    RungName.RED: "红牌",
    RungName.LISTED: "挂牌督办",
}


class Receiver(StrEnum):
    """Whom a rung may tell, in the words in which a regulation names him."""

    HANDLER = "经办人"
    RESPONSIBLE = "责任人"
    HEAD = "单位负责人"
    LEADER = "分管领导"
    DISPATCHER = "党政办调度"
    SUPERVISOR = "督办"
    TOWN_LEADER = "镇领导"


ROLES = {
    Receiver.DISPATCHER: Role.DISPATCHER,
    Receiver.SUPERVISOR: Role.SUPERVISOR,
    Receiver.TOWN_LEADER: Role.TOWN_LEADER,
}
"""Receivers that hold a role of the town; the others follow from the case."""


@dataclass(frozen=True)
class Rung:
    """One step of a ladder: a share of the term or a term after it, whom it tells, and whether the case moves to him.

    `is_later` is the second half of a rung: it comes one `then_after` later and tells whoever is told second.
    `parameter` is what is cited for it.
    """

    name: RungName
    when: Fraction | Term
    to: tuple[Receiver, ...]
    parameter: str
    is_later: bool = False
    transfers: bool = False

    @property
    def key(self) -> str:
        """Return how the rung is told from the others of its ladder."""
        return f"{self.name}.then" if self.is_later else self.name.value

    @property
    def title(self) -> str:
        """Return the office's word: 黄牌, 红牌（报领导）."""
        return RUNG_TITLES[self.name] + ("（再报）" if self.is_later else "")


@dataclass(frozen=True)
class Run:
    """As much of a running clock as a ladder needs."""

    term: Term
    started_at: datetime
    due_at: datetime
    is_given: bool = False


def ladder_of(values: Mapping[str, object], clock: str) -> tuple[Rung, ...]:
    """Return the rungs of a clock: its own, else those of every other clock; ValueError for one without its time."""
    whose = clock if any(name.startswith(f"{clock}.") for name in values) else OTHER
    return tuple(rung for name in RungName for rung in _rungs(values, f"{whose}.{name}", name))


def moment_of(rung: Rung, run: Run, *, then_after: Term, work: WorkingTime) -> datetime:
    """Return when a rung comes for a clock that runs so."""
    first = _first_moment(rung.when, run, work)
    return _after(then_after, first, work) if rung.is_later else first


def _rungs(values: Mapping[str, object], prefix: str, name: RungName) -> Iterator[Rung]:
    when, to = values.get(f"{prefix}.when"), values.get(f"{prefix}.to")
    if when is None and to is None:
        return
    if not isinstance(when, Fraction | Term) or not isinstance(to, tuple):
        raise ValueError(f"{prefix} 没有写全。请同时写 {prefix}.when 和 {prefix}.to")
    moves = values.get(f"{prefix}.transfers") is True
    yield Rung(name, when, _receivers(to), f"{prefix}.to", transfers=moves)
    then = values.get(f"{prefix}.then")
    if isinstance(then, tuple):
        yield Rung(name, when, _receivers(then), f"{prefix}.then", is_later=True)


def _receivers(words: tuple[object, ...]) -> tuple[Receiver, ...]:
    return tuple(Receiver(str(word)) for word in words)


def _first_moment(when: Fraction | Term, run: Run, work: WorkingTime) -> datetime:
    if isinstance(when, Term):
        return _after(when, run.due_at, work)
    if when == WHOLE:
        return run.due_at
    if run.is_given:
        return share_point(run.started_at, run.due_at, when, calendar=work.calendar, hours=work.hours)
    return amber_of(
        run.term, run.started_at, run.due_at, share=when, calendar=work.calendar, hours=work.hours
    )


def _after(term: Term, moment: datetime, work: WorkingTime) -> datetime:
    return due_moment(term, moment, calendar=work.calendar, hours=work.hours)
